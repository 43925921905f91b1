//! Every component in every state, to look at and to try; not in release builds. Names of
//! components are names in code, everything else is text of the interface.

mod controls;
mod forms;
mod overlays;
mod records;
mod tables;

use crate::state::{t, use_title};
use crate::ui::{Card, PageHeader};
use ebenezer_shared::texts;
use leptos::children::Children;
use leptos::prelude::*;

/// `/ui`
#[component]
pub fn GalleryPage() -> impl IntoView {
    use_title(t(texts::gallery::TITLE));
    view! {
        <PageHeader title=t(texts::gallery::TITLE) detail=t(texts::gallery::DETAIL)/>
        <controls::Controls/>
        <forms::Forms/>
        <overlays::Overlays/>
        <tables::Tables/>
        <records::Records/>
    }
}

/// One component.
#[component]
fn Specimen(name: &'static str, children: Children) -> impl IntoView {
    view! { <Card title=name><div class="gallery">{children()}</div></Card> }
}
