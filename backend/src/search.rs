//! One search over all that a firm keeps: `GET /api/search`.
//!
//! Each kind is searched as its list is, and only for who may see that list.

mod cases;
mod clients;
mod get;
mod papers;
mod record;
mod work;

use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(get::__path_search_records, get::search_records);
}
