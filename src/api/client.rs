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
use omnival_core::recovery::retry::{Budget, Decision, Retries};
use omnival_core::session::Credential;
use omnival_core::session::refresh::Serial;
use omnival_wire::Unreadable;

use crate::http::{Exchange, Http, clamp};
use crate::platform::http::{self as browser, Credentials};
use crate::platform::{clock, random};
use crate::session::{NoToken, Session};

/// A file may be large and its way slow.
const FILE_MS: u32 = 180_000;
const FILE_CAP: usize = 64 << 20;
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
    pub http: Http,
    pub session: Session,
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

impl Api {
    pub fn new(http: Http, session: Session) -> Self {
        Self {
            http,
            session,
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
            self.http.wait_out_pause().await;
            let (exchange, serial) = self.send(&request, &correlation).await;
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
                self.session.rejected(serial);
                continue;
            }
            let chance = self.chance();
            match self.with_budget(|budget| retries.after(&reply, budget, chance)) {
                Decision::Again { after_ms } => clock::sleep(clamp(after_ms)).await,
                Decision::Pause { ms } => self.http.begin_pause(ms),
                Decision::Refresh => {
                    if let Some(serial) = serial {
                        self.session.rejected(serial);
                    }
                }
                Decision::GiveUp => {
                    if reply.status() == Some(401) {
                        self.session.lapsed();
                    }
                    return Err(failed(reply));
                }
            }
        }
    }

    async fn send(self, request: &Request, correlation: &str) -> (Exchange, Option<Serial>) {
        match self.session.token().await {
            Ok((token, serial)) => {
                let request = self.request(request, &token, correlation, None);
                (self.http.exchange(request).await, Some(serial))
            }
            Err(no_token) => {
                let reply = no_token.reply();
                (Exchange { reply, body: None }, None)
            }
        }
    }

    /// What a call that is sent once must have before it is even written down, or why it cannot be sent now.
    pub async fn ready_to_send(self) -> Result<(Credential, Serial), Reply> {
        let now = clock::now();
        if self.http.pause.with_untracked(|pause| pause.left(now)).is_some() {
            return Err(Reply::NotSent(NotSent::Paused));
        }
        self.session.token().await.map_err(|why| match why {
            NoToken::Later(_) => Reply::NotSent(NotSent::Unrenewed),
            why => why.reply(),
        })
    }

    /// Sends a call once. There is no second time: call and ticket are spent.
    pub async fn send_once<C: SentOnce>(self, call: Call<C>, ticket: Ticket, token: &Credential) -> Exchange {
        let intent = ticket.intent();
        let key = self
            .http
            .config
            .with_value(|config| config.idempotency_key)
            .then_some(intent);
        let mut request = self.request(&call.into_request(), token, intent.as_str(), key);
        // Apart from the connections that reads keep warm: browsers themselves repeat a request on a reused
        // connection that closes before the answer.
        request.credentials = Credentials::Omit;
        let exchange = self.http.exchange(request).await;
        self.http.heed_pause(&exchange.reply);
        exchange
    }

    pub(super) fn request(
        self,
        call: &Request,
        token: &Credential,
        correlation: &str,
        key: Option<&IntentId>,
    ) -> browser::Request {
        let method = match call.method {
            Method::Get => browser::Method::Get,
            Method::Post => browser::Method::Post,
            Method::Put => browser::Method::Put,
            Method::Patch => browser::Method::Patch,
            Method::Delete => browser::Method::Delete,
        };
        let mut request = browser::Request::new(method, self.http.url(&call.path));
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
        request.timeout_ms = self.http.config.with_value(|config| config.timeout_ms);
        if request.for_file {
            (request.timeout_ms, request.size_cap) = (FILE_MS, FILE_CAP);
        }
        request
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
