//! One HTTP exchange: [`send`] takes a [`Request`] and says what became of it.
//!
//! The reply keeps apart what a write that may not happen twice hangs on: whether the request left this browser at all,
//! whether an answer's status was seen, and whether its body came whole. It judges none of it. Must never send again,
//! follow the redirect of a write (a sign-in page at the end of one would pass for a success) or take an answer from the
//! browser's cache (a verifying read has to start after the doubt).
//!
//! `gloo-net` builds the request and reads status and headers. Three of its calls are left out, because each ends the
//! program on something that a page does not control: `Request::send` and `Response::text` reach `unreachable!` when a
//! promise is rejected with something that is no `Error` (an extension or a monitoring script that wraps `fetch`), and
//! `send` panics on an answer that is no `Response`; `RequestBuilder::header` throws on a value that no header can carry.
//! Deadlines abort with the browser's own reason, never with one of ours.
//!
//! Beyond anyone's reach: a browser may itself repeat a request, a POST too, when a connection that it had used before
//! closes without a byte of an answer. [`Credentials::Omit`] makes that rarer: it takes the request off the connections
//! that the reads keep warm.

mod body;

use gloo_net::http as gloo;
use js_sys::Promise;
use omnival_core::operation::Method;
use omnival_core::recovery::Loss;
use omnival_headless::http::{Answer, Body, Credentials, NotSent, Reply, Request};
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, RequestCache, RequestCredentials, RequestRedirect, ResponseType};

use super::page;

pub use body::HeldFile;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn fetch(request: &web_sys::Request) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = AbortSignal)]
    fn timeout(ms: u32) -> Result<AbortSignal, JsValue>;
}

/// Sends the request once. Dropping the future does not call it back.
pub async fn send(request: Request) -> Reply {
    if !page::online() {
        return Reply::NotSent(NotSent::Offline);
    }
    let (size_cap, for_file) = (request.size_cap, request.for_file);
    let Some((built, deadline)) = build(request) else {
        return Reply::NotSent(NotSent::Unusable);
    };
    let settled = match fetch(&built) {
        Ok(promise) => Promise::resolve(&promise).await,
        Err(thrown) => Err(thrown),
    };
    let Some(response) = settled
        .ok()
        .and_then(|value| value.dyn_into::<web_sys::Response>().ok())
    else {
        return Reply::Lost(if deadline.aborted() {
            Loss::Timeout
        } else {
            Loss::Network
        });
    };
    let body = if for_file && response.ok() {
        body::read_file(&response, size_cap).await
    } else {
        body::read(&response, size_cap).await
    };
    if is_made_up(&response, &body) {
        return Reply::Lost(Loss::Network);
    }
    let response = gloo::Response::from(response);
    let headers = response.headers();
    Reply::Answer(Answer {
        status: response.status(),
        correlation_id: headers.get("x-correlation-id"),
        retry_after: headers.get("retry-after"),
        date: headers.get("date"),
        body,
    })
}

/// The request and its deadline, which begins here.
fn build(request: Request) -> Option<(web_sys::Request, AbortSignal)> {
    let deadline = timeout(request.timeout_ms).ok()?;
    let headers = web_sys::Headers::new().ok()?;
    for (name, value) in &request.headers {
        headers.set(name, value).ok()?;
    }
    let start = match request.method {
        Method::Get => gloo::Request::get,
        Method::Post => gloo::Request::post,
        Method::Put => gloo::Request::put,
        Method::Patch => gloo::Request::patch,
        Method::Delete => gloo::Request::delete,
    };
    let builder = start(&request.url)
        .headers(gloo::Headers::from_raw(headers))
        .cache(RequestCache::NoStore)
        .credentials(match request.credentials {
            Credentials::Omit => RequestCredentials::Omit,
            Credentials::SameOrigin => RequestCredentials::SameOrigin,
            Credentials::Include => RequestCredentials::Include,
        })
        .redirect(match request.method {
            Method::Get => RequestRedirect::Follow,
            Method::Post | Method::Put | Method::Patch | Method::Delete => RequestRedirect::Error,
        })
        .abort_signal(Some(&deadline));
    let built = match request.body {
        Some(text) => builder.body(text),
        None => builder.build(),
    };
    Some((built.ok()?.into(), deadline))
}

/// Chromium reports a connection that broke after an interim answer (100, 103) as "200 OK" without a header or a byte.
/// No server answers like that, and taking it for one would turn a lost write into a done one.
fn is_made_up(response: &web_sys::Response, body: &Body) -> bool {
    response.status() == 200
        && matches!(body, Body::Complete(text) if text.is_empty())
        && response.type_() == ResponseType::Basic
        && gloo::Headers::from_raw(response.headers()).entries().next().is_none()
}
