//! Why somebody sees a record, beside their permissions.

use super::{Asked, Subject};
use crate::crm::departments::entity as department;
use crate::crm::folders::sight::Sight;
use crate::crm::threads::member;
use crate::error::ApiError;
use ebenezer_shared::crm::thread::ThreadKind;
use ebenezer_shared::permission::{Named, Permission};
use ebenezer_shared::team::access::{AccessReason, AccessWhy};
use sea_orm::{ColumnTrait as _, DbErr, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

/// The reasons; none where the permission alone decides.
pub async fn reasons(
    asked: &Asked<'_>,
    subject: &Subject,
    is_seen: bool,
) -> Result<Vec<AccessReason>, ApiError> {
    let why = match subject {
        Subject::Any => return Ok(Vec::new()),
        Subject::Folder(department) => return Ok(of_folder(asked, *department).await?),
        Subject::Note(note) if note.created_by == asked.scope.user_id() => AccessWhy::Author,
        Subject::Note(note) if note.is_sticky() => AccessWhy::Sticky,
        Subject::Note(_) if is_seen => return Ok(Vec::new()),
        Subject::Note(_) => AccessWhy::HiddenSubject,
        Subject::Thread(thread) if takes_part(asked, thread.id).await? => AccessWhy::TakesPart,
        Subject::Thread(_) if is_seen => AccessWhy::OfClient,
        Subject::Thread(thread) if thread.kind() == ThreadKind::Client => AccessWhy::HiddenSubject,
        Subject::Thread(_) => AccessWhy::NoPart,
    };
    Ok(vec![AccessReason::new(why)])
}

async fn takes_part(asked: &Asked<'_>, thread: Uuid) -> Result<bool, DbErr> {
    let scope = asked.scope;
    let members = scope.select::<member::Entity>().filter(member::Column::ThreadId.eq(thread));
    let found =
        members.filter(member::Column::UserId.eq(scope.user_id())).count(scope.db()).await?;
    Ok(found > 0)
}

async fn of_folder(
    asked: &Asked<'_>,
    department: Option<Uuid>,
) -> Result<Vec<AccessReason>, DbErr> {
    let all = Permission::Named(Named::DocumentsViewAllDepartments);
    let Some(id) = department else {
        return Ok(vec![AccessReason::new(AccessWhy::NoDepartment)]);
    };
    let found = asked.scope.by_id::<department::Entity>(id).one(asked.scope.db()).await?;
    let (_, whence) = asked.has(all);
    let why = if asked.scope.place().department == Some(id) {
        AccessWhy::OwnDepartment
    } else if Sight::of(asked.scope) == Sight::Everything {
        AccessWhy::AllDepartments
    } else {
        AccessWhy::OtherDepartment
    };
    let mut reasons =
        vec![AccessReason { department: found.map(|row| row.name), ..AccessReason::new(why) }];
    if why != AccessWhy::OwnDepartment {
        reasons.push(whence);
    }
    Ok(reasons)
}
