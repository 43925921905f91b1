//! `POST /api/team/invitations`

use super::store;
use crate::audit::Audit;
use crate::auth::tokens::{hash_token, new_token};
use crate::auth::{PlatformCommand, Scope, permissions::TeamAdd};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use crate::platform::invitation::{self, LIFETIME, Model};
use crate::platform::{membership, user};
use crate::team::references::{Departments, own_role};
use crate::team::rights::Rights;
use crate::team::seats;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::permission::PermissionSet;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::team::{CreateInvitation, Invitation};
use secrecy::ExposeSecret as _;
use uuid::Uuid;

/// Asks somebody to join the firm, by a mail with a link that is good for seven days and
/// once.
#[utoipa::path(post, path = "/api/team/invitations", tag = "team",
    request_body = CreateInvitation,
    responses(
        (status = 201, body = Invitation),
        (status = 402, description = "`plan_limit`", body = Problem),
        (status = 403, description = "`beyond_own_permissions`, `owner_required` and those of every request", body = Problem),
        (status = 409, description = "`already_member`, `already_invited`", body = Problem),
    ))]
pub async fn create_invitation(
    scope: Scope<TeamAdd>,
    Json(body): Json<CreateInvitation>,
) -> Result<Answer, ApiError> {
    let departments = Departments::read(&scope).await?;
    body.department_id.map_or(Ok(()), |id| departments.check(id.into()))?;
    let extra: PermissionSet = body.extra_permissions.iter().copied().collect();
    let mut command = scope.platform_command().await?;
    let own_role = own_role(command.tx(), scope.tenant_id(), body.role).await?;
    command.rights.cover(&Rights::granted(body.role, own_role.as_ref(), extra))?;
    refuse_known(&command, &body.email).await?;
    let now = scope.now();
    seats::check_for_invitation(&scope.state, command.tx(), &command.tenant, now).await?;
    store::limit_mails(&scope).await?;
    let firms = command.tenant.settings().locale.unwrap_or_default();
    let token = new_token();
    let (role, role_id) = membership::role_columns(body.role);
    let invitation = Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        email_key: user::email_key(&body.email),
        email: body.email,
        role,
        role_id,
        extra_permissions: serde_json::to_value(extra)?,
        department_id: body.department_id.map(Into::into),
        locale: body.locale.unwrap_or(firms).tag().to_owned(),
        message: body.message,
        token_hash: hash_token(token.expose_secret()),
        invited_by: scope.user_id(),
        created_at: now,
        sent_at: now,
        expires_at: now + LIFETIME,
        accepted_at: None,
        revoked_at: None,
        mail_job_id: None,
    };
    let inviter = user::by_id(command.tx(), scope.user_id()).await?;
    let mut sent = (invitation, own_role, inviter);
    sent.0.mail_job_id = Some(store::send(&command, &sent, &token).await?);
    store::insert(command.tx(), &sent.0).await?;
    let logged = store::view(&sent, &departments, Locale::default(), now);
    command.audit(Audit::created("invitation", logged.id, &logged)?);
    let view = store::just_sent(&sent, &departments, scope.info.locale, now);
    let answer = Answer::created(format!("/api/team/invitations/{}", view.id), &view)?;
    command.commit(answer).await
}

/// 409 for who belongs to the firm or is invited already. An invitation that nobody took in
/// time makes room.
async fn refuse_known(command: &PlatformCommand<'_>, email: &str) -> Result<(), ApiError> {
    let (tx, tenant) = (command.tx(), command.tenant.id);
    if let Some(user) = user::by_email(tx, email).await? {
        let known = membership::any_of_user_in(tx, user.id, tenant).await?;
        if let Some(member) = known.filter(|member| member.removed_at.is_none()) {
            let why = if member.is_active { "already_member" } else { "former_member" };
            return Err(ApiError::field(ProblemCode::AlreadyMember, "email", why));
        }
    }
    match invitation::open_for(tx, tenant, email).await? {
        Some(earlier) if earlier.is_expired(command.now()) => {
            invitation::revoke(tx, earlier.id, command.now()).await?;
            Ok(())
        }
        Some(_) => Err(ApiError::field(ProblemCode::AlreadyInvited, "email", "already_invited")),
        None => Ok(()),
    }
}
