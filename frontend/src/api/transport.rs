//! One HTTP exchange: headers in, problem or answer out. Knows no session.

use super::error::ApiError;
use super::json;
use super::sending::{Form, send_form};
use crate::state::locale::locale_now;
use ebenezer_shared::auth::{CLIENT_HEADER, TENANT_HEADER};
use ebenezer_shared::ids::TenantId;
use ebenezer_shared::problem::{CONTENT_TYPE, Problem};
use gloo_net::http::{Method, RequestBuilder, Response};
use leptos::prelude::document;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;
use web_sys::{AbortController, ReadableStream, RequestCredentials};

/// What [`CLIENT_HEADER`] says.
const CLIENT_NAME: &str = "spa";

/// A request.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: Method,
    /// From `/api` on, with the query.
    pub path: String,
    /// JSON.
    pub body: Option<String>,
    /// A form with files instead.
    pub form: Option<Form>,
    /// Access token.
    pub bearer: Option<String>,
    /// The firm that is meant, whatever the page's host says.
    pub tenant: Option<TenantId>,
    pub if_match: Option<String>,
    pub idempotency_key: Option<String>,
}

impl Call {
    /// A request without body and without extra headers.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            body: None,
            form: None,
            bearer: None,
            tenant: None,
            if_match: None,
            idempotency_key: None,
        }
    }
}

/// An answer with a 2xx status.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub etag: Option<String>,
    pub request_id: String,
    pub body: String,
}

impl Reply {
    /// Reads the body.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        json::read(&self.body).ok_or_else(|| ApiError::Unreadable {
            status: self.status,
            request_id: self.request_id.clone(),
        })
    }
}

/// Where the API lives: the page's own origin, or what `<meta name="api-base">` says.
static BASE: LazyLock<String> = LazyLock::new(|| {
    document()
        .query_selector("meta[name=api-base]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .map(|base| base.trim().trim_end_matches('/').to_owned())
        .unwrap_or_default()
});

/// The whole address of what lies at that path of the API.
pub fn address(path: &str) -> String {
    format!("{}{path}", *BASE)
}

/// Aborts the request when the future that waits for it is dropped.
struct AbortOnDrop(Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = self.0.take() {
            controller.abort();
        }
    }
}

/// A request under way. Boxed: else every caller carries the whole exchange in its own
/// future, which costs kilobytes of code each.
pub type Exchange = Pin<Box<dyn Future<Output = Result<Reply, ApiError>>>>;

/// Sends the request and reads the answer.
pub fn send(call: Call) -> Exchange {
    Box::pin(exchange(call))
}

async fn exchange(call: Call) -> Result<Reply, ApiError> {
    if call.form.is_some() {
        return send_form(&call).await;
    }
    let mut guard = AbortOnDrop(AbortController::new().ok());
    let builder = builder(&call, guard.0.as_ref());
    let request = match call.body {
        Some(body) => builder.header("Content-Type", "application/json").body(body),
        None => builder.build(),
    };
    let Ok(request) = request else { return Err(ApiError::Offline) };
    let Ok(response) = request.send().await else { return Err(ApiError::Offline) };
    let reply = read(response).await;
    guard.0 = None;
    reply
}

/// Sends the request and hands out the body as it comes: for answers without an end. The
/// stream is closed by whoever reads it.
pub async fn open_stream(call: Call) -> Result<ReadableStream, ApiError> {
    let Ok(request) = builder(&call, None).build() else { return Err(ApiError::Offline) };
    let Ok(response) = request.send().await else { return Err(ApiError::Offline) };
    if !response.ok() {
        return Err(read(response).await.err().unwrap_or(ApiError::Offline));
    }
    response.body().ok_or(ApiError::Offline)
}

fn builder(call: &Call, abort: Option<&AbortController>) -> RequestBuilder {
    let url = address(&call.path);
    let signal = abort.map(AbortController::signal);
    let mut builder = RequestBuilder::new(&url)
        .method(call.method.clone())
        .credentials(RequestCredentials::Include)
        .abort_signal(signal.as_ref());
    for (name, value) in headers(call) {
        builder = builder.header(name, &value);
    }
    builder
}

/// The headers of a request, that of its body aside.
pub(super) fn headers(call: &Call) -> impl Iterator<Item = (&'static str, String)> {
    let all = [
        ("Accept", Some("application/json".to_owned())),
        ("Accept-Language", Some(locale_now().tag().to_owned())),
        (CLIENT_HEADER, Some(CLIENT_NAME.to_owned())),
        ("If-Match", call.if_match.clone()),
        ("Idempotency-Key", call.idempotency_key.clone()),
        (TENANT_HEADER, call.tenant.map(|id| id.to_string())),
        ("Authorization", call.bearer.as_ref().map(|token| format!("Bearer {token}"))),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?)))
}

async fn read(response: Response) -> Result<Reply, ApiError> {
    let headers = response.headers();
    let head = Head::of(response.status(), &|name| headers.get(name));
    // A connection that breaks while the body comes is as good as none.
    let Ok(body) = response.text().await else { return Err(ApiError::Offline) };
    head.judge(body)
}

/// What the head of an answer said.
pub(super) struct Head {
    status: u16,
    etag: Option<String>,
    request_id: String,
    retry_after: Option<u64>,
    is_problem: bool,
}

impl Head {
    /// Reads it.
    pub(super) fn of(status: u16, header: &dyn Fn(&str) -> Option<String>) -> Self {
        let is_problem = header("Content-Type").is_some_and(|it| it.starts_with(CONTENT_TYPE));
        Self {
            status,
            etag: header("ETag"),
            request_id: header("X-Request-Id").unwrap_or_default(),
            retry_after: header("Retry-After").and_then(|seconds| seconds.trim().parse().ok()),
            is_problem,
        }
    }

    /// The answer, or what the server refused.
    pub(super) fn judge(self, body: String) -> Result<Reply, ApiError> {
        let Self { status, etag, request_id, retry_after, is_problem } = self;
        if (200..300).contains(&status) {
            return Ok(Reply { status, etag, request_id, body });
        }
        match json::read::<Problem>(&body) {
            Some(problem) if is_problem => {
                Err(ApiError::Problem { problem: Box::new(problem), retry_after })
            }
            _ => Err(ApiError::Unreadable { status, request_id }),
        }
    }
}
