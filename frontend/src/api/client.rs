//! Requests on behalf of the person who is logged in.

use super::error::ApiError;
use super::json;
use super::sending::Form;
use super::transport::{Call, Exchange, Reply, send};
use crate::state::online::{Online, use_online};
use crate::state::session::{Session, use_session};
use ebenezer_shared::problem::ProblemCode;
use gloo_net::http::Method;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// A resource and the version of it that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged<T> {
    pub value: T,
    /// Send it back as `If-Match`, so that nobody's work is overwritten unseen.
    pub etag: Option<String>,
}

/// A creation that brought no answer to use, because the connection broke or the server
/// failed or refused. The same content sent again carries the same key, so that it is
/// created once.
#[derive(Clone)]
struct Unanswered {
    path: String,
    body: String,
    key: String,
}

/// Sends requests with the session's token; renews it once when it has run out.
#[derive(Clone, Copy)]
pub struct Client {
    session: Session,
    online: Online,
    unanswered: StoredValue<Option<Unanswered>>,
}

impl Client {
    /// A client for the session. The root provides one for the app.
    pub fn new(session: Session, online: Online) -> Self {
        Self { session, online, unanswered: StoredValue::new(None) }
    }

    /// `GET`
    pub async fn get<T: DeserializeOwned>(self, path: &str) -> Result<T, ApiError> {
        self.send(Call::new(Method::GET, path)).await?.json()
    }

    /// `GET` of a single resource, with its version.
    pub async fn get_tagged<T: DeserializeOwned>(self, path: &str) -> Result<Tagged<T>, ApiError> {
        tagged(&self.send(Call::new(Method::GET, path)).await?)
    }

    /// `POST` that creates a resource, at most once whatever the connection does.
    pub async fn create<B: Serialize, T: DeserializeOwned>(
        self,
        path: &str,
        body: &B,
    ) -> Result<Tagged<T>, ApiError> {
        tagged(&self.create_once(path.to_owned(), to_json(body)?).await?)
    }

    fn create_once(self, path: String, body: String) -> Exchange {
        Box::pin(async move {
            let mut call = Call::new(Method::POST, path.as_str());
            let key = self.key_for(&path, &body);
            call.body = Some(body.clone());
            call.idempotency_key = Some(key.clone());
            let reply = self.send(call).await;
            // The server remembers nothing of what it refused, so the key is good for another
            // try of the same content; and behind a gateway's error the thing may have been
            // created.
            self.unanswered.set_value(reply.is_err().then_some(Unanswered { path, body, key }));
            reply
        })
    }

    /// `POST` of a form with a file. The same `key` again, after an answer that did not come,
    /// stores it once.
    pub async fn upload(self, path: &str, key: &str, form: Form) -> Result<Reply, ApiError> {
        let mut call = Call::new(Method::POST, path);
        call.form = Some(form);
        call.idempotency_key = Some(key.to_owned());
        self.send(call).await
    }

    /// `POST` that does something and answers.
    pub async fn post<B: Serialize, T: DeserializeOwned>(
        self,
        path: &str,
        body: &B,
    ) -> Result<T, ApiError> {
        self.command(Method::POST, path, body).await?.json()
    }

    /// `POST` that does something and answers nothing (204).
    pub async fn post_silent<B: Serialize>(self, path: &str, body: &B) -> Result<(), ApiError> {
        self.command(Method::POST, path, body).await.map(drop)
    }

    /// `PATCH` of the version that was read.
    pub async fn update<B: Serialize, T: DeserializeOwned>(
        self,
        path: &str,
        etag: Option<&str>,
        body: &B,
    ) -> Result<Tagged<T>, ApiError> {
        let mut call = Call::new(Method::PATCH, path);
        call.body = Some(to_json(body)?);
        call.if_match = etag.map(ToOwned::to_owned);
        tagged(&self.send(call).await?)
    }

    /// `POST` that does something to the version that was read, and answers.
    pub async fn act_on<B: Serialize, T: DeserializeOwned>(
        self,
        path: &str,
        etag: Option<&str>,
        body: &B,
    ) -> Result<T, ApiError> {
        let mut call = Call::new(Method::POST, path);
        call.body = Some(to_json(body)?);
        call.if_match = etag.map(ToOwned::to_owned);
        self.send(call).await?.json()
    }

    /// `DELETE` of the version that was read.
    pub async fn delete(self, path: &str, etag: Option<&str>) -> Result<(), ApiError> {
        let mut call = Call::new(Method::DELETE, path);
        call.if_match = etag.map(ToOwned::to_owned);
        self.send(call).await.map(drop)
    }

    async fn command<B: Serialize>(
        self,
        method: Method,
        path: &str,
        body: &B,
    ) -> Result<Reply, ApiError> {
        let mut call = Call::new(method, path);
        call.body = Some(to_json(body)?);
        self.send(call).await
    }

    fn send(self, mut call: Call) -> Exchange {
        Box::pin(async move {
            let token = self.session.token();
            call.bearer.clone_from(&token);
            // One's own account is the same in every firm.
            if !call.path.starts_with("/api/auth/") {
                call.tenant = self.session.tenant_now();
            }
            let mut reply = send(call.clone()).await;
            if token.is_some() && reply.as_ref().is_err_and(is_expired) {
                // One renewal, one more try; whoever is refused then is logged out.
                match self.session.renew(token.as_deref()).await {
                    Ok(true) => {
                        call.bearer = self.session.token();
                        reply = send(call).await;
                        if reply.as_ref().is_err_and(is_expired) {
                            self.session.expire();
                        }
                    }
                    Ok(false) => self.session.expire(),
                    Err(error) => reply = Err(error),
                }
            }
            if reply.as_ref().is_err_and(|error| error.is(ProblemCode::MfaEnrolmentRequired)) {
                self.session.ask_enrolment();
            }
            self.online.report(!matches!(reply, Err(ApiError::Offline)));
            if reply.is_ok() {
                self.session.mark_served();
            }
            reply
        })
    }

    fn key_for(self, path: &str, body: &str) -> String {
        self.unanswered
            .get_value()
            .filter(|last| last.path == path && last.body == body)
            .map_or_else(|| Uuid::new_v4().to_string(), |last| last.key)
    }
}

fn is_expired(error: &ApiError) -> bool {
    matches!(error.code(), Some(ProblemCode::AuthenticationRequired | ProblemCode::SessionExpired))
}

fn tagged<T: DeserializeOwned>(reply: &Reply) -> Result<Tagged<T>, ApiError> {
    Ok(Tagged { value: reply.json()?, etag: reply.etag.clone() })
}

/// Our own DTOs always become JSON; should one not, the request is not sent.
pub(super) fn to_json<B: Serialize>(body: &B) -> Result<String, ApiError> {
    json::write(body).ok_or(ApiError::Unreadable { status: 0, request_id: String::new() })
}

/// The client of the app, for the session and connection that the root provided.
pub fn use_client() -> Client {
    use_context().unwrap_or_else(|| Client::new(use_session(), use_online()))
}
