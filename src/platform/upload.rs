//! One upload, with its progress: `XMLHttpRequest`, because `fetch` tells nothing about bytes on their way out.
//!
//! Like [`http::send`], it sends once, judges nothing, and keeps "never left" apart from "no answer was seen". A redirect
//! is followed by the browser before this program hears of it, so an answer from elsewhere counts as none.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Promise;
use omnival_core::recovery::Loss;
use omnival_headless::http::{Answer, Body, NotSent, OnProgress, OnStarted, Reply, Upload};
use wasm_bindgen::prelude::*;
use web_sys::{Event, File, FormData, HtmlInputElement, ProgressEvent, Url, XmlHttpRequest, XmlHttpRequestEventTarget};

use super::page;

/// A file that the operator chose. It is read when it is sent; the page keeps nothing of it but this handle.
#[derive(Clone)]
pub struct Chosen(File);

impl Chosen {
    /// What a file picker's `change` brings. None when the choice was called off.
    pub fn from_picker(event: &Event) -> Option<Self> {
        let picker: HtmlInputElement = event.target()?.dyn_into().ok()?;
        picker.files()?.get(0).map(Self)
    }

    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Bytes.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn size(&self) -> u64 {
        self.0.size() as u64
    }

    /// SHA-256 in hexadecimal digits. None outside of a secure context, or where the file cannot be read.
    pub async fn sha256(&self) -> Option<String> {
        let bytes = self.0.array_buffer().await.ok()?;
        let hash = digest("SHA-256", &bytes.unchecked_into()).ok()?.await.ok()?;
        let hash = js_sys::Uint8Array::new(&hash).to_vec();
        let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or('0');
        let digits = hash.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
        Some(digits.collect())
    }
}

/// How slow a connection may be: bytes in a millisecond, beside the time that any request has.
const SLOWEST: u32 = 16;

/// Sends it once. `on_started` gets the way to call it back before the first byte leaves.
pub async fn send(upload: Upload<Chosen>, on_progress: OnProgress, on_started: OnStarted) -> Reply {
    if !page::online() {
        return Reply::NotSent(NotSent::Offline);
    }
    let size_cap = upload.size_cap;
    let Some((request, form)) = prepare(&upload) else {
        return Reply::NotSent(NotSent::Unusable);
    };
    let loss = Rc::new(Cell::new(Loss::Network));
    let tell = |why| {
        let loss = Rc::clone(&loss);
        Closure::<dyn Fn()>::new(move || loss.set(why))
    };
    let (timed_out, cancelled) = (tell(Loss::Timeout), tell(Loss::Cancelled));
    request.set_ontimeout(Some(timed_out.as_ref().unchecked_ref()));
    request.set_onabort(Some(cancelled.as_ref().unchecked_ref()));
    let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        on_progress(event.loaded(), event.total());
    });
    if let Ok(uploading) = request.upload() {
        let uploading: &XmlHttpRequestEventTarget = uploading.as_ref();
        uploading.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    }
    let called_back = request.clone();
    on_started(Box::new(move || drop(called_back.abort())));
    let mut sent = false;
    let ended = Promise::new(&mut |resolve, _| {
        request.set_onloadend(Some(&resolve));
        sent = request.send_with_opt_form_data(Some(&form)).is_ok();
        if !sent {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    let _ = ended.await;
    if sent {
        answer(&request, &upload.url, size_cap).map_or(Reply::Lost(loss.get()), Reply::Answer)
    } else {
        Reply::NotSent(NotSent::Unusable)
    }
}

fn prepare(upload: &Upload<Chosen>) -> Option<(XmlHttpRequest, FormData)> {
    let form = FormData::new().ok()?;
    for (name, text) in &upload.body.parts {
        form.append_with_str(name, text).ok()?;
    }
    // Typed by what is sent, not by what this machine thinks of its ending.
    let file = &upload.body.file.0;
    let size = file.size();
    let typed = file
        .slice_with_f64_and_f64_and_content_type(0.0, size, upload.body.media_type)
        .ok()?;
    form.append_with_blob_and_filename("file", &typed, &upload.body.file.name())
        .ok()?;
    let request = XmlHttpRequest::new().ok()?;
    request.open("POST", &upload.url).ok()?;
    for (name, value) in &upload.headers {
        request.set_request_header(name, value).ok()?;
    }
    // Of at most some megabytes: it fits.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    request.set_timeout(upload.timeout_ms.saturating_add(size as u32 / SLOWEST));
    Some((request, form))
}

fn answer(request: &XmlHttpRequest, url: &str, size_cap: usize) -> Option<Answer> {
    let status = request.status().ok().filter(|status| *status != 0)?;
    let headers = request.get_all_response_headers().ok()?;
    let text = request.response_text().ok().flatten();
    // Chromium makes up such an answer; see `http`.
    let is_made_up = status == 200 && headers.is_empty() && text.as_deref().is_none_or(str::is_empty);
    if is_made_up || absolute(url).is_none_or(|url| url != request.response_url()) {
        return None;
    }
    let header = |name: &str| request.get_response_header(name).ok().flatten();
    let body = match text {
        Some(text) if text.len() > size_cap => Body::TooLarge,
        Some(text) => Body::Complete(text),
        None => Body::NotText,
    };
    Some(Answer {
        status,
        correlation_id: header("x-correlation-id"),
        retry_after: header("retry-after"),
        date: header("date"),
        body,
    })
}

/// As the browser writes it.
fn absolute(url: &str) -> Option<String> {
    let page = web_sys::window()?.location().href().ok()?;
    Url::new_with_base(url, &page).ok().map(|url| url.href())
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"])]
    fn digest(algorithm: &str, data: &js_sys::ArrayBuffer) -> Result<Promise, JsValue>;
}
