//! What happened to a record, newest first, in the reader's language.
//!
//! It is read from the firm's audit log, by who may see the record: no addresses and no
//! request ids are part of it.

mod changes;
mod checklist;
mod values;

pub(crate) use values::day;

use crate::audit::{Column, Entity, Model};
use crate::auth::TenantScope;
use crate::crm::folders::sight::Sight;
use crate::db::{CursorKind, Listing, Order, Searched, SortKey, stamp};
use crate::deletions;
use crate::error::ApiError;
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts::timeline as t;
use ebenezer_shared::timeline::TimelineEntry;
use sea_orm::{ColumnTrait as _, Condition};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::IntoParams;
use uuid::Uuid;

/// The one order there is: the newest first.
#[derive(Clone, Copy, PartialEq, Eq)]
struct ByTime;

impl SortKey for ByTime {
    const NAMES: &'static [(&'static str, Self)] = &[("at", Self)];

    fn column(self) -> (&'static str, &'static str) {
        ("audit_logs", "at")
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        Some(CursorKind::Time)
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TimelineQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    cursor: Option<String>,
}

/// One page of what happened to the record.
pub async fn of(
    scope: &TenantScope,
    kind: RecordType,
    id: Uuid,
    query: TimelineQuery,
) -> Result<Page<TimelineEntry>, ApiError> {
    let newest_first = Order { key: ByTime, descending: true };
    let listing = Listing::parse(query.page, query.page_size, None, query.cursor, newest_first)?;
    // What was merged into it has its history there too.
    let mut ids = deletions::merged_into(scope, kind, id).await?;
    ids.push(id);
    let condition = Condition::all()
        .add(Column::ResourceType.eq(kind.as_str()))
        .add(Column::ResourceId.is_in(ids));
    let all = Searched { rows: scope.select::<Entity>(), found: None };
    let position = |row: &Model, ByTime| (stamp(row.at), row.id);
    let page = listing.read(scope.db(), all, condition, "audit_logs", position).await?;
    let sees_people = scope.may(RecordType::Contact.needs());
    let documents = scope.may(RecordType::Document.needs()).then(|| Sight::of(scope));
    let reader = Reader { locale: scope.info.locale, sees_people, documents };
    page.try_map(|row| Ok(reader.entry(row)))
}

/// Who reads.
#[derive(Clone, Copy)]
struct Reader {
    locale: Locale,
    /// Whether people may be named.
    sees_people: bool,
    /// Which documents may be named; none without the permission to see any.
    documents: Option<Sight>,
}

impl Reader {
    fn entry(self, row: Model) -> TimelineEntry {
        let action = row.action.rsplit('.').next().unwrap_or_default().to_owned();
        let none = Map::new();
        let fields = row.changes.as_object().unwrap_or(&none);
        let mut changes = self.phrases(&action, fields);
        let told = |text: Text| t::did(self.locale, &row.actor_name, text.get(self.locale));
        let merged = fields.get("merged").map(|change| changes::merged(self.locale, change));
        let text = match (action.as_str(), merged, changes.as_slice()) {
            // What a record began with, or ended with, stands elsewhere.
            ("create", ..) => told(t::CREATED),
            ("restore", ..) => told(t::RESTORED),
            ("delete", ..) => told(t::DELETED),
            (_, Some(merged), _) => t::did(self.locale, &row.actor_name, merged),
            (_, None, [one]) => {
                let text = t::did(self.locale, &row.actor_name, one);
                changes.clear();
                text
            }
            (_, None, []) => told(t::CHANGED_SOMETHING),
            (_, None, several) => {
                t::changed_several(self.locale, several.len() as u64, &row.actor_name)
            }
        };
        TimelineEntry { id: row.id, at: row.at, actor: row.actor_name, action, text, changes }
    }

    /// What was done, as what follows the name of who did it.
    fn phrases(self, action: &str, fields: &Map<String, Value>) -> Vec<String> {
        match action {
            "create" | "restore" | "delete" => Vec::new(),
            "reveal" => {
                let field = fields.get("field").and_then(Value::as_str).unwrap_or_default();
                vec![t::revealed(self.locale, values::field(field, self.locale))]
            }
            "relate" => {
                let related =
                    fields.get("related").map(|change| changes::related(self.locale, change));
                let person = fields.get("contact").map(|change| self.person(change));
                let company = fields.get("corporation");
                let company = company.map(|change| changes::company(self.locale, change));
                related.into_iter().chain(person).chain(company).collect()
            }
            "document" => {
                let document = fields.get("document").map(|change| self.document(change));
                document.into_iter().collect()
            }
            "note" => {
                let note = fields.get("note").map(|change| changes::note(self.locale, change));
                note.into_iter().collect()
            }
            _ => {
                let mut phrases = changes::of_fields(self.locale, fields);
                if let Some(change) = fields.get("set_aside") {
                    phrases.extend(changes::set_aside(self.locale, change, self.hidden()));
                }
                phrases
            }
        }
    }

    /// What stands for names that may not be seen.
    fn hidden(self) -> Option<&'static str> {
        (!self.sees_people).then(|| t::SOMEBODY.get(self.locale))
    }

    fn document(self, change: &Value) -> String {
        let is_seen =
            |department: Option<Uuid>| self.documents.is_some_and(|sight| sight.sees(department));
        changes::document(self.locale, change, is_seen)
    }

    fn person(self, change: &Value) -> String {
        changes::person(self.locale, change, self.hidden())
    }
}
