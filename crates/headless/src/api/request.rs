//! A call as the request that is sent.

use omnival_core::ids::IntentId;
use omnival_core::operation::{Operation, Request};
use omnival_core::session::Credential;

use super::Api;
use crate::http;
use crate::platform::Platform;

/// A file may be large and its way slow.
const FILE_MS: u32 = 180_000;
const FILE_CAP: usize = 64 << 20;

impl<P: Platform> Api<P> {
    pub(super) fn request(
        &self,
        call: &Request,
        token: &Credential,
        correlation: &str,
        key: Option<&IntentId>,
    ) -> http::Request {
        let transport = &self.0.transport;
        let mut request = http::Request::new(call.method, transport.url(&call.path));
        request.for_file = matches!(call.operation, Operation::ReadReport | Operation::ReadDocument);
        let accept = if request.for_file { "*/*" } else { "application/json" };
        request.headers = vec![
            ("Accept", accept.into()),
            ("X-Correlation-Id", correlation.into()),
            ("Authorization", token.header()),
        ];
        if let Some(key) = key {
            request.headers.push(("Idempotency-Key", key.as_str().into()));
        }
        if let Some(body) = &call.body {
            request.headers.push(("Content-Type", "application/json".into()));
            request.body = Some(body.clone());
        }
        request.timeout_ms = transport.config().timeout_ms;
        if request.for_file {
            (request.timeout_ms, request.size_cap) = (FILE_MS, FILE_CAP);
        }
        request
    }
}
