//! What the API says when it refuses: `application/problem+json` (RFC 9457).
//!
//! A problem's text is written for an operator and never carries internals (SQL, paths, panics).

mod code;
mod correlation;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

pub use code::Code;
pub use correlation::CorrelationId;

/// One field that was refused. `field` is the dotted path in the request (`contacts[0].email`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

/// A refusal on its way out. Boxed, because results carry it everywhere and rarely use it.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0:?}")]
pub struct Problem(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    code: Code,
    detail: String,
    errors: Vec<FieldError>,
    retry_after_seconds: Option<u64>,
    /// What went wrong inside; for the log, never for the answer.
    cause: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shape<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    detail: &'a str,
    code: Code,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
    #[serde(skip_serializing_if = "Option::is_none")]
    correlation_id: Option<&'a str>,
}

impl Problem {
    /// A refusal with a sentence that says what happened and what to do next.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            retry_after_seconds: None,
            cause: None,
        }))
    }

    /// 400 with the fields to correct.
    pub fn validation(errors: Vec<FieldError>) -> Self {
        Self::new(
            Code::ValidationFailed,
            "Some fields are missing or not valid. Correct them and send the request again.",
        )
        .with_errors(errors)
    }

    /// 400 about a single field or parameter.
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::validation(vec![FieldError {
            field: field.into(),
            message: message.into(),
        }])
    }

    /// 422: understood, but not possible with this data.
    pub fn not_processable(detail: impl Into<String>) -> Self {
        Self::new(Code::NotProcessable, detail)
    }

    /// 404: absent, or not visible to this user; the answer does not tell which.
    pub fn not_found(what: &str) -> Self {
        Self::new(
            Code::NotFound,
            format!("There is no such {what}, or it is not visible to you. Check the address."),
        )
    }

    /// 413.
    pub fn too_large() -> Self {
        Self::new(
            Code::PayloadTooLarge,
            "The body is larger than this server takes. Send less at a time.",
        )
    }

    /// 500 without particulars; the cause goes to the server's log when the answer does.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        let mut problem = Self::new(
            Code::Internal,
            "The server could not finish this request. Check whether it took effect before trying again.",
        );
        problem.0.cause = Some(cause.to_string());
        problem
    }

    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.0.errors = errors;
        self
    }

    /// Adds `Retry-After`, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after_seconds = Some(seconds);
        self
    }

    pub fn code(&self) -> Code {
        self.0.code
    }

    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// What to tell whoever runs the server.
    pub fn cause(&self) -> &str {
        self.0.cause.as_deref().unwrap_or(&self.0.detail)
    }

    pub fn errors(&self) -> &[FieldError] {
        &self.0.errors
    }

    /// The answer, naming the request it belongs to.
    pub fn respond(&self, correlation: &CorrelationId) -> Response {
        self.render(Some(correlation.as_str()))
    }

    /// The answer's body alone, for where there is no response to put it into.
    pub fn body(&self, correlation: &CorrelationId) -> Vec<u8> {
        self.json(Some(correlation.as_str()))
    }

    fn render(&self, correlation_id: Option<&str>) -> Response {
        if let Some(cause) = &self.0.cause {
            eprintln!("request {}: {cause}", correlation_id.unwrap_or("without id"));
        }
        let status = self.0.code.status();
        let mut response = Response::new(Body::from(self.json(correlation_id)));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.0.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    fn json(&self, correlation_id: Option<&str>) -> Vec<u8> {
        let shape = Shape {
            kind: "about:blank",
            title: self.0.code.title(),
            status: self.0.code.status().as_u16(),
            detail: &self.0.detail,
            code: self.0.code,
            errors: &self.0.errors,
            correlation_id,
        };
        serde_json::to_vec(&shape).unwrap_or_default()
    }
}

/// For answers outside `/api`, where requests carry no correlation id.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.render(None)
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(error)
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}
