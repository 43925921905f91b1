//! What outlives a page: who is logged in, language, theme, messages, connection.

pub mod clock;
pub mod form;
pub mod idle;
pub mod live;
pub mod locale;
pub mod online;
pub mod page_title;
pub mod recent;
pub mod remote;
pub mod session;
pub mod shortcuts;
pub mod storage;
pub mod theme;
pub mod toasts;
pub mod unsaved;
pub mod url_state;

pub use form::FormErrors;
pub use locale::{locale, locale_now, t};
pub use page_title::use_title;
pub use remote::{Query, Remote, use_list_query, use_query};
pub use session::{Account, Session, use_session};
pub use toasts::{Toasts, use_toasts};
pub use unsaved::{Unsaved, guard_unsaved, use_unsaved};
pub use url_state::{UrlState, use_url_state};
