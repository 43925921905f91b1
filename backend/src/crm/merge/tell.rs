//! What others at the far ends of links and relations learn in their histories.

use super::kind::Kind;
use super::tie::{Ends, Tie};
use crate::audit::Audit;
use crate::auth::Command;
use crate::crm::contacts::link;
use crate::error::ApiError;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// The links and relations of the merged records at one time.
pub(in crate::crm) struct State<'a, K: Kind> {
    pub links: &'a [link::Model],
    pub relations: &'a [<K::Relations as Tie>::Row],
    pub primaries: &'a HashMap<Uuid, Uuid>,
}

/// Writes what changed between two times into the histories of the others. `names` are those
/// of the merged records.
pub(in crate::crm) async fn tell<K: Kind>(
    command: &Command<'_>,
    names: &HashMap<Uuid, String>,
    before: &State<'_, K>,
    after: &State<'_, K>,
) -> Result<(), ApiError> {
    let link = |state: &State<'_, K>, row: &link::Model| {
        let (record, name) = named(names, K::Links::ends(row))?;
        let is_primary = state.primaries.get(&row.contact_id) == Some(&row.corporation_id);
        Some(json!({
            "id": record, "name": name, "is_primary": is_primary, "role": row.role,
            "share": row.share, "from": row.starts_on, "to": row.ends_on,
        }))
    };
    let links = |state: &State<'_, K>| -> BTreeMap<Ends, Value> {
        let all = state.links.iter();
        all.filter_map(|row| Some((K::Links::ends(row), link(state, row)?))).collect()
    };
    let (kind, field) = K::LINKED;
    write(command, (kind, field), names, links(before), links(after)).await?;
    let relations = |state: &State<'_, K>| -> BTreeMap<Ends, Value> {
        let told = |row: &<K::Relations as Tie>::Row| {
            let ends = K::Relations::ends(row);
            let record = named(names, ends)?;
            let reader = other(names, ends)?;
            Some((ends, K::told(row, reader, record)))
        };
        state.relations.iter().filter_map(told).collect()
    };
    let kind = (K::TYPE.as_str(), "related");
    write(command, kind, names, relations(before), relations(after)).await
}

async fn write(
    command: &Command<'_>,
    (kind, field): (&'static str, &'static str),
    names: &HashMap<Uuid, String>,
    mut before: BTreeMap<Ends, Value>,
    mut after: BTreeMap<Ends, Value>,
) -> Result<(), ApiError> {
    let mut all: Vec<Ends> = before.keys().chain(after.keys()).copied().collect();
    all.sort_unstable();
    all.dedup();
    for ends in all {
        let (before, after) = (before.remove(&ends), after.remove(&ends));
        let Some(reader) = other(names, ends).filter(|_| before != after) else { continue };
        let changes = json!({ field: { "before": before, "after": after } });
        command.audit(Audit::event("relate", kind, reader, changes)).await?;
    }
    Ok(())
}

/// The merged one of the two.
fn named(names: &HashMap<Uuid, String>, (one, other): Ends) -> Option<(Uuid, &str)> {
    [one, other].into_iter().find_map(|id| Some((id, names.get(&id)?.as_str())))
}

/// The one of the two that is none of the merged.
fn other(names: &HashMap<Uuid, String>, (one, other): Ends) -> Option<Uuid> {
    [one, other].into_iter().find(|id| !names.contains_key(id))
}
