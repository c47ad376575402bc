//! Percent-decoding, by the browser.

/// Reads one query value back; what is malformed comes back as it is.
pub fn decode(text: &str) -> String {
    decode_part(&text.replace('+', " "))
}

/// Reads one path segment back.
pub fn decode_part(text: &str) -> String {
    js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), String::from)
}
