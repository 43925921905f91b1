//! Records as they are found by who may see them.

use crate::auth::TenantScope;
use crate::crm::folders::entity as folder;
use crate::crm::notes::entity as note;
use crate::crm::threads::entity as thread;
use crate::crm::{
    appointments, cases, contacts, corporations, departments, document_requests, documents,
    folders, notes, tags, tasks, threads,
};
use crate::error::ApiError;
use ebenezer_shared::record::RecordType;
use uuid::Uuid;

/// A record, as far as it decides who sees it.
pub enum Subject {
    /// The permission alone decides.
    Any,
    /// A folder of that department, or what lies in it.
    Folder(Option<Uuid>),
    Note(note::Model),
    Thread(thread::Model),
}

/// The record, if the scope sees it; else 404.
pub async fn find(scope: &TenantScope, kind: RecordType, id: Uuid) -> Result<Subject, ApiError> {
    let db = scope.db();
    match kind {
        RecordType::Contact => contacts::store::find(scope, db, id, false).await.map(any),
        RecordType::Corporation => corporations::store::find(scope, db, id, false).await.map(any),
        RecordType::Department => departments::store::find(scope, db, id, false).await.map(any),
        RecordType::Tag => tags::store::find(scope, db, id, false).await.map(any),
        RecordType::Case => cases::store::find(scope, db, id, false).await.map(any),
        RecordType::Task => tasks::store::find(scope, db, id, false).await.map(any),
        RecordType::Appointment => appointments::store::find(scope, db, id, false).await.map(any),
        RecordType::DocumentRequest => {
            document_requests::store::find(scope, db, id, false).await.map(any)
        }
        RecordType::Folder => {
            let row = folders::store::find(scope, db, id, false).await?;
            Ok(Subject::Folder(row.department_id))
        }
        RecordType::Document => {
            let row = documents::store::find(scope, db, id, false).await?;
            let folder = scope.by_id::<folder::Entity>(row.folder_id).one(db).await?;
            Ok(Subject::Folder(folder.and_then(|folder| folder.department_id)))
        }
        RecordType::Note => notes::store::find(scope, db, id, false).await.map(Subject::Note),
        RecordType::Thread => threads::store::find(scope, db, id, false).await.map(Subject::Thread),
    }
}

fn any<T>(_row: T) -> Subject {
    Subject::Any
}
