//! Saved views of lists, and how each person wants theirs.
//!
//! Whoever sees a list makes views of it. Shared ones are seen by all who see the list and
//! changed by their maker or by who may change the firm's settings.

mod create;
mod delete;
pub mod entity;
mod get;
mod list;
pub mod preference;
mod preferences;
mod rules;
mod store;
mod update;

use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_views, list::list_views);
    routes.add(create::__path_create_view, create::create_view);
    routes.add(get::__path_get_view, get::get_view);
    routes.add(update::__path_update_view, update::update_view);
    routes.add(delete::__path_delete_view, delete::delete_view);
    routes.add(preferences::__path_get_list_preference, preferences::get_list_preference);
    routes.add(preferences::__path_update_list_preference, preferences::update_list_preference);
}
