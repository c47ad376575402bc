//! One exchange with the platform, below session and API: sent once, and read as the core's [`Reply`].
//!
//! It adds no token by itself, and never sends again.

use std::rc::Rc;

use omnival_core::operation::Method;
use omnival_core::recovery::outcome::{Answer, NotSent, Reply};
use omnival_core::recovery::retry::retry_after_ms;
use omnival_core::session::Credential;
use omnival_wire::Unreadable;
use omnival_wire::config::Config;
use omnival_wire::problem;

use crate::endpoint;
use crate::http::{self, Credentials};
use crate::platform::Platform;

/// How long the platform has to answer a harmless question.
const PROBE_MS: u32 = 5_000;
/// No session call takes longer: the others wait for the lock meanwhile.
const SESSION_MS: u32 = 10_000;

/// Reads one kind of answer.
pub type Decode<T> = fn(&str) -> Result<T, Unreadable>;

/// One exchange, with the platform's words read out of it.
pub struct Exchange {
    pub reply: Reply,
    /// The body of a 2xx answer, when all of it came.
    pub body: Option<String>,
}

impl Exchange {
    pub const fn without_body(reply: Reply) -> Self {
        Self { reply, body: None }
    }
}

/// A handle; clones lead to the same platform.
#[derive(Clone)]
pub struct Transport<P>(Rc<Inner<P>>);

struct Inner<P> {
    platform: P,
    config: Config,
}

impl<P: Platform> Transport<P> {
    pub fn new(platform: P, config: Config) -> Self {
        Self(Rc::new(Inner { platform, config }))
    }

    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub fn url(&self, path: &str) -> String {
        [&self.0.config.api_base, path].concat()
    }

    pub async fn exchange(&self, request: http::Request) -> Exchange {
        let reply = self.0.platform.send(request).await;
        self.read(reply)
    }

    pub async fn upload(
        &self,
        upload: http::Upload<P::File>,
        on_progress: http::OnProgress,
        on_started: http::OnStarted,
    ) -> Exchange {
        let reply = self.0.platform.upload(upload, on_progress, on_started).await;
        self.read(reply)
    }

    /// Session calls: no token, and the cookie goes along.
    pub async fn session_call(&self, path: &str, body: String) -> Exchange {
        let mut request = http::Request::new(Method::Post, self.url(path));
        request.headers = vec![
            ("Content-Type", "application/json".into()),
            ("Accept", "application/json".into()),
        ];
        request.body = Some(body);
        request.credentials = Credentials::Include;
        request.timeout_ms = self.0.config.timeout_ms.min(SESSION_MS);
        self.exchange(request).await
    }

    /// Asks something harmless, with any token or none: does the platform answer at all?
    pub async fn answers(&self, token: Option<Credential>) -> bool {
        let mut request = http::Request::new(Method::Get, self.url(endpoint::WHO_AM_I));
        request.headers = vec![("Accept", "application/json".into())];
        request
            .headers
            .extend(token.map(|token| ("Authorization", token.header())));
        request.timeout_ms = PROBE_MS;
        matches!(self.exchange(request).await.reply, Reply::Answered(_))
    }

    fn read(&self, reply: http::Reply) -> Exchange {
        let answer = match reply {
            http::Reply::NotSent(http::NotSent::Offline) => {
                return Exchange::without_body(Reply::NotSent(NotSent::Offline));
            }
            http::Reply::NotSent(http::NotSent::Unusable) => {
                return Exchange::without_body(Reply::NotSent(NotSent::Unusable));
            }
            http::Reply::Lost(loss) => return Exchange::without_body(Reply::Lost(loss)),
            http::Reply::Answer(answer) => answer,
        };
        let has_succeeded = (200..300).contains(&answer.status);
        let body = match answer.body {
            http::Body::Complete(text) => Some(text),
            http::Body::Cut | http::Body::TooLarge | http::Body::NotText => None,
        };
        let said = body.as_deref().filter(|_| !has_succeeded).map(problem::read);
        let correlation = answer.correlation_id.filter(|id| problem::is_plain(id));
        let (problem, in_body) = said.map(|read| (read.problem, read.correlation)).unwrap_or_default();
        let date = answer.date;
        let seconds_until = |when: &str| self.0.platform.seconds_between(date.as_deref(), when);
        let retry_after_ms = answer
            .retry_after
            .and_then(|value| retry_after_ms(&value, seconds_until));
        let reply = Reply::Answered(Answer {
            status: answer.status,
            problem,
            correlation: correlation.or(in_body),
            retry_after_ms,
        });
        Exchange {
            reply,
            body: body.filter(|_| has_succeeded),
        }
    }
}
