//! Folders of clients: a tree for each, parts of which one department alone sees.

mod create;
pub mod defaults;
mod delete;
pub mod entity;
pub mod follow;
mod get;
mod list;
pub mod sight;
pub mod store;
mod tree;
mod update;

use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_folders, list::list_folders);
    routes.add(create::__path_create_folder, create::create_folder);
    routes.add(defaults::__path_make_default_folders, defaults::make_default_folders);
    routes.add(get::__path_get_folder, get::get_folder);
    routes.add(update::__path_update_folder, update::update_folder);
    routes.add(delete::__path_delete_folder, delete::delete_folder);
}
