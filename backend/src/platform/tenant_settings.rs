//! The firm's own settings: `GET` and `PATCH /api/tenant`.

use super::{invitation, membership, plan, second_factor, tenant};
use crate::audit::Audit;
use crate::auth::permissions::{SettingsChange, SettingsView};
use crate::auth::{PlatformCommand, Scope, TenantScope};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json};
use crate::routes::Routes;
use crate::state::AppState;
use crate::storage::ledger;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::tenant_settings::{
    TenantPlan, TenantSettings, TenantUsage, UpdateTenantSettings,
};
use sea_orm::{ConnectionTrait, DbErr};

/// The firm, its plan and what it uses of it.
#[utoipa::path(get, path = "/api/tenant", tag = "tenant",
    responses((status = 200, body = TenantSettings)))]
pub async fn get_tenant(scope: Scope<SettingsView>) -> Result<Answer, ApiError> {
    let db = scope.state.planes.platform();
    let tenant = tenant::by_id(db, scope.tenant_id()).await?;
    let tenant = tenant.ok_or(ApiError::from(ProblemCode::NotAMember))?;
    let stored = ledger::used(scope.db(), scope.tenant_id()).await?;
    let standing = Standing::of(db, &tenant, &scope, stored).await?;
    Ok(Answer::ok(&view(&scope.state, &tenant, &standing))?.etag(tenant.version))
}

/// Changes the firm's settings.
#[utoipa::path(patch, path = "/api/tenant", tag = "tenant",
    params(("If-Match" = Option<String>, Header)),
    request_body = UpdateTenantSettings,
    responses(
        (status = 200, body = TenantSettings),
        (status = 409, description = "`mfa_not_enabled`: whoever asks everybody for a second factor needs one",
            body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
        (status = 422, description = "`invalid_time_zone`, `invalid_country`", body = Problem),
    ))]
pub async fn update_tenant(
    scope: Scope<SettingsChange>,
    if_match: IfMatch,
    Json(body): Json<UpdateTenantSettings>,
) -> Result<Answer, ApiError> {
    let stored = ledger::used(scope.db(), scope.tenant_id()).await?;
    let mut command = scope.platform_command().await?;
    let before = command.tenant.clone();
    if_match.check(before.version)?;
    let mut after = changed(&before, body)?;
    if after.settings().require_2fa && !before.settings().require_2fa {
        keep_the_caller_in(&command).await?;
    }
    let standing = Standing::of(command.tx(), &before, &scope, stored).await?;
    if after != before {
        after.version += 1;
        after.updated_at = scope.now();
        tenant::save(command.tx(), &after).await?;
        let [old, new] = [&before, &after].map(|tenant| view(&scope.state, tenant, &standing));
        command.audit(Audit::updated("tenant", after.id, &old, &new)?);
    }
    let answer = Answer::ok(&view(&scope.state, &after, &standing))?.etag(after.version);
    command.commit(answer).await
}

/// Whoever asks everybody for a second factor would be the first to be shut out.
async fn keep_the_caller_in(command: &PlatformCommand<'_>) -> Result<(), ApiError> {
    match second_factor::enabled(command.tx(), command.user_id()).await? {
        Some(_) => Ok(()),
        None => Err(ApiError::field(
            ProblemCode::MfaNotEnabled,
            "require_2fa",
            "own_second_factor_first",
        )),
    }
}

fn changed(before: &tenant::Model, body: UpdateTenantSettings) -> Result<tenant::Model, ApiError> {
    let mut after = before.clone();
    let mut settings = before.settings();
    if let Patch::Value(company) = body.company {
        after.company = company;
    }
    if let Patch::Value(zone) = body.time_zone {
        zone.parse::<chrono_tz::Tz>()
            .map_err(|_| ApiError::invalid("time_zone", "invalid_time_zone"))?;
        after.time_zone = zone;
    }
    if let Some(country) = body.default_country.change() {
        settings.default_country = country.map(|code| country_code(&code)).transpose()?;
    }
    settings.locale = body.locale.or(settings.locale);
    settings.require_2fa = body.require_2fa.unwrap_or(settings.require_2fa);
    settings.require_primary_corporation =
        body.require_primary_corporation.unwrap_or(settings.require_primary_corporation);
    if settings != before.settings() {
        after.settings = serde_json::to_value(settings)?;
    }
    Ok(after)
}

fn country_code(text: &str) -> Result<String, ApiError> {
    let code = text.to_uppercase();
    match code.parse::<phonenumber::country::Id>() {
        Ok(_) => Ok(code),
        Err(_) => Err(ApiError::invalid("default_country", "invalid_country")),
    }
}

/// The firm's plan and how far it is used.
struct Standing {
    plan: TenantPlan,
    usage: TenantUsage,
}

impl Standing {
    /// `storage_bytes` come from the firm's own plane.
    async fn of(
        db: &impl ConnectionTrait,
        tenant: &tenant::Model,
        scope: &TenantScope,
        storage_bytes: u64,
    ) -> Result<Self, DbErr> {
        let plan = plan::by_key(db, &tenant.plan_key).await?;
        let amount = |number: i64| u64::try_from(number).unwrap_or_default();
        let usage = TenantUsage {
            users: membership::active_users(db, tenant.id).await?,
            pending_invitations: invitation::count_pending(db, tenant.id, scope.now()).await?,
            storage_bytes,
        };
        let plan = TenantPlan {
            key: tenant.plan_key.clone(),
            max_users: plan.as_ref().and_then(|plan| plan.max_users).map(|max| amount(max.into())),
            max_api_queries: plan.as_ref().map_or(0, |plan| amount(plan.max_api_queries.into())),
            max_storage_bytes: plan.as_ref().map_or(0, |plan| amount(plan.max_storage_bytes)),
            expires_at: tenant.expires_at,
        };
        Ok(Self { plan, usage })
    }
}

fn view(state: &AppState, tenant: &tenant::Model, standing: &Standing) -> TenantSettings {
    let settings = tenant.settings();
    TenantSettings {
        id: tenant.id.into(),
        company: tenant.company.clone(),
        subdomain: tenant.subdomain.clone(),
        product: tenant.product_key.clone(),
        status: tenant.effective_status(state.clock.now()),
        locale: settings.locale.unwrap_or_default(),
        time_zone: tenant.time_zone.clone(),
        default_country: settings
            .default_country
            .unwrap_or_else(|| state.config.default_country.clone()),
        require_2fa: settings.require_2fa,
        require_primary_corporation: settings.require_primary_corporation,
        plan: standing.plan.clone(),
        usage: standing.usage.clone(),
        created_at: tenant.created_at,
        updated_at: tenant.updated_at,
    }
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_get_tenant, get_tenant);
    routes.add(__path_update_tenant, update_tenant);
}
