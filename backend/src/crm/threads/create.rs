//! `POST /api/threads`

use super::entity::{Entity, Model};
use super::{member, send, store};
use crate::audit::Audit;
use crate::auth::{Command, Scope, TenantScope, permissions::MessagesAdd};
use crate::crm::about::About;
use crate::crm::cases::entity as case;
use crate::crm::client::Client;
use crate::crm::staff;
use crate::db::{self, normalize};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::thread::{CreateThread, Thread, ThreadKind};
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Begins a thread with its first message.
#[utoipa::path(post, path = "/api/threads", tag = "messages", request_body = CreateThread,
    responses((status = 201, body = Thread), (status = 422, body = Problem)))]
pub async fn create_thread(
    scope: Scope<MessagesAdd>,
    Json(body): Json<CreateThread>,
) -> Result<Answer, ApiError> {
    let client = Client::named(body.contact_id, body.corporation_id)?;
    check_client(&scope, body.kind, client)?;
    if !body.message.says_something() {
        return Err(ApiError::invalid("message.body", "required"));
    }
    let members: BTreeSet<Uuid> =
        body.member_ids.iter().copied().map(Into::into).chain([scope.user_id()]).collect();
    let message = body.message.clone();
    let mut row = new_row(&scope, body);
    let command = scope.command().await?;
    check_case(&command, &row).await?;
    db::insert::<Entity, _, _>(command.tx(), [row.clone().into_active_model().reset_all()]).await?;
    add_members(&command, &row, members, 0).await?;
    send::append(&command, &mut row, message).await?;
    let version = row.version;
    let thread = store::view(&command, command.tx(), row).await?;
    command.audit(Audit::created("thread", thread.id, &store::told(&thread))?).await?;
    let location = format!("/api/threads/{}", thread.id);
    let answer = Answer::created(location, &thread)?.etag(version);
    command.commit(answer).await
}

/// 422 for a thread with a client that names none, or one whom the caller does not see.
fn check_client(
    scope: &TenantScope,
    kind: ThreadKind,
    client: Option<Client>,
) -> Result<(), ApiError> {
    let Some(client) = client else {
        return match kind {
            ThreadKind::Internal => Ok(()),
            ThreadKind::Client => Err(ApiError::invalid("contact_id", "required")),
        };
    };
    if scope.may(client.kind.record().needs()) {
        Ok(())
    } else {
        Err(ApiError::invalid(client.field(), "unknown_reference"))
    }
}

fn new_row(scope: &TenantScope, body: CreateThread) -> Model {
    let now = scope.now();
    Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        search_text: normalize(&body.subject),
        subject: body.subject,
        kind: body.kind.as_str().to_owned(),
        contact_id: body.contact_id.map(Into::into),
        corporation_id: body.corporation_id.map(Into::into),
        case_id: body.case_id.map(Into::into),
        is_closed: false,
        message_count: 0,
        last_message_at: now,
        version: 1,
        created_by: scope.user_id(),
        created_at: now,
        updated_at: now,
    }
}

/// 422 for a client or a case that the firm does not have, or for a case of another client.
async fn check_case(command: &Command<'_>, row: &Model) -> Result<(), ApiError> {
    if row.case_id.is_some() && !command.may(RecordType::Case.needs()) {
        return Err(ApiError::invalid("case_id", "unknown_reference"));
    }
    let about =
        About { contact: row.contact_id, corporation: row.corporation_id, case: row.case_id };
    about.check(command, About::default()).await?;
    let (Some(client), Some(id)) = (row.client(), row.case_id) else { return Ok(()) };
    let case = command.by_id::<case::Entity>(id).one(command.tx()).await?;
    let people = case.iter().flat_map(|case| [case.contact_id, case.joint_contact_id]);
    let people = people.flatten().map(Client::contact);
    let company = case.iter().filter_map(|case| case.corporation_id).map(Client::corporation);
    if people.chain(company).any(|one| one == client) {
        Ok(())
    } else {
        Err(ApiError::invalid("case_id", "other_client"))
    }
}

/// Lets colleagues take part, who have read as far as that. 422 for one whom the firm does not
/// have.
pub(super) async fn add_members(
    command: &Command<'_>,
    thread: &Model,
    people: impl IntoIterator<Item = Uuid>,
    read_number: i32,
) -> Result<(), ApiError> {
    let mut rows = Vec::new();
    for user in people {
        staff::check_named(command, command.tx(), "member_ids", user).await?;
        let row = member::Model {
            tenant_id: thread.tenant_id,
            thread_id: thread.id,
            user_id: user,
            read_number,
        };
        rows.push(row.into_active_model().reset_all());
    }
    db::insert::<member::Entity, _, _>(command.tx(), rows).await?;
    Ok(())
}
