//! Reading and writing invitations.

#![expect(
    clippy::disallowed_methods,
    reason = "rows of the platform plane; each query names the scope's firm"
)]

use crate::auth::{PlatformCommand, TenantScope};
use crate::error::ApiError;
use crate::http::limits::Quota;
use crate::jobs::Deliveries;
use crate::mail::{Content, Letter};
use crate::platform::invitation::{Entity, LIFETIME, Model, Sent};
use crate::platform::{membership, role};
use crate::team::references::{Departments, role_ref};
use crate::team::rights::Rights;
use chrono::{DateTime, Utc};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::team::{Delivery, Invitation, InvitationStatus, RoleKey};
use sea_orm::{
    ActiveModelTrait as _, DatabaseTransaction, DbErr, EntityTrait as _, IntoActiveModel as _,
};
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

/// The role that an invitation promises.
pub fn role_key(invitation: &Model) -> RoleKey {
    membership::role_key(&invitation.role, invitation.role_id)
}

/// What an invitation grants.
pub fn rights(invitation: &Model, own_role: Option<&role::Model>) -> Rights {
    Rights::granted(role_key(invitation), own_role, invitation.extra_permissions())
}

/// As it is written down.
pub fn view(
    (invitation, own_role, inviter): &Sent,
    departments: &Departments,
    locale: Locale,
    now: DateTime<Utc>,
) -> Invitation {
    Invitation {
        id: invitation.id.into(),
        email: invitation.email.clone(),
        status: if invitation.is_expired(now) {
            InvitationStatus::Expired
        } else {
            InvitationStatus::Pending
        },
        role: role_ref(role_key(invitation), own_role.as_ref(), locale),
        extra_permissions: invitation.extra_permissions(),
        department: departments.get(invitation.department_id),
        locale: invitation.locale(),
        message: invitation.message.clone(),
        invited_by: inviter.as_ref().map(|user| user.full_name.clone()).unwrap_or_default(),
        delivery: None,
        sent_at: invitation.sent_at,
        expires_at: invitation.expires_at,
        created_at: invitation.created_at,
    }
}

/// As the team sees it when its mail was written just now.
pub fn just_sent(
    sent: &Sent,
    departments: &Departments,
    locale: Locale,
    now: DateTime<Utc>,
) -> Invitation {
    Invitation { delivery: Some(Delivery::QUEUED), ..view(sent, departments, locale, now) }
}

/// As the team sees them, with what became of their mails.
pub async fn views(
    scope: &TenantScope,
    rows: &[Sent],
    departments: &Departments,
) -> Result<Vec<Invitation>, ApiError> {
    let (locale, now) = (scope.info.locale, scope.now());
    let mails = rows.iter().filter_map(|(invitation, ..)| invitation.mail_job_id);
    let deliveries = Deliveries::of(scope.state.planes.platform(), mails).await?;
    let told = |row: &Sent| Invitation {
        delivery: Some(deliveries.get(row.0.mail_job_id)),
        ..view(row, departments, locale, now)
    };
    Ok(rows.iter().map(told).collect())
}

/// So many mails to strangers a firm sends in an hour.
pub async fn limit_mails(scope: &TenantScope) -> Result<(), ApiError> {
    let quota = Quota::per_hour(scope.state.config.limits.invitations_per_hour);
    let key = scope.tenant_id().to_string();
    scope.state.limiter.check(scope.request()?, "invitations", &key, quota).await
}

/// Good for another while, from the caller.
pub fn renew(invitation: &mut Model, scope: &TenantScope, token_hash: String) {
    let now = scope.now();
    invitation.token_hash = token_hash;
    invitation.invited_by = scope.user_id();
    invitation.sent_at = now;
    invitation.expires_at = now + LIFETIME;
}

/// The mail with the link; answers the id of its job.
pub async fn send(
    command: &PlatformCommand<'_>,
    (invitation, own_role, _): &Sent,
    token: &SecretString,
) -> Result<Uuid, ApiError> {
    let locale = invitation.locale();
    // Behind the hash sign, which no server or proxy gets to see.
    let link = format!("/accept-invitation#{}", token.expose_secret());
    let content = Content::Invitation {
        link: command.state.link(&link),
        company: command.tenant.company.clone(),
        inviter: command.actor_name().to_owned(),
        role: role_ref(role_key(invitation), own_role.as_ref(), locale).name,
        message: invitation.message.clone(),
    };
    let letter = Letter { email: invitation.email.clone(), name: String::new(), locale, content };
    command.mail(letter).await
}

pub async fn insert(tx: &DatabaseTransaction, invitation: &Model) -> Result<(), DbErr> {
    let row = invitation.clone().into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

pub async fn save(tx: &DatabaseTransaction, invitation: &Model) -> Result<(), DbErr> {
    let row = invitation.clone().into_active_model().reset_all();
    Entity::update(row).exec_without_returning(tx).await.map(|_| ())
}
