//! What the API says when it refuses: `application/problem+json` (RFC 9457).
//!
//! A problem's text is written for an operator and never carries internals (SQL, paths, panics).

pub mod correlation;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::problem::correlation::CorrelationId;

/// The machine-readable reason; its spelling is part of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    ValidationFailed,
    VendorNotEligible,
    BusinessRule,
    TokenMissing,
    TokenExpired,
    TokenInvalid,
    SessionRevoked,
    RefreshMissing,
    RefreshExpired,
    RefreshReused,
    InvalidCredentials,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    StateConflict,
    StaleVersion,
    DuplicateAction,
    SlotTaken,
    AppraisalTaken,
    PayloadTooLarge,
    UriTooLong,
    UnsupportedMediaType,
    HeadersTooLarge,
    NotProcessable,
    PaymentDeclined,
    IdempotencyMismatch,
    TooManyRequests,
    Internal,
    Unavailable,
}

impl Code {
    /// The HTTP status this code always travels with.
    pub fn status(self) -> StatusCode {
        match self {
            Code::ValidationFailed | Code::VendorNotEligible | Code::BusinessRule => StatusCode::BAD_REQUEST,
            Code::TokenMissing
            | Code::TokenExpired
            | Code::TokenInvalid
            | Code::SessionRevoked
            | Code::RefreshMissing
            | Code::RefreshExpired
            | Code::RefreshReused
            | Code::InvalidCredentials => StatusCode::UNAUTHORIZED,
            Code::Forbidden => StatusCode::FORBIDDEN,
            Code::NotFound => StatusCode::NOT_FOUND,
            Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Code::StateConflict
            | Code::StaleVersion
            | Code::DuplicateAction
            | Code::SlotTaken
            | Code::AppraisalTaken => StatusCode::CONFLICT,
            Code::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Code::UriTooLong => StatusCode::URI_TOO_LONG,
            Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Code::NotProcessable | Code::PaymentDeclined | Code::IdempotencyMismatch => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Code::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What happened, in a few words.
    pub fn title(self) -> &'static str {
        match self {
            Code::ValidationFailed => "The request is not valid",
            Code::VendorNotEligible => "The vendor is not eligible",
            Code::BusinessRule => "A rule does not allow this",
            Code::TokenMissing
            | Code::TokenExpired
            | Code::TokenInvalid
            | Code::SessionRevoked
            | Code::RefreshMissing
            | Code::RefreshExpired
            | Code::RefreshReused => "Sign in again",
            Code::InvalidCredentials => "Sign-in failed",
            Code::Forbidden => "Not allowed",
            Code::NotFound => "Not found",
            Code::MethodNotAllowed => "Method not allowed",
            Code::StateConflict => "The order has moved",
            Code::StaleVersion => "The order has changed",
            Code::DuplicateAction => "Already done",
            Code::SlotTaken => "The time is taken",
            Code::AppraisalTaken => "The appraisal number is taken",
            Code::PayloadTooLarge | Code::UriTooLong | Code::HeadersTooLarge => "Too large",
            Code::UnsupportedMediaType => "Unsupported media type",
            Code::NotProcessable => "Cannot be done with this data",
            Code::PaymentDeclined => "The payment was declined",
            Code::IdempotencyMismatch => "The key was used for something else",
            Code::TooManyRequests => "Too many requests",
            Code::Internal => "Something went wrong",
            Code::Unavailable => "Not available now",
        }
    }
}

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
    clear_refresh_cookie: bool,
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
            clear_refresh_cookie: false,
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

    /// Tells the browser to drop a refresh cookie that can never be used again.
    #[must_use]
    pub fn clearing_refresh_cookie(mut self) -> Self {
        self.0.clear_refresh_cookie = true;
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
        if self.0.clear_refresh_cookie {
            headers.insert(
                header::SET_COOKIE,
                HeaderValue::from_static(crate::auth::CLEARED_COOKIE),
            );
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
