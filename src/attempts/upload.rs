//! Attempts with a file: how far each is, and calling it back.

use leptos::prelude::*;
use omnival_core::ids::IntentId;
use omnival_core::operation::{Call, SentOnce};
use omnival_core::recovery::attempt::Intent;

use super::{Attempts, Send};
use crate::api::upload::UploadBody;
use crate::platform::upload::OnProgress;

/// A file on its way out.
#[derive(Clone, PartialEq)]
pub struct Uploading {
    pub intent: IntentId,
    pub name: String,
    /// Bytes that left, and bytes in all; none before the first left.
    pub sent: Option<(f64, f64)>,
}

impl Attempts {
    /// The same with a file, which may be called back on its way.
    pub fn begin_upload<C: SentOnce + 'static>(
        self,
        intent: Intent,
        call: Call<C>,
        upload_body: UploadBody,
    ) -> IntentId {
        let (id, name) = (intent.id.clone(), upload_body.file.name());
        let send: Send = Box::new(move |ticket, token| {
            let begun = Uploading {
                intent: id.clone(),
                name,
                sent: None,
            };
            self.uploading.update(|all| all.push(begun));
            let moved = id.clone();
            let on_progress: OnProgress = Box::new(move |sent, all| {
                self.uploading.update(|uploads| {
                    if let Some(one) = uploads.iter_mut().find(|one| one.intent == moved) {
                        one.sent = Some((sent, all));
                    }
                });
            });
            let started = id.clone();
            let handle = move |cancel| self.cancels.update_value(|all| all.push((started, cancel)));
            Box::pin(async move {
                let end = self
                    .api
                    .upload_once(call, upload_body, ticket, &token, on_progress, handle)
                    .await;
                self.uploading.update(|all| all.retain(|one| one.intent != id));
                self.cancels.update_value(|all| all.retain(|(intent, _)| *intent != id));
                end
            })
        });
        self.begin_by(intent, send)
    }

    /// The file of this attempt, while it is on its way.
    pub fn upload_of(self, id: &IntentId) -> Option<Uploading> {
        self.uploading
            .with(|all| all.iter().find(|one| one.intent == *id).cloned())
    }

    /// Calls the file back that is on its way. Whether it arrived is then found out like any other doubt.
    pub fn cancel_upload(self, id: &IntentId) {
        self.cancels.with_value(|all| {
            if let Some((_, cancel)) = all.iter().find(|(intent, _)| intent == id) {
                cancel.cancel();
            }
        });
    }
}
