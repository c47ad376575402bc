//! A bearer token. It has no `Debug`, no `Display`, no serialisation: the ways to its text are [`Credential::header`],
//! which only the HTTP shell calls, and [`Credential::exposed`].

/// An access token or a refresh token.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Credential(Box<str>);

impl Credential {
    pub fn new(token: &str) -> Option<Self> {
        let sound = !token.is_empty() && token.len() <= 8192 && token.bytes().all(|byte| byte.is_ascii_graphic());
        sound.then(|| Self(token.into()))
    }

    /// The value of the `Authorization` header.
    pub fn header(&self) -> String {
        ["Bearer ", &self.0].concat()
    }

    /// The bare token: for the body of a refresh request (transport `body`), and for a message to another tab of this
    /// console, which no storage sees. Nothing else.
    pub fn exposed(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_would_break_a_header_is_refused() {
        for token in ["", "a b", "a\r\nX: y", "tök"] {
            assert!(Credential::new(token).is_none(), "{token:?}");
        }
        assert!(Credential::new(&"x".repeat(8193)).is_none());
        assert!(Credential::new("abc.DEF-_~+/=").is_some());
    }
}
