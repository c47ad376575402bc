//! A name for a content: two contents with the same one are the same.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// A SHA-256 in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint(String);

impl Fingerprint {
    pub fn of(content: &[u8]) -> Self {
        Self::from(Sha256::new().chain_update(content))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Enough of it to tell the versions of one file apart.
    pub fn short(&self) -> &str {
        &self.0[..12]
    }
}

impl From<Sha256> for Fingerprint {
    fn from(hasher: Sha256) -> Self {
        let mut hex = String::with_capacity(64);
        for byte in hasher.finalize() {
            // Writing into a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        Self(hex)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_sha_256_of_the_content() {
        let empty = Fingerprint::of(b"");
        assert!(empty.as_str().starts_with("e3b0c44298fc1c149afbf4c8996fb924"));
        assert_eq!(empty.short(), "e3b0c44298fc");
    }
}
