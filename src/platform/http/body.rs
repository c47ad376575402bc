//! Reading an answer's body, up to a size and only as text.

use js_sys::Uint8Array;
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

/// The types that a page may show, each as nothing else: a file never runs as a page of ours.
const SHOWN: [&str; 3] = ["application/pdf", "image/png", "image/jpeg"];

/// What came after the headers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Body {
    /// All of it; empty where an answer has none.
    Complete(String),
    /// It stalled, broke off, or the caller gave up.
    Cut,
    /// More than the caller was ready to take. The rest was not read.
    TooLarge,
    /// Not UTF-8.
    NotText,
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

/// The whole body as an object URL of this page.
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
    if file.size() > size_cap as f64 {
        return Body::TooLarge;
    }
    let said = file.type_();
    let shown = SHOWN.iter().find(|known| said == **known);
    let typed =
        file.slice_with_f64_and_f64_and_content_type(0.0, file.size(), shown.unwrap_or(&"application/octet-stream"));
    match typed.and_then(|file| Url::create_object_url_with_blob(&file)) {
        Ok(url) => Body::Complete(url),
        Err(_) => Body::Cut,
    }
}

/// Lets go of a file that nobody looks at any more.
pub fn forget_file(url: &str) {
    let _ = Url::revoke_object_url(url);
}
