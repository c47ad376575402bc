//! Attempts with a file: how far each is, and calling it back.

use omnival_core::ids::IntentId;
use omnival_core::operation::{Call, SentOnce};
use omnival_core::recovery::intent::Intent;

use super::Attempts;
use super::state::{Followed, Life, SendCall, Uploading};
use crate::http::{Cancel, OnProgress, OnStarted, UploadBody};
use crate::platform::{File, Platform, Topic};

impl<P: Platform> Attempts<P> {
    /// As [`Self::begin`], with a file, which may be called back on its way.
    pub fn begin_upload<C: SentOnce + 'static>(
        &self,
        intent: Intent,
        call: Call<C>,
        body: UploadBody<P::File>,
    ) -> IntentId {
        let begun = Uploading {
            intent: intent.id.clone(),
            name: body.file.name(),
            sent: None,
        };
        let attempts = self.clone();
        self.begin_by(intent, |life| -> SendCall {
            Box::new(move |ticket, ready| {
                attempts.upload_changes(life, |followed| followed.upload = Some(begun));
                let (moving, starting) = (attempts.clone(), attempts.clone());
                let on_progress: OnProgress = Box::new(move |sent, all| {
                    moving.upload_changes(life, |followed| {
                        if let Some(upload) = &mut followed.upload {
                            upload.sent = Some((sent, all));
                        }
                    });
                });
                let on_started: OnStarted = Box::new(move |cancel: Cancel| {
                    starting.upload_changes(life, |followed| followed.cancel = Some(cancel.into()));
                });
                Box::pin(async move {
                    let api = attempts.api().clone();
                    let end = api
                        .upload_once(call, body, ticket, ready, on_progress, on_started)
                        .await;
                    attempts.upload_changes(life, |followed| {
                        followed.upload = None;
                        followed.cancel = None;
                    });
                    end
                })
            })
        })
    }

    fn upload_changes(&self, life: Life, change: impl FnOnce(&mut Followed)) {
        if self.with(|state| state.of_life(life).map(change)).is_some() {
            self.changed(Topic::Uploads);
        }
    }

    /// The file of this attempt, while it is on its way.
    pub fn upload_of(&self, id: &IntentId) -> Option<Uploading> {
        self.with(|state| state.of_intent(id)?.upload.clone())
    }

    /// Calls the file back that is on its way. Whether it arrived is then found out like any other doubt.
    pub fn cancel_upload(&self, id: &IntentId) {
        let cancel = self.with(|state| state.of_intent(id)?.cancel.clone());
        if let Some(cancel) = cancel {
            cancel();
        }
    }
}
