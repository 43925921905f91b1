//! Files that the browser fetches by itself, straight to the disk.

use crate::api::{ApiError, Client, api_address};
use ebenezer_shared::download::{CreateDownload, DownloadLink};
use leptos::prelude::document;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlAnchorElement;

/// `POST /api/downloads`: has the browser fetch what lies at that path of the API, under the
/// name that the server gives it.
pub async fn start(client: Client, path: String) -> Result<(), ApiError> {
    let link: DownloadLink = client.post("/api/downloads", &CreateDownload { path }).await?;
    let anchor = document().create_element("a").ok();
    if let Some(anchor) = anchor.and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok()) {
        anchor.set_href(&api_address(&link.path));
        // Whatever comes, the page stays.
        anchor.set_download("");
        anchor.click();
    }
    Ok(())
}
