//! What is to be known at a glance: figures of the areas, for who may see these.

mod cards;
mod figures;
mod get;
mod preference;

use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(get::__path_get_dashboard, get::get_dashboard);
    routes.add(cards::__path_update_dashboard, cards::update_dashboard);
}
