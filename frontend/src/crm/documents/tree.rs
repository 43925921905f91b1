//! The folders of a client, to walk through with the keyboard (WAI-ARIA Authoring Practices,
//! tree view).

use super::folders::{Branch, flat};
use crate::state::{locale, t};
use crate::ui::{Icon, IconView, Model};
use ebenezer_shared::crm::folder::Folder;
use ebenezer_shared::ids::FolderId;
use ebenezer_shared::texts::documents as d;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

type Closed = RwSignal<BTreeSet<Uuid>>;

/// The tree. What is chosen is a folder, or all of them.
#[component]
pub fn FolderTree(folders: Signal<Vec<Folder>>, chosen: Model<Option<FolderId>>) -> impl IntoView {
    let closed: Closed = RwSignal::new(BTreeSet::new());
    let branches = Memo::new(move |_| {
        closed.with(|closed| folders.with(|all| flat(all, &|id| closed.contains(&id.0))))
    });
    let on_key = move |event: KeyboardEvent| {
        let Some(here) = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        let id = here.get_attribute("data-id").and_then(|id| id.parse::<Uuid>().ok());
        let open = here.get_attribute("aria-expanded");
        let is_open = open.as_deref().map(|it| it == "true");
        match (event.key().as_str(), id, is_open) {
            ("ArrowDown", ..) | ("ArrowRight", _, Some(true)) => step(&here, true),
            ("ArrowUp", ..) => step(&here, false),
            ("ArrowRight", Some(id), Some(false)) | ("ArrowLeft", Some(id), Some(true)) => {
                turn(closed, id);
            }
            ("ArrowLeft", Some(id), _) => to_parent(id, branches),
            ("Home", ..) => focus(tree_of(&here).and_then(|it| it.first_element_child())),
            ("End", ..) => focus(tree_of(&here).and_then(|it| it.last_element_child())),
            ("Enter" | " ", id, _) => chosen.set(id.map(FolderId::from)),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="tree" role="tree" aria-label=t(d::FOLDERS) data-testid="folders" on:keydown=on_key>
            {all_row(chosen)}
            <For
                each=move || branches.get()
                key=|branch| {
                    let Branch { folder, level, has_inner } = branch;
                    (folder.id, *level, *has_inner, folder.updated_at, folder.document_count)
                }
                let:branch
            >
                {branch_row(branch, chosen, closed)}
            </For>
        </div>
    }
}

fn all_row(chosen: Model<Option<FolderId>>) -> AnyView {
    let is_chosen = Memo::new(move |_| chosen.get().is_none());
    view! {
        <div
            class="tree-row"
            role="treeitem"
            prop:ariaLevel="1"
            aria-selected=move || is_chosen.get().to_string()
            tabindex=move || if is_chosen.get() { "0" } else { "-1" }
            on:click=move |_| chosen.set(None)
        >
            <span class="tree-twist"></span>
            <IconView icon=Icon::Files/>
            <span class="tree-name">{t(d::ALL_FOLDERS)}</span>
        </div>
    }
    .into_any()
}

fn branch_row(branch: Branch, chosen: Model<Option<FolderId>>, closed: Closed) -> AnyView {
    let Branch { folder, level, has_inner } = branch;
    let id = folder.id;
    let is_chosen = Memo::new(move |_| chosen.get() == Some(id));
    let is_open = Memo::new(move |_| !closed.with(|all| all.contains(&id.0)));
    let twist = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        turn(closed, id.0);
    };
    let indent: Vec<_> = (1..level).map(|_| view! { <span class="tree-indent"></span> }).collect();
    let count = (folder.document_count > 0).then(|| {
        let count = folder.document_count;
        view! {
            <span class="tree-count">
                <span aria-hidden="true">{count}</span>
                <span class="visually-hidden">{move || d::total(locale(), count)}</span>
            </span>
        }
    });
    view! {
        <div
            class="tree-row"
            role="treeitem"
            data-id=id.to_string()
            prop:ariaLevel=level.to_string()
            aria-selected=move || is_chosen.get().to_string()
            aria-expanded=move || has_inner.then(|| is_open.get().to_string())
            tabindex=move || if is_chosen.get() { "0" } else { "-1" }
            on:click=move |_| chosen.set(Some(id))
        >
            {indent}
            <span class="tree-twist">
                {has_inner.then(|| view! {
                    <span on:click=twist data-open=move || is_open.get().then_some("true")>
                        <IconView icon=Icon::ChevronRight/>
                    </span>
                })}
            </span>
            <IconView icon=Icon::Folder/>
            <span class="tree-name">{folder.name}</span>
            {folder.department.map(|it| view! { <span class="tree-department">{it.name}</span> })}
            {count}
        </div>
    }
    .into_any()
}

/// Opens a closed folder and closes an open one.
fn turn(closed: Closed, id: Uuid) {
    closed.update(|all| {
        if !all.remove(&id) {
            all.insert(id);
        }
    });
}

fn tree_of(here: &HtmlElement) -> Option<web_sys::Element> {
    here.closest("[role=tree]").ok().flatten()
}

fn focus(element: Option<web_sys::Element>) {
    if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

fn step(here: &HtmlElement, forward: bool) {
    focus(if forward { here.next_element_sibling() } else { here.previous_element_sibling() });
}

fn to_parent(id: Uuid, branches: Memo<Vec<Branch>>) {
    let parent = branches.with_untracked(|all| {
        all.iter().find(|it| it.folder.id.0 == id).and_then(|it| it.folder.parent_id)
    });
    let selector = parent.map(|parent| format!("[role=treeitem][data-id='{parent}']"));
    focus(selector.and_then(|it| document().query_selector(&it).ok().flatten()));
}
