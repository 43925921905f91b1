//! `GET /api/live`: what changes in the firm, as it happens.

use super::error::ApiError;
use super::json;
use super::transport::{Call, open_stream};
use ebenezer_shared::ids::TenantId;
use ebenezer_shared::live::Change;
use gloo_net::http::Method;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

/// Something that the stream tells.
pub enum Told {
    /// A record changed.
    Change(Change),
    /// Changes may have been missed.
    Resync,
}

/// An open stream. Dropped, it is closed.
pub struct Changes {
    reader: ReadableStreamDefaultReader,
    read: Vec<u8>,
}

impl Drop for Changes {
    fn drop(&mut self) {
        drop(self.reader.cancel());
    }
}

/// Opens the stream.
pub async fn watch(token: String, tenant: Option<TenantId>) -> Result<Changes, ApiError> {
    let mut call = Call::new(Method::GET, "/api/live");
    call.bearer = Some(token);
    call.tenant = tenant;
    let stream = open_stream(call).await?;
    let reader: ReadableStreamDefaultReader =
        stream.get_reader().dyn_into().map_err(|_| ApiError::Offline)?;
    Ok(Changes { reader, read: Vec::new() })
}

impl Changes {
    /// What it tells next; none at its end.
    pub async fn next(&mut self) -> Option<Told> {
        loop {
            while let Some(end) = self.read.windows(2).position(|two| two == b"\n\n") {
                let frame: Vec<u8> = self.read.drain(..end + 2).collect();
                if let Some(told) = told(&String::from_utf8_lossy(&frame)) {
                    return Some(told);
                }
            }
            let part = JsFuture::from(self.reader.read()).await.ok()?;
            let value = Reflect::get(&part, &JsValue::from_str("value")).ok()?;
            let bytes: Uint8Array = value.dyn_into().ok()?;
            self.read.extend(bytes.to_vec());
        }
    }
}

fn told(frame: &str) -> Option<Told> {
    let field = |name: &str| frame.lines().find_map(|line| line.strip_prefix(name));
    match field("event: ")? {
        "change" => json::read(field("data: ")?).map(Told::Change),
        "resync" => Some(Told::Resync),
        _ => None,
    }
}
