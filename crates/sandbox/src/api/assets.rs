//! The built console as files: what a careful static host would do, so that it is tried out here.
//!
//! It reads only below the one folder it was given, never writes, and never answers for `/api` or
//! `/sandbox`: a wrong address there must be an error, not the console's start page.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;

pub mod config;
mod encoding;
mod path;

use encoding::Encoding;
use path::RelativePath;

use crate::state::AppState;

/// For documents. `default` is the Trusted Types policy of the console's boot script: the framework
/// sets `innerHTML` for its static templates.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    connect-src 'self'; style-src 'self'; img-src 'self' data: blob:; frame-src blob:; font-src 'self'; \
    manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
    require-trusted-types-for 'script'; trusted-types default";

const DOCUMENT_HEADERS: [(HeaderName, &str); 4] = [
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "no-cache";

const NOT_BUILT: &str = include_str!("assets/not-built.html");

/// Serves the folder of built files for everything that no other route answers.
pub fn router() -> Router<AppState> {
    Router::new().fallback(async |State(state): State<AppState>, request: Parts| {
        answer(state.options.dist.as_deref(), &request).await
    })
}

/// Adds what every document of this server carries, with the policy that fits it.
pub fn document_headers(headers: &mut HeaderMap, policy: &'static str) {
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    for (name, value) in DOCUMENT_HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

async fn answer(dist: Option<&Path>, request: &Parts) -> Response {
    if request.method != Method::GET && request.method != Method::HEAD {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD work here.");
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let Some(path) = RelativePath::parse(request.uri.path()) else {
        return not_found();
    };
    if path.is_reserved() {
        return not_found();
    }
    if let Some(file) = find(dist, &path, &request.headers).await {
        return file.respond(request).await;
    }
    if !(path.may_be_a_screen() && accepts_html(&request.headers)) {
        return not_found();
    }
    match find(dist, &RelativePath::index(), &request.headers).await {
        Some(index) => index.respond(request).await,
        None => not_built(),
    }
}

/// A file that exists below the folder, in the encoding to be sent.
struct Found {
    on_disk: PathBuf,
    content_type: &'static str,
    cache_control: &'static str,
    encoding: Encoding,
    etag: String,
}

async fn find(dist: Option<&Path>, path: &RelativePath, headers: &HeaderMap) -> Option<Found> {
    let root = tokio::fs::canonicalize(dist?).await.ok()?;
    for encoding in Encoding::acceptable(headers) {
        let candidate = root.join(format!("{}{}", path.as_str(), encoding.suffix()));
        let Ok(on_disk) = tokio::fs::canonicalize(candidate).await else {
            continue;
        };
        // A symbolic link may point anywhere; what it points at must still be inside.
        if !on_disk.starts_with(&root) {
            continue;
        }
        let Ok(metadata) = tokio::fs::metadata(&on_disk).await else {
            continue;
        };
        if !metadata.is_file() {
            continue;
        }
        let changed = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
            .unwrap_or_default();
        return Some(Found {
            on_disk,
            content_type: path.content_type(),
            cache_control: if path.is_hashed_asset() { IMMUTABLE } else { REVALIDATE },
            encoding,
            etag: format!("\"{:x}-{:x}{}\"", metadata.len(), changed.as_nanos(), encoding.suffix()),
        });
    }
    None
}

impl Found {
    async fn respond(&self, request: &Parts) -> Response {
        let mut response = if is_unchanged(&request.headers, &self.etag) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response
        } else {
            match tokio::fs::read(&self.on_disk).await {
                Ok(bytes) => {
                    let length = HeaderValue::from(bytes.len());
                    let head = request.method == Method::HEAD;
                    let body = if head { Body::empty() } else { Body::from(bytes) };
                    let mut response = Response::new(body);
                    response.headers_mut().insert(header::CONTENT_LENGTH, length);
                    response
                }
                Err(_) => return not_found(),
            }
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.cache_control));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Ok(etag) = HeaderValue::from_str(&self.etag) {
            headers.insert(header::ETAG, etag);
        }
        if let Some(name) = self.encoding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        if self.content_type.starts_with("text/html") {
            document_headers(headers, CONTENT_SECURITY_POLICY);
        }
        response
    }
}

fn is_unchanged(headers: &HeaderMap, etag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(|item| item.trim().trim_start_matches("W/"))
        .any(|item| item == etag || item == "*")
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|accept| accept.to_ascii_lowercase().contains("text/html"))
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn not_found() -> Response {
    plain(StatusCode::NOT_FOUND, "There is no such file.")
}

fn not_built() -> Response {
    let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    document_headers(headers, "default-src 'none'; frame-ancestors 'self'");
    response
}
