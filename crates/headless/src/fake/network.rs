//! Requests on their way, as the script sees and rules them.

use omnival_core::operation::Method;

use crate::http::{Answer, Body, Credentials};

/// A request as it leaves a page, and as it arrives.
#[derive(Clone, PartialEq, Debug)]
pub struct Wire {
    /// Later requests have higher numbers.
    pub number: u64,
    /// The page that sent it, see [`Page::number`](super::Page::number).
    pub page: usize,
    pub method: Method,
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<String>,
    pub credentials: Credentials,
    /// The partition's cookie, if the request takes cookies along.
    pub cookie: Option<String>,
    /// Of an upload: its parts of text, and the name of its file last.
    pub parts: Vec<(&'static str, String)>,
    /// When it left.
    pub at: u64,
}

impl Wire {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The token that it carries.
    pub fn bearer(&self) -> Option<&str> {
        self.header("Authorization")?.strip_prefix("Bearer ")
    }
}

/// How long a request and its answer take, and what is lost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// After how long each copy of the request arrives. Empty: it never does.
    pub arrives_ms: Vec<u64>,
    /// After how long the answer to the last copy is back.
    pub answers_ms: u64,
    /// Instead of the answer, the page sees a broken connection then.
    pub breaks: bool,
    /// Instead of the answer, the page sees nothing until its own patience ends.
    pub hangs: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            arrives_ms: vec![10],
            answers_ms: 10,
            breaks: false,
            hangs: false,
        }
    }
}

impl Plan {
    /// The request arrives and is carried out; its answer is lost.
    pub fn answer_lost() -> Self {
        Self {
            breaks: true,
            ..Self::default()
        }
    }

    /// The request itself is lost.
    pub fn lost() -> Self {
        Self {
            arrives_ms: Vec::new(),
            breaks: true,
            ..Self::default()
        }
    }

    /// It arrives, and nothing comes back until the page gives up.
    pub fn hung() -> Self {
        Self {
            hangs: true,
            ..Self::default()
        }
    }
}

/// What a server answers.
pub struct Answering {
    pub answer: Answer,
    /// Set as the partition's cookie when the answer arrives; an empty one is removed.
    pub cookie: Option<String>,
}

impl Answering {
    pub fn new(status: u16, body: &str) -> Self {
        Self {
            answer: Answer {
                status,
                correlation_id: None,
                retry_after: None,
                date: None,
                body: Body::Complete(body.to_owned()),
            },
            cookie: None,
        }
    }

    pub fn status(status: u16) -> Self {
        Self::new(status, "")
    }

    #[must_use]
    pub fn cookie(mut self, cookie: &str) -> Self {
        self.cookie = Some(cookie.to_owned());
        self
    }

    #[must_use]
    pub fn retry_after(mut self, value: &str) -> Self {
        self.answer.retry_after = Some(value.to_owned());
        self
    }
}
