//! Getting in, and one's own account.

pub mod confirm_email;
pub mod frame;
pub mod invitation;
pub mod lock;
pub mod login;
pub mod login_form;
pub mod password;
pub mod product_choice;
pub mod profile;
pub mod recovery;
pub mod register;
pub mod sessions;
pub mod strength;
pub mod subdomain;
pub mod two_factor;
