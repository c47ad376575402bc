//! A successful answer, before it becomes HTTP.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::problem::Problem;

/// What was asked for, or what it left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: StatusCode,
    /// JSON or nothing, unless `file` says what it is.
    pub body: Bytes,
    pub location: Option<String>,
    pub file: Option<File>,
}

/// What a body is that is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub content_type: String,
}

impl Answer {
    /// 200 with a JSON text that is already in the contract's shape.
    pub fn raw(body: String) -> Self {
        Self {
            status: StatusCode::OK,
            body: body.into(),
            location: None,
            file: None,
        }
    }

    /// 200 with a file's bytes.
    pub fn file(file: File, body: Vec<u8>) -> Self {
        Self {
            status: StatusCode::OK,
            body: body.into(),
            location: None,
            file: Some(file),
        }
    }

    /// 200 with a value.
    pub fn json(value: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self::raw(serde_json::to_string(value)?))
    }

    /// 204.
    pub fn empty() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            body: Bytes::new(),
            location: None,
            file: None,
        }
    }

    pub fn into_http(self) -> Response {
        let has_body = !self.body.is_empty();
        let mut response = Response::new(self.body.into());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        match self.file {
            Some(file) => file.describe(headers),
            None if has_body => {
                headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            }
            None => {}
        }
        if let Some(location) = self.location.and_then(|path| HeaderValue::try_from(path).ok()) {
            headers.insert(header::LOCATION, location);
        }
        response
    }
}

impl File {
    /// What somebody uploaded is handed out to be kept, never to be shown as a page of ours.
    fn describe(self, headers: &mut HeaderMap) {
        let unknown = HeaderValue::from_static("application/octet-stream");
        let kind = HeaderValue::try_from(self.content_type).unwrap_or(unknown);
        headers.insert(header::CONTENT_TYPE, kind);
        let name = utf8_percent_encode(&self.name, NON_ALPHANUMERIC);
        if let Ok(value) = HeaderValue::try_from(format!("attachment; filename*=UTF-8''{name}")) {
            headers.insert(header::CONTENT_DISPOSITION, value);
        }
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    }
}
