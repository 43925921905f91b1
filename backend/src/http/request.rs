//! What is known of a request before anybody reads it.

use crate::config::Network;
use crate::state::AppState;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpRequest, web};
use ebenezer_shared::locale::Locale;
use std::net::{IpAddr, Ipv4Addr};
use std::rc::Rc;
use std::time::Instant;
use tracing::Instrument as _;
use uuid::Uuid;

/// Id, language and origin of a request.
#[derive(Clone, Debug)]
pub struct RequestInfo {
    pub request_id: String,
    pub locale: Locale,
    pub ip: IpAddr,
    /// The name by which the server was asked for, in lower case and without port.
    pub host: String,
    pub user_agent: String,
}

impl RequestInfo {
    /// What [`identify`] found out.
    pub fn of(req: &HttpRequest) -> Rc<Self> {
        req.extensions().get::<Rc<Self>>().cloned().unwrap_or_else(|| Rc::new(Self::unknown()))
    }

    /// What somebody does at a terminal of the server.
    pub fn of_command_line() -> Self {
        Self { request_id: "command-line".to_owned(), ..Self::unknown() }
    }

    /// What a worker does by itself.
    pub fn of_housekeeping() -> Self {
        Self { request_id: "housekeeping".to_owned(), ..Self::unknown() }
    }

    /// What a worker does for a request that was answered before.
    pub fn of_job(request_id: String, ip: IpAddr, locale: Locale) -> Self {
        Self { request_id, locale, ip, ..Self::unknown() }
    }

    fn unknown() -> Self {
        Self {
            request_id: Uuid::now_v7().to_string(),
            locale: Locale::default(),
            ip: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            host: String::new(),
            user_agent: String::new(),
        }
    }

    fn read(req: &ServiceRequest, network: &Network) -> Self {
        let header = |name: HeaderName| {
            req.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
        };
        let given = header(HeaderName::from_static("x-request-id"));
        let usable = (8..=64).contains(&given.len())
            && given.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        Self {
            request_id: if usable { given.to_owned() } else { Uuid::now_v7().to_string() },
            locale: Locale::negotiate(header(header::ACCEPT_LANGUAGE)),
            ip: client_ip(req.peer_addr().map(|peer| peer.ip()), req.headers(), network),
            host: host(req, network),
            user_agent: header(header::USER_AGENT).chars().take(200).collect(),
        }
    }
}

/// The client's address: the last one in `X-Forwarded-For` that no trusted proxy has, when
/// a trusted proxy hands the request on; else the peer's.
fn client_ip(peer: Option<IpAddr>, headers: &HeaderMap, network: &Network) -> IpAddr {
    let trusted = |ip: &IpAddr| network.is_trusted(*ip);
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    if !trusted(&peer) {
        return peer;
    }
    let mut forwarded = Vec::new();
    for value in headers.get_all("x-forwarded-for") {
        forwarded.extend(value.to_str().unwrap_or_default().split(',').map(|ip| ip.trim().parse()));
    }
    for ip in forwarded.into_iter().rev() {
        match ip {
            Ok(ip) if trusted(&ip) => {}
            Ok(ip) => return ip,
            Err(_) => return peer,
        }
    }
    peer
}

/// The host that was asked for: what a trusted proxy says, else the `Host` header, else (in
/// HTTP/2) the authority of the address.
fn host(req: &ServiceRequest, network: &Network) -> String {
    let peer = req.peer_addr().map(|peer| peer.ip());
    let header = |name| req.headers().get(name).and_then(|value| value.to_str().ok());
    let forwarded = peer
        .filter(|peer| network.is_trusted(*peer))
        .and_then(|_| header(HeaderName::from_static("x-forwarded-host")));
    let named = forwarded.or_else(|| header(header::HOST)).or_else(|| req.uri().host());
    let host = named.unwrap_or_default();
    let name = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok());
    name.map_or(host, |(name, _)| name).trim_end_matches('.').to_ascii_lowercase()
}

/// Middleware: gives each request its id, logs it, and puts the id on the answer.
pub async fn identify(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let started = Instant::now();
    let state = req.app_data::<web::Data<AppState>>().cloned();
    let info = match &state {
        Some(state) => Rc::new(RequestInfo::read(&req, &state.config.network)),
        None => Rc::new(RequestInfo::unknown()),
    };
    req.extensions_mut().insert(Rc::clone(&info));
    let method = req.method().clone();
    let span = tracing::info_span!(
        "request",
        request_id = %info.request_id,
        tenant = tracing::field::Empty,
        user = tracing::field::Empty,
    );
    let mut response = next.call(req).instrument(span.clone()).await?;
    if let Ok(value) = HeaderValue::from_str(&info.request_id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    let millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    let status = response.status().as_u16();
    span.in_scope(|| {
        if millis > 1000 {
            tracing::warn!(%method, route, status, millis, "slow request");
        } else {
            tracing::info!(%method, route, status, millis, "request");
        }
    });
    Ok(response)
}
