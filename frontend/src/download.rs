//! Files that the browser fetches by itself, straight to the disk or into a view.

use crate::api::{ApiError, Client, api_address};
use ebenezer_shared::download::{CreateDownload, DownloadLink};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement, Response, Url};

/// `POST /api/downloads`: an address at which the browser finds, once, what lies at that path
/// of the API.
pub async fn link(client: Client, path: String) -> Result<String, ApiError> {
    let link: DownloadLink = client.post("/api/downloads", &CreateDownload { path }).await?;
    Ok(api_address(&link.path))
}

/// Has the browser fetch what lies at that path of the API, under the name that the server
/// gives it.
pub async fn start(client: Client, path: String) -> Result<(), ApiError> {
    let address = link(client, path).await?;
    let anchor = document().create_element("a").ok();
    if let Some(anchor) = anchor.and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok()) {
        anchor.set_href(&address);
        // Whatever comes, the page stays.
        anchor.set_download("");
        anchor.click();
    }
    Ok(())
}

/// What lies at that path of the API, as an address in the page's own memory and of that type,
/// whatever it holds. The browser keeps it until [`release`].
pub async fn object_url(
    client: Client,
    path: String,
    media_type: &str,
) -> Result<String, ApiError> {
    let address = link(client, path).await?;
    fetched(&address, media_type).await.ok_or(ApiError::Offline)
}

async fn fetched(address: &str, media_type: &str) -> Option<String> {
    let response = JsFuture::from(window().fetch_with_str(address)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let blob: Blob = JsFuture::from(response.blob().ok()?).await.ok()?.dyn_into().ok()?;
    let size = blob.size();
    let typed = blob.slice_with_f64_and_f64_and_content_type(0.0, size, media_type).ok()?;
    Url::create_object_url_with_blob(&typed).ok()
}

/// Lets the browser forget it.
pub fn release(url: &str) {
    let _ = Url::revoke_object_url(url);
}
