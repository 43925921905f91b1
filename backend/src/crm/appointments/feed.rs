//! A colleague's appointments as a feed that other calendars subscribe to, by a secret address.

use super::entity::{Column, Entity, Model};
use super::{ical, store};
use crate::audit::Audit;
use crate::auth::tokens::{hash_token, new_token};
use crate::auth::{Public, Scope, TenantScope, permissions::AppointmentsView};
use crate::crm::client::Names;
use crate::db;
use crate::error::ApiError;
use crate::http::answer::{Answer, Stream};
use crate::http::input::Path;
use crate::jobs::Origin;
use crate::platform::tenant;
use crate::routes::Routes;
use actix_web::web::Bytes;
use chrono::TimeDelta;
use ebenezer_shared::crm::appointment::{CalendarFeed, NewCalendarFeed};
use ebenezer_shared::permission::{Action, Module, Permission};
use ebenezer_shared::problem::{Problem, ProblemCode};
use futures_util::stream;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _};
use secrecy::ExposeSecret as _;
use serde_json::json;

/// Where feeds lie.
const PATH: &str = "/api/calendar-feed";
/// What was is shown for so long,
const BEFORE: TimeDelta = TimeDelta::days(90);
/// and what is to come for so long,
const AFTER: TimeDelta = TimeDelta::days(400);
/// so many of them at most.
const MOST: u64 = 2_000;
/// The length of a firm's id at the head of a token.
const ID: usize = 32;

mod entity {
    use crate::db::TenantOwned;
    use sea_orm::entity::prelude::*;

    /// The table `calendar_feeds`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "calendar_feeds")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: Uuid,
        pub token_hash: String,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl TenantOwned for Entity {
        fn tenant_column() -> Column {
            Column::TenantId
        }

        fn id_column() -> Column {
            Column::UserId
        }
    }
}

use entity as feed;

/// Whether the caller's appointments can be subscribed to, and since when.
#[utoipa::path(get, path = "/api/calendar-feed", tag = "appointments",
    responses((status = 200, body = CalendarFeed)))]
pub async fn get_calendar_feed(scope: Scope<AppointmentsView>) -> Result<Answer, ApiError> {
    let row = scope.by_id::<feed::Entity>(scope.user_id()).one(scope.db()).await?;
    Answer::ok(&CalendarFeed { created_at: row.map(|row| row.created_at) })
}

/// A new secret address of the caller's own appointments; the one before serves no longer. It
/// shows them as long as the caller may see them.
#[utoipa::path(post, path = "/api/calendar-feed", tag = "appointments",
    responses((status = 201, body = NewCalendarFeed)))]
pub async fn create_calendar_feed(scope: Scope<AppointmentsView>) -> Result<Answer, ApiError> {
    scope.must_write()?;
    let command = scope.command_unremembered().await?;
    let (tx, now) = (command.tx(), scope.now());
    let id = scope.tenant_id().simple();
    let token = format!("{id}{}", new_token().expose_secret());
    let row = feed::ActiveModel {
        tenant_id: Set(scope.tenant_id()),
        user_id: Set(scope.user_id()),
        token_hash: Set(hash_token(&token)),
        created_at: Set(now),
    };
    let again = OnConflict::columns([feed::Column::TenantId, feed::Column::UserId])
        .update_columns([feed::Column::TokenHash, feed::Column::CreatedAt])
        .to_owned();
    #[expect(clippy::disallowed_methods, reason = "the row carries the command's firm")]
    let insert = feed::Entity::insert(row).on_conflict(again);
    insert.exec_without_returning(tx).await?;
    command.audit(Audit::event("create", "calendar_feed", scope.user_id(), json!({}))).await?;
    let base = scope.state.config.network.public_url.as_str().trim_end_matches('/');
    let new = NewCalendarFeed { url: format!("{base}{PATH}/{token}.ics"), created_at: now };
    command.commit(Answer::created(PATH, &new)?).await
}

/// Takes the address back.
#[utoipa::path(delete, path = "/api/calendar-feed", tag = "appointments",
    responses((status = 204)))]
pub async fn delete_calendar_feed(scope: Scope<AppointmentsView>) -> Result<Answer, ApiError> {
    scope.must_write()?;
    let command = scope.command().await?;
    let gone = command
        .delete::<feed::Entity>()
        .filter(feed::Column::UserId.eq(scope.user_id()))
        .exec(command.tx())
        .await?;
    if gone.rows_affected > 0 {
        command.audit(Audit::event("delete", "calendar_feed", scope.user_id(), json!({}))).await?;
    }
    command.commit(Answer::no_content()).await
}

/// The appointments behind a secret address, of the last 90 days and the next 400, as iCalendar
/// (RFC 5545). It takes no token: the address is one.
#[utoipa::path(get, path = "/api/calendar-feed/{token}", tag = "appointments",
    params(("token" = String, Path)),
    responses(
        (status = 200, content_type = "text/calendar", body = String),
        (status = 404, description = "Not ours, taken back, or of somebody who may no longer see appointments", body = Problem),
    ))]
pub async fn follow_calendar_feed(
    public: Public,
    Path(token): Path<String>,
) -> Result<Stream, ApiError> {
    let scope = open(&public, &token).await?.ok_or(ApiError::from(ProblemCode::NotFound))?;
    let now = scope.now();
    let rows = scope
        .select::<Entity>()
        .filter(Column::StaffId.eq(scope.user_id()))
        .filter(store::within(Some(now - BEFORE), Some(now + AFTER)))
        .order_by_desc(Column::StartsAt)
        .limit(MOST)
        .all(scope.db())
        .await?;
    let clients: Vec<_> = rows.iter().filter_map(Model::client).collect();
    let names = Names::of(&scope, scope.db(), clients, [], []).await?;
    let with = |client: Option<_>| client.map_or(String::new(), |it| names.client(it).name);
    let rows = rows.iter().map(|row| (row, with(row.client())));
    let calendar = ical::calendar(&scope.place().tenant.company, rows);
    let whole = stream::once(async move { Ok(Bytes::from(calendar)) });
    Ok(Stream::new("text/calendar; charset=utf-8", whole))
}

/// What the owner of the address may reach now; none when there is no such address.
async fn open(public: &Public, token: &str) -> Result<Option<TenantScope>, ApiError> {
    let token = token.strip_suffix(".ics").unwrap_or(token);
    let firm = token.get(..ID).and_then(|id| Uuid::try_parse(id).ok());
    let Some(firm) = firm else { return Ok(None) };
    let state = &public.state;
    let Some(firm) = tenant::by_id(state.planes.platform(), firm).await? else { return Ok(None) };
    let plane = state.planes.tenant(&firm)?;
    let row = db::select::<feed::Entity>(firm.id);
    let row = row.filter(feed::Column::TokenHash.eq(hash_token(token))).one(&plane).await?;
    let Some(row) = row else { return Ok(None) };
    let origin = Origin { tenant: firm.id, user: row.user_id };
    match TenantScope::of(state, origin, (*public.info).clone(), true).await {
        Ok(scope) if may_see(&scope) => Ok(Some(scope)),
        Ok(_) | Err(ApiError::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn may_see(scope: &TenantScope) -> bool {
    scope.may(Permission::Module(Module::Appointments, Action::View))
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_get_calendar_feed, get_calendar_feed);
    routes.add(__path_create_calendar_feed, create_calendar_feed);
    routes.add(__path_delete_calendar_feed, delete_calendar_feed);
    routes.add(__path_follow_calendar_feed, follow_calendar_feed);
}
