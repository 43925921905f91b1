//! What the things are called that entries tell of.

use super::{Column, Entity, Model};
use crate::auth::TenantScope;
use crate::crm::contacts::entity as contact;
use crate::crm::corporations::entity as corporation;
use crate::crm::departments::entity as department;
use crate::crm::document_requests::entity as document_request;
use crate::crm::documents::entity as document;
use crate::crm::folders::entity as folder;
use crate::crm::staff;
use crate::crm::tags::entity as tag;
use sea_orm::{ColumnTrait as _, Condition, DbErr, QueryFilter as _, QuerySelect as _};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What is never deleted, so that no entry tells of its end.
const LASTING: [&str; 3] = [super::accounts::ACCOUNT, "audit_log", "tenant"];

/// Names by kind and id.
#[derive(Default)]
pub(super) struct Names(HashMap<(String, Uuid), String>);

impl Names {
    /// The names of all that the entries tell of: the present one, of what is gone the last
    /// one. A query for each kind that occurs.
    pub async fn of(scope: &TenantScope, entries: &[Model]) -> Result<Self, DbErr> {
        let mut wanted: HashMap<&str, HashSet<Uuid>> = HashMap::new();
        for entry in entries {
            if let Some(id) = entry.resource_id {
                wanted.entry(&entry.resource_type).or_default().insert(id);
            }
        }
        let mut names = Self::default();
        for (kind, ids) in &wanted {
            for (id, name) in present(scope, kind, ids.iter().copied().collect()).await? {
                names.0.insert(((*kind).to_owned(), id), name);
            }
        }
        names.read_from(entries);
        names.add_last(scope, &wanted).await?;
        Ok(names)
    }

    pub fn get(&self, entry: &Model) -> Option<String> {
        self.0.get(&(entry.resource_type.clone(), entry.resource_id?)).cloned()
    }

    /// What the entries say themselves, for all that has no name yet.
    fn read_from(&mut self, entries: &[Model]) {
        for entry in entries {
            if let (Some(id), Some(name)) = (entry.resource_id, told(&entry.changes)) {
                self.0.entry((entry.resource_type.clone(), id)).or_insert(name);
            }
        }
    }

    /// What was deleted is named by the entry of its end.
    async fn add_last(
        &mut self,
        scope: &TenantScope,
        wanted: &HashMap<&str, HashSet<Uuid>>,
    ) -> Result<(), DbErr> {
        let nameless = |kind: &str, id: Uuid| !self.0.contains_key(&(kind.to_owned(), id));
        let mut ends = Condition::any();
        for (kind, wanted) in wanted.iter().filter(|(kind, _)| !LASTING.contains(kind)) {
            let ids: Vec<Uuid> = wanted.iter().copied().filter(|id| nameless(kind, *id)).collect();
            if !ids.is_empty() {
                // By the columns of the index on what entries are about.
                let of = Condition::all().add(Column::ResourceType.eq(*kind));
                let of = of.add(Column::ResourceId.is_in(ids));
                ends = ends.add(of.add(Column::Action.eq(format!("{kind}.delete"))));
            }
        }
        if ends.is_empty() {
            return Ok(());
        }
        let last = scope.select::<Entity>().filter(ends).all(scope.db()).await?;
        self.read_from(&last);
        Ok(())
    }
}

/// The names of things that are there.
async fn present(
    scope: &TenantScope,
    kind: &str,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, String)>, DbErr> {
    let db = scope.db();
    match kind {
        "contact" => {
            let select = scope.select::<contact::Entity>().filter(contact::Column::Id.is_in(ids));
            let columns =
                [contact::Column::Id, contact::Column::FirstName, contact::Column::LastName];
            let rows: Vec<(Uuid, String, String)> =
                select.select_only().columns(columns).into_tuple().all(db).await?;
            let whole = |first: String, last: String| format!("{first} {last}").trim().to_owned();
            Ok(rows.into_iter().map(|(id, first, last)| (id, whole(first, last))).collect())
        }
        "corporation" => {
            let wanted = corporation::Column::Id.is_in(ids);
            let columns = [corporation::Column::Id, corporation::Column::Name];
            named(scope.select::<corporation::Entity>().filter(wanted), columns, scope).await
        }
        "department" => {
            let wanted = department::Column::Id.is_in(ids);
            let columns = [department::Column::Id, department::Column::Name];
            named(scope.select::<department::Entity>().filter(wanted), columns, scope).await
        }
        "tag" => {
            let wanted = tag::Column::Id.is_in(ids);
            let columns = [tag::Column::Id, tag::Column::Name];
            named(scope.select::<tag::Entity>().filter(wanted), columns, scope).await
        }
        "folder" => {
            let wanted = folder::Column::Id.is_in(ids);
            let columns = [folder::Column::Id, folder::Column::Name];
            named(scope.select::<folder::Entity>().filter(wanted), columns, scope).await
        }
        "document" => {
            let wanted = document::Column::Id.is_in(ids);
            let columns = [document::Column::Id, document::Column::Name];
            named(scope.select::<document::Entity>().filter(wanted), columns, scope).await
        }
        "document_request" => {
            let wanted = document_request::Column::Id.is_in(ids);
            let columns = [document_request::Column::Id, document_request::Column::Title];
            named(scope.select::<document_request::Entity>().filter(wanted), columns, scope).await
        }
        "member" | super::accounts::ACCOUNT => {
            let wanted = staff::Column::Id.is_in(ids);
            let columns = [staff::Column::Id, staff::Column::FullName];
            named(scope.select::<staff::Entity>().filter(wanted), columns, scope).await
        }
        _ => Ok(Vec::new()),
    }
}

async fn named<E: sea_orm::EntityTrait>(
    select: sea_orm::Select<E>,
    columns: [E::Column; 2],
    scope: &TenantScope,
) -> Result<Vec<(Uuid, String)>, DbErr> {
    select.select_only().columns(columns).into_tuple().all(scope.db()).await
}

/// The name that stands among the changes of an entry, the later one first.
fn told(changes: &Value) -> Option<String> {
    let of = |field: &str| {
        let change = changes.get(field)?;
        let text = |side: &str| change.get(side).and_then(Value::as_str);
        text("after").or_else(|| text("before"))
    };
    if let Some(first) = of("first_name") {
        // A change of the first name alone does not tell the whole.
        let last = of("last_name")?;
        return Some(format!("{first} {last}").trim().to_owned());
    }
    ["name", "full_name", "title", "email"]
        .into_iter()
        .find_map(|field| of(field).map(str::to_owned))
}
