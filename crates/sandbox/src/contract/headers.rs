//! The headers that the contract adds to those of HTTP.

use axum::http::{HeaderMap, HeaderName};

use crate::problem::CorrelationId;

/// Names one request, both ways.
pub const CORRELATION_ID: HeaderName = HeaderName::from_static("x-correlation-id");
/// Names an intent.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The caller's correlation id if it is well formed, else a fresh one.
pub fn correlation_of(headers: &HeaderMap) -> CorrelationId {
    let given = headers.get(CORRELATION_ID).and_then(|value| value.to_str().ok());
    CorrelationId::given_or_fresh(given)
}
