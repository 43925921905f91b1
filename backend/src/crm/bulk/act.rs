//! What is done, and how it was.

use crate::auth::Command;
use crate::crm::contacts::link;
use crate::crm::folders::entity as folder;
use crate::crm::merge::Columns;
use crate::crm::tags::entity as tag;
use crate::crm::tags::link as tags;
use crate::crm::{departments, merge, staff};
use crate::db::TenantOwned;
use crate::error::ApiError;
use ebenezer_shared::crm::bulk::{BulkAction, RunBulk};
use ebenezer_shared::crm::tag::{TagColor, TagRef};
use ebenezer_shared::crm::view::ListName;
use sea_orm::{ColumnTrait as _, DbErr, QueryFilter as _, QuerySelect as _, Select};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;
use uuid::Uuid;

/// What is done to each record.
pub enum Act {
    Status(String),
    AddTag(TagRef),
    RemoveTag(TagRef),
    Owner(Option<Uuid>),
    Department(Option<Uuid>),
    Delete,
}

impl Act {
    /// What the body asks for. 422 when it lacks a value, or names what the firm does not
    /// have.
    pub async fn of(
        command: &Command<'_>,
        list: ListName,
        body: &RunBulk,
    ) -> Result<Self, ApiError> {
        let people_only = matches!(body.action, BulkAction::SetOwner | BulkAction::SetDepartment);
        if people_only && list != ListName::Contacts {
            return Err(ApiError::invalid("action", "unknown_value"));
        }
        only_its_own(body)?;
        let missing = |field| ApiError::invalid(field, "required");
        Ok(match body.action {
            BulkAction::SetStatus => {
                Self::Status(body.status.ok_or_else(|| missing("status"))?.as_str().to_owned())
            }
            BulkAction::AddTag => Self::AddTag(tag(command, body).await?),
            BulkAction::RemoveTag => Self::RemoveTag(tag(command, body).await?),
            BulkAction::SetOwner => {
                let owner = body.owner_id.change().ok_or_else(|| missing("owner_id"))?;
                let owner = owner.map(Uuid::from);
                if let Some(owner) = owner {
                    let colleague = command.by_id::<staff::Entity>(owner);
                    let colleague = colleague.filter(staff::Column::IsActive.eq(true));
                    stays(command, "owner_id", colleague).await?;
                }
                Self::Owner(owner)
            }
            BulkAction::SetDepartment => {
                let department = body.department_id.change();
                let department = department.ok_or_else(|| missing("department_id"))?;
                let department = department.map(Uuid::from);
                if let Some(department) = department {
                    let department = command.by_id::<departments::entity::Entity>(department);
                    stays(command, "department_id", department).await?;
                }
                Self::Department(department)
            }
            BulkAction::Delete => Self::Delete,
            BulkAction::Merge => return Err(ApiError::invalid("action", "unknown_value")),
        })
    }
}

/// 422 for a value that another action would need: a typing error must not look like a
/// success.
fn only_its_own(body: &RunBulk) -> Result<(), ApiError> {
    use BulkAction as A;
    let given: [(&str, bool, &[A]); 4] = [
        ("status", body.status.is_some(), &[A::SetStatus]),
        ("tag_id", body.tag_id.is_some(), &[A::AddTag, A::RemoveTag]),
        ("owner_id", !body.owner_id.is_absent(), &[A::SetOwner]),
        ("department_id", !body.department_id.is_absent(), &[A::SetDepartment]),
    ];
    for (field, is_given, actions) in given {
        if is_given && !actions.contains(&body.action) {
            return Err(ApiError::invalid(field, "unknown_field"));
        }
    }
    Ok(())
}

/// What the records get, locked: nobody deletes it before they have it. 422 naming the field when
/// there is no such thing.
async fn stays<E: TenantOwned>(
    command: &Command<'_>,
    field: &'static str,
    what: Select<E>,
) -> Result<E::Model, ApiError> {
    let found = what.lock_shared().one(command.tx()).await?;
    found.ok_or_else(|| ApiError::invalid(field, "unknown_reference"))
}

async fn tag(command: &Command<'_>, body: &RunBulk) -> Result<TagRef, ApiError> {
    let id = body.tag_id.ok_or_else(|| ApiError::invalid("tag_id", "required"))?;
    let row = stays(command, "tag_id", command.by_id::<tag::Entity>(id)).await?;
    Ok(TagRef { id, name: row.name, color: TagColor::named(&row.color) })
}

/// How a record was. Whole records are stored sealed.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Before {
    Status(String),
    /// It did not carry the tag.
    Untagged(TagRef),
    /// It carried the tag.
    Tagged(TagRef),
    Owner(Option<Uuid>),
    Department(Option<Uuid>),
    Contact(Box<Whole>),
    Corporation(Box<Whole>),
    /// Others became part of it.
    Merge(Box<merge::Stored>),
}

/// A record with all that went with it. Nothing in it is sealed, the whole is: keys may be
/// rotated before it is needed.
#[derive(Serialize, Deserialize)]
pub struct Whole {
    pub row: Columns,
    pub links: Vec<link::Model>,
    /// Rows of the table of its kind.
    #[serde(default)]
    pub relations: Vec<Value>,
    pub tags: Vec<Uuid>,
    /// Its folders, in which nothing lay. None where an earlier version deleted it.
    #[serde(default)]
    pub folders: Option<Vec<folder::Model>>,
}

/// What audit entries call things by, and the id that joins them.
pub struct World {
    pub bulk: Uuid,
    staff: HashMap<Uuid, String>,
    departments: HashMap<Uuid, (String, String)>,
    /// The tags of each record before.
    pub tags: HashMap<Uuid, Vec<TagRef>>,
}

impl World {
    pub async fn of<L: tags::Tagging>(
        command: &Command<'_>,
        bulk: Uuid,
        records: &[Uuid],
    ) -> Result<Self, DbErr> {
        let staff = command.select::<staff::Entity>().all(command.tx()).await?;
        let departments = command.select::<departments::entity::Entity>().all(command.tx()).await?;
        Ok(Self {
            bulk,
            staff: staff.into_iter().map(|row| (row.id, row.full_name)).collect(),
            departments: departments
                .into_iter()
                .map(|row| (row.id, (row.name, row.color)))
                .collect(),
            tags: tags::of::<L>(command, command.tx(), records.iter().copied()).await?,
        })
    }

    /// A colleague as a contact's DTO has them.
    pub fn colleague(&self, id: Option<Uuid>) -> Value {
        id.map_or(Value::Null, |id| json!({ "id": id, "full_name": self.staff.get(&id) }))
    }

    /// A department as a contact's DTO has it.
    pub fn department(&self, id: Option<Uuid>) -> Value {
        let Some(id) = id else { return Value::Null };
        let (name, color) = self.departments.get(&id).cloned().unzip();
        json!({ "id": id, "name": name, "color": color })
    }

    pub fn has_department(&self, id: Option<Uuid>) -> bool {
        id.is_none_or(|id| self.departments.contains_key(&id))
    }

    /// A record's tags before.
    pub fn tags_of(&self, record: Uuid) -> Vec<TagRef> {
        self.tags.get(&record).cloned().unwrap_or_default()
    }

    /// Says in an audit entry which change of many it belongs to.
    pub fn marked(&self, field: &str, value: &Value) -> Value {
        let mut entry = serde_json::Map::new();
        entry.insert(field.to_owned(), value.clone());
        entry.insert("bulk_id".to_owned(), json!(self.bulk));
        Value::Object(entry)
    }
}
