//! What one reply proves about the request that it answers. Sources: `errors/…` in docs/sources.md.

use crate::text::SafeText;

/// Why a request never left this browser. Proof that nothing happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotSent {
    Offline,
    NoSession,
    /// The session could not be renewed just now; it may be fine.
    Unrenewed,
    /// The platform asked for a pause (429) that is not over.
    Paused,
    /// Another attempt on the same order, perhaps of another tab, has not ended.
    Busy,
    /// It could not be written down first, so it was not sent.
    Unrecorded,
    Unusable,
}

/// How an answer was lost after the request had left. Proof of nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Loss {
    Timeout,
    Network,
    /// The page was closed, or crashed, before an answer came.
    Interrupted,
    /// The operator called it back, maybe too late.
    Cancelled,
}

/// What the platform said about a request that it did not carry out.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Problem {
    pub code: Option<String>,
    pub message: Option<SafeText>,
    /// Field path as in the request body, and what is wrong with it.
    pub fields: Vec<(String, SafeText)>,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Answer {
    pub status: u16,
    pub problem: Problem,
    pub correlation: Option<String>,
    pub retry_after_ms: Option<u64>,
}

/// How a request ended. Invariant: `Answered` means that the headers were seen.
#[derive(Clone, PartialEq, Debug)]
pub enum Reply {
    NotSent(NotSent),
    Answered(Answer),
    Lost(Loss),
}

/// What a reply means for a write that is sent once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// 2xx headers were seen: carried out, whatever became of the body.
    Done,
    NotSent,
    /// The platform received this attempt and did not carry it out.
    Refused,
    /// 401: this send was refused; an earlier one may not have been.
    Unauthorised,
    /// 409: somebody moved the order, perhaps this operator's own earlier attempt.
    Conflict,
    /// It may have been carried out, may be on its way still, or may be lost.
    Doubt,
}

pub const fn meaning(reply: &Reply) -> Meaning {
    match reply {
        Reply::NotSent(_) => Meaning::NotSent,
        Reply::Lost(_) => Meaning::Doubt,
        Reply::Answered(answer) => match answer.status {
            200..=299 => Meaning::Done,
            401 => Meaning::Unauthorised,
            408 => Meaning::Doubt,
            409 => Meaning::Conflict,
            400..=499 => Meaning::Refused,
            _ => Meaning::Doubt,
        },
    }
}

impl Reply {
    pub fn status(&self) -> Option<u16> {
        self.answer().map(|answer| answer.status)
    }

    pub const fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Answered(answer) => Some(answer),
            Self::NotSent(_) | Self::Lost(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: u16) -> Meaning {
        meaning(&Reply::Answered(Answer {
            status,
            ..Answer::default()
        }))
    }

    #[test]
    fn the_status_guide_taken_row_by_row() {
        for status in [200, 201, 204, 299] {
            assert_eq!(of(status), Meaning::Done);
        }
        for status in [400, 402, 403, 404, 405, 413, 415, 422, 429] {
            assert_eq!(of(status), Meaning::Refused);
        }
        assert_eq!(of(401), Meaning::Unauthorised);
        assert_eq!(of(409), Meaning::Conflict);
        for status in [0, 100, 302, 408, 500, 502, 503, 504, 599, 999] {
            assert_eq!(of(status), Meaning::Doubt, "{status}");
        }
    }

    #[test]
    fn silence_proves_nothing_and_not_sending_proves_all() {
        for loss in [Loss::Timeout, Loss::Network] {
            assert_eq!(meaning(&Reply::Lost(loss)), Meaning::Doubt);
        }
        assert_eq!(meaning(&Reply::NotSent(NotSent::Offline)), Meaning::NotSent);
    }
}
