//! Sending a file, once. Must never send a second time, like [`Api::send_once`]: call and ticket are spent.

use leptos::prelude::*;
use omnival_core::operation::{Call, SentOnce};
use omnival_core::recovery::attempt::Ticket;
use omnival_core::recovery::outcome::{Loss, Reply};
use omnival_core::session::Credential;
use omnival_wire::order as decode;

use super::client::Api;
use crate::http::Exchange;
use crate::platform::upload::{self, Cancel, Chosen, OnProgress, Upload};

/// What goes along with the call.
pub struct UploadBody {
    pub parts: Vec<(&'static str, String)>,
    pub file: Chosen,
    pub media_type: &'static str,
}

impl Api {
    pub async fn upload_once<C: SentOnce>(
        self,
        call: Call<C>,
        upload_body: UploadBody,
        ticket: Ticket,
        token: &Credential,
        on_progress: OnProgress,
        handle: impl FnOnce(Cancel),
    ) -> Exchange {
        let intent = ticket.intent();
        let key = self
            .http
            .config
            .with_value(|config| config.idempotency_key)
            .then_some(intent);
        let request = self.request(&call.into_request(), token, intent.as_str(), key);
        let upload = Upload {
            url: request.url,
            headers: request.headers,
            parts: upload_body.parts,
            file: upload_body.file,
            media_type: upload_body.media_type,
            timeout_ms: request.timeout_ms,
            size_cap: request.size_cap,
        };
        let mut exchange = Exchange::read(upload::send(upload, on_progress, handle).await);
        // A redirect is followed unseen, and may end at the same address with another answer than the upload's: what is no
        // order is no answer to it.
        let is_order = exchange.body.as_deref().is_some_and(|body| decode::order(body).is_ok());
        if exchange.reply.status().is_some_and(|status| status < 300) && !is_order {
            exchange = Exchange {
                reply: Reply::Lost(Loss::Network),
                body: None,
            };
        }
        self.http.heed_pause(&exchange.reply);
        exchange
    }
}
