//! Tax cases.

mod board;
pub mod checklist;
mod create;
mod delete;
pub mod due;
pub mod entity;
mod export;
mod get;
mod list;
mod rules;
pub mod store;
mod timeline;
mod update;

use crate::exports;
use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_cases, list::list_cases);
    let look = exports::look::<export::Cases>;
    routes.add_export(export::__path_export_cases, export::export_cases, look);
    routes.add(create::__path_create_case, create::create_case);
    routes.add(board::__path_get_case_board, board::get_case_board);
    routes.add(get::__path_get_case, get::get_case);
    routes.add(update::__path_update_case, update::update_case);
    routes.add(delete::__path_delete_case, delete::delete_case);
    routes.add(timeline::__path_get_case_timeline, timeline::get_case_timeline);
    checklist::routes(routes);
}
