//! Reading an answer's body, up to a size and only as text.

use js_sys::Uint8Array;
use omnival_core::file::is_shown;
use omnival_headless::http::Body;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, ReadableStreamDefaultReader, Response, Url};

#[wasm_bindgen]
extern "C" {
    type Step;
    #[wasm_bindgen(method, getter)]
    fn done(this: &Step) -> bool;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Step) -> JsValue;
}

/// Reads piece by piece, so that neither a missing length nor a compressed flood fills the memory.
pub(super) async fn read(response: &Response, size_cap: usize) -> Body {
    let Some(stream) = response.body() else {
        return Body::Complete(String::new());
    };
    let Ok(reader) = ReadableStreamDefaultReader::new(&stream) else {
        return Body::Cut;
    };
    let mut bytes = Vec::new();
    loop {
        let Ok(step) = reader.read().await else {
            return Body::Cut;
        };
        let step: Step = step.unchecked_into();
        if step.done() {
            break;
        }
        let Ok(piece) = step.value().dyn_into::<Uint8Array>() else {
            return Body::Cut;
        };
        if bytes.len() + piece.length() as usize > size_cap {
            drop(reader.cancel().into_future()); // heard, so that a refusal is not reported as unhandled
            return Body::TooLarge;
        }
        bytes.extend(piece.to_vec());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Body::Complete(match text.strip_prefix('\u{feff}') {
            Some(text) => text.to_owned(),
            None => text,
        }),
        Err(_) => Body::NotText,
    }
}

/// The whole body as an object URL of this page, a space, and its media type: nothing but what a page may show keeps its
/// own, so a file never runs as a page of ours.
pub(super) async fn read_file(response: &Response, size_cap: usize) -> Body {
    let Ok(promise) = response.blob() else {
        return Body::Cut;
    };
    let Ok(file) = promise.await else {
        return Body::Cut;
    };
    let Ok(file) = file.dyn_into::<Blob>() else {
        return Body::Cut;
    };
    if file.size() == 0.0 {
        return Body::Cut;
    }
    if file.size() > size_cap as f64 {
        return Body::TooLarge;
    }
    let said = file.type_();
    let essence = said.split(';').next().unwrap_or_default().trim();
    let kept = if is_shown(essence) {
        essence
    } else {
        "application/octet-stream"
    };
    let typed = file.slice_with_f64_and_f64_and_content_type(0.0, file.size(), kept);
    match typed.and_then(|file| Url::create_object_url_with_blob(&file)) {
        Ok(url) => Body::Complete([&url, " ", kept].concat()),
        Err(_) => Body::Cut,
    }
}

/// A file of an answer, held for as long as somebody looks at it.
#[derive(PartialEq, Debug)]
pub struct HeldFile {
    pub url: String,
    pub media_type: String,
}

impl HeldFile {
    /// What the body of an answer that is a file says.
    pub fn of_body(body: &str) -> Option<Self> {
        let (url, media_type) = body.split_once(' ')?;
        Some(Self {
            url: url.to_owned(),
            media_type: media_type.to_owned(),
        })
    }
}

impl Drop for HeldFile {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.url);
    }
}
