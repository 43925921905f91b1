//! A document as it looks.
//!
//! Pictures are fetched by a link that is good once. A PDF is given to the browser's own viewer
//! as a blob whose type is fixed here, so whatever is in it, it is never a page of ours.

use super::acts::Acts;
use crate::api::documents::{download_path, preview_path};
use crate::api::use_client;
use crate::download;
use crate::state::{t, use_query};
use crate::ui::{Button, Card, EmptyState, Icon, Loaded, SkeletonKind};
use ebenezer_shared::crm::document::{Document, DocumentKind};
use ebenezer_shared::ids::DocumentId;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts::documents as d;
use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// What is to be shown: while it stays the same, so does the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    id: DocumentId,
    name: String,
    version: u32,
    is_pdf: bool,
    previewable: bool,
}

impl From<Document> for Look {
    fn from(document: Document) -> Self {
        let Document { id, name, version, previewable, kind, .. } = document;
        Self { id, name, version, is_pdf: kind == DocumentKind::Pdf, previewable }
    }
}

#[component]
pub fn PreviewCard(look: Look, acts: Acts) -> impl IntoView {
    let (id, is_pdf) = (look.id, look.is_pdf);
    let inner = if !look.previewable {
        cannot(d::NO_PREVIEW, id, acts)
    } else if is_pdf && !shows_pdf() {
        cannot(d::NO_VIEWER, id, acts)
    } else {
        view! { <Shown look acts/> }.into_any()
    };
    view! {
        <div data-testid="preview">
            <Card title=t(d::PREVIEW) flush=true>{inner}</Card>
        </div>
    }
}

/// Whether the browser has a viewer (HTML, 8.9.1.6, `pdfViewerEnabled`).
fn shows_pdf() -> bool {
    let navigator = window().navigator();
    let enabled = Reflect::get(&navigator, &JsValue::from_str("pdfViewerEnabled"));
    enabled.is_ok_and(|it| it.is_truthy())
}

#[component]
fn Shown(look: Look, acts: Acts) -> impl IntoView {
    let client = use_client();
    let Look { id, name, is_pdf, .. } = look;
    let source = use_query(
        || (),
        move |()| async move {
            let path = preview_path(id);
            if is_pdf {
                download::object_url(client, path, "application/pdf").await
            } else {
                download::link(client, path).await
            }
        },
    );
    on_cleanup(move || {
        if is_pdf && let Some(url) = source.data_now() {
            download::release(&url);
        }
    });
    let broken = RwSignal::new(false);
    let shown = move |url: String| {
        let name = name.clone();
        if broken.get() {
            return cannot(d::NO_PREVIEW, id, acts);
        }
        if is_pdf {
            return view! { <iframe class="preview-page" src=url title=name></iframe> }.into_any();
        }
        view! {
            <div class="preview-picture">
                <img src=url alt=name on:error=move |_| broken.set(true)/>
            </div>
        }
        .into_any()
    };
    view! { <Loaded query=source skeleton=SkeletonKind::Lines view=shown/> }
}

fn cannot(why: Text, id: DocumentId, acts: Acts) -> AnyView {
    view! {
        <EmptyState icon=Icon::File title=t(why) detail=t(d::NO_PREVIEW_DETAIL)>
            <Button icon=Icon::Download on_click=move || acts.download(download_path(id))>
                {t(d::DOWNLOAD)}
            </Button>
        </EmptyState>
    }
    .into_any()
}
