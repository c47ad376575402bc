//! The machine-readable reasons of a refusal.

use axum::http::StatusCode;
use serde::Serialize;

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
