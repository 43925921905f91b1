//! Who is asking, and where they stand.

use super::two_factor;
use crate::config::Storage;
use crate::error::ApiError;
use crate::platform::{membership, session, tenant, user};
use crate::state::AppState;
use chrono::TimeDelta;
use ebenezer_shared::permission::{Module, PermissionSet};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::team::RoleKey;
use ebenezer_shared::tenant::{TenantAccess, TenantStatus};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// A session without requests for so long is over.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);
/// How exactly activity is noted: at most one write in so many seconds, by which a session
/// may last longer, never shorter.
pub const ACTIVITY_GRAIN: TimeDelta = TimeDelta::seconds(15);
/// A session is over after so long, whatever happens.
pub const LIFETIME: TimeDelta = TimeDelta::days(7);

/// A user in a session, in a firm or none.
#[derive(Clone, Debug)]
pub struct Principal {
    pub user: user::Model,
    pub session: session::Model,
    pub place: Option<Place>,
    /// A second factor is asked for, which the user has not set up.
    pub must_enrol: bool,
}

/// A user's place in a firm.
#[derive(Clone, Debug)]
pub struct Place {
    pub tenant: tenant::Model,
    pub role: RoleKey,
    /// What the firm calls a role of its own.
    pub role_name: Option<String>,
    pub modules: Vec<Module>,
    pub permissions: PermissionSet,
    pub active_users: u64,
    /// The department that they belong to, if any.
    pub department: Option<Uuid>,
}

impl Place {
    /// As the person sees it: permissions of modules that the product lacks are left out.
    pub fn to_access(&self, status: TenantStatus, files: &Storage) -> TenantAccess {
        let permissions = self
            .permissions
            .iter()
            .filter(|p| p.module().is_none_or(|module| self.modules.contains(&module)))
            .collect();
        TenantAccess {
            id: self.tenant.id.into(),
            company: self.tenant.company.clone(),
            subdomain: self.tenant.subdomain.clone(),
            product: self.tenant.product_key.clone(),
            status,
            locale: self.tenant.settings().locale.unwrap_or_default(),
            time_zone: self.tenant.time_zone.clone(),
            role: self.role.to_string(),
            role_name: self.role_name.clone(),
            modules: self.modules.clone(),
            permissions,
            uploads: files.upload_rules(),
        }
    }
}

/// Principals as read from the database within the last second. Another process's changes
/// are seen after that; this one's at once.
pub struct PrincipalCache(moka::sync::Cache<(Uuid, Option<Uuid>), Arc<Principal>>);

impl PrincipalCache {
    #[expect(clippy::new_without_default, reason = "made once, at start")]
    pub fn new() -> Self {
        Self(
            moka::sync::Cache::builder()
                .max_capacity(10_000)
                .time_to_live(Duration::from_secs(1))
                .build(),
        )
    }

    /// Forgets one session in one firm.
    pub fn forget(&self, principal: &Principal) {
        let tenant = principal.place.as_ref().map(|place| place.tenant.id);
        self.0.invalidate(&(principal.session.id, tenant));
    }

    /// Forgets everything: a session, a user or a firm changed.
    pub fn clear(&self) {
        self.0.invalidate_all();
    }
}

/// Reads who the session's user is and where they stand in the firm, if it names one.
///
/// 401 when the session or the account is over, 403 `not_a_member` when the user has no
/// place there.
pub async fn load(
    state: &AppState,
    session_id: Uuid,
    tenant_id: Option<Uuid>,
) -> Result<Arc<Principal>, ApiError> {
    let key = (session_id, tenant_id);
    if let Some(known) = state.principals.0.get(&key) {
        return Ok(known);
    }
    let db = state.planes.platform();
    let now = state.clock.now();
    let session = super::sessions::alive(db, session_id, now)
        .await?
        .ok_or(ApiError::from(ProblemCode::SessionExpired))?;
    let user = user::by_id(db, session.user_id)
        .await?
        .filter(|user| user.is_active)
        .ok_or(ApiError::from(ProblemCode::SessionExpired))?;
    let place = match tenant_id {
        None => None,
        Some(id) => {
            let found = membership::of_user_in(db, user.id, id).await?;
            let (seat, tenant) = found.ok_or(ApiError::from(ProblemCode::NotAMember))?;
            Some(place(state, &seat, tenant).await?)
        }
    };
    let must_enrol = two_factor::must_enrol(state, &user, place.as_ref()).await?;
    let principal = Arc::new(Principal { user, session, place, must_enrol });
    state.principals.0.insert(key, Arc::clone(&principal));
    Ok(principal)
}

/// Puts a membership together with what its firm's product has.
pub async fn place(
    state: &AppState,
    seat: &membership::Seat,
    tenant: tenant::Model,
) -> Result<Place, ApiError> {
    Ok(Place {
        role: seat.role(),
        role_name: seat.own_role.as_ref().map(|role| role.name.clone()),
        permissions: seat.permissions(),
        modules: state.products.modules(&tenant.product_key).to_vec(),
        active_users: membership::active_users(state.planes.platform(), tenant.id).await?,
        department: seat.membership.department_id,
        tenant,
    })
}
