//! From a credential to what a request may do.

mod access;
mod cookie;
mod principal;
mod scope;
mod user_agent;

pub mod account;
pub mod login;
pub mod own_sessions;
pub mod passwords;
pub mod profile;
pub mod recovery;
pub mod refresh;
pub mod register;
pub mod sessions;
pub mod tokens;
pub mod two_factor;

pub use access::{
    Access, AccessRule, Asks, PLATFORM_STAFF, PlatformStaff, Public, SignedIn, Watcher,
};
pub use principal::{Place, Principal, PrincipalCache};
pub use scope::{AnyMember, Command, Needs, PlatformCommand, Scope, TenantScope, permissions};

use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    login::routes(routes);
    register::routes(routes);
    refresh::routes(routes);
    account::routes(routes);
    recovery::routes(routes);
    own_sessions::routes(routes);
    two_factor::routes(routes);
    profile::routes(routes);
}
