//! Units of the firm.

mod create;
mod delete;
pub mod entity;
mod get;
mod list;
pub mod store;
mod update;

use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_departments, list::list_departments);
    routes.add(create::__path_create_department, create::create_department);
    routes.add(get::__path_get_department, get::get_department);
    routes.add(update::__path_update_department, update::update_department);
    routes.add(delete::__path_delete_department, delete::delete_department);
}
