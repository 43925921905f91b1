//! `POST /api/auth/invitations/accept`

use super::offer::Offer;
use super::store;
use crate::audit::{Actor, Audit};
use crate::auth::login::{remember_login, session_answer, still_right, throttle};
use crate::auth::{Public, passwords, register, sessions, two_factor};
use crate::db::begin_write;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use crate::jobs::{self, Job};
use crate::platform::activity::Activity;
use crate::platform::{membership, tenant, user};
use crate::team::members::store::Person;
use crate::team::news::{self, News};
use crate::team::references::Departments;
use crate::team::seats;
use ebenezer_shared::auth::SessionAnswer;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::team::AcceptInvitation;
use ebenezer_shared::validation;
use sea_orm::{DatabaseTransaction, SqlErr};

/// Joins the firm that the link of an invitation leads to, once, and logs in. A new account
/// gets the password that is sent; one that the email has already is logged in with its own,
/// and stays as it is.
#[utoipa::path(post, path = "/api/auth/invitations/accept", tag = "auth",
    request_body = AcceptInvitation,
    responses(
        (status = 200, body = SessionAnswer),
        (status = 401, description = "`invalid_credentials`: the email has an account with another password; `mfa_required`, `mfa_code_wrong`: it has a second factor", body = Problem),
        (status = 402, description = "`plan_limit`", body = Problem),
        (status = 403, description = "`tenant_paused`, `tenant_suspended`, `tenant_cancelled`", body = Problem),
        (status = 409, description = "`already_member`, `email_taken`", body = Problem),
        (status = 410, description = "`invitation_used`, `invitation_expired`, `invitation_revoked`, `link_expired`", body = Problem),
        (status = 422, description = "`password_weak`, `required`", body = Problem),
    ))]
pub async fn accept_invitation(
    public: Public,
    Json(body): Json<AcceptInvitation>,
) -> Result<Answer, ApiError> {
    let Public { state, info, .. } = &public;
    let db = state.planes.platform();
    let now = state.clock.now();
    let offer = Offer::open(db, &body.token, now).await?;
    let email = offer.sent.0.email.clone();
    throttle(&public, &email).await?;
    let (user, is_new) = match user::by_email(db, &email).await? {
        Some(user) => (known(&public, user, &body).await?, false),
        None => (newcomer(&public, &offer, &body).await?, true),
    };
    let code = body.totp_code.as_deref().filter(|_| !is_new);
    let proof = two_factor::at_login(&public, &user, code).await?;
    let departments = Departments::of(state, &offer.tenant).await?;
    let tx = begin_write(db).await?;
    tenant::lock(&tx, offer.tenant.id).await?;
    // What was so before the wait for the lock need not be so now.
    let offer = Offer::open(&tx, &body.token, now).await?;
    if !is_new {
        still_right(&tx, &user, proof.is_some()).await?;
    }
    seats::check_for_member(state, &tx, &offer.tenant).await?;
    if let Some(proof) = &proof {
        if !proof.take(&tx, user.id, now).await? {
            drop(tx);
            return Err(two_factor::wrong_at_login(&public, &user).await?);
        }
        proof.tell(state, &tx, info, &user).await?;
    }
    if is_new {
        user::insert(&tx, &user).await.map_err(lost_race)?;
    }
    let person = join(&tx, &offer, user, now).await?;
    let (user, tenant) = (&person.user, offer.tenant.id);
    let (session, token) = sessions::open(&tx, user.id, Some(tenant), info, now).await?;
    remember_login(&tx, user.id, Some(tenant), now).await?;
    Activity::new("invitation.accepted", Some(user.id), Some(tenant))
        .record(&tx, state, info, now)
        .await?;
    let mut news = News::about(tenant, user.id);
    let member = person.view(&departments, ebenezer_shared::locale::Locale::default());
    let by = Actor { id: Some(user.id), name: &user.full_name, info, at: now };
    news.entries.push(Audit::created("member", user.id, &member)?.entry(&by));
    jobs::enqueue(&tx, state, &Job::News(news.clone()), None).await?;
    tx.commit().await?;
    state.principals.clear();
    news::tell_now(state, &news).await;
    state.bell.ring();
    session_answer(state, user, &session, Some((token, body.cookie))).await
}

/// The account that the email has, when the password is right.
async fn known(
    public: &Public,
    user: user::Model,
    body: &AcceptInvitation,
) -> Result<user::Model, ApiError> {
    let right = passwords::verify(&body.password, Some(&user.password_hash)).await?;
    if right && user.is_active {
        return Ok(user);
    }
    let now = public.state.clock.now();
    Activity::new("login.failed", Some(user.id), None)
        .record(public.state.planes.platform(), &public.state, &public.info, now)
        .await?;
    Err(ProblemCode::InvalidCredentials.into())
}

/// An account for the email, yet to be written.
async fn newcomer(
    public: &Public,
    offer: &Offer,
    body: &AcceptInvitation,
) -> Result<user::Model, ApiError> {
    let Some(full_name) = &body.full_name else {
        return Err(ApiError::invalid("full_name", "required"));
    };
    if body.password.chars().count() < validation::PASSWORD_MIN {
        return Err(ApiError::invalid("password", "password_too_short"));
    }
    let email = &offer.sent.0.email;
    let own = [email, full_name, &offer.tenant.company, &offer.tenant.subdomain];
    passwords::judge("password", &body.password, &own)?;
    let hash = passwords::hash(&body.password).await?;
    let now = public.state.clock.now();
    Ok(register::new_user(email, full_name, hash, public.info.locale, now))
}

/// Somebody made an account with the email at the same time.
fn lost_race(error: sea_orm::DbErr) -> ApiError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => ProblemCode::EmailTaken.into(),
        _ => error.into(),
    }
}

/// Makes the user a member, as the invitation says, and the invitation used.
async fn join(
    tx: &DatabaseTransaction,
    offer: &Offer,
    user: user::Model,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Person, ApiError> {
    let (invitation, own_role, _) = &offer.sent;
    let mut taken = invitation.clone();
    taken.accepted_at = Some(now);
    store::save(tx, &taken).await?;
    let mut row =
        membership::Model::new(user.id, offer.tenant.id, store::role_key(invitation), now);
    row.extra_permissions = invitation.extra_permissions.clone();
    row.department_id = invitation.department_id;
    row.last_login_at = Some(now);
    match membership::any_of_user_in(tx, user.id, offer.tenant.id).await? {
        None => membership::insert(tx, &row).await?,
        Some(former) if former.removed_at.is_some() => {
            row.id = former.id;
            row.version = former.version + 1;
            membership::save(tx, &row).await?;
        }
        Some(_) => return Err(ProblemCode::AlreadyMember.into()),
    }
    let seat = membership::Seat { membership: row, own_role: own_role.clone() };
    Ok(Person { seat, user })
}
