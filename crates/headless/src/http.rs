//! One HTTP exchange as plain data: what is sent, and what became of it.
//!
//! The reply keeps apart what a write that may not happen twice hangs on: whether the request left at all, whether an
//! answer's status was seen, and whether its body came whole. It judges none of it.

use omnival_core::operation::Method;
use omnival_core::recovery::outcome::Loss;

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
    /// A success's body is a file: [`Body::Complete`] then holds an object URL, a space, and the media type.
    pub for_file: bool,
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
            for_file: false,
        }
    }
}

/// A form with one file, sent with progress.
pub struct Upload<F> {
    /// Absolute, or relative to the page.
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: UploadBody<F>,
    /// Beside the time that the file's size is given.
    pub timeout_ms: u32,
    /// Bytes of an answer.
    pub size_cap: usize,
}

pub struct UploadBody<F> {
    /// Parts of text, in their order, before the file.
    pub parts: Vec<(&'static str, String)>,
    pub file: F,
    /// The media type that the server is told.
    pub media_type: &'static str,
}

/// Told of an upload's bytes: those that left so far, and all.
pub type OnProgress = Box<dyn Fn(f64, f64)>;
/// Calls an upload back. Whether the server had all of it already is not known: it ends as lost.
pub type Cancel = Box<dyn Fn()>;
/// Gets the way to call the upload back, before the first byte leaves.
pub type OnStarted = Box<dyn FnOnce(Cancel)>;

/// What became of a request.
#[derive(Debug)]
pub enum Reply {
    /// Proof: it never left this page.
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

/// What came after the headers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Body {
    /// All of it; empty where an answer has none.
    Complete(String),
    /// It stalled, broke off, or the caller gave up.
    Cut,
    /// More than the caller was ready to take. The rest was not read.
    TooLarge,
    /// Not UTF-8.
    NotText,
}
