//! Documents of a client who is to go.

use super::entity::{Column, Entity};
use super::store;
use crate::auth::Command;
use crate::crm::client::Client;
use crate::crm::folders::entity as folder;
use crate::crm::folders::store::of_client;
use crate::error::{ApiError, Refusal};
use ebenezer_shared::crm::document::DocumentRef;
use ebenezer_shared::problem::ProblemCode;
use sea_orm::{
    ColumnTrait as _, Condition, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

/// How many documents a refusal names.
const NAMED: u64 = 50;

/// The refusal for a client who has documents, also in the trash: how many, and the names of
/// those that the caller sees.
pub async fn refusal(command: &Command<'_>, client: Client) -> Result<Option<Refusal>, ApiError> {
    let folders = command.select::<folder::Entity>().filter(of_client(client));
    let folders = folders.select_only().column(folder::Column::Id).into_query();
    let theirs = Condition::all().add(Column::FolderId.in_subquery(folders));
    let all = command.select::<Entity>().filter(theirs.clone());
    let used = all.count(command.tx()).await?;
    if used == 0 {
        return Ok(None);
    }
    let seen = command.select::<Entity>().filter(theirs).filter(store::visible(command));
    let seen = seen.order_by_asc(Column::SortName).limit(NAMED);
    let seen: Vec<(Uuid, String)> = seen
        .select_only()
        .columns([Column::Id, Column::Name])
        .into_tuple()
        .all(command.tx())
        .await?;
    let documents = seen.into_iter().map(|(id, name)| DocumentRef { id: id.into(), name });
    Ok(Some(Refusal {
        used: Some(used),
        documents: documents.collect(),
        ..Refusal::new(ProblemCode::HasDocuments)
    }))
}

/// Takes the empty folders of a client away. The client's own tombstone tells of them.
pub async fn forget(command: &Command<'_>, client: Client) -> Result<(), ApiError> {
    command.delete::<folder::Entity>().filter(of_client(client)).exec(command.tx()).await?;
    Ok(())
}
