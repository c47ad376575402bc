//! Bodies that a careless decoder or screen does not survive.

/// Deep enough to overflow the stack of a parser that recurses without a limit.
const NESTING: usize = 200_000;
/// A string that makes a screen unusable if it is shown whole.
const LONG: usize = 2 * 1024 * 1024;

/// Right-to-left override, isolates, zero-width characters, a line separator and control
/// characters: text that reads differently from what it says.
const DECEPTIVE: &str = "\\u202egnp.etadilav\\u202c \\u2066hidden\\u2069\\u200b\\u2028\\u0000\\u001b[31m paid";
const MARKUP: &str = "<img src=x onerror=\\\"document.title='owned'\\\"><script>1</script>";

/// A different attack each time: bytes that are not UTF-8 in deep nesting, deep nesting that is
/// valid JSON, valid JSON with every field poisoned.
pub fn body(earlier: u32) -> Vec<u8> {
    match earlier % 3 {
        0 => not_text(),
        1 => nested(),
        _ => poisoned(),
    }
}

fn not_text() -> Vec<u8> {
    let mut bytes = format!("{{\"detail\":\"{DECEPTIVE}\",\"items\":").into_bytes();
    bytes.resize(bytes.len() + NESTING, b'[');
    // A lone continuation byte, an overlong slash, half a surrogate pair, bytes UTF-8 never has.
    bytes.extend_from_slice(b"\"\x80\xc0\xaf\xed\xa0\x80\xfe\xff\"");
    bytes.resize(bytes.len() + NESTING, b']');
    bytes.push(b'}');
    bytes
}

fn nested() -> Vec<u8> {
    let mut text = String::from("{\"items\":");
    text.extend(std::iter::repeat_n("{\"a\":[", NESTING));
    text.push_str("null");
    text.extend(std::iter::repeat_n("]}", NESTING));
    text.push('}');
    text.into_bytes()
}

fn poisoned() -> Vec<u8> {
    let long = "A".repeat(LONG);
    format!(
        "{{\"title\":\"{MARKUP}\",\"detail\":\"{DECEPTIVE}\",\"message\":\"{long}\",\"code\":[],\
         \"id\":\"../../{MARKUP}\",\"statusCode\":1e999,\"version\":-1,\"isDraft\":\"yes\",\
         \"status\":99999999999999999999,\"items\":{{\"length\":4294967295}},\"total\":-5,\
         \"asOf\":\"+999999-99-99T99:99:99Z\",\"__proto__\":{{\"polluted\":true}},\
         \"errors\":{{\"property.zip\":[\"{MARKUP}\",null,7]}},\"id\":\"again\"}}"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_attack_is_what_it_claims_to_be() {
        assert!(std::str::from_utf8(&not_text()).is_err());
        let nested = nested();
        assert!(std::str::from_utf8(&nested).is_ok());
        assert!(serde_json::from_slice::<serde_json::Value>(&nested).is_err());
        let poisoned = poisoned();
        assert!(poisoned.len() > LONG);
        assert!(std::str::from_utf8(&poisoned).is_ok());
        assert_ne!(body(0), body(1));
        assert_eq!(body(3), body(0));
    }
}
