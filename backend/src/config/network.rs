//! Addresses, hosts and proxies.

use super::Source;
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};
use url::Url;

/// Where the server listens and by which names it is known.
#[derive(Clone, Debug)]
pub struct Network {
    /// `BIND_ADDRESS` (default `127.0.0.1:8080`).
    pub bind_address: SocketAddr,
    /// `PUBLIC_URL` (default: `http://` and the bind address): links in mails, and the
    /// origin that cookie requests must come from.
    pub public_url: Url,
    /// `BASE_DOMAIN` (default: none): its subdomains name firms.
    pub base_domain: Option<String>,
    /// `ALLOWED_HOSTS` (default: any while `DEBUG`, else the public URL's host and the
    /// base domain with its subdomains): other `Host` headers answer 400.
    pub allowed_hosts: Vec<String>,
    /// `CORS_ALLOWED_ORIGINS` (default: none): origins of an app hosted elsewhere.
    pub cors_allowed_origins: Vec<String>,
    /// `TRUSTED_PROXIES` (default: none): addresses or networks whose `X-Forwarded-For`
    /// is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// `WORKERS` (default: one per core): threads that answer requests.
    pub workers: usize,
}

impl Network {
    pub(super) fn read(source: &mut Source, debug: bool) -> Self {
        let bind_address = source.number("BIND_ADDRESS", SocketAddr::from(([127, 0, 0, 1], 8080)));
        let public_text = source.text("PUBLIC_URL", &format!("http://{bind_address}"));
        let public_url = Url::parse(&public_text).ok().filter(Url::has_host);
        if public_url.is_none() {
            source.wrong("PUBLIC_URL", "must be an address such as https://app.example.com");
        }
        if !debug && source.get("PUBLIC_URL").is_none() {
            source.wrong("PUBLIC_URL", "is needed with DEBUG=false");
        }
        let is_open = public_url
            .as_ref()
            .is_some_and(|url| url.scheme() != "https" && !url.host_str().is_some_and(is_loopback));
        if !debug && is_open {
            source.wrong("PUBLIC_URL", "must begin with https:// with DEBUG=false");
        }
        let base_domain =
            source.get("BASE_DOMAIN").map(|domain| domain.trim_matches('.').to_ascii_lowercase());
        let origins: Vec<Url> = source.list("CORS_ALLOWED_ORIGINS", "origins");
        let proxies: Vec<String> = source.list("TRUSTED_PROXIES", "addresses");
        let trusted_proxies = proxies.iter().filter_map(|text| network(text)).collect::<Vec<_>>();
        if trusted_proxies.len() != proxies.len() {
            source.wrong("TRUSTED_PROXIES", "must be addresses or networks such as 10.0.0.0/8");
        }
        Self {
            bind_address,
            public_url: public_url.unwrap_or_else(fallback_url),
            base_domain,
            allowed_hosts: source.list("ALLOWED_HOSTS", "host names"),
            cors_allowed_origins: origins
                .iter()
                .map(|url| url.origin().ascii_serialization())
                .collect(),
            trusted_proxies,
            workers: source
                .number("WORKERS", std::thread::available_parallelism().map_or(2, Into::into)),
        }
    }

    /// Whether browsers reach us over https, so that cookies can be `Secure`.
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// Whether what this peer says of others is believed.
    pub fn is_trusted(&self, peer: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(&peer))
    }

    /// The firm's subdomain that a host (in lower case, without port) names; none for foreign
    /// and reserved ones.
    pub fn subdomain<'h>(&self, host: &'h str) -> Option<&'h str> {
        let base = self.base_domain.as_deref()?;
        let subdomain = host.strip_suffix(base)?.strip_suffix('.')?;
        let reserved = ebenezer_shared::tenant::RESERVED_SUBDOMAINS;
        (!subdomain.is_empty() && !reserved.contains(&subdomain)).then_some(subdomain)
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn fallback_url() -> Url {
    #[expect(clippy::expect_used, reason = "a constant that parses")]
    Url::parse("http://localhost").expect("constant")
}

fn network(text: &str) -> Option<IpNet> {
    text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}
