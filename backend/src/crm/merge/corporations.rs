//! `POST /api/corporations/{id}/merge`

use super::fields::{Columns, text_in};
use super::kind::{Back, Kind, Moved};
use super::run;
use super::tie::Tie;
use super::ties::{CompanyLinks, CompanyRelations, CompanyTags};
use crate::auth::{Command, Scope, permissions::CorporationsDelete};
use crate::crm::contacts::{entity as contact, link};
use crate::crm::corporations::entity::{ActiveModel, Column, Entity, Model};
use crate::crm::corporations::related::entity as relation;
use crate::crm::corporations::{related, store, write};
use crate::deletions;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use ebenezer_shared::crm::bulk::BulkReason;
use ebenezer_shared::crm::client::ClientKind;
use ebenezer_shared::crm::merge::{CORPORATION_FIELDS, MergeRecords, MergeResult};
use ebenezer_shared::crm::relation::CompanyRelation;
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::permission::Module;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::record::RecordType;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, Condition, DbErr, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// So many people in one statement.
const AT_ONCE: usize = 500;

/// Makes one company of several. The one in the path stays and has all people and relations of
/// the others; whose primary one of the others was, has the staying one as primary. The others
/// go, and who asks for them is told into which they were merged (404 `merged`). Needs
/// `corporations.change`, too.
#[utoipa::path(post, path = "/api/corporations/{id}/merge", tag = "corporations",
    params(("id" = CorporationId, Path), ("If-Match" = Option<String>, Header)),
    request_body = MergeRecords,
    responses(
        (status = 200, body = MergeResult),
        (status = 404, description = "`not_found`, `merged`", body = Problem),
        (status = 409, description = "`ownership_ring`: it would be its own parent; \
            `state_conflict`: something that it needs was changed at the same time",
            body = Problem),
        (status = 412, description = "`precondition_failed`: somebody changed one of them", body = Problem),
    ))]
pub async fn merge_corporations(
    scope: Scope<CorporationsDelete>,
    Path(id): Path<CorporationId>,
    if_match: IfMatch,
    Json(body): Json<MergeRecords>,
) -> Result<Answer, ApiError> {
    run::merge::<Corporations>(&scope, id.into(), &if_match, &body).await
}

pub struct Corporations;

impl Kind for Corporations {
    type Entity = Entity;
    type Row = Model;
    type Active = ActiveModel;
    type Links = CompanyLinks;
    type Relations = CompanyRelations;
    type Tags = CompanyTags;
    const LIST: ListName = ListName::Corporations;
    const MODULE: Module = Module::Corporations;
    const TYPE: RecordType = RecordType::Corporation;
    const CLIENT: ClientKind = ClientKind::Corporation;
    const LINKED: (&'static str, &'static str) = ("contact", "corporation");
    const LINKS: &'static str = "contacts";
    const FIELDS: &'static [&'static str] = &CORPORATION_FIELDS;
    const MASKED: &'static [(&'static str, &'static str)] = &[("ein", "ein_hash")];
    const UNIQUE: &'static [&'static str] = &["external_id", "ein_hash"];

    fn id(row: &Model) -> Uuid {
        row.id
    }

    fn version(row: &Model) -> i32 {
        row.version
    }

    fn name(row: &Model) -> String {
        row.name.clone()
    }

    fn touch(command: &Command<'_>, row: &mut Model) {
        write::set_keys(row);
        row.version += 1;
        row.updated_at = command.now();
    }

    async fn missing(command: &Command<'_>, id: Uuid) -> ApiError {
        deletions::missing(command, command.tx(), RecordType::Corporation, id).await
    }

    async fn shown(command: &Command<'_>, row: Model) -> Result<Value, ApiError> {
        Ok(serde_json::to_value(store::load(command, command.tx(), row).await?)?)
    }

    async fn primaries(
        command: &Command<'_>,
        rows: &[Model],
        others: &[Uuid],
    ) -> Result<HashMap<Uuid, Uuid>, ApiError> {
        let linked = command
            .select::<link::Entity>()
            .filter(link::Column::CorporationId.is_in(rows.iter().map(|row| row.id)))
            .select_only()
            .column(link::Column::ContactId)
            .into_query();
        let mut primaries = people(command, contact::Column::Id.in_subquery(linked)).await?;
        for some in others.chunks(AT_ONCE) {
            let some = contact::Column::Id.is_in(some.iter().copied());
            primaries.extend(people(command, some).await?);
        }
        Ok(primaries)
    }

    async fn follow(
        command: &Command<'_>,
        primaries: &mut HashMap<Uuid, Uuid>,
        _: &Columns,
        moved: &Moved<'_>,
    ) -> Result<Vec<(Uuid, Uuid)>, ApiError> {
        let is_other = |id: &Uuid| moved.others.contains(id);
        let mut followed: Vec<(Uuid, Uuid)> = primaries
            .iter()
            .filter(|(_, primary)| is_other(primary))
            .map(|(person, primary)| (*person, *primary))
            .collect();
        followed.sort_unstable();
        for (person, _) in &followed {
            primaries.insert(*person, moved.survivor);
        }
        command
            .update::<contact::Entity>()
            .filter(contact::Column::PrimaryCorporationId.is_in(moved.others.iter().copied()))
            .col_expr(contact::Column::PrimaryCorporationId, Expr::value(moved.survivor))
            .exec(command.tx())
            .await?;
        let touched = moved.links.iter().filter(|link| is_other(&link.corporation_id));
        touch(command, touched.map(|link| link.contact_id).collect()).await?;
        Ok(followed)
    }

    async fn check(
        command: &Command<'_>,
        moved: &[relation::Model],
        joined: &[relation::Model],
    ) -> Result<(), ApiError> {
        let owns = |row: &relation::Model| match row.kind_for(row.low_id) {
            CompanyRelation::Parent => Some(row.low_id),
            CompanyRelation::Subsidiary => Some(row.high_id),
            CompanyRelation::Affiliate | CompanyRelation::SharedOwner => None,
        };
        let mut owned = HashMap::new();
        for row in moved {
            if let Some(child) = owns(row)
                && owned.insert(CompanyRelations::ends(row), child).is_some_and(|it| it != child)
            {
                return Err(ProblemCode::OwnershipRing.into());
            }
        }
        for row in joined {
            related::ring::check(command, row).await?;
        }
        Ok(())
    }

    fn told(row: &relation::Model, reader: Uuid, (id, name): (Uuid, &str)) -> Value {
        json!({
            "id": id, "name": name, "kind": row.kind_for(reader), "share": row.share,
            "from": row.starts_on, "to": row.ends_on,
        })
    }

    fn claims(record: &Columns) -> Condition {
        let external = text_in(record, "external_id").map(|id| Column::ExternalId.eq(id));
        let ein = text_in(record, "ein_hash").map(|hash| Column::EinHash.eq(hash));
        Condition::any().add_option(external).add_option(ein)
    }

    async fn fit(
        command: &Command<'_>,
        back: &mut Back<'_, Self>,
    ) -> Result<Option<BulkReason>, ApiError> {
        // Who has another primary company by now keeps it.
        let count = back.people.len();
        back.people.retain(|(person, _)| back.primaries.get(person) == Some(&back.survivor));
        let mut left = back.people.len() < count;
        for (person, company) in &back.people {
            back.primaries.insert(*person, *company);
        }
        let goes_on = |row: &&link::Model| row.ends_on.is_none();
        let gone: HashSet<Uuid> = back.links.gone.iter().map(|row| row.contact_id).collect();
        let kept = back.links_now.iter().filter(|row| !gone.contains(&row.contact_id));
        let then: HashSet<Uuid> =
            kept.chain(&back.links.own).filter(goes_on).map(|row| row.contact_id).collect();
        // The primary company of whom is the staying one, keeps the link to it.
        let (survivor, primaries) = (back.survivor, &*back.primaries);
        back.links.leave(|row| {
            primaries.get(&row.contact_id) == Some(&survivor) && !then.contains(&row.contact_id)
        });
        // For whoever has none by now, one of these would have to be it.
        let today = command.today();
        let is_loose =
            |row: &link::Model| row.is_current(today) && !primaries.contains_key(&row.contact_id);
        let count = back.links.theirs.len() + back.links.own.len();
        back.links.theirs.retain(|row| !is_loose(row));
        back.links.own.retain(|row| !is_loose(row));
        left |= back.links.theirs.len() + back.links.own.len() < count;
        back.links.left |= left;
        let all = back.links.gone.iter().chain(&back.links.own).chain(&back.links.theirs);
        let touched: BTreeSet<Uuid> = all.map(|row| row.contact_id).collect();
        back.touched = touched.into_iter().collect();
        Ok(None)
    }

    async fn give_back(
        command: &Command<'_>,
        people: &[(Uuid, Uuid)],
        touched: &[Uuid],
    ) -> Result<(), ApiError> {
        for (person, company) in people {
            command
                .update::<contact::Entity>()
                .filter(contact::Column::Id.eq(*person))
                .col_expr(contact::Column::PrimaryCorporationId, Expr::value(*company))
                .exec(command.tx())
                .await?;
        }
        touch(command, touched.iter().copied().collect()).await?;
        Ok(())
    }
}

/// The primary companies of these people, who are locked in the order of their ids.
async fn people(
    command: &Command<'_>,
    which: impl sea_orm::sea_query::IntoCondition,
) -> Result<HashMap<Uuid, Uuid>, DbErr> {
    let rows: Vec<(Uuid, Option<Uuid>)> = command
        .select::<contact::Entity>()
        .filter(which)
        .order_by_asc(contact::Column::Id)
        .select_only()
        .column(contact::Column::Id)
        .column(contact::Column::PrimaryCorporationId)
        .lock_exclusive()
        .into_tuple()
        .all(command.tx())
        .await?;
    Ok(rows.into_iter().filter_map(|(id, primary)| Some((id, primary?))).collect())
}

/// Whose companies are others now has a next version.
async fn touch(command: &Command<'_>, people: BTreeSet<Uuid>) -> Result<(), DbErr> {
    let people: Vec<Uuid> = people.into_iter().collect();
    for some in people.chunks(AT_ONCE) {
        command
            .update::<contact::Entity>()
            .filter(contact::Column::Id.is_in(some.iter().copied()))
            .col_expr(contact::Column::Version, Expr::col(contact::Column::Version).add(1i32))
            .col_expr(contact::Column::UpdatedAt, Expr::value(command.now()))
            .exec(command.tx())
            .await?;
    }
    Ok(())
}
