//! The answers that faults put in the place of the server's own.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use hyper::body::Frame;
use serde_json::json;

use super::hostile;
use crate::api::serve::CloseConnection;
use crate::problem::CorrelationId;
use crate::state::faults::Fault;

/// No answer at all.
pub fn closed() -> Response {
    let mut response = Response::new(Body::empty());
    // Seen only where the accept loop is not ours: there, at least nobody takes it for success.
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    response.extensions_mut().insert(CloseConnection);
    response
}

/// The answer that [`Fault::Answer`] asks for.
pub fn given(fault: &Fault, correlation: &CorrelationId) -> Response {
    let Fault::Answer {
        status,
        body,
        content_type,
        headers,
        ..
    } = fault
    else {
        return closed();
    };
    // The range was checked when the fault was armed.
    let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let usual_type = if status.is_success() {
        "application/json"
    } else {
        "application/problem+json"
    };
    let content_type = content_type.as_deref().unwrap_or(usual_type);
    // Only to what is made up here: a body of the caller's own is sent with the caller's headers.
    let tells_when =
        body.is_none() && matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    let body = body.clone().unwrap_or_else(|| usual_body(status, correlation));
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let response_headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(content_type) {
        response_headers.insert(header::CONTENT_TYPE, value);
    }
    if status == StatusCode::UNAUTHORIZED {
        response_headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if tells_when {
        response_headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            response_headers.insert(name, value);
        }
    }
    response
}

fn usual_body(status: StatusCode, correlation: &CorrelationId) -> String {
    if matches!(status.as_u16(), 204 | 205 | 304) {
        return String::new();
    }
    if status.is_success() {
        return "{}".to_owned();
    }
    let (code, detail) = match status.as_u16() {
        400 => (
            "validation_failed",
            "The request was refused. Correct it and try again.",
        ),
        401 => (
            "token_expired",
            "The access token has expired. Refresh it or sign in again.",
        ),
        403 => (
            "forbidden",
            "Your role does not allow this. Ask somebody whose role does.",
        ),
        404 => ("not_found", "There is no such thing, or it is not visible to you."),
        409 => (
            "state_conflict",
            "The order has moved since you loaded it. Load it again.",
        ),
        413 => ("payload_too_large", "The request is larger than the server accepts."),
        415 => (
            "unsupported_media_type",
            "The server does not accept this type of content.",
        ),
        422 => (
            "not_processable",
            "The order cannot be processed as it is. Correct it first.",
        ),
        429 => ("too_many_requests", "Too many requests. Wait before you try again."),
        503 => ("unavailable", "The service is not available. Try again later."),
        _ => (
            "internal",
            "The server could not finish this request. Check what took effect.",
        ),
    };
    json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "detail": detail,
        "code": code,
        "correlationId": correlation.as_str(),
    })
    .to_string()
}

/// A portal's page where JSON was promised.
pub fn html() -> Response {
    const PORTAL: &str = "<!doctype html><html><head><title>Network sign-in</title></head>\
        <body><h1>Welcome to the guest network</h1><p>Accept the terms to continue.</p>\
        <script>document.title = 'this script must never run'</script></body></html>";
    let mut response = Response::new(Body::from(PORTAL));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    response
}

/// The server's status and headers over bytes that attack whoever reads them.
pub fn hostile(response: Response, earlier: u32) -> Response {
    let (mut head, _) = response.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, Body::from(hostile::body(earlier)))
}

/// The server's answer, cut in the middle of its body.
pub async fn truncated(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    // The bodies are the sandbox's own and in memory already.
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    if whole.is_empty() {
        // Nothing to cut: all that can be taken away is the connection.
        let closing = HeaderValue::from_static("close");
        head.headers.insert(header::CONNECTION, closing);
        return Response::from_parts(head, Body::empty());
    }
    head.headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let half = whole.slice(..whole.len() / 2);
    Response::from_parts(head, Body::new(Half { next: Next::Data(half) }))
}

/// Half a body, then an error. `Content-Length` promises the whole.
struct Half {
    next: Next,
}

enum Next {
    Data(Bytes),
    /// Lets the server flush what it has before the connection breaks.
    Flush,
    Break,
}

impl hyper::body::Body for Half {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match std::mem::replace(&mut self.next, Next::Break) {
            Next::Data(half) => {
                self.next = Next::Flush;
                Poll::Ready(Some(Ok(Frame::data(half))))
            }
            Next::Flush => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Next::Break => {
                let broken = std::io::Error::from(std::io::ErrorKind::ConnectionAborted);
                Poll::Ready(Some(Err(broken)))
            }
        }
    }
}
