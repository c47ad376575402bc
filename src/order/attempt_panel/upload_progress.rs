//! A file on its way: how much of it has left, and the way to call it back.

use leptos::prelude::*;
use omnival_core::file;
use omnival_core::ids::IntentId;

use crate::attempts::Attempts;
use crate::ui::live::{live, text};

/// Shown while the attempt's file is on its way.
pub fn upload_progress(attempts: Attempts, id: IntentId) -> AnyView {
    let of = id.clone();
    let name = Memo::new(move |_| attempts.upload_of(&of).map(|upload| upload.name));
    live(move || {
        let name = name.get()?;
        let (of, cancelled) = (id.clone(), id.clone());
        let part = Memo::new(move |_| attempts.upload_of(&of).and_then(|upload| upload.sent));
        let share = move || {
            let (sent, all) = part.get().unwrap_or((0.0, 1.0));
            (100.0 * sent / all.max(1.0)).floor().to_string()
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let so_far = move || match part.get() {
            Some((sent, all)) => [&file::size(sent as u64), " of ", &file::size(all as u64)].concat(),
            None => String::new(),
        };
        // Announced; the bytes beside it are not.
        let stage = Memo::new(move |_| match part.get() {
            None => "Starting…",
            Some((sent, all)) if sent >= all => "All of it has left; the platform's answer is awaited.",
            Some(_) => "On its way.",
        });
        Some(view! {
            <section class="card uploading" aria-label="Upload">
                <p class="strong">"Sending "{name}</p>
                <progress max="100" value=text(share) aria-label="Sent so far"></progress>
                <div class="row">
                    <p class="muted"><span role="status">{text(move || stage.get().to_owned())}</span>" "<span class="num">{text(so_far)}</span></p>
                    <button class="btn small" type="button" on:click=move |_| attempts.cancel_upload(&cancelled)>"Cancel the upload"</button>
                </div>
            </section>
        })
    })
    .into_any()
}
