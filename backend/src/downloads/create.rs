//! `POST /api/downloads`

#![expect(
    clippy::disallowed_methods,
    reason = "links are rows of the platform plane; the lint guards the tenant plane"
)]

use super::{Counted, Offered, PATH, offered};
use crate::auth::tokens::{hash_token, new_token};
use crate::auth::{AnyMember, Asks, TenantScope};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use crate::platform::download_link::{ActiveModel, Entity};
use crate::routes::Routes;
use actix_web::http::Uri;
use chrono::TimeDelta;
use ebenezer_shared::download::{CreateDownload, DownloadLink};
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::{EntityTrait as _, Set};
use secrecy::ExposeSecret as _;

/// How long a link is good: a browser follows it at once.
const LIFETIME: TimeDelta = TimeDelta::minutes(1);

/// A link by which a browser fetches a file without a token: good once, within a minute, for
/// that path and query, in the firm that the caller is in, while the session goes on. It takes
/// what the operation itself takes, now and when it is followed. The names in the file speak
/// the caller's language.
#[utoipa::path(post, path = "/api/downloads", tag = "downloads",
    request_body = CreateDownload,
    responses(
        (status = 201, body = DownloadLink),
        (status = 404, description = "`module_not_enabled`", body = Problem),
        (status = 422, description = "`validation_failed`: no file is to be had at that path, or not with that query", body = Problem),
    ))]
pub async fn create_download(
    member: AnyMember,
    Json(CreateDownload { path }): Json<CreateDownload>,
) -> Result<Answer, ApiError> {
    let nothing = || ApiError::invalid("path", "unknown_value");
    let target: Uri = path.parse().map_err(|_| nothing())?;
    let is_here = target.scheme().is_none() && target.authority().is_none();
    let found = offered(target.path()).filter(|_| is_here).ok_or_else(nothing)?;
    check(&member, found, target.query().unwrap_or_default()).await?;
    let (state, now) = (&member.state, member.now());
    let token = new_token();
    let expires_at = now + LIFETIME;
    let row = ActiveModel {
        hash: Set(hash_token(token.expose_secret())),
        session_id: Set(member.session_id()?),
        user_id: Set(member.user_id()),
        tenant_id: Set(member.tenant_id()),
        target_sealed: Set(state.sealer.seal(&path)),
        locale: Set(member.info.locale.tag().to_owned()),
        created_at: Set(now),
        expires_at: Set(expires_at),
    };
    Entity::insert(row).exec_without_returning(state.planes.platform()).await?;
    let link = DownloadLink { path: format!("{PATH}/{}", token.expose_secret()), expires_at };
    Answer::created(&link.path, &link)
}

/// What would be refused when the link is followed is refused here, where it can be told.
async fn check(member: &TenantScope, offered: &Offered, query: &str) -> Result<(), ApiError> {
    if let Asks::Permission(needed) = offered.rule.asks {
        if !member.has_module_of(needed) {
            return Err(ProblemCode::ModuleNotEnabled.into());
        }
        if !member.may(needed) {
            return Err(ApiError::missing(&needed));
        }
    }
    if let Some(look) = offered.look {
        look(member, query).await?;
    }
    match offered.counted {
        Counted::AsExport => member.limit_exports().await,
        Counted::No => Ok(()),
    }
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_create_download, create_download);
}
