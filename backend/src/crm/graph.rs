//! People and companies around a record, as of a day.

mod around;
mod ties;

use crate::auth::{
    Scope, TenantScope,
    permissions::{ContactsView, CorporationsView},
};
use crate::crm::{contacts, corporations};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Path, Query};
use crate::routes::Routes;
use around::{Around, Key};
use chrono::NaiveDate;
use ebenezer_shared::crm::graph::{DEFAULT_DEPTH, Graph, GraphKind, MAX_DEPTH};
use ebenezer_shared::crm::period;
use ebenezer_shared::ids::{ContactId, CorporationId};
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct GraphQuery {
    /// The day for which it holds; today without.
    as_of: Option<NaiveDate>,
    /// How many steps from the record, 1 to 4; 2 without.
    depth: Option<u8>,
}

/// The people and companies around a person, up to 60, on a day. Companies are shown to who
/// may view corporations.
#[utoipa::path(get, path = "/api/contacts/{id}/graph", tag = "contacts",
    params(("id" = ContactId, Path), GraphQuery),
    responses((status = 200, body = Graph), (status = 404, body = Problem)))]
pub async fn get_contact_graph(
    scope: Scope<ContactsView>,
    Path(id): Path<ContactId>,
    Query(query): Query<GraphQuery>,
) -> Result<Answer, ApiError> {
    contacts::store::find(&scope, scope.db(), id.into(), false).await?;
    graph(&scope, (GraphKind::Contact, id.into()), &query).await
}

/// The people and companies around a company, up to 60, on a day. People are shown to who
/// may view contacts.
#[utoipa::path(get, path = "/api/corporations/{id}/graph", tag = "corporations",
    params(("id" = CorporationId, Path), GraphQuery),
    responses((status = 200, body = Graph), (status = 404, body = Problem)))]
pub async fn get_corporation_graph(
    scope: Scope<CorporationsView>,
    Path(id): Path<CorporationId>,
    Query(query): Query<GraphQuery>,
) -> Result<Answer, ApiError> {
    corporations::store::find(&scope, scope.db(), id.into(), false).await?;
    graph(&scope, (GraphKind::Corporation, id.into()), &query).await
}

async fn graph(scope: &TenantScope, start: Key, query: &GraphQuery) -> Result<Answer, ApiError> {
    let depth = query.depth.unwrap_or(DEFAULT_DEPTH);
    if !(1..=MAX_DEPTH).contains(&depth) {
        return Err(ApiError::query("depth", "out_of_range"));
    }
    let as_of = query.as_of.unwrap_or_else(|| scope.today());
    period::day(&as_of).map_err(|_| ApiError::query("as_of", "out_of_range"))?;
    let around = Around::new(
        scope,
        as_of,
        scope.may(RecordType::Contact.needs()),
        scope.may(RecordType::Corporation.needs()),
    );
    Answer::ok(&around.walk(start, depth).await?)
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_get_contact_graph, get_contact_graph);
    routes.add(__path_get_corporation_graph, get_corporation_graph);
}
