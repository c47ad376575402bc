//! One exchange with the platform: sent once, its answer read, and the pause that the platform may ask for.
//!
//! It lies below the session and the API client, which both send by it. Must never send anything a second time, and keeps
//! no token.

use leptos::prelude::*;
use omnival_core::recovery::outcome::{Answer, NotSent, Reply};
use omnival_core::recovery::retry::{DEFAULT_PAUSE_MS, Pause, retry_after_ms};
use omnival_core::session::Credential;
use omnival_headless::endpoint;
use omnival_wire::config::Config;
use omnival_wire::problem;

use crate::platform::clock;
use crate::platform::http::{self as browser, Credentials};
use crate::tabs::{TabMessage, Tabs};

/// How long the platform has to answer a harmless question.
const PROBE_MS: u32 = 5_000;
/// Whatever another tab says: no pause is longer.
const LONGEST_PAUSE_MS: u64 = 3_600_000;

/// A handle; every copy sends by the same configuration and respects the same pause.
#[derive(Clone, Copy)]
pub struct Http {
    pub config: StoredValue<Config>,
    /// The pause that a 429 asked for; screens show its countdown.
    pub pause: RwSignal<Pause>,
    tabs: Tabs,
}

/// One exchange, with the server's words read out of it.
pub struct Exchange {
    pub reply: Reply,
    /// The body of a 2xx answer, when all of it came.
    pub body: Option<String>,
}

impl Http {
    pub fn new(config: Config, tabs: Tabs) -> Self {
        Self {
            config: StoredValue::new(config),
            pause: RwSignal::new(Pause::default()),
            tabs,
        }
    }

    /// Session calls: no token, and the cookie goes along.
    pub async fn session_call(self, path: &str, body: String) -> Exchange {
        let mut request = browser::Request::new(browser::Method::Post, self.url(path));
        request.headers = vec![
            ("Content-Type", "application/json".into()),
            ("Accept", "application/json".into()),
        ];
        request.body = Some(body);
        request.credentials = Credentials::Include;
        request.timeout_ms = self.config.with_value(|config| config.timeout_ms).min(10_000);
        self.exchange(request).await
    }

    pub fn heed_pause(self, reply: &Reply) {
        if let Reply::Answered(Answer {
            status: 429,
            retry_after_ms,
            ..
        }) = reply
        {
            self.begin_pause(retry_after_ms.unwrap_or(DEFAULT_PAUSE_MS));
        }
    }

    pub fn url(self, path: &str) -> String {
        self.config.with_value(|config| [&config.api_base, path].concat())
    }

    pub async fn exchange(self, request: browser::Request) -> Exchange {
        Exchange::read(browser::send(request).await)
    }

    /// For all tabs: the platform asked this browser's operator to wait, not this page.
    pub fn begin_pause(self, ms: u64) {
        self.pause_for(ms);
        self.tabs.tell(&TabMessage::Pause(ms));
    }

    pub fn pause_for(self, ms: u64) {
        let ms = ms.min(LONGEST_PAUSE_MS);
        self.pause.update(|pause| pause.extend(clock::now(), ms));
    }

    /// Asks something harmless, with any token or none: does the platform answer at all?
    pub async fn answers(self, token: Option<Credential>) -> bool {
        let mut request = browser::Request::new(browser::Method::Get, self.url(endpoint::WHO_AM_I));
        request.headers = vec![("Accept", "application/json".into())];
        request
            .headers
            .extend(token.map(|token| ("Authorization", token.header())));
        request.timeout_ms = PROBE_MS;
        matches!(self.exchange(request).await.reply, Reply::Answered(_))
    }

    /// Ends early when the operator ends the pause.
    pub async fn wait_out_pause(self) {
        const LOOK_MS: u64 = 250;
        while let Some(Some(left)) = self.pause.try_with_untracked(|pause| pause.left(clock::now())) {
            clock::sleep(clamp(left.min(LOOK_MS))).await;
        }
    }
}

impl Exchange {
    pub fn read(reply: browser::Reply) -> Self {
        let answer = match reply {
            browser::Reply::NotSent(browser::NotSent::Offline) => {
                return Exchange {
                    reply: Reply::NotSent(NotSent::Offline),
                    body: None,
                };
            }
            browser::Reply::NotSent(_) => {
                return Exchange {
                    reply: Reply::NotSent(NotSent::Unusable),
                    body: None,
                };
            }
            browser::Reply::Lost(loss) => {
                return Exchange {
                    reply: Reply::Lost(loss),
                    body: None,
                };
            }
            browser::Reply::Answer(answer) => answer,
        };
        let succeeded = (200..300).contains(&answer.status);
        let body = match answer.body {
            browser::Body::Complete(text) => Some(text),
            browser::Body::Cut | browser::Body::TooLarge | browser::Body::NotText => None,
        };
        let said = body.as_deref().filter(|_| !succeeded).map(problem::read);
        let correlation = answer.correlation_id.filter(|id| problem::is_plain(id));
        let (problem, in_body) = said.map(|read| (read.problem, read.correlation)).unwrap_or_default();
        let date = answer.date;
        let retry_after_ms = answer
            .retry_after
            .and_then(|value| retry_after_ms(&value, |when| clock::seconds_between(date.as_deref(), when)));
        let reply = Reply::Answered(Answer {
            status: answer.status,
            problem,
            correlation: correlation.or(in_body),
            retry_after_ms,
        });
        Exchange {
            reply,
            body: body.filter(|_| succeeded),
        }
    }
}

pub fn clamp(ms: u64) -> u32 {
    u32::try_from(ms).unwrap_or(u32::MAX)
}
