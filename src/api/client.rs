//! Sending calls. Repeatable ones are repeated as the core decides; the others go out once.
//!
//! Must never send a call of class `Once` or `Guarded` a second time: [`Api::send_once`] consumes it and has no loop.

use std::cell::{Cell, RefCell};
use std::pin::Pin;

use leptos::prelude::*;
use omnival_core::ids::IntentId;
use omnival_core::message::{self, Message};
use omnival_core::operation::{Call, Method, Operation, Repeatable, Request, SentOnce};
use omnival_core::recovery::attempt::Ticket;
use omnival_core::recovery::outcome::{Answer, Loss, NotSent, Reply};
use omnival_core::recovery::retry::{Budget, DEFAULT_PAUSE_MS, Decision, Pause, Retries, retry_after_ms};
use omnival_core::session::Credential;
use omnival_core::session::refresh::Serial;
use omnival_wire::Unreadable;
use omnival_wire::config::Config;
use omnival_wire::problem;

use super::endpoint;
use crate::platform::http::{self, Credentials};
use crate::platform::{clock, random};
use crate::session::keeper::{Keeper, NoToken};
use crate::tabs::{Tabs, Word};

/// How long the platform has to answer a harmless question.
const PROBE_MS: u32 = 5_000;
/// A file may be large and its way slow.
const FILE_MS: u32 = 180_000;
const FILE_CAP: usize = 64 << 20;
/// Whatever another tab says: no pause is longer.
const LONGEST_PAUSE_MS: u64 = 3_600_000;

/// A repeatable call that did not work, after all that could be repeated.
#[derive(Clone, PartialEq, Debug)]
pub struct Failure {
    pub operation: Operation,
    pub endpoint: String,
    pub reply: Reply,
    pub correlation: Option<String>,
}

impl Failure {
    pub fn message(&self) -> Message {
        message::failure(self.operation, &self.reply)
    }

    pub fn status(&self) -> Option<u16> {
        self.reply.status()
    }

    /// Nobody is signed in: the sign-in dialog says so already.
    pub fn is_signed_out(&self) -> bool {
        matches!(self.reply, Reply::NotSent(NotSent::NoSession)) || self.status() == Some(401)
    }
}

/// The way to the API, shared by every screen.
#[derive(Clone, Copy)]
pub struct Api {
    pub config: StoredValue<Config>,
    pub keeper: Keeper,
    tabs: Tabs,
    /// The pause that a 429 asked for; screens show its countdown.
    pub pause: RwSignal<Pause>,
    inner: StoredValue<Inner, LocalStorage>,
}

#[derive(Default)]
struct Inner {
    budget: RefCell<Budget>,
    chance: Cell<u64>,
}

/// Reads one kind of answer.
pub type Decode<T> = fn(&str) -> Result<T, Unreadable>;

/// What is awaited, with its type forgotten: one size for every call.
pub type Pending<T> = Pin<Box<dyn Future<Output = T>>>;

/// The body of a 2xx answer, and the failure that it is if it cannot be read.
struct Body {
    text: String,
    unreadable: Failure,
}

/// One exchange, with the server's words read out of it.
pub struct Exchange {
    pub reply: Reply,
    /// The body of a 2xx answer, when all of it came.
    pub body: Option<String>,
}

impl Api {
    pub fn new(config: Config, keeper: Keeper, tabs: Tabs) -> Self {
        Self {
            config: StoredValue::new(config),
            keeper,
            tabs,
            pause: RwSignal::new(Pause::default()),
            inner: StoredValue::new_local(Inner {
                budget: RefCell::default(),
                chance: Cell::new(random::seed() | 1),
            }),
        }
    }

    /// Sends a repeatable call until it works or the core gives up, and decodes its answer.
    pub async fn repeat<C: Repeatable, T>(self, call: Call<C>, decode: Decode<T>) -> Result<T, Failure> {
        let retries = Retries::of(&call);
        let answered: Pending<Result<Body, Failure>> = Box::pin(self.repeat_request(call.into_request(), retries));
        let answered = answered.await?;
        decode(&answered.text).map_err(|_| answered.unreadable)
    }

    async fn repeat_request(self, request: Request, mut retries: Retries) -> Result<Body, Failure> {
        let correlation = random::uuid();
        let failed = |reply| Failure {
            operation: request.operation,
            endpoint: request.endpoint(),
            correlation: Some(correlation.clone()),
            reply,
        };
        loop {
            self.wait_out_pause().await;
            let (exchange, serial) = match self.keeper.token(self).await {
                Ok((token, serial)) => {
                    let request = self.request(&request, &token, &correlation, None);
                    (self.exchange(request).await, Some(serial))
                }
                Err(no_token) => (
                    Exchange {
                        reply: no_token.reply(),
                        body: None,
                    },
                    None,
                ),
            };
            let reply = match (exchange.reply, exchange.body) {
                (reply, Some(text)) => {
                    self.with_budget(Budget::refill);
                    return Ok(Body {
                        text,
                        unreadable: failed(reply),
                    });
                }
                // For a call that may be repeated, a success whose body did not come is no success.
                (Reply::Answered(Answer { status: 200..=299, .. }), None) => Reply::Lost(Loss::Network),
                (reply, None) => reply,
            };
            if let Some(serial) = serial
                && reply.status() == Some(401)
                && serial.is_second_hand()
                && retries.after_second_hand()
            {
                self.keeper.rejected(serial);
                continue;
            }
            let chance = self.chance();
            match self.with_budget(|budget| retries.after(&reply, budget, chance)) {
                Decision::Again { after_ms } => clock::sleep(clamp(after_ms)).await,
                Decision::Pause { ms } => self.begin_pause(ms),
                Decision::Refresh => {
                    if let Some(serial) = serial {
                        self.keeper.rejected(serial);
                    }
                }
                Decision::GiveUp => {
                    if reply.status() == Some(401) {
                        self.keeper.lapsed();
                    }
                    return Err(failed(reply));
                }
            }
        }
    }

    /// What a call that is sent once must have before it is even written down, or why it cannot be sent now.
    pub async fn ready_to_send(self) -> Result<(Credential, Serial), Reply> {
        let now = clock::now();
        if self.pause.with_untracked(|pause| pause.left(now)).is_some() {
            return Err(Reply::NotSent(NotSent::Paused));
        }
        self.keeper.token(self).await.map_err(|why| match why {
            NoToken::Later(_) => Reply::NotSent(NotSent::Unrenewed),
            why => why.reply(),
        })
    }

    /// Sends a call once. There is no second time: call and ticket are spent.
    pub async fn send_once<C: SentOnce>(self, call: Call<C>, ticket: Ticket, token: &Credential) -> Exchange {
        let intent = ticket.intent();
        let key = self
            .config
            .with_value(|config| config.idempotency_key)
            .then_some(intent);
        let mut request = self.request(&call.into_request(), token, intent.as_str(), key);
        // Apart from the connections that reads keep warm: browsers themselves repeat a request on a reused
        // connection that closes before the answer.
        request.credentials = Credentials::Omit;
        let exchange = self.exchange(request).await;
        self.heed_pause(&exchange.reply);
        exchange
    }

    pub(super) fn heed_pause(self, reply: &Reply) {
        if let Reply::Answered(Answer {
            status: 429,
            retry_after_ms,
            ..
        }) = reply
        {
            self.begin_pause(retry_after_ms.unwrap_or(DEFAULT_PAUSE_MS));
        }
    }

    /// Session calls: no token, and the cookie goes along.
    pub async fn session_call(self, path: &str, body: String) -> Exchange {
        let mut request = http::Request::new(http::Method::Post, self.url(path));
        request.headers = vec![
            ("Content-Type", "application/json".into()),
            ("Accept", "application/json".into()),
        ];
        request.body = Some(body);
        request.credentials = Credentials::Include;
        request.timeout_ms = self.config.with_value(|config| config.timeout_ms).min(10_000);
        self.exchange(request).await
    }

    fn url(self, path: &str) -> String {
        self.config.with_value(|config| [&config.api_base, path].concat())
    }

    pub(super) fn request(
        self,
        call: &Request,
        token: &Credential,
        correlation: &str,
        key: Option<&IntentId>,
    ) -> http::Request {
        let method = match call.method {
            Method::Get => http::Method::Get,
            Method::Post => http::Method::Post,
            Method::Put => http::Method::Put,
            Method::Patch => http::Method::Patch,
            Method::Delete => http::Method::Delete,
        };
        let mut request = http::Request::new(method, self.url(&call.path));
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
        request.timeout_ms = self.config.with_value(|config| config.timeout_ms);
        if request.for_file {
            (request.timeout_ms, request.size_cap) = (FILE_MS, FILE_CAP);
        }
        request
    }

    async fn exchange(self, request: http::Request) -> Exchange {
        Exchange::read(http::send(request).await)
    }

    /// For all tabs: the platform asked this browser's operator to wait, not this page.
    fn begin_pause(self, ms: u64) {
        self.pause_for(ms);
        self.tabs.tell(&Word::Pause(ms));
    }

    pub fn pause_for(self, ms: u64) {
        let ms = ms.min(LONGEST_PAUSE_MS);
        self.pause.update(|pause| pause.extend(clock::now(), ms));
    }

    /// Asks something harmless, with any token or none: does the platform answer at all?
    pub async fn answers(self, token: Option<Credential>) -> bool {
        let mut request = http::Request::new(http::Method::Get, self.url(endpoint::WHO_AM_I));
        request.headers = vec![("Accept", "application/json".into())];
        request
            .headers
            .extend(token.map(|token| ("Authorization", token.header())));
        request.timeout_ms = PROBE_MS;
        matches!(self.exchange(request).await.reply, Reply::Answered(_))
    }

    /// Ends early when the operator ends the pause.
    async fn wait_out_pause(self) {
        const LOOK_MS: u64 = 250;
        while let Some(Some(left)) = self.pause.try_with_untracked(|pause| pause.left(clock::now())) {
            clock::sleep(clamp(left.min(LOOK_MS))).await;
        }
    }

    fn with_budget<R>(self, touch: impl FnOnce(&mut Budget) -> R) -> R {
        self.inner.with_value(|inner| touch(&mut inner.budget.borrow_mut()))
    }

    /// Uniform enough for jitter (xorshift64), from a seed that differs in every tab.
    fn chance(self) -> u32 {
        self.inner.with_value(|inner| {
            let mut next = inner.chance.get();
            next ^= next << 13;
            next ^= next >> 7;
            next ^= next << 17;
            inner.chance.set(next);
            (next >> 32) as u32
        })
    }
}

impl Exchange {
    pub(super) fn read(reply: http::Reply) -> Self {
        let answer = match reply {
            http::Reply::NotSent(http::NotSent::Offline) => {
                return Exchange {
                    reply: Reply::NotSent(NotSent::Offline),
                    body: None,
                };
            }
            http::Reply::NotSent(_) => {
                return Exchange {
                    reply: Reply::NotSent(NotSent::Unusable),
                    body: None,
                };
            }
            http::Reply::Lost(loss) => {
                return Exchange {
                    reply: Reply::Lost(loss),
                    body: None,
                };
            }
            http::Reply::Answer(answer) => answer,
        };
        let succeeded = (200..300).contains(&answer.status);
        let body = match answer.body {
            http::Body::Complete(text) => Some(text),
            http::Body::Cut | http::Body::TooLarge | http::Body::NotText => None,
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

impl NoToken {
    const fn reply(self) -> Reply {
        match self {
            Self::SignIn => Reply::NotSent(NotSent::NoSession),
            Self::Later(loss) => Reply::Lost(loss),
            Self::Offline => Reply::NotSent(NotSent::Offline),
        }
    }
}

fn clamp(ms: u64) -> u32 {
    u32::try_from(ms).unwrap_or(u32::MAX)
}
