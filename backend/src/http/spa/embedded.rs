//! Serving the embedded files.

use crate::error::ApiError;
use crate::http::problems::not_found;
use crate::http::request::RequestInfo;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ebenezer_shared::problem::ProblemCode;
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest as _, Sha256};

#[derive(RustEmbed)]
#[folder = "../frontend/dist"]
#[allow_missing = true]
struct Files;

/// Serves the app at `/` and below, for paths that nothing else took.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/{path:.*}")
            .route(web::get().to(serve))
            .route(web::head().to(serve))
            .default_service(web::to(not_found)),
    );
}

async fn serve(req: HttpRequest) -> HttpResponse {
    let path = req.match_info().get("path").unwrap_or_default();
    // What looks like the API or like a file is not a page of the app.
    let reserved = path == "api" || path.starts_with("api/") || path.starts_with("health/");
    let name = if path.is_empty() { "index.html" } else { path };
    if !reserved && !is_precompressed(path) && Files::get(name).is_some() {
        return file(name, req.headers());
    }
    let looks_like_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    if reserved || looks_like_file || Files::get("index.html").is_none() {
        return ApiError::from(ProblemCode::NotFound).respond(&RequestInfo::of(&req));
    }
    file("index.html", req.headers())
}

fn file(name: &str, headers: &HeaderMap) -> HttpResponse {
    let accepts_brotli = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|coding| coding.trim().starts_with("br")));
    let compressed = if accepts_brotli { Files::get(&format!("{name}.br")) } else { None };
    let is_compressed = compressed.is_some();
    let Some(found) = compressed.or_else(|| Files::get(name)) else {
        return HttpResponse::NotFound().finish();
    };
    let tag = tag(&found);
    let mut response = if headers.get(header::IF_NONE_MATCH).is_some_and(|known| *known == tag) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    response
        .insert_header((header::ETAG, tag))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((
            header::CACHE_CONTROL,
            if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" },
        ));
    if is_compressed {
        response.insert_header((header::CONTENT_ENCODING, "br"));
    } else {
        // Says to the compressing middleware that small and odd files stay as they are.
        response.content_type(kind.essence_str());
    }
    response.content_type(match kind.type_().as_str() {
        "text" => format!("{}; charset=utf-8", kind.essence_str()),
        _ => kind.essence_str().to_owned(),
    });
    response.body(found.data.into_owned())
}

/// The Brotli twin of a file is served in its place, never by its own name.
fn is_precompressed(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension == "br")
}

/// Whether the build put a hash into the name: `ebenezer-frontend-1f2e3d4c5b6a7988.js`.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '_', '.'])
        .any(|part| part.len() >= 15 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn tag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    let short = hash.get(..12).unwrap_or(&hash);
    format!("\"{}\"", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(short))
}

/// The hashes of the inline scripts in `index.html`, as the CSP names them.
pub(super) fn script_hashes() -> Vec<String> {
    let Some(index) = Files::get("index.html") else { return Vec::new() };
    let html = String::from_utf8_lossy(&index.data);
    let mut hashes = Vec::new();
    let mut rest = html.as_ref();
    while let Some((_, after)) = rest.split_once("<script") {
        let Some((attributes, body)) = after.split_once('>') else { break };
        let Some((script, tail)) = body.split_once("</script>") else { break };
        if !attributes.contains("src=") {
            hashes.push(format!("sha256-{}", STANDARD.encode(Sha256::digest(script.as_bytes()))));
        }
        rest = tail;
    }
    hashes
}
