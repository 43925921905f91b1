//! Registration: a user, a firm, the membership as owner, all or nothing.

use super::login::{remember_login, session_answer, throttle};
use super::{Public, passwords, sessions};
use crate::db::begin_write;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use crate::jobs::{self, Job};
use crate::platform::activity::Activity;
use crate::platform::{membership, tenant, user};
use crate::routes::Routes;
use crate::team::news::{self, News};
use chrono::{DateTime, Utc};
use ebenezer_shared::auth::{RegisterRequest, SessionAnswer};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::permission::Role;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::team::RoleKey;
use sea_orm::{ConnectionTrait, DbErr, SqlErr};
use serde_json::json;
use uuid::Uuid;

/// Registers a firm with its first user, who is logged in at once.
#[utoipa::path(post, path = "/api/auth/register", tag = "auth", request_body = RegisterRequest,
    responses(
        (status = 201, body = SessionAnswer),
        (status = 409, description = "`email_taken`, `subdomain_taken`", body = Problem),
    ))]
pub async fn register(
    public: Public,
    Json(body): Json<RegisterRequest>,
) -> Result<Answer, ApiError> {
    throttle(&public, &body.email).await?;
    let Public { state, info, .. } = &public;
    let db = state.planes.platform();
    if !state.products.offers(&body.product) {
        return Err(ApiError::invalid("product", "unknown_product"));
    }
    let own = [body.email.as_str(), &body.full_name, &body.company, &body.subdomain];
    passwords::judge("password", &body.password, &own)?;
    if user::by_email(db, &body.email).await?.is_some() {
        return Err(taken(ProblemCode::EmailTaken));
    }
    if tenant::by_subdomain(db, &body.subdomain).await?.is_some() {
        return Err(taken(ProblemCode::SubdomainTaken));
    }
    let password_hash = passwords::hash(&body.password).await?;
    let now = state.clock.now();
    let tenant = new_tenant(&body, &state.config.time_zone, info.locale, now);
    let user = new_user(&body.email, &body.full_name, password_hash, info.locale, now);
    let tx = begin_write(db).await?;
    create(&tx, &tenant, &user, now).await.map_err(lost_race)?;
    let (session, token) = sessions::open(&tx, user.id, Some(tenant.id), info, now).await?;
    remember_login(&tx, user.id, Some(tenant.id), now).await?;
    Activity::new("tenant.registered", Some(user.id), Some(tenant.id))
        .details(json!({ "company": tenant.company, "product": tenant.product_key }))
        .record(&tx, state, info, now)
        .await?;
    let news = News::about(tenant.id, user.id);
    jobs::enqueue(&tx, state, &Job::News(news.clone()), None).await?;
    tx.commit().await?;
    news::tell_now(state, &news).await;
    let mut answer = session_answer(state, &user, &session, Some((token, body.cookie))).await?;
    answer.status = 201;
    Ok(answer.header("Location", "/api/auth/me"))
}

fn taken(code: ProblemCode) -> ApiError {
    let field = if code == ProblemCode::EmailTaken { "email" } else { "subdomain" };
    ApiError::field(code, field, "taken")
}

/// Two registrations at once: the second is told as if it had come later.
fn lost_race(error: DbErr) -> ApiError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(what)) if what.contains("email") => {
            taken(ProblemCode::EmailTaken)
        }
        Some(SqlErr::UniqueConstraintViolation(_)) => taken(ProblemCode::SubdomainTaken),
        _ => error.into(),
    }
}

fn new_tenant(
    body: &RegisterRequest,
    time_zone: &str,
    locale: Locale,
    now: DateTime<Utc>,
) -> tenant::Model {
    tenant::Model {
        id: Uuid::now_v7(),
        company: body.company.clone(),
        subdomain: body.subdomain.clone(),
        product_key: body.product.clone(),
        plan_key: "free".to_owned(),
        status: tenant::Status::Active,
        isolation: tenant::Isolation::Shared,
        settings: json!({ "locale": locale }),
        time_zone: time_zone.to_owned(),
        expires_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// An account of somebody who has none yet.
pub fn new_user(
    email: &str,
    full_name: &str,
    password_hash: String,
    locale: Locale,
    now: DateTime<Utc>,
) -> user::Model {
    user::Model {
        id: Uuid::now_v7(),
        email: email.to_owned(),
        email_key: user::email_key(email),
        full_name: full_name.to_owned(),
        password_hash,
        locale: locale.tag().to_owned(),
        is_staff: false,
        is_active: true,
        last_login_at: None,
        last_tenant_id: None,
        created_at: now,
        updated_at: now,
    }
}

/// Writes a firm, its first user and the membership as owner.
async fn create(
    db: &impl ConnectionTrait,
    tenant: &tenant::Model,
    user: &user::Model,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    tenant::insert(db, tenant).await?;
    user::insert(db, user).await?;
    let owner = RoleKey::BuiltIn(Role::Owner);
    membership::insert(db, &membership::Model::new(user.id, tenant.id, owner, now)).await
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_register, register);
}
