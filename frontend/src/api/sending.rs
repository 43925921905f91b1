//! Forms with files. They go by `XMLHttpRequest`, which tells how much has been sent; `fetch`
//! does not.

use super::error::ApiError;
use super::transport::{Call, Head, Reply, address, headers};
use futures::channel::oneshot;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{FormData, ProgressEvent, XmlHttpRequest};

/// Fields and a file, and who is told how far they are.
#[derive(Clone)]
pub struct Form {
    pub data: FormData,
    /// Gets the part that has been sent, from 0 to 1.
    pub on_progress: Rc<dyn Fn(f64)>,
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Form")
    }
}

/// Ends the request when nobody waits for it any more.
struct Abort(XmlHttpRequest);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.set_onloadend(None);
        if let Ok(upload) = self.0.upload() {
            upload.set_onprogress(None);
        }
        // After its end it does nothing.
        let _ = self.0.abort();
    }
}

/// Sends the form of the call.
pub async fn send_form(call: &Call) -> Result<Reply, ApiError> {
    let Some(form) = &call.form else { return Err(ApiError::Offline) };
    let request = Abort(XmlHttpRequest::new().map_err(|_| ApiError::Offline)?);
    open(&request.0, call).map_err(|_| ApiError::Offline)?;
    let on_progress = Rc::clone(&form.on_progress);
    let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            on_progress(event.loaded() / event.total());
        }
    });
    if let Ok(upload) = request.0.upload() {
        upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    }
    let (ended, end) = oneshot::channel();
    let ended = RefCell::new(Some(ended));
    let on_end = Closure::<dyn Fn()>::new(move || {
        if let Some(ended) = ended.borrow_mut().take() {
            let _ = ended.send(());
        }
    });
    request.0.set_onloadend(Some(on_end.as_ref().unchecked_ref()));
    request.0.send_with_opt_form_data(Some(&form.data)).map_err(|_| ApiError::Offline)?;
    let _ = end.await;
    let status = request.0.status().unwrap_or_default();
    if status == 0 {
        return Err(ApiError::Offline);
    }
    let header = |name: &str| request.0.get_response_header(name).ok().flatten();
    let body = request.0.response_text().ok().flatten().unwrap_or_default();
    Head::of(status, &header).judge(body)
}

fn open(request: &XmlHttpRequest, call: &Call) -> Result<(), wasm_bindgen::JsValue> {
    request.open_with_async("POST", &address(&call.path), true)?;
    request.set_with_credentials(true);
    for (name, value) in headers(call) {
        request.set_request_header(name, &value)?;
    }
    Ok(())
}
