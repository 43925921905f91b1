//! Documents in words and pictures.

use crate::state::t;
use crate::ui::{Badge, Choice, Icon, IconView, Tone};
use ebenezer_shared::crm::document::{Document, DocumentKind};
use ebenezer_shared::crm::folder::Folder;
use ebenezer_shared::ids::FolderId;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::texts::documents as d;
use leptos::prelude::*;

/// Every kind to choose from; tracked.
pub fn kinds() -> Vec<Choice> {
    Choice::texts(DocumentKind::ALL.map(|kind| (kind.as_str(), kind.text())))
}

const fn kind_icon(kind: DocumentKind) -> Icon {
    match kind {
        DocumentKind::Pdf | DocumentKind::Text | DocumentKind::Plain => Icon::File,
        DocumentKind::Image => Icon::Picture,
        DocumentKind::Spreadsheet => Icon::Columns,
    }
}

/// What kind of file it is, as a picture.
pub fn kind_mark(kind: DocumentKind) -> AnyView {
    view! {
        <span class="file-mark" data-kind=kind.as_str()><IconView icon=kind_icon(kind)/></span>
    }
    .into_any()
}

/// That the client sees it.
pub fn shared_mark(document: &Document) -> Option<AnyView> {
    let mark = || view! { <Badge tone=Tone::Info>{t(d::SHARED)}</Badge> }.into_any();
    document.shared_with_portal.then(mark)
}

/// “640 B”, “12 KB”, “3,4 MB”.
pub fn size(locale: Locale, bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")];
    let Some((unit, name)) = UNITS.into_iter().find(|(unit, _)| bytes >= *unit) else {
        return format!("{bytes} B");
    };
    let tenths = bytes.saturating_mul(10) / unit;
    let (whole, rest) = (tenths / 10, tenths % 10);
    if whole >= 10 || rest == 0 {
        return format!("{whole} {name}");
    }
    let comma = if locale == Locale::Es { ',' } else { '.' };
    format!("{whole}{comma}{rest} {name}")
}

/// A folder with those that it lies in: “Impuestos / 2025”.
pub fn folder_path(all: &[Folder], id: FolderId) -> String {
    let mut names = Vec::new();
    let mut next = Some(id);
    while let Some(folder) = next.and_then(|id| all.iter().find(|folder| folder.id == id)) {
        names.push(folder.name.as_str());
        next = folder.parent_id.filter(|_| names.len() < all.len());
    }
    names.reverse();
    names.join(" / ")
}

/// Folders to choose from.
pub fn folder_choices(all: &[Folder]) -> Vec<Choice> {
    super::folders::flat(all, &|_| false)
        .into_iter()
        .map(|branch| Choice::new(branch.folder.id.to_string(), folder_path(all, branch.folder.id)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        for (bytes, said) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1 KB"),
            (1536, "1,5 KB"),
            (52_428_800, "50 MB"),
            (3_565_158, "3,3 MB"),
        ] {
            assert_eq!(size(Locale::Es, bytes), said);
        }
        assert_eq!(size(Locale::En, 1536), "1.5 KB");
    }
}
