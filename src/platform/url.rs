//! Percent-encoding, by the browser.

/// One path segment or query value. Text that cannot be encoded (a lone surrogate) does not occur in a Rust string.
pub fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// Reads one query value back; what is malformed comes back as it is.
pub fn decode(text: &str) -> String {
    decode_part(&text.replace('+', " "))
}

/// Reads one path segment back.
pub fn decode_part(text: &str) -> String {
    js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), String::from)
}

/// `?a=1&b=2`, or nothing.
pub fn query_string(params: impl IntoIterator<Item = (&'static str, String)>) -> String {
    let mut text = String::new();
    for (key, value) in params {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(key);
        text.push('=');
        text.push_str(&encode(&value));
    }
    text
}
