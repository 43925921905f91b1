//! The code that somebody gives: looked at first, taken in the transaction of what it opens.

use super::recovery_codes;
use super::totp::matching_step;
use crate::auth::access::Public;
use crate::error::ApiError;
use crate::http::limits::Quota;
use crate::http::request::RequestInfo;
use crate::jobs::{self, Job};
use crate::mail::{Content, Letter};
use crate::platform::activity::Activity;
use crate::platform::second_factor::{self, Model};
use crate::platform::user;
use crate::state::AppState;
use actix_web::HttpRequest;
use chrono::{DateTime, Utc};
use ebenezer_shared::problem::ProblemCode;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

/// A code that is right and was not taken yet.
pub enum Proof {
    /// One of the app's, of that time step.
    App(i64),
    /// A recovery code, by its hash.
    Recovery(String),
}

impl Proof {
    /// What the code proves; nothing when it is wrong, too old or was taken before.
    pub async fn of(
        state: &AppState,
        db: &impl ConnectionTrait,
        factor: &Model,
        code: &str,
    ) -> Result<Option<Self>, ApiError> {
        if let Some(hash) = recovery_codes::hash_of(factor.user_id, code) {
            let good = recovery_codes::is_good(db, factor.user_id, &hash).await?;
            return Ok(good.then_some(Self::Recovery(hash)));
        }
        let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
        let secret = state.sealer.open(&factor.secret_sealed)?.into();
        let step = matching_step(&secret, &digits, state.clock.now())?;
        Ok(step.filter(|step| *step > factor.last_step).map(Self::App))
    }

    /// Takes the code. Of two requests with the same one, one gets true.
    pub async fn take(
        &self,
        db: &impl ConnectionTrait,
        user: Uuid,
        now: DateTime<Utc>,
    ) -> Result<bool, ApiError> {
        Ok(match self {
            Self::App(step) => second_factor::take_step(db, user, *step).await?,
            Self::Recovery(hash) => recovery_codes::take(db, user, hash, now).await?,
        })
    }

    /// After a recovery code was taken: how many are left. The user is told by mail.
    pub async fn tell(
        &self,
        state: &AppState,
        db: &impl ConnectionTrait,
        info: &RequestInfo,
        user: &user::Model,
    ) -> Result<Option<u64>, ApiError> {
        if matches!(self, Self::App(_)) {
            return Ok(None);
        }
        let left = recovery_codes::left(db, user.id).await?;
        Activity::new("2fa.recovery_code_used", Some(user.id), None)
            .details(json!({ "left": left }))
            .record(db, state, info, state.clock.now())
            .await?;
        let letter = Letter::to(user, user.language(), Content::RecoveryCodeUsed { left });
        jobs::enqueue(db, state, &Job::Mail(letter), None).await?;
        Ok(Some(left))
    }
}

/// What a login with a right password needs besides: nothing, or the code that it came with.
///
/// 401 `mfa_required` without a code, `mfa_code_wrong` with a wrong one.
pub async fn at_login(
    public: &Public,
    user: &user::Model,
    code: Option<&str>,
) -> Result<Option<Proof>, ApiError> {
    let Public { state, request, .. } = public;
    let db = state.planes.platform();
    let Some(factor) = second_factor::enabled(db, user.id).await? else { return Ok(None) };
    let code = code.map(str::trim).filter(|code| !code.is_empty());
    let code = code.ok_or(ApiError::from(ProblemCode::MfaRequired))?;
    throttle(state, request, user.id).await?;
    match Proof::of(state, db, &factor, code).await? {
        Some(proof) => Ok(Some(proof)),
        None => Err(wrong_at_login(public, user).await?),
    }
}

/// Notes a failed login and answers its error.
pub async fn wrong_at_login(public: &Public, user: &user::Model) -> Result<ApiError, ApiError> {
    let Public { state, info, .. } = public;
    Activity::new("login.failed", Some(user.id), None)
        .details(json!({ "factor": "second" }))
        .record(state.planes.platform(), state, info, state.clock.now())
        .await?;
    Ok(ProblemCode::MfaCodeWrong.into())
}

/// Codes are short: whoever knows the password guesses some at once, then twenty an hour,
/// from however many addresses.
pub async fn throttle(state: &AppState, request: &HttpRequest, user: Uuid) -> Result<(), ApiError> {
    let at_once = state.config.limits.login_per_minute;
    let quota = Quota { burst: at_once, ..Quota::per_hour(at_once.saturating_mul(4)) };
    state.limiter.check(request, "second-factor", &user.to_string(), quota).await
}
