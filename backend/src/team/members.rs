//! The members of the firm.

mod activity;
mod get;
mod list;
mod remove;
pub mod store;
mod update;

use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_team, list::list_team);
    routes.add(get::__path_get_member, get::get_member);
    routes.add(update::__path_update_member, update::update_member);
    routes.add(activity::__path_deactivate_member, activity::deactivate_member);
    routes.add(activity::__path_reactivate_member, activity::reactivate_member);
    routes.add(remove::__path_remove_member, remove::remove_member);
}
