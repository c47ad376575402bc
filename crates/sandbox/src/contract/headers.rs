//! The headers that the contract adds to those of HTTP.

use axum::http::HeaderName;

/// Names one request, both ways.
pub const CORRELATION_ID: HeaderName = HeaderName::from_static("x-correlation-id");
/// Names an intent.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
