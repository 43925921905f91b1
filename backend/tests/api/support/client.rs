//! A caller of the API, and what it gets.

use super::contract;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use std::net::SocketAddr;
use std::time::Duration;

/// Sends requests, each with the same headers.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    headers: HeaderMap,
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self { http, base: format!("http://{address}"), headers: HeaderMap::new() }
    }

    /// The same caller with a header more, or another value of it.
    pub fn with(&self, name: &str, value: impl AsRef<[u8]>) -> Self {
        let mut client = self.clone();
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        client.headers.insert(name, HeaderValue::from_bytes(value.as_ref()).unwrap());
        client
    }

    /// The same caller with this token.
    pub fn bearer(&self, token: &str) -> Self {
        self.with("Authorization", format!("Bearer {token}"))
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None).await
    }

    /// Sends a form with a file, as a browser does.
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        content: &[u8],
    ) -> Reply {
        let boundary = "----limite7MA4YWxkTrZu0gW";
        let mut body = Vec::new();
        for (field, value) in fields {
            let part = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            );
            body.extend(part.bytes());
        }
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(content);
        body.extend(format!("\r\n--{boundary}--\r\n").bytes());
        let kind = format!("multipart/form-data; boundary={boundary}");
        self.with("Content-Type", kind).raw(Method::POST, path, body).await
    }

    /// A GET whose query is escaped.
    pub async fn list(&self, path: &str, query: &[(&str, &str)]) -> Reply {
        let query =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        self.get(&format!("{path}?{query}")).await
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        match body {
            Some(body) => {
                let body = serde_json::to_vec(&body).unwrap();
                self.with_json().raw(method, path, body).await
            }
            None => self.raw(method, path, Vec::new()).await,
        }
    }

    /// An answer as it comes over the wire.
    pub async fn bytes(&self, path: &str) -> Bytes {
        let request = self.http.get(format!("{}{path}", self.base)).headers(self.headers.clone());
        let response = request.send().await.unwrap();
        let headers = response.headers().clone();
        let status = response.status().as_u16();
        Bytes { status, headers, body: response.bytes().await.unwrap().to_vec() }
    }

    /// A stream of events.
    pub async fn watch(&self, path: &str) -> Watch {
        let request = self.http.get(format!("{}{path}", self.base)).headers(self.headers.clone());
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut watch = Watch { response, text: String::new() };
        assert_eq!(watch.next().await.unwrap().0, "ready");
        watch
    }

    /// Sends bytes as they are.
    pub async fn raw(&self, method: Method, path: &str, body: Vec<u8>) -> Reply {
        let address = format!("{}{path}", self.base);
        let mut request = self.http.request(method.clone(), address).headers(self.headers.clone());
        if !body.is_empty() {
            request = request.body(body);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        // Such a stream has no end to wait for: see `watch`.
        let is_endless = headers.get("content-type").is_some_and(|it| it == "text/event-stream");
        let text = if is_endless { String::new() } else { response.text().await.unwrap() };
        let reply = Reply { status, headers, text };
        contract::check(&method, path, reply.status, &reply.text);
        reply
    }

    fn with_json(&self) -> Self {
        if self.headers.contains_key("content-type") {
            self.clone()
        } else {
            self.with("Content-Type", "application/json")
        }
    }
}

/// Server-sent events as they come.
pub struct Watch {
    response: reqwest::Response,
    text: String,
}

impl Watch {
    /// The name and the data of the next event; none when the stream has ended.
    pub async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            while let Some((frame, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    frame.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
                };
                let event = field("event").zip(field("data"));
                let event = event.map(|(name, data)| (name.to_owned(), data.to_owned()));
                self.text = rest.to_owned();
                if let Some((name, data)) = event {
                    return Some((name, serde_json::from_str(&data).unwrap()));
                }
            }
            let chunk = self.response.chunk();
            let chunk = tokio::time::timeout(Duration::from_secs(40), chunk).await;
            let chunk = chunk.expect("something comes").ok().flatten()?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// The next change.
    pub async fn change(&mut self) -> Value {
        let (name, data) = self.next().await.expect("the stream goes on");
        assert_eq!(name, "change", "{data}");
        data
    }
}

/// An answer that may be compressed.
pub struct Bytes {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    /// The answer, when it has that status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The body of a 200.
    #[track_caller]
    pub fn ok(self) -> Value {
        self.expect(200).json()
    }

    /// The body of a 201.
    #[track_caller]
    pub fn created(self) -> Value {
        self.expect(201).json()
    }

    /// A 204, which has no body.
    #[track_caller]
    pub fn no_content(self) {
        assert_eq!(self.expect(204).text, "");
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let value =
            self.headers.get(name).unwrap_or_else(|| panic!("no {name}: {:?}", self.headers));
        value.to_str().unwrap()
    }

    /// The body of a problem with that status and code, in the form that RFC 9457 asks for.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Value {
        let problem = self.any_problem();
        assert_eq!((self.status, problem["code"].as_str().unwrap()), (status, code), "{problem}");
        problem
    }

    /// The body of a problem, whichever.
    #[track_caller]
    pub fn any_problem(&self) -> Value {
        assert!(self.status >= 400, "not a problem: {} {}", self.status, self.text);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        let problem = self.json();
        assert_eq!(problem["status"], self.status);
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        for name in ["type", "title", "detail", "code"] {
            assert!(
                problem[name].as_str().is_some_and(|text| !text.is_empty()),
                "{name}: {problem}"
            );
        }
        problem
    }

    /// A problem that names one field and says what is wrong with it.
    #[track_caller]
    pub fn field(self, status: u16, code: &str, field: &str, why: &str) -> Value {
        let problem = self.problem(status, code);
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        let named: Vec<_> = errors
            .iter()
            .map(|e| (e["field"].as_str().unwrap(), e["code"].as_str().unwrap()))
            .collect();
        assert_eq!(named, [(field, why)], "{problem}");
        assert!(errors[0]["message"].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
        problem
    }

    /// 422 that names one field.
    #[track_caller]
    pub fn invalid(self, field: &str, why: &str) -> Value {
        self.field(422, "validation_failed", field, why)
    }
}
