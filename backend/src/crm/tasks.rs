//! Tasks.

mod create;
mod delete;
pub mod entity;
mod export;
mod get;
mod list;
mod rules;
pub mod store;
mod update;

use crate::exports;
use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_tasks, list::list_tasks);
    let look = exports::look::<export::Tasks>;
    routes.add_export(export::__path_export_tasks, export::export_tasks, look);
    routes.add(create::__path_create_task, create::create_task);
    routes.add(get::__path_get_task, get::get_task);
    routes.add(update::__path_update_task, update::update_task);
    routes.add(delete::__path_delete_task, delete::delete_task);
}
