//! Who is signed in, and what follows from what happens here, in another tab, and to a refresh that is under way.
//!
//! Pure, like [`Refresh`], which it holds and leads. [`Machine::step`] says everything that is to be done next, as a list
//! of [`Effect`]s in their order; [`run`](super::run::run) carries them out by whatever a shell gives it. The production
//! driver and the model checker run the same.

use super::events::{Account, Effect, End, Event, Found, Granted, Said, Tell, Who};
use super::refresh::{self, Epoch, Grant, Next, Refresh};
use crate::time::Mono;

type ToDo<A> = Vec<Effect<A>>;
type Telling<A> = fn(<A as Account>::Id, Grant) -> Tell<<A as Account>::Id>;

/// Invariants: at most one refresh is under way; who is out stays out until somebody signs in; a session is never taken
/// over by the answer of an earlier one, or by another person's.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Machine<A> {
    who: Who<A>,
    refresh: Refresh,
    /// Somebody waits for a token.
    is_asked: bool,
}

impl<A: Account> Default for Machine<A> {
    fn default() -> Self {
        Self {
            who: Who::Starting,
            refresh: Refresh::default(),
            is_asked: false,
        }
    }
}

impl<A: Account> Machine<A> {
    pub fn step(&mut self, event: Event<A>, now: Mono) -> ToDo<A> {
        let mut to_do = Vec::new();
        let to = &mut to_do;
        match event {
            Event::Began(found) => self.begin(found, now, to),
            Event::SignedIn(granted) => self.adopt(granted, Some(Tell::SignedIn), now, to),
            Event::SignedOut => {
                to.push(Effect::Tell(Tell::SignedOut));
                self.leave(now, to);
            }
            Event::Heard(said) => self.hear(said, now, to),
            Event::Wanted => {
                self.is_asked = true;
                self.answer(now, to);
            }
            Event::Rejected(serial) => self.follow(refresh::Event::Rejected(serial), now, to),
            Event::Lapsed => self.lapse(to),
            Event::Locked(epoch) => self.go_on(epoch, refresh::Event::Locked(epoch), now, to),
            Event::Asked(epoch) => self.go_on(epoch, refresh::Event::Asked(epoch), now, to),
            Event::Reachable(epoch) => self.go_on(epoch, refresh::Event::Reachable(epoch), now, to),
            Event::Ended(epoch, end) => {
                self.end(epoch, end, now, to);
                self.finish(epoch, now, to);
            }
        }
        to_do
    }

    pub const fn who(&self) -> &Who<A> {
        &self.who
    }

    /// The person, also while their session has lapsed.
    pub const fn user(&self) -> Option<&A> {
        match &self.who {
            Who::Someone(user) | Who::Lapsed(user) => Some(user),
            Who::Starting | Who::Nobody => None,
        }
    }

    /// Does somebody wait for a token?
    pub const fn is_asked(&self) -> bool {
        self.is_asked
    }

    pub const fn refresh(&self) -> &Refresh {
        &self.refresh
    }

    /// The person and the token that another tab may be told, if it is good for a while.
    pub fn to_share(&self, now: Mono) -> Option<(A::Id, Grant)> {
        let id = self.user()?.id().clone();
        Some((id, self.refresh.to_share(now)?))
    }

    fn is_of(&self, id: &A::Id) -> bool {
        self.user().is_some_and(|user| user.id() == id)
    }

    fn begin(&mut self, found: Found<A>, now: Mono, to: &mut ToDo<A>) {
        let is_starting = matches!(self.who, Who::Starting);
        match found {
            // What another tab said may have come first: out is out, and another person's session is not this one.
            Found::Granted(granted) => {
                if is_starting || self.is_of(granted.user.id()) {
                    self.adopt(granted, Some(Tell::Refreshed), now, to);
                }
            }
            _ if !is_starting => {}
            Found::Refused => {
                to.push(Effect::Forget);
                self.set_who(Who::Nobody, to);
            }
            Found::PutOff | Found::Unknown => self.resume(Refresh::default(), now, to),
            Found::Lost => self.resume(Refresh::doubtful(), now, to),
            Found::Unreadable | Found::Nothing => self.set_who(Who::Nobody, to),
        }
    }

    /// One refresh without a known session.
    fn resume(&mut self, refresh: Refresh, now: Mono, to: &mut ToDo<A>) {
        self.refresh = refresh;
        self.follow(refresh::Event::Wanted, now, to);
    }

    /// Takes a session over as its own.
    fn adopt(&mut self, granted: Granted<A>, tell: Option<Telling<A>>, now: Mono, to: &mut ToDo<A>) {
        to.push(Effect::Keep(granted.kept));
        to.push(Effect::Remember);
        self.follow(refresh::Event::SignedIn(granted.grant), now, to);
        let has_returned = matches!(self.who, Who::Lapsed(_));
        self.who = Who::Someone(granted.user);
        to.push(Effect::Show(has_returned));
        self.tell_session(tell, now, to);
        self.wake(now, to);
    }

    fn tell_session(&self, tell: Option<Telling<A>>, now: Mono, to: &mut ToDo<A>) {
        if let (Some(tell), Some((id, grant))) = (tell, self.to_share(now)) {
            to.push(Effect::Tell(tell(id, grant)));
        }
    }

    fn leave(&mut self, now: Mono, to: &mut ToDo<A>) {
        self.follow(refresh::Event::SignedOut, now, to);
        to.push(Effect::Forget);
        self.set_who(Who::Nobody, to);
        self.wake(now, to);
    }

    fn set_who(&mut self, who: Who<A>, to: &mut ToDo<A>) {
        self.who = who;
        to.push(Effect::Show(false));
    }

    /// Only signing in helps now.
    fn lapse(&mut self, to: &mut ToDo<A>) {
        if let Who::Someone(user) = &self.who {
            let user = user.clone();
            self.set_who(Who::Lapsed(user), to);
        }
    }

    fn hear(&mut self, said: Said<A>, now: Mono, to: &mut ToDo<A>) {
        match said {
            Said::SignedOut => self.leave(now, to),
            Said::AskToken => {
                let shared = self.to_share(now);
                to.push(Effect::Tell(
                    shared.map_or(Tell::NoToken, |(id, grant)| Tell::Token(id, grant)),
                ));
            }
            Said::NoToken => to.push(Effect::OtherAnswered(false)),
            Said::RefreshLost(id) => {
                if self.is_of(&id) {
                    self.follow(refresh::Event::LostElsewhere, now, to);
                }
            }
            Said::RefreshRefused(id) => {
                if self.is_of(&id) {
                    self.follow(refresh::Event::RefusedElsewhere, now, to);
                }
            }
            Said::SignedIn(granted) => self.hear_session(granted, &Source::SignedIn, now, to),
            Said::Refreshed(granted) => self.hear_session(granted, &Source::Refreshed, now, to),
            Said::Token(granted) => self.hear_session(granted, &Source::Answer, now, to),
        }
    }

    fn hear_session(&mut self, granted: Granted<A>, source: &Source, now: Mono, to: &mut ToDo<A>) {
        let adopts = match &self.who {
            Who::Someone(user) if user.id() == granted.user.id() => return self.share(granted, source, now, to),
            Who::Someone(_) => false,
            // An answer to somebody's question may be the very token that this tab was refused with.
            Who::Lapsed(user) => user.id() == granted.user.id() && !matches!(source, Source::Answer),
            Who::Starting => true,
            // Out is out, until somebody signs in.
            Who::Nobody => matches!(source, Source::SignedIn),
        };
        if adopts {
            self.adopt(granted, None, now, to);
        }
        to.push(Effect::OtherAnswered(adopts));
    }

    /// Another tab's token, for the session that this one is in.
    fn share(&mut self, granted: Granted<A>, source: &Source, now: Mono, to: &mut ToDo<A>) {
        let before = self.refresh.current();
        let event = match source {
            Source::Answer => refresh::Event::Shared(granted.grant),
            Source::SignedIn | Source::Refreshed => refresh::Event::RefreshedElsewhere(granted.grant),
        };
        self.follow(event, now, to);
        let is_fresh = self.refresh.current() != before;
        if is_fresh {
            to.push(Effect::Keep(granted.kept));
            self.know(granted.user, to);
            self.wake(now, to);
        }
        to.push(Effect::OtherAnswered(is_fresh));
    }

    /// A refresh can change what the user may do, and can never change who they are.
    fn know(&mut self, user: A, to: &mut ToDo<A>) {
        if self.user() != Some(&user) {
            self.set_who(Who::Someone(user), to);
        }
    }

    fn end(&mut self, epoch: Epoch, end: End<A>, now: Mono, to: &mut ToDo<A>) {
        let counts = self.refresh.expects(epoch);
        let id = self.user().map(|user| user.id().clone()).filter(|_| counts);
        match end {
            // An answer of a session that has ended since.
            End::Granted(_) if !counts => {}
            End::Granted(granted) if id.as_ref().is_some_and(|id| id != granted.user.id()) => {
                self.follow(refresh::Event::Refused(epoch), now, to);
            }
            End::Granted(granted) => {
                to.push(Effect::Keep(granted.kept));
                self.follow(refresh::Event::Refreshed(epoch, granted.grant), now, to);
                to.push(Effect::Remember);
                self.know(granted.user, to);
                self.tell_session(Some(Tell::Refreshed), now, to);
            }
            End::Refused => {
                to.extend(id.map(|id| Effect::Tell(Tell::RefreshRefused(id))));
                self.follow(refresh::Event::Refused(epoch), now, to);
            }
            End::NothingToShow => self.follow(refresh::Event::Refused(epoch), now, to),
            End::NotCarriedOut => self.follow(refresh::Event::NotCarriedOut(epoch), now, to),
            End::Lost => {
                to.extend(id.map(|id| Effect::Tell(Tell::RefreshLost(id))));
                self.follow(refresh::Event::Lost(epoch), now, to);
            }
        }
    }

    /// The next stretch of a refresh, or its end.
    fn go_on(&mut self, epoch: Epoch, event: refresh::Event, now: Mono, to: &mut ToDo<A>) {
        let next = self.refresh.step(event, now);
        let goes_on = matches!(next, Next::Ask(_) | Next::Probe(_) | Next::Send(_));
        self.take(next, to);
        if !goes_on {
            self.finish(epoch, now, to);
        }
    }

    fn finish(&mut self, epoch: Epoch, now: Mono, to: &mut ToDo<A>) {
        to.push(Effect::Finish(epoch));
        self.wake(now, to);
        if matches!(self.who, Who::Starting) {
            self.set_who(Who::Nobody, to);
        }
    }

    /// Who waits for a token asks again.
    fn wake(&mut self, now: Mono, to: &mut ToDo<A>) {
        if self.is_asked {
            self.answer(now, to);
        }
    }

    fn answer(&mut self, now: Mono, to: &mut ToDo<A>) {
        self.follow(refresh::Event::Wanted, now, to);
    }

    fn follow(&mut self, event: refresh::Event, now: Mono, to: &mut ToDo<A>) {
        let next = self.refresh.step(event, now);
        self.take(next, to);
    }

    /// The one place that interprets what [`Refresh`] says.
    fn take(&mut self, next: Next, to: &mut ToDo<A>) {
        match next {
            Next::Nothing | Next::Wait => {}
            Next::Use(token, serial) => self.tell_asked(Effect::Use(token, serial), to),
            Next::TryLater => self.tell_asked(Effect::TryLater, to),
            Next::SignIn => {
                self.lapse(to);
                self.tell_asked(Effect::SignIn, to);
            }
            Next::Lock(epoch) => to.push(Effect::TakeLock(epoch)),
            Next::Ask(epoch) => to.push(Effect::AskOtherTabs(epoch)),
            Next::Probe(epoch) => to.push(Effect::Probe(epoch)),
            Next::Send(epoch) => to.push(Effect::SendRefresh(epoch)),
        }
    }

    fn tell_asked(&mut self, answer: Effect<A>, to: &mut ToDo<A>) {
        if self.is_asked {
            self.is_asked = false;
            to.push(answer);
        }
    }
}

/// How another tab came by the session that it tells of.
enum Source {
    SignedIn,
    Refreshed,
    /// It had the token all along, and was asked.
    Answer,
}
