//! Attempts on the order, as its page follows them: each end is taken up once.

use omnival_core::ids::IntentId;
use omnival_core::recovery::evidence::Verdict;
use omnival_core::time::Mono;

/// The attempt of this page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FollowAttempt {
    absorbed: Option<IntentId>,
}

impl FollowAttempt {
    /// How the attempt stands now. True when it has ended, and its end is to be taken up.
    pub fn stands(&mut self, attempt: &IntentId, has_ended: bool) -> bool {
        if !has_ended {
            // Open, perhaps again: its next end is to be taken up too.
            self.absorbed = None;
            return false;
        }
        let is_news = self.absorbed.as_ref() != Some(attempt);
        if is_news {
            self.absorbed = Some(attempt.clone());
        }
        is_news
    }
}

/// Did what was typed and chosen for the attempt arrive with it? Then it need not be kept any longer.
pub const fn has_arrived(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Done(_) | Verdict::Pending(_) => true,
        Verdict::DoneByOther(_) | Verdict::Moved | Verdict::NotDone(_) | Verdict::StillUnknown => false,
    }
}

/// What stands against new actions by other pages' attempts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FollowElsewhere {
    was_there: bool,
    ended_at: Option<Mono>,
}

impl FollowElsewhere {
    /// Whether there is such an attempt now. True when one has just ended: what this page shows is older than that,
    /// whatever it was, and is to be read again.
    pub const fn stands(&mut self, is_there: bool, now: Mono) -> bool {
        let has_ended = self.was_there && !is_there;
        if has_ended {
            self.ended_at = Some(now);
        }
        self.was_there = is_there;
        has_ended
    }

    /// What was read before this moment is not to be acted upon.
    pub const fn ended_at(&self) -> Option<Mono> {
        self.ended_at
    }
}
