//! Refreshing the access token: one refresh at a time, whoever asks, in whichever tab.
//!
//! Pure: the shell takes the lock, asks the other tabs, sends the refresh request, measures time and wakes those who wait.
//! One refresh goes: [`Next::Lock`], under the lock [`Next::Ask`] the other tabs for a token that is still fresh,
//! and only if none has one [`Next::Send`]. After a refresh whose answer was lost, the refresh token may be spent, and a
//! spent one shown again ends the session everywhere: it is sent once more only after the tabs were asked again and a
//! harmless [`Next::Probe`] was answered, and never a third time.
//! Sources: RFC 9700 section 4.14 (rotation), `errors/401` and `gap/refresh` in docs/sources.md.

use super::Credential;
use crate::time::Mono;

/// A token this close to its end is refreshed before it is used, so that a write does not meet its expiry on the way.
const MARGIN_MS: u64 = 10_000;
/// After a refresh that failed without being refused, nobody asks again for this long.
const COOL_DOWN_MS: u64 = 3_000;
/// So many refresh requests without an answer, and the refresh token is not shown again.
const SPENT: u8 = 2;
/// So many refused tokens are remembered: more than the tabs that a person has open.
const REMEMBERED: usize = 32;

/// What the platform grants at sign-in and at each refresh.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Grant {
    pub access: Credential,
    pub expires_in_ms: u64,
}

/// Identifies the token that a request carried, without being the token.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Serial {
    number: u64,
    second_hand: bool,
}

impl Serial {
    /// It came from another tab, which may not know yet that the platform has ended it. To be refused with it is no
    /// reason to doubt the session.
    pub const fn is_second_hand(self) -> bool {
        self.second_hand
    }
}

/// The commit guard: an answer that belongs to a session which has ended since is dropped.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Epoch(u64);

#[derive(Clone, PartialEq, Eq, Hash)]
struct Held {
    access: Credential,
    expires_at: Mono,
    second_hand: bool,
}

/// How far the refresh that is under way has come.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
enum Phase {
    #[default]
    Idle,
    /// The lock is waited for.
    Locking,
    /// Under the lock, the other tabs are being asked.
    Asking,
    /// Under the lock, the platform is asked something harmless.
    Probing,
    /// The refresh request has left.
    Sent,
}

/// Invariant: at most one refresh is under way, and an answer of an earlier epoch changes nothing.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Refresh {
    epoch: u64,
    serial: u64,
    held: Option<Held>,
    /// The last tokens that the platform refused, newest last: another tab's copy of one is no better. Several, since tabs
    /// that hold different dead ones would hand them round.
    refused: Vec<Credential>,
    phase: Phase,
    cool_until: Option<Mono>,
    /// Refresh requests whose answer was lost since the last grant, in whichever tab: the refresh token may be spent.
    doubtful: u8,
    ended: bool,
}

pub enum Event {
    SignedIn(Grant),
    SignedOut,
    /// Somebody needs a token.
    Wanted,
    /// The platform answered 401 to a request that carried this token.
    Rejected(Serial),
    /// Another tab told its token when it was asked.
    Shared(Grant),
    /// Another tab of this session refreshed it, or signed in again.
    RefreshedElsewhere(Grant),
    /// The lock is held: nobody else refreshes now.
    Locked(Epoch),
    /// The other tabs were asked, and had time to answer.
    Asked(Epoch),
    /// The platform answered a harmless question.
    Reachable(Epoch),
    Refreshed(Epoch, Grant),
    /// The platform refused to refresh. Expiry, a changed role or a reused token: it does not say which.
    Refused(Epoch),
    /// It was certainly not carried out: not sent, or put off by the platform (429, 503).
    NotCarriedOut(Epoch),
    /// The answer was lost, or none to make sense of: perhaps the refresh token is spent.
    Lost(Epoch),
    /// Another tab of this session lost the answer to its refresh request.
    LostElsewhere,
    /// Another tab of this session was refused: showing the same refresh token again would be no better.
    RefusedElsewhere,
}

/// What the shell does next.
#[derive(PartialEq, Eq)]
pub enum Next {
    Nothing,
    /// Send with this token.
    Use(Credential, Serial),
    /// Take the lock, and report that it is held.
    Lock(Epoch),
    /// Ask the other tabs for a fresh token, and report when they had time to answer.
    Ask(Epoch),
    /// Ask the platform something harmless, and report whether it answers.
    Probe(Epoch),
    /// Send one refresh request, and report its end with this epoch.
    Send(Epoch),
    /// A refresh is under way: ask again when it ends.
    Wait,
    /// The last refresh failed a moment ago; the session may be fine. Fail this request in words.
    TryLater,
    /// Only signing in again helps.
    SignIn,
}

impl Refresh {
    /// A session that may exist, after a refresh whose answer was lost.
    pub fn doubtful() -> Self {
        Self {
            doubtful: 1,
            ..Self::default()
        }
    }

    pub fn step(&mut self, event: Event, now: Mono) -> Next {
        match event {
            Event::SignedIn(grant) => self.sign_in(grant, now),
            Event::SignedOut => self.sign_out(),
            Event::Rejected(serial) => self.reject(serial),
            // It may be older than the refresh whose answer was lost, so the doubt stays.
            Event::Shared(grant) if grant.expires_in_ms > self.left(now).max(MARGIN_MS) => self.share(grant, now),
            Event::Shared(_) => {}
            // Just granted, so newer than what is held, whatever is left of that.
            Event::RefreshedElsewhere(grant) => {
                self.doubtful = 0;
                self.share(grant, now);
            }
            Event::Wanted => return self.wanted(now),
            Event::Locked(epoch) if self.is_at(Phase::Locking, epoch) => {
                return self.go_on(now, Phase::Asking, Next::Ask(epoch));
            }
            Event::Asked(epoch) if self.is_at(Phase::Asking, epoch) => {
                let (phase, next) = match self.doubtful {
                    0 => (Phase::Sent, Next::Send(epoch)),
                    _ => (Phase::Probing, Next::Probe(epoch)),
                };
                return self.go_on(now, phase, next);
            }
            Event::Reachable(epoch) if self.is_at(Phase::Probing, epoch) => {
                return self.go_on(now, Phase::Sent, Next::Send(epoch));
            }
            Event::Refreshed(epoch, grant) if self.expects(epoch) => {
                self.phase = Phase::Idle;
                self.doubtful = 0;
                self.accept(grant, false, now);
            }
            Event::Refused(epoch) if self.expects(epoch) => {
                self.phase = Phase::Idle;
                self.held = None;
                self.ended = true;
                return Next::SignIn;
            }
            Event::NotCarriedOut(epoch) if self.is_current(epoch) => self.cool(now),
            Event::Lost(epoch) if self.expects(epoch) => {
                self.cool(now);
                return self.doubt(now);
            }
            Event::LostElsewhere => return self.doubt(now),
            Event::RefusedElsewhere => {
                self.doubtful = SPENT;
                return self.end_in_doubt(now);
            }
            // An answer of an earlier session, or one that nobody waits for any more.
            Event::Locked(_)
            | Event::Asked(_)
            | Event::Reachable(_)
            | Event::Refreshed(..)
            | Event::Refused(_)
            | Event::NotCarriedOut(_)
            | Event::Lost(_) => {}
        }
        Next::Nothing
    }

    fn sign_in(&mut self, grant: Grant, now: Mono) {
        self.epoch += 1;
        self.phase = Phase::Idle;
        self.ended = false;
        self.refused.clear();
        self.doubtful = 0;
        self.accept(grant, false, now);
    }

    fn sign_out(&mut self) {
        *self = Self {
            epoch: self.epoch + 1,
            serial: self.serial,
            ended: true,
            ..Self::default()
        };
    }

    fn reject(&mut self, serial: Serial) {
        // Several requests may have carried it: the second 401 tells nothing new.
        if serial.number == self.serial
            && let Some(held) = self.held.take()
        {
            if self.refused.len() == REMEMBERED {
                self.refused.remove(0);
            }
            self.refused.push(held.access);
        }
    }

    fn wanted(&mut self, now: Mono) -> Next {
        if self.ended {
            return Next::SignIn;
        }
        let left = self.left(now);
        if left > MARGIN_MS || (left > 0 && self.is_spent()) {
            return self.usable();
        }
        if self.end_in_doubt(now) == Next::SignIn {
            return Next::SignIn;
        }
        if self.phase != Phase::Idle {
            return Next::Wait;
        }
        if self.cool_until.is_some_and(|until| now < until) {
            // A failed early refresh does not end a session that is still valid.
            return if left > 0 { self.usable() } else { Next::TryLater };
        }
        self.phase = Phase::Locking;
        Next::Lock(Epoch(self.epoch))
    }

    /// Two refresh requests of the same token went without an answer: it is not shown a third time.
    const fn is_spent(&self) -> bool {
        self.doubtful >= SPENT
    }

    /// One more answer was lost.
    fn doubt(&mut self, now: Mono) -> Next {
        self.doubtful = self.doubtful.saturating_add(1);
        self.end_in_doubt(now)
    }

    /// Ends a session that cannot be refreshed any more, when its last token does. A request that is on its way decides itself.
    fn end_in_doubt(&mut self, now: Mono) -> Next {
        if !self.is_spent() || self.left(now) > 0 || self.phase == Phase::Sent {
            return Next::Nothing;
        }
        self.phase = Phase::Idle;
        self.held = None;
        self.ended = true;
        Next::SignIn
    }

    /// One step further, unless another tab refreshed, or found the refresh token spent, while this one waited.
    fn go_on(&mut self, now: Mono, phase: Phase, next: Next) -> Next {
        if self.is_spent() {
            self.phase = Phase::Idle;
            return self.end_in_doubt(now);
        }
        if self.left(now) > MARGIN_MS {
            self.phase = Phase::Idle;
            return Next::Nothing;
        }
        self.phase = phase;
        next
    }

    fn cool(&mut self, now: Mono) {
        self.phase = Phase::Idle;
        self.cool_until = Some(now.plus(COOL_DOWN_MS));
    }

    fn left(&self, now: Mono) -> u64 {
        self.held.as_ref().map_or(0, |held| now.until(held.expires_at))
    }

    fn usable(&self) -> Next {
        self.held
            .as_ref()
            .map_or(Next::TryLater, |held| Next::Use(held.access.clone(), self.current()))
    }

    /// Takes another tab's token.
    fn share(&mut self, grant: Grant, now: Mono) {
        // A token does not live longer by being told back and forth.
        let held = self.held.as_ref().map(|held| &held.access);
        let known = held == Some(&grant.access) || self.refused.contains(&grant.access);
        if !self.ended && !known {
            self.accept(grant, true, now);
        }
    }

    fn accept(&mut self, grant: Grant, second_hand: bool, now: Mono) {
        self.serial += 1;
        self.cool_until = None;
        // A lifetime shorter than twice the margin would be refreshed on every use.
        let life = grant.expires_in_ms.max(MARGIN_MS + 1_000);
        self.held = Some(Held {
            access: grant.access,
            expires_at: now.plus(life),
            second_hand,
        });
    }

    /// The token that another tab may be told, if it is good for a while.
    pub fn to_share(&self, now: Mono) -> Option<Grant> {
        let left = self.left(now);
        self.held
            .as_ref()
            .filter(|_| !self.ended && left > MARGIN_MS)
            .map(|held| Grant {
                access: held.access.clone(),
                expires_in_ms: left,
            })
    }

    /// The last token there was, fit for nothing but to ask whether the platform answers.
    pub fn last(&self) -> Option<&Credential> {
        self.held.as_ref().map(|held| &held.access).or(self.refused.last())
    }

    /// The token in use, whatever it is.
    pub fn current(&self) -> Serial {
        Serial {
            number: self.serial,
            second_hand: self.held.as_ref().is_some_and(|held| held.second_hand),
        }
    }

    /// Does an answer to the refresh request of this epoch still count? Ask before anything else is done with it.
    pub fn expects(&self, epoch: Epoch) -> bool {
        self.is_at(Phase::Sent, epoch)
    }

    fn is_at(&self, phase: Phase, Epoch(epoch): Epoch) -> bool {
        self.phase == phase && epoch == self.epoch
    }

    fn is_current(&self, Epoch(epoch): Epoch) -> bool {
        self.phase != Phase::Idle && epoch == self.epoch
    }
}
