//! A file on its way: how much of it has left, and the way to call it back.

use leptos::prelude::*;
use omnival_core::file;
use omnival_core::ids::IntentId;

use crate::parts::live::{live, text};
use crate::recovery::Attempts;

/// Shown while the attempt's file is on its way.
pub fn progress(attempts: Attempts, id: IntentId) -> AnyView {
    let name = Memo::new(move |_| {
        let uploading = attempts.uploading.get()?;
        (uploading.intent == id).then_some(uploading.name)
    });
    live(move || {
        let name = name.get()?;
        let part = Memo::new(move |_| attempts.uploading.get().and_then(|uploading| uploading.sent));
        let share = move || {
            let (sent, all) = part.get().unwrap_or((0.0, 1.0));
            (100.0 * sent / all.max(1.0)).floor().to_string()
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let words = move || match part.get() {
            None => "Starting…".to_owned(),
            Some((sent, all)) if sent >= all => "All of it has left; the platform's answer is awaited.".to_owned(),
            Some((sent, all)) => [&file::size(sent as u64), " of ", &file::size(all as u64)].concat(),
        };
        Some(view! {
            <section class="card uploading" aria-label="Upload">
                <p class="strong">"Sending "{name}</p>
                <progress max="100" value=text(share) aria-label="Sent so far"></progress>
                <div class="row">
                    <p class="muted num" role="status">{text(words)}</p>
                    <button class="btn small" type="button" on:click=move |_| attempts.cancel_upload()>"Cancel the upload"</button>
                </div>
            </section>
        })
    })
    .into_any()
}
