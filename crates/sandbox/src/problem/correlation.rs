//! The id by which one request can be found again in answers, history and ledger.

use axum::http::HeaderValue;

use crate::base::random;

/// 8 to 64 characters of `[A-Za-z0-9-]`; therefore always a valid header value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrelationId(String);

impl CorrelationId {
    /// The caller's id if it is well formed, else a fresh one.
    pub fn given_or_fresh(text: Option<&str>) -> Self {
        text.filter(|text| Self::is_well_formed(text))
            .map_or_else(Self::fresh, |text| Self(text.to_owned()))
    }

    pub fn fresh() -> Self {
        Self(random::hex(16))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn to_header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).unwrap_or_else(|_| HeaderValue::from_static("unknown"))
    }

    fn is_well_formed(text: &str) -> bool {
        (8..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    }
}
