//! Calls that go out once. There is no second time: call and ticket are spent.
//!
//! Neither can be cloned, and nothing here loops:
//!
//! ```
//! # use omnival_headless::{api::{Api, Ready}, platform::Platform};
//! # use omnival_core::{operation::{Call, Guarded}, recovery::attempt::Ticket};
//! async fn sends<P: Platform>(api: Api<P>, call: Call<Guarded>, ticket: Ticket, ready: Ready) {
//!     api.send_once(call, ticket, ready).await;
//! }
//! ```
//!
//! ```compile_fail,E0382
//! # use omnival_headless::{api::{Api, Ready}, platform::Platform};
//! # use omnival_core::{operation::{Call, Guarded}, recovery::attempt::Ticket};
//! async fn sends_twice<P: Platform>(api: Api<P>, call: Call<Guarded>, ticket: Ticket, ready: Ready) {
//!     api.send_once(call, ticket, ready).await;
//!     api.send_once(call, ticket, ready).await;
//! }
//! ```
//!
//! What goes out once is not repeated, and what may be repeated needs no ticket:
//!
//! ```
//! # use omnival_headless::{api::Api, platform::Platform};
//! # use omnival_core::operation::{Call, Idempotent};
//! async fn repeats<P: Platform>(api: Api<P>, call: Call<Idempotent>) {
//!     let _ = api.repeat(call, |_| Ok(())).await;
//! }
//! ```
//!
//! ```compile_fail,E0277
//! # use omnival_headless::{api::Api, platform::Platform};
//! # use omnival_core::operation::{Call, Guarded};
//! async fn repeats<P: Platform>(api: Api<P>, call: Call<Guarded>) {
//!     let _ = api.repeat(call, |_| Ok(())).await;
//! }
//! ```

use omnival_core::ids::IntentId;
use omnival_core::operation::{Call, SentOnce};
use omnival_core::recovery::attempt::Ticket;
use omnival_core::recovery::outcome::{Loss, NotSent, Reply};
use omnival_core::session::Credential;
use omnival_core::session::refresh::Serial;
use omnival_wire::order as decode;

use super::Api;
use crate::http::{Credentials, OnProgress, OnStarted, Upload, UploadBody};
use crate::platform::Platform;
use crate::session::NoToken;
use crate::transport::Exchange;

/// The token that a call is to be sent with. Whoever holds it for the call cannot read it: only sending does.
pub struct Ready {
    token: Credential,
    pub serial: Serial,
}

impl<P: Platform> Api<P> {
    /// What a call that is sent once must have before it is even written down, or why it cannot be sent now.
    pub async fn ready_to_send(&self) -> Result<Ready, NotSent> {
        if self.pause_left().is_some() {
            return Err(NotSent::Paused);
        }
        match self.0.session.token().await {
            Ok((token, serial)) => Ok(Ready { token, serial }),
            Err(NoToken::SignIn) => Err(NotSent::NoSession),
            // Nothing of this write was sent, whatever became of the refresh before it.
            Err(NoToken::Later(_)) => Err(NotSent::Unrenewed),
            Err(NoToken::Offline) => Err(NotSent::Offline),
        }
    }

    /// Sends a call once.
    pub async fn send_once<C: SentOnce>(&self, call: Call<C>, ticket: Ticket, ready: Ready) -> Exchange {
        let intent = ticket.intent();
        let mut request = self.request(&call.into_request(), &ready.token, intent.as_str(), self.key(intent));
        // Apart from the connections that reads keep warm: browsers themselves repeat a request on a reused
        // connection that closes before the answer.
        request.credentials = Credentials::Omit;
        let exchange = self.0.transport.exchange(request).await;
        self.heed_pause(&exchange.reply);
        exchange
    }

    /// The same with a file. `on_started` gets the way to call it back before the first byte leaves.
    pub async fn upload_once<C: SentOnce>(
        &self,
        call: Call<C>,
        body: UploadBody<P::File>,
        ticket: Ticket,
        ready: Ready,
        on_progress: OnProgress,
        on_started: OnStarted,
    ) -> Exchange {
        let intent = ticket.intent();
        let request = self.request(&call.into_request(), &ready.token, intent.as_str(), self.key(intent));
        let upload = Upload {
            url: request.url,
            headers: request.headers,
            body,
            timeout_ms: request.timeout_ms,
            size_cap: request.size_cap,
        };
        let mut exchange = self.0.transport.upload(upload, on_progress, on_started).await;
        // A redirect is followed unseen, and may end at the same address with another answer than the upload's: what is no
        // order is no answer to it.
        let is_order = exchange.body.as_deref().is_some_and(|body| decode::order(body).is_ok());
        if exchange.reply.status().is_some_and(|status| status < 300) && !is_order {
            exchange = Exchange::without_body(Reply::Lost(Loss::Network));
        }
        self.heed_pause(&exchange.reply);
        exchange
    }

    /// Where the platform knows such a key, it carries out one intent once.
    fn key<'a>(&self, intent: &'a IntentId) -> Option<&'a IntentId> {
        self.config().idempotency_key.then_some(intent)
    }
}
