//! Words that mark contacts and corporations. They belong to the firm's contacts: whoever
//! sees those sees the tags, whoever changes those makes and changes tags.

pub mod contact_tag;
pub mod corporation_tag;
mod create;
mod delete;
pub mod entity;
mod filter;
mod get;
pub mod link;
mod list;
pub mod store;
mod update;

pub use contact_tag::Entity as ContactTags;
pub use corporation_tag::Entity as CorporationTags;
pub use filter::TagFilter;

use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_tags, list::list_tags);
    routes.add(create::__path_create_tag, create::create_tag);
    routes.add(get::__path_get_tag, get::get_tag);
    routes.add(update::__path_update_tag, update::update_tag);
    routes.add(delete::__path_delete_tag, delete::delete_tag);
}
