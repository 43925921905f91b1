//! Files that a browser fetches by itself, which no bearer token can go with.
//!
//! Whoever is logged in asks for a link to an operation that answers a file. The link is good
//! for a minute and once, for that path and query, in that firm, as long as the session goes
//! on. Whoever follows it is the one who asked for it: the operation checks their permission
//! as ever. Links are rows, so any process takes what another one gave.
//!
//! An operation is offered by [`crate::routes::Routes::add_download`].

mod create;
mod follow;

pub use follow::{pass, redeem};

use crate::auth::{AccessRule, TenantScope};
use crate::error::ApiError;
use crate::routes::{self, Routes};
use actix_web::dev::ResourceDef;
use futures_util::future::LocalBoxFuture;
use std::sync::LazyLock;

/// Where links lie.
const PATH: &str = "/api/downloads";

/// Whether a file counts against the exports of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Many records at once.
    AsExport,
    No,
}

/// Says what the operation would refuse, by its query.
pub type Look = for<'a> fn(&'a TenantScope, &'a str) -> LocalBoxFuture<'a, Result<(), ApiError>>;

/// An operation that answers a file.
pub struct Offered {
    pub path: ResourceDef,
    pub rule: AccessRule,
    pub counted: Counted,
    /// For what depends on more than permissions.
    pub look: Option<Look>,
}

static OFFERED: LazyLock<Vec<Offered>> = LazyLock::new(|| routes::all().into_downloads());

/// The operation at that path, when it answers a file.
fn offered(path: &str) -> Option<&'static Offered> {
    OFFERED.iter().find(|offered| offered.path.is_match(path))
}

pub fn routes(routes: &mut Routes) {
    create::routes(routes);
    follow::routes(routes);
}
