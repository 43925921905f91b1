//! Tasks, appointments, notes and threads.

use super::record::Hit;
use crate::auth::TenantScope;
use crate::crm::appointments::entity as appointment;
use crate::crm::client::Client;
use crate::crm::notes::{entity as note, store as notes};
use crate::crm::tasks::entity as task;
use crate::crm::threads::{entity as thread, sight, store as threads};
use crate::db::{Best, Searched, Shelf, Sought, Words, best, searched};
use crate::error::ApiError;
use ebenezer_shared::crm::appointment::AppointmentStatus;
use ebenezer_shared::crm::task::TaskStatus;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::record::RecordType;
use sea_orm::{Condition, QueryFilter as _};
use uuid::Uuid;

/// So much of a note is its title.
const TITLE: usize = 80;

pub async fn tasks(scope: &TenantScope, sought: Sought<'_>) -> Result<Best<task::Model>, ApiError> {
    let shelf = Shelf {
        table: "tasks",
        visible: scope.select::<task::Entity>(),
        key: |row: &task::Model| (&row.sort_name, row.id),
        is_named: true,
        newest_first: true,
    };
    let searched =
        |words: &Words| searched(scope.db(), scope.tenant_id(), "tasks", Some(words), None);
    best(scope.db(), sought, shelf, Condition::all(), searched).await
}

pub fn task(locale: Locale, row: task::Model) -> Hit {
    let status = row.status.parse::<TaskStatus>().ok();
    Hit {
        id: row.id,
        detail: status.map(|status| status.text().get(locale).to_owned()),
        client: client(row.contact_id, row.corporation_id),
        case: row.case_id,
        at: row.due_at,
        title: row.title,
        ..Hit::default()
    }
}

pub async fn appointments(
    scope: &TenantScope,
    sought: Sought<'_>,
) -> Result<Best<appointment::Model>, ApiError> {
    let shelf = Shelf {
        table: "appointments",
        visible: scope.select::<appointment::Entity>(),
        key: |row: &appointment::Model| (&row.sort_name, row.id),
        is_named: true,
        newest_first: true,
    };
    let searched =
        |words: &Words| searched(scope.db(), scope.tenant_id(), "appointments", Some(words), None);
    best(scope.db(), sought, shelf, Condition::all(), searched).await
}

pub fn appointment(locale: Locale, row: appointment::Model) -> Hit {
    let status = row.status.parse::<AppointmentStatus>().ok();
    Hit {
        id: row.id,
        detail: status.map(|status| status.text().get(locale).to_owned()),
        client: row.client(),
        at: Some(row.starts_at),
        title: row.title,
        ..Hit::default()
    }
}

/// Notes that the caller sees.
pub async fn notes(scope: &TenantScope, sought: Sought<'_>) -> Result<Best<note::Model>, ApiError> {
    let shelf = Shelf {
        table: "notes",
        visible: scope.select::<note::Entity>(),
        key: |row: &note::Model| (&row.sort_name, row.id),
        is_named: false,
        newest_first: true,
    };
    let searched =
        |words: &Words| searched(scope.db(), scope.tenant_id(), "notes", Some(words), None);
    best(scope.db(), sought, shelf, notes::visible(scope), searched).await
}

pub fn note(row: &note::Model) -> Hit {
    let line = row.body.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut title: String = line.chars().take(TITLE).collect();
    if title.len() < line.len() {
        title.push('…');
    }
    Hit {
        id: row.id,
        title,
        client: client(row.contact_id, row.corporation_id),
        case: row.case_id,
        ..Hit::default()
    }
}

/// Threads that the caller sees, by subject and by what was written.
pub async fn threads(
    scope: &TenantScope,
    sought: Sought<'_>,
) -> Result<Best<thread::Model>, ApiError> {
    let shelf = Shelf {
        table: "threads",
        visible: sight::visible(scope),
        key: |row: &thread::Model| (&row.search_text, row.id),
        is_named: false,
        newest_first: true,
    };
    let searched = |words: &Words| Searched {
        rows: sight::visible(scope).filter(threads::says(scope, words)),
        found: None,
    };
    best(scope.db(), sought, shelf, Condition::all(), searched).await
}

/// Who takes part need not see clients and cases.
pub fn thread(scope: &TenantScope, row: thread::Model) -> Hit {
    let client = client(row.contact_id, row.corporation_id);
    Hit {
        id: row.id,
        client: client.filter(|client| scope.may(client.kind.record().needs())),
        case: row.case_id.filter(|_| scope.may(RecordType::Case.needs())),
        at: Some(row.last_message_at),
        title: row.subject,
        ..Hit::default()
    }
}

fn client(contact: Option<Uuid>, corporation: Option<Uuid>) -> Option<Client> {
    contact.map(Client::contact).or(corporation.map(Client::corporation))
}
