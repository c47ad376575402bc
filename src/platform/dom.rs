//! Moving the keyboard focus where the operator is to look next.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Focuses the element with this id and brings it into view. False when there is none, or it cannot take the focus.
pub fn focus(id: &str) -> bool {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return false;
    };
    let Some(element) = document.get_element_by_id(id) else {
        return false;
    };
    let _ = element.unchecked_ref::<HtmlElement>().focus();
    document.active_element().as_ref() == Some(&element)
}

/// Sets or, with an empty value, removes `data-{name}` of the document's root.
pub fn set_root_data(name: &str, value: &str) {
    let Some(root) = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element())
    else {
        return;
    };
    let attribute = ["data-", name].concat();
    let _ = if value.is_empty() {
        root.remove_attribute(&attribute)
    } else {
        root.set_attribute(&attribute, value)
    };
}

/// The element that a program mounts into.
pub fn root(id: &str) -> Option<HtmlElement> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}
