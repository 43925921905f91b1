//! `POST /api/contacts/{id}/merge`

use super::fields::{Columns, id_in, text_in};
use super::kind::{Back, Kind, Moved};
use super::run;
use super::tie::Tie;
use super::ties::{PersonLinks, PersonRelations, PersonTags};
use crate::auth::{Command, Scope, permissions::ContactsDelete};
use crate::crm::contacts::entity::{ActiveModel, Column, Entity, Model};
use crate::crm::contacts::related::entity as relation;
use crate::crm::contacts::{link, store, write};
use crate::crm::departments;
use crate::deletions;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use ebenezer_shared::crm::bulk::BulkReason;
use ebenezer_shared::crm::client::ClientKind;
use ebenezer_shared::crm::merge::{CONTACT_FIELDS, MergeRecords, MergeResult};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::permission::Module;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;
use sea_orm::{ColumnTrait as _, Condition, PaginatorTrait as _};
use serde_json::{Value, json};
use std::collections::HashMap;
use uuid::Uuid;

/// Makes one person of several. The one in the path stays and has all links of the others; the
/// others go, and who asks for them is told into whom they were merged (404 `merged`). Needs
/// `contacts.change`, too.
#[utoipa::path(post, path = "/api/contacts/{id}/merge", tag = "contacts",
    params(("id" = ContactId, Path), ("If-Match" = Option<String>, Header)),
    request_body = MergeRecords,
    responses(
        (status = 200, body = MergeResult),
        (status = 404, description = "`not_found`, `merged`", body = Problem),
        (status = 409, description = "`state_conflict`: something that it needs was changed at the same time", body = Problem),
        (status = 412, description = "`precondition_failed`: somebody changed one of them", body = Problem),
    ))]
pub async fn merge_contacts(
    scope: Scope<ContactsDelete>,
    Path(id): Path<ContactId>,
    if_match: IfMatch,
    Json(body): Json<MergeRecords>,
) -> Result<Answer, ApiError> {
    run::merge::<Contacts>(&scope, id.into(), &if_match, &body).await
}

pub struct Contacts;

const PRIMARY: &str = "primary_corporation_id";

impl Kind for Contacts {
    type Entity = Entity;
    type Row = Model;
    type Active = ActiveModel;
    type Links = PersonLinks;
    type Relations = PersonRelations;
    type Tags = PersonTags;
    const LIST: ListName = ListName::Contacts;
    const MODULE: Module = Module::Contacts;
    const TYPE: RecordType = RecordType::Contact;
    const CLIENT: ClientKind = ClientKind::Contact;
    const LINKED: (&'static str, &'static str) = ("corporation", "contact");
    const LINKS: &'static str = "corporations";
    const FIELDS: &'static [&'static str] = &CONTACT_FIELDS;
    const MASKED: &'static [(&'static str, &'static str)] =
        &[("ssn", "ssn_hash"), ("date_of_birth", "date_of_birth_sealed")];
    const UNIQUE: &'static [&'static str] = &["external_id"];

    fn id(row: &Model) -> Uuid {
        row.id
    }

    fn version(row: &Model) -> i32 {
        row.version
    }

    fn name(row: &Model) -> String {
        format!("{} {}", row.first_name, row.last_name)
    }

    fn touch(command: &Command<'_>, row: &mut Model) {
        write::set_keys(row);
        row.version += 1;
        row.updated_at = command.now();
    }

    async fn missing(command: &Command<'_>, id: Uuid) -> ApiError {
        deletions::missing(command, command.tx(), RecordType::Contact, id).await
    }

    async fn shown(command: &Command<'_>, row: Model) -> Result<Value, ApiError> {
        Ok(serde_json::to_value(store::load(command, command.tx(), row).await?)?)
    }

    /// Whoever has companies has a primary one, though the person was chosen who had none.
    fn settle(survivor: &mut Columns, known: &Columns, others: &[Columns]) {
        if id_in(survivor, PRIMARY).is_none() {
            let mut all = std::iter::once(known).chain(others);
            if let Some(primary) = all.find_map(|it| id_in(it, PRIMARY)) {
                survivor.insert(PRIMARY.to_owned(), json!(primary));
            }
        }
    }

    async fn primaries(
        _: &Command<'_>,
        rows: &[Model],
        _: &[Uuid],
    ) -> Result<HashMap<Uuid, Uuid>, ApiError> {
        let of = |row: &Model| Some((row.id, row.primary_corporation_id?));
        Ok(rows.iter().filter_map(of).collect())
    }

    async fn follow(
        _: &Command<'_>,
        primaries: &mut HashMap<Uuid, Uuid>,
        survivor: &Columns,
        moved: &Moved<'_>,
    ) -> Result<Vec<(Uuid, Uuid)>, ApiError> {
        primaries.clear();
        primaries.extend(id_in(survivor, PRIMARY).map(|primary| (moved.survivor, primary)));
        Ok(Vec::new())
    }

    async fn check(
        _: &Command<'_>,
        _: &[relation::Model],
        _: &[relation::Model],
    ) -> Result<(), ApiError> {
        Ok(())
    }

    fn told(row: &relation::Model, reader: Uuid, (id, name): (Uuid, &str)) -> Value {
        json!({
            "id": id, "name": name, "kind": row.kind_for(reader), "from": row.starts_on,
            "to": row.ends_on, "note": row.note,
        })
    }

    fn claims(record: &Columns) -> Condition {
        let external = text_in(record, "external_id").map(|id| Column::ExternalId.eq(id));
        Condition::any().add_option(external)
    }

    async fn fit(
        command: &Command<'_>,
        back: &mut Back<'_, Self>,
    ) -> Result<Option<BulkReason>, ApiError> {
        for record in back.others.iter_mut().chain([&mut *back.next]) {
            forget_department(command, record).await?;
        }
        for other in back.others.iter() {
            let (Some(id), Some(primary)) = (id_in(other, "id"), id_in(other, PRIMARY)) else {
                continue;
            };
            let is_it = |row: &link::Model| PersonLinks::ends(row) == (id, primary);
            if !back.links.theirs.iter().any(is_it) {
                // Nothing is promoted silently: somebody names the next primary one.
                return Ok(Some(BulkReason::Conflict));
            }
        }
        let gone: Vec<Uuid> = back.links.gone.iter().map(|row| row.corporation_id).collect();
        let kept = back.links_now.iter().filter(|row| !gone.contains(&row.corporation_id));
        let then: Vec<&link::Model> = kept.chain(&back.links.own).collect();
        let holds = match id_in(back.next, PRIMARY) {
            Some(primary) => {
                then.iter().any(|row| row.corporation_id == primary && row.ends_on.is_none())
            }
            None => !then.iter().any(|row| row.is_current(command.today())),
        };
        if !holds {
            back.links.leave(|_| true);
            back.links.left = true;
            let primary = back.now.get(PRIMARY).cloned().unwrap_or_default();
            back.next.insert(PRIMARY.to_owned(), primary);
        }
        back.primaries.clear();
        for record in back.others.iter().chain([&*back.next]) {
            back.primaries.extend(id_in(record, "id").zip(id_in(record, PRIMARY)));
        }
        Ok(None)
    }

    async fn give_back(_: &Command<'_>, _: &[(Uuid, Uuid)], _: &[Uuid]) -> Result<(), ApiError> {
        Ok(())
    }
}

/// A department that is gone meanwhile is nobody's any more.
async fn forget_department(command: &Command<'_>, record: &mut Columns) -> Result<(), ApiError> {
    const DEPARTMENT: &str = "department_id";
    let Some(id) = id_in(record, DEPARTMENT) else { return Ok(()) };
    let known = command.by_id::<departments::entity::Entity>(id).count(command.tx()).await?;
    if known == 0 {
        record.insert(DEPARTMENT.to_owned(), Value::Null);
    }
    Ok(())
}
