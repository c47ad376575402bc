//! Secrets and ids from the operating system's generator.

/// `bytes` random bytes as lower-case hex.
pub fn hex(bytes: usize) -> String {
    let mut buffer = vec![0_u8; bytes];
    if let Err(error) = getrandom::fill(&mut buffer) {
        // Without randomness a token would be guessable: better no server than a weak one.
        eprintln!("no random numbers from the operating system: {error}");
        std::process::abort();
    }
    encode_hex(&buffer)
}

pub fn encode_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}
