//! Calls that may be repeated: sent until they work, or the core gives up.
//!
//! Takes calls of a [`Repeatable`] class only; the compiler holds that.

use omnival_core::operation::{Call, Repeatable, Request};
use omnival_core::recovery::outcome::{Answer, Loss, Reply};
use omnival_core::recovery::retry::{Decision, Retries};
use omnival_core::session::refresh::Serial;

use super::failure::Failure;
use super::{Api, clamp};
use crate::platform::{Pending, Platform};
use crate::transport::{Decode, Exchange};

/// The body of a 2xx answer, and the failure that it is if it cannot be read.
struct Body {
    text: String,
    unreadable: Failure,
}

impl<P: Platform> Api<P> {
    /// Sends a repeatable call until it works or the core gives up, and decodes its answer.
    pub async fn repeat<C: Repeatable, T>(&self, call: Call<C>, decode: Decode<T>) -> Result<T, Failure> {
        let retries = Retries::of(&call);
        let answered: Pending<Result<Body, Failure>> =
            Box::pin(self.clone().repeat_request(call.into_request(), retries));
        let answered = answered.await?;
        decode(&answered.text).map_err(|_| answered.unreadable)
    }

    async fn repeat_request(self, request: Request, mut retries: Retries) -> Result<Body, Failure> {
        let correlation = self.0.platform.uuid();
        let failed = |reply| Failure {
            operation: request.operation,
            endpoint: request.endpoint(),
            correlation: Some(correlation.clone()),
            reply,
        };
        loop {
            self.wait_out_pause().await;
            let (exchange, serial) = self.try_once(&request, &correlation).await;
            let reply = match (exchange.reply, exchange.body) {
                (reply, Some(text)) => {
                    self.0.budget.borrow_mut().refill();
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
                self.0.session.rejected(serial);
                continue;
            }
            let chance = self.chance();
            let decision = retries.after(&reply, &mut self.0.budget.borrow_mut(), chance);
            match decision {
                Decision::Again { after_ms } => self.0.platform.sleep(clamp(after_ms)).await,
                Decision::Pause { ms } => self.begin_pause(ms),
                Decision::Refresh => {
                    if let Some(serial) = serial {
                        self.0.session.rejected(serial);
                    }
                }
                Decision::GiveUp => {
                    if reply.status() == Some(401) {
                        self.0.session.lapsed();
                    }
                    return Err(failed(reply));
                }
            }
        }
    }

    async fn try_once(&self, request: &Request, correlation: &str) -> (Exchange, Option<Serial>) {
        match self.0.session.token().await {
            Ok((token, serial)) => {
                let request = self.request(request, &token, correlation, None);
                (self.0.transport.exchange(request).await, Some(serial))
            }
            Err(no_token) => (Exchange::without_body(no_token.reply()), None),
        }
    }

    /// Uniform enough for jitter (xorshift64), from a seed that differs in every tab.
    fn chance(&self) -> u32 {
        let mut next = self.0.chance.get();
        next ^= next << 13;
        next ^= next >> 7;
        next ^= next << 17;
        self.0.chance.set(next);
        (next >> 32) as u32
    }
}
