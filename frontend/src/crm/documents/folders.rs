//! The folders of a client as a tree.

use ebenezer_shared::crm::folder::Folder;
use ebenezer_shared::ids::FolderId;

/// A folder and how deep it lies, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    pub folder: Folder,
    pub level: usize,
    /// Whether others lie in it.
    pub has_inner: bool,
}

/// The tree from top to bottom, without what lies in closed folders. A folder whose parent one
/// does not see stands at the top.
pub fn flat(all: &[Folder], is_closed: &dyn Fn(FolderId) -> bool) -> Vec<Branch> {
    let mut rows = Vec::with_capacity(all.len());
    let known = |id: FolderId| all.iter().any(|folder| folder.id == id);
    for folder in all.iter().filter(|folder| folder.parent_id.is_none_or(|id| !known(id))) {
        add(&mut rows, all, is_closed, folder, 1);
    }
    rows
}

fn add(
    rows: &mut Vec<Branch>,
    all: &[Folder],
    is_closed: &dyn Fn(FolderId) -> bool,
    folder: &Folder,
    level: usize,
) {
    let inner = || all.iter().filter(|it| it.parent_id == Some(folder.id));
    rows.push(Branch { folder: folder.clone(), level, has_inner: inner().next().is_some() });
    if !is_closed(folder.id) && level <= all.len() {
        for inner in inner() {
            add(rows, all, is_closed, inner, level + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use ebenezer_shared::crm::client::{ClientKind, ClientRef};
    use uuid::Uuid;

    fn id(number: u128) -> FolderId {
        Uuid::from_u128(number).into()
    }

    fn folder(number: u128, parent: Option<u128>) -> Folder {
        Folder {
            id: id(number),
            name: number.to_string(),
            parent_id: parent.map(id),
            client: ClientRef { kind: ClientKind::Contact, id: Uuid::nil(), name: String::new() },
            department: None,
            is_default: false,
            order: 0,
            document_count: 0,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    fn rows(all: &[Folder], closed: &[u128]) -> Vec<(String, usize, bool)> {
        let closed: Vec<_> = closed.iter().map(|number| id(*number)).collect();
        let rows = flat(all, &|id| closed.contains(&id));
        rows.into_iter().map(|row| (row.folder.name, row.level, row.has_inner)).collect()
    }

    #[test]
    fn folders_follow_the_one_that_they_lie_in() {
        let all = [folder(1, None), folder(2, None), folder(3, Some(1)), folder(4, Some(3))];
        let row = |name: &str, level, inner| (name.to_owned(), level, inner);
        assert_eq!(
            rows(&all, &[]),
            [row("1", 1, true), row("3", 2, true), row("4", 3, false), row("2", 1, false)]
        );
        assert_eq!(rows(&all, &[1]), [row("1", 1, true), row("2", 1, false)]);
        assert_eq!(super::super::words::folder_path(&all, id(4)), "1 / 3 / 4");
    }

    #[test]
    fn what_lies_in_unseen_folders_stands_at_the_top() {
        assert_eq!(rows(&[folder(3, Some(9))], &[]), [("3".to_owned(), 1, false)]);
    }
}
