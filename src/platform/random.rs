//! Chance, from the browser's cryptographic source.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Missing where the page is not a secure context (plain `http` on another host than localhost).
    #[wasm_bindgen(catch, js_namespace = crypto, js_name = randomUUID)]
    fn random_uuid() -> Result<String, JsValue>;
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill(bytes: &mut [u8]);
}

/// A new random UUID (version 4), in lower case.
pub fn uuid() -> String {
    random_uuid().unwrap_or_else(|_| {
        let mut bytes = [0; 16];
        fill(&mut bytes);
        written(bytes)
    })
}

/// A seed for jitter: different in every tab, so that operators never back off in lock-step.
pub fn seed() -> u64 {
    let mut bytes = [0; 8];
    fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

/// RFC 9562, section 5.4: 122 random bits, with version and variant set.
fn written(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.into_iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(nibble.into(), 16).unwrap_or('0'));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn a_written_uuid_carries_its_version_and_variant() {
        assert_eq!(written([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(written([0; 16]), "00000000-0000-4000-8000-000000000000");
        let counted = std::array::from_fn(|at| at as u8 * 0x11);
        assert_eq!(written(counted), "00112233-4455-4677-8899-aabbccddeeff");
    }
}
