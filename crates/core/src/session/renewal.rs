//! Renewing the access token: one renewal at a time, whoever asks.
//!
//! Pure: the shell sends the refresh request, measures time and wakes those who wait. Sources: RFC 9700 section 4.14
//! (rotation), the founding page ("refresh the token").

use super::Credential;
use crate::time::Mono;

/// A token this close to its end is renewed before it is used, so that a write does not meet its expiry on the way.
const MARGIN_MS: u64 = 10_000;
/// After a renewal that failed without being refused, nobody asks again for this long.
const COOL_DOWN_MS: u64 = 3_000;

/// What the platform grants at sign-in and at each renewal.
#[derive(Clone)]
pub struct Grant {
    pub access: Credential,
    pub expires_in_ms: u64,
}

/// Identifies the token that a request carried, without being the token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Serial(u64);

/// The commit guard: an answer that belongs to a session which has ended since is dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Epoch(u64);

#[derive(Clone)]
struct Held {
    access: Credential,
    expires_at: Mono,
}

/// Invariant: at most one renewal is under way, and an answer of an earlier epoch changes nothing.
#[derive(Clone, Default)]
pub struct Renewal {
    epoch: u64,
    serial: u64,
    held: Option<Held>,
    under_way: bool,
    cool_until: Option<Mono>,
    ended: bool,
}

pub enum Event {
    SignedIn(Grant),
    SignedOut,
    /// Somebody needs a token.
    Wanted,
    /// The platform answered 401 to a request that carried this token.
    Rejected(Serial),
    Renewed(Epoch, Grant),
    /// The platform refused to renew. Expiry, a changed role or a reused token: it does not say which.
    Refused(Epoch),
    /// No usable answer: lost, 5xx, 429.
    Failed(Epoch),
}

/// What the shell does next.
#[derive(PartialEq, Eq)]
pub enum Next {
    Nothing,
    /// Send with this token.
    Use(Credential, Serial),
    /// Send one refresh request, and report its end with this epoch.
    Renew(Epoch),
    /// A renewal is under way: ask again when it ends.
    Wait,
    /// The last renewal failed a moment ago; the session may be fine. Fail this request in words.
    TryLater,
    /// Only signing in again helps.
    SignIn,
}

impl Renewal {
    pub fn step(&mut self, event: Event, now: Mono) -> Next {
        match event {
            Event::SignedIn(grant) => {
                self.epoch += 1;
                self.under_way = false;
                self.ended = false;
                self.accept(grant, now);
                Next::Nothing
            }
            Event::SignedOut => {
                *self = Self {
                    epoch: self.epoch + 1,
                    serial: self.serial,
                    ended: true,
                    ..Self::default()
                };
                Next::Nothing
            }
            Event::Rejected(serial) => {
                if serial.0 == self.serial {
                    self.held = None;
                }
                Next::Nothing
            }
            Event::Wanted => self.wanted(now),
            Event::Renewed(epoch, grant) if self.expects(epoch) => {
                self.under_way = false;
                self.accept(grant, now);
                Next::Nothing
            }
            Event::Refused(epoch) if self.expects(epoch) => {
                self.under_way = false;
                self.held = None;
                self.ended = true;
                Next::SignIn
            }
            Event::Failed(epoch) if self.expects(epoch) => {
                self.under_way = false;
                self.cool_until = Some(now.plus(COOL_DOWN_MS));
                Next::Nothing
            }
            Event::Renewed(..) | Event::Refused(_) | Event::Failed(_) => Next::Nothing,
        }
    }

    fn wanted(&mut self, now: Mono) -> Next {
        if self.ended {
            return Next::SignIn;
        }
        let left = self.held.as_ref().map_or(0, |held| now.until(held.expires_at));
        if left > MARGIN_MS {
            return self.usable();
        }
        if self.under_way {
            return Next::Wait;
        }
        if self.cool_until.is_some_and(|until| now < until) {
            // A failed early renewal does not end a session that is still valid.
            return if left > 0 { self.usable() } else { Next::TryLater };
        }
        self.under_way = true;
        Next::Renew(Epoch(self.epoch))
    }

    fn usable(&self) -> Next {
        self.held.as_ref().map_or(Next::TryLater, |held| {
            Next::Use(held.access.clone(), Serial(self.serial))
        })
    }

    fn accept(&mut self, grant: Grant, now: Mono) {
        self.serial += 1;
        self.cool_until = None;
        // A lifetime shorter than twice the margin would be renewed on every use.
        let life = grant.expires_in_ms.max(MARGIN_MS + 1_000);
        self.held = Some(Held {
            access: grant.access,
            expires_at: now.plus(life),
        });
    }

    /// Does an answer of this epoch still count? Ask before anything else is done with it.
    pub fn expects(&self, Epoch(epoch): Epoch) -> bool {
        self.under_way && epoch == self.epoch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(token: &str, seconds: u64) -> Grant {
        let access = Credential::new(token).unwrap_or_else(|| unreachable!());
        Grant {
            access,
            expires_in_ms: seconds * 1000,
        }
    }

    fn uses(next: &Next, token: &str) -> bool {
        matches!(next, Next::Use(access, _) if access.header() == ["Bearer ", token].concat())
    }

    fn signed_in() -> Renewal {
        let mut session = Renewal::default();
        session.step(Event::SignedIn(grant("a", 60)), Mono(0));
        session
    }

    fn renew(session: &mut Renewal, now: u64) -> Epoch {
        match session.step(Event::Wanted, Mono(now)) {
            Next::Renew(epoch) => epoch,
            _ => unreachable!("a renewal was expected"),
        }
    }

    #[test]
    fn a_fresh_token_is_used_and_an_old_one_renewed_once() {
        let mut session = signed_in();
        assert!(uses(&session.step(Event::Wanted, Mono(1)), "a"));
        let epoch = renew(&mut session, 55_000);
        assert!(session.step(Event::Wanted, Mono(55_001)) == Next::Wait);
        session.step(Event::Renewed(epoch, grant("b", 60)), Mono(56_000));
        assert!(uses(&session.step(Event::Wanted, Mono(56_001)), "b"));
    }

    #[test]
    fn a_401_for_an_older_token_does_not_cost_the_newer_one() {
        let mut session = signed_in();
        let Next::Use(_, first) = session.step(Event::Wanted, Mono(0)) else {
            unreachable!()
        };
        let epoch = renew(&mut session, 55_000);
        session.step(Event::Renewed(epoch, grant("b", 60)), Mono(56_000));
        session.step(Event::Rejected(first), Mono(56_001));
        assert!(uses(&session.step(Event::Wanted, Mono(56_002)), "b"));
    }

    #[test]
    fn signing_out_during_a_renewal_is_not_undone_by_its_answer() {
        let mut session = signed_in();
        let epoch = renew(&mut session, 55_000);
        session.step(Event::SignedOut, Mono(55_500));
        session.step(Event::Renewed(epoch, grant("b", 60)), Mono(56_000));
        assert!(session.step(Event::Wanted, Mono(56_001)) == Next::SignIn);
    }

    #[test]
    fn an_answer_of_the_session_before_does_not_reach_the_next() {
        let mut session = signed_in();
        let epoch = renew(&mut session, 55_000);
        session.step(Event::SignedIn(grant("c", 60)), Mono(55_500));
        assert!(session.step(Event::Refused(epoch), Mono(56_000)) == Next::Nothing);
        assert!(uses(&session.step(Event::Wanted, Mono(56_001)), "c"));
    }

    #[test]
    fn a_failed_early_renewal_keeps_a_valid_session() {
        let mut session = signed_in();
        let epoch = renew(&mut session, 55_000);
        session.step(Event::Failed(epoch), Mono(55_100));
        assert!(uses(&session.step(Event::Wanted, Mono(55_200)), "a"));
        assert!(session.step(Event::Wanted, Mono(60_000)) != Next::SignIn);
    }

    #[test]
    fn a_failed_renewal_cools_down_and_is_then_tried_again() {
        let mut session = signed_in();
        let epoch = renew(&mut session, 61_000);
        session.step(Event::Failed(epoch), Mono(61_100));
        assert!(session.step(Event::Wanted, Mono(61_200)) == Next::TryLater);
        renew(&mut session, 61_100 + COOL_DOWN_MS);
    }

    #[test]
    fn a_refusal_ends_the_session_until_someone_signs_in() {
        let mut session = signed_in();
        let epoch = renew(&mut session, 61_000);
        assert!(session.step(Event::Refused(epoch), Mono(61_100)) == Next::SignIn);
        assert!(session.step(Event::Wanted, Mono(99_000)) == Next::SignIn);
        session.step(Event::SignedIn(grant("d", 60)), Mono(99_000));
        assert!(uses(&session.step(Event::Wanted, Mono(99_001)), "d"));
    }
}
