//! `GET /api/team/{id}/access`

mod reach;
mod subject;

use super::members::store::{self, Person};
use super::references::role_ref;
use crate::auth::{Scope, TenantScope, permissions::TeamChange};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Path, Query};
use crate::jobs::Origin;
use crate::platform::membership;
use crate::routes::Routes;
use ebenezer_shared::crm::staff::StaffRef;
use ebenezer_shared::ids::UserId;
use ebenezer_shared::permission::{Action, Module, Named, Permission};
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::team::access::{AccessReason, AccessWhy, ActAccess, RecordAccess, RecordAct};
use serde::Deserialize;
use subject::{Subject, find};
use utoipa::IntoParams;
use uuid::Uuid;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AccessQuery {
    record_type: RecordType,
    record_id: Uuid,
}

/// What a member may do with a record, and which role, permission, department or share decides
/// it. It is answered by what decides it on each of their requests. 404 for a record that the
/// caller does not see.
#[utoipa::path(get, path = "/api/team/{id}/access", tag = "team",
    params(("id" = UserId, Path), AccessQuery),
    responses((status = 200, body = RecordAccess), (status = 404, body = Problem)))]
pub async fn explain_access(
    scope: Scope<TeamChange>,
    Path(id): Path<UserId>,
    Query(query): Query<AccessQuery>,
) -> Result<Answer, ApiError> {
    let AccessQuery { record_type: kind, record_id } = query;
    if !scope.may(kind.needs()) {
        return Err(ApiError::missing(&kind.needs()));
    }
    let subject = find(&scope, kind, record_id).await?;
    let person = store::find(scope.state.planes.platform(), scope.tenant_id(), id.into()).await?;
    let origin = Origin { tenant: scope.tenant_id(), user: id.into() };
    let theirs = TenantScope::of(&scope.state, origin, (*scope.info).clone(), true).await;
    let acts = match theirs {
        Ok(theirs) => {
            acts(&Asked { person: &person, scope: &theirs }, kind, record_id, &subject).await?
        }
        Err(error) if error.is(ProblemCode::NotAMember) => closed(kind, AccessWhy::Inactive),
        Err(error) if error.is(ProblemCode::MfaEnrolmentRequired) => {
            closed(kind, AccessWhy::SecondFactor)
        }
        Err(error) => return Err(error),
    };
    let seat = &person.seat;
    let role = role_ref(seat.role(), seat.own_role.as_ref(), scope.info.locale);
    let member = StaffRef { id, full_name: person.user.full_name };
    Answer::ok(&RecordAccess { member, role, acts })
}

/// Somebody who is asked about, and what they reach.
struct Asked<'a> {
    person: &'a Person,
    scope: &'a TenantScope,
}

impl Asked<'_> {
    /// Whether they have the permission, and whence.
    fn has(&self, needed: Permission) -> (bool, AccessReason) {
        let seat = &self.person.seat;
        let by_role = membership::role_permissions(seat.role(), seat.own_role.as_ref());
        let why = if !self.scope.has_module_of(needed) {
            AccessWhy::ModuleOff
        } else if !self.scope.may(needed) {
            AccessWhy::Missing
        } else if by_role.contains(needed) {
            AccessWhy::Role
        } else {
            AccessWhy::Extra
        };
        let reason = AccessReason { permission: Some(needed), ..AccessReason::new(why) };
        (self.scope.may(needed), reason)
    }
}

fn all_acts(kind: RecordType) -> impl Iterator<Item = RecordAct> {
    let has_secrets = matches!(kind, RecordType::Contact | RecordType::Corporation);
    let all = RecordAct::ALL.iter().copied();
    all.filter(move |act| *act != RecordAct::Reveal || has_secrets)
}

/// Nothing is allowed, for one reason.
fn closed(kind: RecordType, why: AccessWhy) -> Vec<ActAccess> {
    let reasons = vec![AccessReason::new(why)];
    let act = |act| ActAccess { act, allowed: false, reasons: reasons.clone() };
    all_acts(kind).map(act).collect()
}

async fn acts(
    asked: &Asked<'_>,
    kind: RecordType,
    id: Uuid,
    subject: &Subject,
) -> Result<Vec<ActAccess>, ApiError> {
    let is_seen = match find(asked.scope, kind, id).await {
        Ok(_) => true,
        Err(error) if error.is(ProblemCode::NotFound) => false,
        Err(error) => return Err(error),
    };
    let reach = reach::reasons(asked, subject, is_seen).await?;
    let decide = |act| {
        let (mut for_it, mut against) = (Vec::new(), Vec::new());
        for permission in needed(asked, kind, subject, act) {
            let (has, reason) = asked.has(permission);
            if has { for_it.push(reason) } else { against.push(reason) }
        }
        let allowed = against.is_empty() && is_seen;
        if is_seen { &mut for_it } else { &mut against }.extend(reach.clone());
        ActAccess { act, allowed, reasons: if allowed { for_it } else { against } }
    };
    Ok(all_acts(kind).map(decide).collect())
}

/// The permissions that the operations ask for.
fn needed(
    asked: &Asked<'_>,
    kind: RecordType,
    subject: &Subject,
    act: RecordAct,
) -> Vec<Permission> {
    let view = kind.needs();
    let module = view.module().unwrap_or(Module::Dashboard);
    let action = match (act, kind) {
        (RecordAct::View, _) => return vec![view],
        (RecordAct::Reveal, _) => return vec![view, Permission::Named(Named::PiiReveal)],
        // Tags are a part of contacts.
        (RecordAct::Change, _) | (RecordAct::Delete, RecordType::Tag) => Action::Change,
        (RecordAct::Delete, _) => Action::Delete,
    };
    let needed = Permission::Module(module, action);
    match subject {
        // Whoever writes notes changes and deletes their own.
        Subject::Note(note) => {
            let adds = Permission::Module(module, Action::Add);
            let is_own = note.created_by == asked.scope.user_id();
            if is_own { vec![adds] } else { vec![adds, needed] }
        }
        _ => vec![needed],
    }
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_explain_access, explain_access);
}
