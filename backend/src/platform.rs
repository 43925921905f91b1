//! The platform plane: who may enter, and which firms there are.

#![expect(
    clippy::disallowed_methods,
    reason = "rows of the platform plane belong to no firm; the lint guards the tenant plane"
)]

pub mod activity;
pub mod download_link;
pub mod email_change;
pub mod invitation;
pub mod membership;
pub mod password_reset;
pub mod plan;
pub mod products;
pub mod role;
pub mod second_factor;
pub mod session;
pub mod superuser;
pub mod tenant;
pub mod tenant_settings;
pub mod two_factor_reset;
pub mod user;
