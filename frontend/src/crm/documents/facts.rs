//! What is known of a document.

use super::super::clients::ClientId;
use super::super::facts::{Fact, Swatch};
use super::words::size;
use crate::state::{locale, t};
use crate::ui::{Card, DescriptionList, RelativeTime};
use ebenezer_shared::crm::document::Document;
use ebenezer_shared::texts::documents as d;
use ebenezer_shared::texts::record as r;
use leptos::prelude::*;

#[component]
pub fn Facts(document: Document) -> impl IntoView {
    let Document { client, folder, department, note, sha256, kind, created_by, .. } = document;
    let (bytes, shared) = (document.size, document.shared_with_portal);
    let href = ClientId::of(&client).page().path();
    let client = view! { <a class="plain-link" href=href>{client.name}</a> };
    let department = department.map(|it| {
        view! { <span class="swatched"><Swatch color=it.color/>{it.name}</span> }
    });
    let size = move || {
        let locale = locale();
        format!("{} · {}", kind.text().get(locale), size(locale, bytes))
    };
    let portal = if shared { d::SHARE_ON } else { d::SHARE_OFF };
    let checksum = view! { <span class="checksum">{sha256}</span> };
    view! {
        <Card title=t(d::DETAILS)>
            <DescriptionList>
                <Fact label=d::CLIENT>{Some(client)}</Fact>
                <Fact label=d::FOLDER>{Some(folder.name)}</Fact>
                <Fact label=d::DEPARTMENT>{department}</Fact>
                <Fact label=d::PORTAL>{Some(t(portal))}</Fact>
                <Fact label=d::KIND>{Some(size)}</Fact>
                <Fact label=d::NOTE>{note}</Fact>
                <Fact label=d::UPLOADED_BY>{created_by.map(|it| it.full_name)}</Fact>
                <Fact label=r::CREATED>{Some(view! { <RelativeTime at=document.created_at/> })}</Fact>
                <Fact label=d::CHECKSUM wide=true>{Some(checksum)}</Fact>
            </DescriptionList>
        </Card>
    }
}
