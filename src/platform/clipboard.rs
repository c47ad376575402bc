//! Copying a text for the operator.
//!
//! To be called from a click or a key press; otherwise browsers refuse.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{FocusOptions, HtmlElement, HtmlTextAreaElement};

#[wasm_bindgen]
extern "C" {
    /// Throws where `navigator.clipboard` is missing (no secure context); is refused where an embedding page does not
    /// allow `clipboard-write`.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = document, js_name = execCommand)]
    fn exec_command(command: &str) -> Result<bool, JsValue>;
}

/// True when the text is in the clipboard. When not, show it selected, so that the operator can copy it.
pub async fn copy(text: &str) -> bool {
    let written = match write_text(text) {
        Ok(promise) => promise.await.is_ok(),
        Err(_) => false,
    };
    written || copy_by_selection(text).unwrap_or(false)
}

/// The older way: a text area that is there for this moment only. It stands inside an open dialog if the focus does,
/// because everything outside a modal dialog is inert.
fn copy_by_selection(text: &str) -> Option<bool> {
    let document = web_sys::window()?.document()?;
    let focused = document.active_element();
    let dialog = focused.as_ref().and_then(|element| element.closest("dialog").ok()?);
    let parent = dialog.or_else(|| document.body().map(Into::into))?;
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.unchecked_into();
    area.set_value(text);
    parent.append_child(&area).ok()?;
    let still = FocusOptions::new();
    still.set_prevent_scroll(true);
    let _ = area.focus_with_options(&still);
    area.select();
    let selected = document.active_element().as_ref() == Some(&*area);
    let copied = selected && exec_command("copy").unwrap_or(false);
    area.remove();
    if let Some(focused) = focused {
        let _ = focused.unchecked_ref::<HtmlElement>().focus_with_options(&still);
    }
    Some(copied)
}
