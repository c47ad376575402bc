//! Files below the folder of the built console.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;

use super::encoding::Encoding;
use super::path::RelativePath;
use super::{policy, replies};
use crate::api::document;

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "no-cache";

/// A file that exists below the folder, in the encoding to be sent.
pub(super) struct Found {
    on_disk: PathBuf,
    /// The same file as it is without an encoding.
    plain: PathBuf,
    content_type: &'static str,
    cache_control: &'static str,
    encoding: Encoding,
    etag: String,
}

pub(super) async fn find(dist: Option<&Path>, path: &RelativePath, headers: &HeaderMap) -> Option<Found> {
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
            plain: root.join(path.as_str()),
            content_type: path.content_type(),
            cache_control: if path.is_hashed_asset() { IMMUTABLE } else { REVALIDATE },
            encoding,
            etag: format!("\"{:x}-{:x}{}\"", metadata.len(), changed.as_nanos(), encoding.suffix()),
        });
    }
    None
}

impl Found {
    pub(super) async fn respond(&self, request: &Parts) -> Response {
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
                Err(_) => return replies::not_found(),
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
            // The policy names the document's own scripts, which are read where they are not compressed.
            let text = tokio::fs::read_to_string(&self.plain).await.unwrap_or_default();
            document::describe(headers, policy::of(&text));
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
