//! One HTTP exchange: [`send`] takes a [`Request`] and says what became of it.
//!
//! The reply keeps apart what a write that may not happen twice hangs on: whether the request left this browser at all,
//! whether an answer's status was seen, and whether its body came whole. It judges none of it. Must never send again,
//! follow the redirect of a write (a sign-in page at the end of one would pass for a success) or take an answer from the
//! browser's cache (a verifying read has to start after the doubt).
//!
//! Deadlines abort with the browser's own reason, never with one of ours: a promise may be rejected with anything (an
//! extension or a monitoring script that wraps `fetch`), so no rejection is looked into.
//!
//! Beyond anyone's reach: a browser may itself repeat a request, a POST too, when a connection that it had used before
//! closes without a byte of an answer. [`Credentials::Omit`] makes that rarer: it takes the request off the connections
//! that the reads keep warm.

mod body;

use js_sys::Promise;
use omnival_core::recovery::Loss;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Headers, RequestCache, RequestCredentials, RequestInit, RequestRedirect, ResponseType};

use super::page;

pub use body::Body;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn fetch(request: &web_sys::Request) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = AbortSignal)]
    fn timeout(ms: u32) -> Result<AbortSignal, JsValue>;
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

/// Which cookies go along.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Credentials {
    /// None, and a connection apart from those of requests with cookies: for writes that are sent once.
    Omit,
    /// Those of the page's own origin.
    SameOrigin,
    /// Those of the target, whatever its origin: for the session.
    Include,
}

/// What is sent, and how long and how much of an answer is waited for.
pub struct Request {
    pub method: Method,
    /// Absolute, or relative to the page.
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<String>,
    pub credentials: Credentials,
    /// For the headers and the body together.
    pub timeout_ms: u32,
    /// Bytes, after decompression.
    pub size_cap: usize,
}

impl Request {
    /// Nothing but method and URL; cookies of the same origin, half a minute, 4 MiB.
    pub const fn new(method: Method, url: String) -> Self {
        Self {
            method,
            url,
            headers: Vec::new(),
            body: None,
            credentials: Credentials::SameOrigin,
            timeout_ms: 30_000,
            size_cap: 4 << 20,
        }
    }
}

/// What became of a request.
#[derive(Debug)]
pub enum Reply {
    /// Proof: it never left this browser.
    NotSent(NotSent),
    /// Status and headers were seen.
    Answer(Answer),
    /// It may have left, and no answer was seen. Proof of nothing.
    Lost(Loss),
}

/// Why a request never left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotSent {
    Offline,
    /// No request can be made of this URL, these headers or this body.
    Unusable,
}

/// An answer. Headers that another origin does not expose are absent.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub correlation_id: Option<String>,
    pub retry_after: Option<String>,
    pub date: Option<String>,
    pub body: Body,
}

/// Sends the request once. Dropping the future does not call it back.
pub async fn send(request: Request) -> Reply {
    if !page::online() {
        return Reply::NotSent(NotSent::Offline);
    }
    let size_cap = request.size_cap;
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
    let body = body::read(&response, size_cap).await;
    if is_made_up(&response, &body) {
        return Reply::Lost(Loss::Network);
    }
    let headers = response.headers();
    let header = |name: &str| headers.get(name).ok().flatten();
    Reply::Answer(Answer {
        status: response.status(),
        correlation_id: header("x-correlation-id"),
        retry_after: header("retry-after"),
        date: header("date"),
        body,
    })
}

/// The request and its deadline, which begins here.
fn build(request: Request) -> Option<(web_sys::Request, AbortSignal)> {
    let deadline = timeout(request.timeout_ms).ok()?;
    let headers = Headers::new().ok()?;
    for (name, value) in &request.headers {
        headers.set(name, value).ok()?;
    }
    let init = RequestInit::new();
    init.set_method(match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    });
    init.set_headers(&headers);
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(match request.credentials {
        Credentials::Omit => RequestCredentials::Omit,
        Credentials::SameOrigin => RequestCredentials::SameOrigin,
        Credentials::Include => RequestCredentials::Include,
    });
    init.set_redirect(match request.method {
        Method::Get => RequestRedirect::Follow,
        _ => RequestRedirect::Error,
    });
    init.set_signal(Some(&deadline));
    if let Some(text) = &request.body {
        init.set_body(&JsValue::from_str(text));
    }
    let built = web_sys::Request::new_with_str_and_init(&request.url, &init).ok()?;
    Some((built, deadline))
}

/// Chromium reports a connection that broke after an interim answer (100, 103) as "200 OK" without a header or a byte.
/// No server answers like that, and taking it for one would turn a lost write into a done one.
fn is_made_up(response: &web_sys::Response, body: &Body) -> bool {
    response.status() == 200
        && matches!(body, Body::Complete(text) if text.is_empty())
        && response.type_() == ResponseType::Basic
        && response.headers().entries().next().is_ok_and(|first| first.done())
}
