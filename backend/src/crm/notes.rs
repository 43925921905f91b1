//! Notes: on records for all who see them, sticky ones for their author alone.

mod create;
mod delete;
pub mod entity;
mod get;
mod list;
pub mod store;
mod update;

use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_notes, list::list_notes);
    routes.add(create::__path_create_note, create::create_note);
    routes.add(get::__path_get_note, get::get_note);
    routes.add(update::__path_update_note, update::update_note);
    routes.add(delete::__path_delete_note, delete::delete_note);
}
