//! The first argument of every handler: who may call it.

use super::principal::{self, ACTIVITY_GRAIN, Principal};
use super::refresh::REFRESH_PATH;
use super::sessions;
use super::tokens::Claims;
use crate::downloads;
use crate::error::ApiError;
use crate::http::limits::Quota;
use crate::http::request::RequestInfo;
use crate::state::AppState;
use actix_web::http::header;
use actix_web::{HttpRequest, web};
use ebenezer_shared::auth::TENANT_HEADER;
use ebenezer_shared::permission::{Audience, Permission};
use ebenezer_shared::problem::ProblemCode;
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;
use uuid::Uuid;

/// What an operation asks of its caller; the `OpenAPI` document shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessRule {
    pub asks: Asks,
    /// Which credentials it serves.
    pub audience: &'static [Audience],
}

/// What the caller must be or have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Anybody may.
    Nothing,
    /// Whoever is logged in, for their own account.
    OwnAccount,
    /// A permission in the firm.
    Permission(Permission),
    /// Runs the platform.
    PlatformStaff,
}

/// What [`Asks::PlatformStaff`] is called where a permission would be named.
pub const PLATFORM_STAFF: &str = "platform_staff";

impl AccessRule {
    /// For users of firms and of the platform.
    pub const fn staff(asks: Asks) -> Self {
        Self { asks, audience: &[Audience::Staff] }
    }
}

/// Something that a handler can only get from a caller who may call it.
pub trait Access: Sized {
    fn rule() -> AccessRule;

    /// 401 without a good credential, 403 without the right, 429 beyond the limits.
    fn grant(req: &HttpRequest) -> impl Future<Output = Result<Self, ApiError>>;
}

/// Anybody may call it.
pub struct Public {
    pub state: AppState,
    pub info: Rc<RequestInfo>,
    pub request: HttpRequest,
}

impl Access for Public {
    fn rule() -> AccessRule {
        AccessRule { asks: Asks::Nothing, audience: &[Audience::Public] }
    }

    async fn grant(req: &HttpRequest) -> Result<Self, ApiError> {
        let state = state_of(req)?;
        let info = RequestInfo::of(req);
        match bearer(req).and_then(|token| state.tokens.open(token, state.clock.now())) {
            Some(claims) => limit_account(&state, req, claims.sub).await?,
            // Refreshing by cookie counts for itself: by session, or by address when the
            // cookie is of none.
            None if req.path() == REFRESH_PATH && super::cookie::read(req).is_some() => {}
            None => limit_anonymous(&state, req, &info).await?,
        }
        Ok(Self { state, info, request: req.clone() })
    }
}

/// Any logged-in user, for their own account. It needs no permission and no firm.
pub struct SignedIn {
    pub state: AppState,
    pub info: Rc<RequestInfo>,
    pub request: HttpRequest,
    pub principal: Arc<Principal>,
}

impl Access for SignedIn {
    fn rule() -> AccessRule {
        AccessRule::staff(Asks::OwnAccount)
    }

    async fn grant(req: &HttpRequest) -> Result<Self, ApiError> {
        let state = state_of(req)?;
        let info = RequestInfo::of(req);
        let claims = claims(&state, req, &info).await?;
        let insists = req.headers().contains_key(TENANT_HEADER);
        let principal = match authenticate(&state, req, &claims).await {
            // One's own account needs no firm, unless the request insists on one.
            Err(ApiError::Refused(refusal))
                if refusal.code == ProblemCode::NotAMember && !insists =>
            {
                enter(&state, req, &claims, None).await?
            }
            other => other?,
        };
        Ok(Self { state, info, request: req.clone(), principal })
    }
}

impl SignedIn {
    /// 403 for whoever must set up a second factor first. For what is the caller's own, but no
    /// part of setting up their account.
    pub fn must_be_enrolled(&self) -> Result<(), ApiError> {
        if self.principal.must_enrol {
            return Err(ProblemCode::MfaEnrolmentRequired.into());
        }
        Ok(())
    }
}

/// A user who runs the platform.
pub struct PlatformStaff(pub SignedIn);

impl Access for PlatformStaff {
    fn rule() -> AccessRule {
        AccessRule::staff(Asks::PlatformStaff)
    }

    async fn grant(req: &HttpRequest) -> Result<Self, ApiError> {
        let signed_in = SignedIn::grant(req).await?;
        if !signed_in.principal.user.is_staff {
            return Err(ApiError::missing(&PLATFORM_STAFF));
        }
        signed_in.must_be_enrolled()?;
        Ok(Self(signed_in))
    }
}

/// A user who watches what changes in a firm. Watching is no activity.
pub struct Watcher {
    pub state: AppState,
    pub tenant: Uuid,
    claims: Claims,
}

impl Access for Watcher {
    fn rule() -> AccessRule {
        AccessRule::staff(Asks::OwnAccount)
    }

    async fn grant(req: &HttpRequest) -> Result<Self, ApiError> {
        let state = state_of(req)?;
        let info = RequestInfo::of(req);
        let claims = claims(&state, req, &info).await?;
        let tenant = named_tenant(&state, req).await?.or(claims.tid);
        let tenant = tenant.ok_or(ApiError::from(ProblemCode::NotAMember))?;
        let watcher = Self { state, tenant, claims };
        watcher.again().await?;
        Ok(watcher)
    }
}

impl Watcher {
    /// Who watches, if they still may: the session goes on, the token is good, the firm open.
    pub async fn again(&self) -> Result<Arc<Principal>, ApiError> {
        let now = self.state.clock.now();
        if now.timestamp() >= self.claims.exp {
            return Err(ProblemCode::AuthenticationRequired.into());
        }
        let principal = principal::load(&self.state, self.claims.sid, Some(self.tenant)).await?;
        if let Some(place) = &principal.place {
            super::scope::check_status(place, now, principal.user.is_staff, true)?;
        }
        if principal.must_enrol {
            return Err(ProblemCode::MfaEnrolmentRequired.into());
        }
        Ok(principal)
    }
}

pub(super) fn state_of(req: &HttpRequest) -> Result<AppState, ApiError> {
    req.app_data::<web::Data<AppState>>()
        .map(|state| state.get_ref().clone())
        .ok_or_else(|| anyhow::anyhow!("the application has no state").into())
}

async fn limit_anonymous(
    state: &AppState,
    req: &HttpRequest,
    info: &RequestInfo,
) -> Result<(), ApiError> {
    let quota = Quota::per_minute(state.config.limits.anonymous_per_minute);
    state.limiter.check(req, "anonymous", &info.ip.to_string(), quota).await
}

async fn limit_account(state: &AppState, req: &HttpRequest, user: Uuid) -> Result<(), ApiError> {
    let quota = Quota::per_minute(state.config.limits.authenticated_per_minute);
    state.limiter.check(req, "account", &user.to_string(), quota).await
}

/// The bearer token of a request.
pub(super) fn bearer(req: &HttpRequest) -> Option<&str> {
    let value = req.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// What a good token, or the link by which the request came, says; 401 without one.
pub(super) async fn claims(
    state: &AppState,
    req: &HttpRequest,
    info: &RequestInfo,
) -> Result<Claims, ApiError> {
    let linked = downloads::pass(req);
    let token = || bearer(req).and_then(|token| state.tokens.open(token, state.clock.now()));
    let Some(claims) = linked.or_else(token) else {
        limit_anonymous(state, req, info).await?;
        return Err(ProblemCode::AuthenticationRequired.into());
    };
    limit_account(state, req, claims.sub).await?;
    Ok(claims)
}

/// From the token to the principal, in the firm that the request names.
pub(super) async fn authenticate(
    state: &AppState,
    req: &HttpRequest,
    claims: &Claims,
) -> Result<Arc<Principal>, ApiError> {
    let named = named_tenant(state, req).await?;
    enter(state, req, claims, named.or(claims.tid)).await
}

async fn enter(
    state: &AppState,
    req: &HttpRequest,
    claims: &Claims,
    tenant: Option<Uuid>,
) -> Result<Arc<Principal>, ApiError> {
    let now = state.clock.now();
    let principal = principal::load(state, claims.sid, tenant).await?;
    tracing::Span::current().record("user", principal.user.id.to_string());
    if let Some(place) = &principal.place {
        tracing::Span::current().record("tenant", place.tenant.id.to_string());
        limit_tenant(state, req, place).await?;
    }
    if now - principal.session.last_active_at > ACTIVITY_GRAIN {
        sessions::touch(state.planes.platform(), principal.session.id, now).await?;
        state.principals.forget(&principal);
    }
    Ok(principal)
}

async fn limit_tenant(
    state: &AppState,
    req: &HttpRequest,
    place: &super::Place,
) -> Result<(), ApiError> {
    let limits = &state.config.limits;
    let users = u32::try_from(place.active_users).unwrap_or(u32::MAX).max(1);
    let quota = Quota {
        burst: limits.tenant_burst.saturating_mul(users),
        ..Quota::per_minute(limits.tenant_per_minute.saturating_mul(users))
    };
    state.limiter.check(req, "tenant", &place.tenant.id.to_string(), quota).await
}

/// The firm that `X-Organization-ID` or the host's subdomain names; a link's is fixed. Unknown ones are
/// answered as foreign ones are.
async fn named_tenant(state: &AppState, req: &HttpRequest) -> Result<Option<Uuid>, ApiError> {
    if let Some(claims) = downloads::pass(req) {
        return Ok(claims.tid);
    }
    if let Some(value) = req.headers().get(TENANT_HEADER) {
        let id = value.to_str().ok().and_then(|text| Uuid::try_parse(text.trim()).ok());
        return id.map(Some).ok_or_else(|| ApiError::from(ProblemCode::InvalidHeader));
    }
    let info = RequestInfo::of(req);
    let Some(name) = state.config.network.subdomain(&info.host) else { return Ok(None) };
    let tenant = crate::platform::tenant::by_subdomain(state.planes.platform(), name).await?;
    tenant.map(|tenant| Some(tenant.id)).ok_or_else(|| ProblemCode::NotAMember.into())
}
