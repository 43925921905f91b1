//! Messages: threads between colleagues, and with clients.

mod attach;
pub mod attachment;
mod counts;
mod create;
mod delete;
pub mod entity;
mod get;
mod list;
pub mod member;
pub mod message;
mod messages;
mod read;
mod send;
pub mod sight;
pub mod store;
mod update;
mod views;

pub use attach::late;
pub use counts::of_caller as count_of_caller;

use crate::downloads::Counted;
use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_threads, list::list_threads);
    routes.add(create::__path_create_thread, create::create_thread);
    routes.add(counts::__path_count_messages, counts::count_messages);
    routes.add(get::__path_get_thread, get::get_thread);
    routes.add(update::__path_update_thread, update::update_thread);
    routes.add(delete::__path_delete_thread, delete::delete_thread);
    routes.add(messages::__path_list_messages, messages::list_messages);
    routes.add(messages::__path_get_message, messages::get_message);
    routes.add(send::__path_create_message, send::create_message);
    routes.add(read::__path_read_thread, read::read_thread);
    routes.add(attach::__path_create_attachment, attach::create_attachment);
    routes.add_download(
        attach::__path_download_attachment,
        attach::download_attachment,
        Counted::No,
    );
}
