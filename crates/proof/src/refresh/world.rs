//! What can happen next, and what it does.

use omnival_core::session::events::{End, Event, Found};
use omnival_core::session::refresh::Epoch;
use omnival_core::session::{Machine, Who};

use super::setup::{Bug, Setup};
use super::state::{Answer, Flight, Phase, Session, State, TabMessage, granted};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// A request needs a token.
    Wants {
        tab: u8,
    },
    /// One of its refreshes gets the lock.
    Locked {
        tab: u8,
        at: u8,
    },
    /// It has waited for the lock as long as it does.
    LockTooLate {
        tab: u8,
        at: u8,
    },
    /// The others had time enough to answer.
    AskedInVain {
        tab: u8,
        at: u8,
    },
    ProbeAnswered {
        tab: u8,
        at: u8,
    },
    ProbeFails {
        tab: u8,
        at: u8,
    },
    NoAnswer {
        tab: u8,
        at: u8,
    },
    Hears {
        tab: u8,
    },
    Arrives {
        flight: u8,
    },
    PutOff {
        flight: u8,
    },
    LostOnTheWay {
        flight: u8,
    },
    Answered {
        flight: u8,
    },
    SignsOut {
        tab: u8,
        heard: bool,
    },
    SignsIn {
        tab: u8,
    },
    Dies {
        tab: u8,
    },
    Opens {
        tab: u8,
    },
    TokensExpire,
    Tick,
}

pub fn possible(setup: &Setup, state: &State, to: &mut Vec<Action>) {
    let left = &state.left;
    for (tab, page) in (0..).zip(&state.tabs) {
        if !page.alive {
            to.push(Action::Opens { tab });
            continue;
        }
        if left.wants > 0 && !page.session.is_asked() && page.is_signed_in() {
            to.push(Action::Wants { tab });
        }
        for (at, (epoch, phase)) in (0..).zip(&page.refreshes) {
            of_refresh(setup, state, (tab, at), (tab, *epoch), *phase, to);
        }
        if !page.inbox.is_empty() {
            to.push(Action::Hears { tab });
        }
        if left.sign_outs > 0 && page.user().is_some() {
            to.extend([true, false].map(|heard| Action::SignsOut { tab, heard }));
        }
        if left.sign_ins > 0 && matches!(page.session.who(), Who::Nobody | Who::Lapsed(_)) {
            to.push(Action::SignsIn { tab });
        }
        if left.crashes > 0 {
            to.push(Action::Dies { tab });
        }
    }
    for (flight, at) in (0..).zip(&state.flights) {
        if at.answer.is_some() {
            to.push(Action::Answered { flight });
            continue;
        }
        to.push(Action::Arrives { flight });
        if left.put_off > 0 {
            to.push(Action::PutOff { flight });
        }
        if left.losses > 0 {
            to.push(Action::LostOnTheWay { flight });
        }
    }
    if left.expiries > 0 {
        to.push(Action::TokensExpire);
    }
    if left.ticks > 0 && state.flights.iter().all(|flight| flight.until > state.now) {
        to.push(Action::Tick);
    }
}

fn of_refresh(setup: &Setup, state: &State, place: (u8, u8), who: (u8, Epoch), phase: Phase, to: &mut Vec<Action>) {
    let ((tab, at), left) = (place, &state.left);
    let page = &state.tabs[usize::from(tab)];
    let partition = &state.partitions[usize::from(page.partition)];
    match phase {
        Phase::Lock { .. } if partition.holder.is_none() && partition.queue.front() == Some(&who) => {
            to.push(Action::Locked { tab, at });
        }
        Phase::Lock { since } => {
            if left.slow > 0 && (setup.has(Bug::LockStolen) || since < state.now) {
                to.push(Action::LockTooLate { tab, at });
            }
        }
        Phase::Others { .. } => {
            // Who died will not answer, and is waited for no longer than who is slow.
            let open = state
                .others(tab)
                .any(|other| other.inbox.contains(&TabMessage::AskToken));
            if left.slow > 0 || (!open && page.inbox.is_empty()) {
                to.push(Action::AskedInVain { tab, at });
            }
        }
        Phase::Probe => {
            to.push(Action::ProbeAnswered { tab, at });
            if left.losses > 0 {
                to.push(Action::ProbeFails { tab, at });
            }
        }
        Phase::Answer { .. } => {
            let under_way = state.flights.iter().any(|flight| flight.listener == Some(who));
            if left.losses > 0 || !under_way {
                to.push(Action::NoAnswer { tab, at });
            }
        }
    }
}

/// The state after an action, which must be possible.
pub fn after(setup: &Setup, state: &State, action: Action) -> State {
    let mut next = state.clone();
    match action {
        Action::Wants { tab } => {
            next.left.wants -= 1;
            next.run(setup, tab, Event::Wanted);
        }
        Action::Locked { tab, at }
        | Action::LockTooLate { tab, at }
        | Action::AskedInVain { tab, at }
        | Action::ProbeAnswered { tab, at }
        | Action::ProbeFails { tab, at }
        | Action::NoAnswer { tab, at } => {
            let (epoch, phase) = state.tabs[usize::from(tab)].refreshes[usize::from(at)];
            next.goes_on(setup, tab, epoch, phase, action);
        }
        Action::Hears { tab } => next.hear(setup, tab),
        Action::SignsOut { tab, heard } => next.sign_out(setup, tab, heard),
        Action::SignsIn { tab } => next.sign_in(setup, tab),
        Action::Dies { tab } => {
            next.left.crashes -= 1;
            next.die(tab);
        }
        Action::Opens { tab } => {
            let page = &mut next.tabs[usize::from(tab)];
            (page.alive, page.session) = (true, Machine::default());
            next.run(setup, tab, Event::Began(Found::Unknown));
            next.run(setup, tab, Event::Wanted);
        }
        Action::TokensExpire => {
            next.left.expiries -= 1;
            let now = next.now;
            next.tokens
                .iter_mut()
                .for_each(|token| token.until = token.until.min(now));
        }
        Action::Tick => {
            next.left.ticks -= 1;
            next.now += 1;
        }
        Action::Arrives { flight }
        | Action::PutOff { flight }
        | Action::LostOnTheWay { flight }
        | Action::Answered { flight } => next.fly(setup, flight, action),
    }
    next
}

impl State {
    /// What the shell waited for in a refresh is over.
    fn goes_on(&mut self, setup: &Setup, tab: u8, epoch: Epoch, phase: Phase, action: Action) {
        let event = match action {
            Action::Locked { .. } => return self.locked(setup, tab, epoch),
            Action::AskedInVain { .. } => {
                self.left.slow = self.left.slow.saturating_sub(1);
                Event::Asked(epoch)
            }
            Action::ProbeAnswered { .. } => Event::Reachable(epoch),
            Action::NoAnswer { .. } => {
                self.left.losses = self.left.losses.saturating_sub(1);
                let probed = matches!(phase, Phase::Answer { probed: true });
                return self.no_answer(setup, tab, epoch, probed);
            }
            Action::LockTooLate { .. } => {
                self.left.slow -= 1;
                if setup.has(Bug::LockStolen) {
                    return self.locked(setup, tab, epoch);
                }
                let partition = self.tabs[usize::from(tab)].partition;
                let queue = &mut self.partitions[usize::from(partition)].queue;
                queue.retain(|waiting| *waiting != (tab, epoch));
                Event::Ended(epoch, End::NotCarriedOut)
            }
            _ => {
                self.left.losses -= 1;
                Event::Ended(epoch, End::NotCarriedOut)
            }
        };
        self.run(setup, tab, event);
    }

    /// The operator signs out; the platform may never hear of it.
    fn sign_out(&mut self, setup: &Setup, tab: u8, heard: bool) {
        self.left.sign_outs -= 1;
        let partition = usize::from(self.tabs[usize::from(tab)].partition);
        if heard && let Some((session, _)) = self.partitions[partition].cookie.take() {
            self.partitions[partition].shown = 0;
            if let Some(session) = self.sessions.get_mut(usize::from(session)) {
                session.revoked = true;
            }
        }
        self.run(setup, tab, Event::SignedOut);
    }

    /// Whoever signs in is another person than before.
    fn sign_in(&mut self, setup: &Setup, tab: u8) {
        self.left.sign_ins -= 1;
        let user = u8::try_from(self.sessions.len()).unwrap_or(u8::MAX);
        self.sessions.push(Session {
            generation: 0,
            revoked: false,
        });
        let grant = self.issue(user);
        let partition = usize::from(self.tabs[usize::from(tab)].partition);
        self.partitions[partition].cookie = Some((user, 0));
        self.partitions[partition].shown = 0;
        self.run(setup, tab, Event::SignedIn(granted(user, grant)));
    }

    /// The lock goes back with the page; its request may arrive all the same, and the answer finds nobody.
    fn die(&mut self, tab: u8) {
        for (epoch, _) in std::mem::take(&mut self.tabs[usize::from(tab)].refreshes) {
            self.unlisten(tab, epoch);
        }
        let page = &mut self.tabs[usize::from(tab)];
        (page.alive, page.session) = (false, Machine::default());
        page.inbox.clear();
        let partition = &mut self.partitions[usize::from(page.partition)];
        partition.queue.retain(|(waiting, _)| *waiting != tab);
        partition.holder = partition.holder.filter(|(holder, _)| *holder != tab);
    }

    fn fly(&mut self, setup: &Setup, flight: u8, action: Action) {
        let mut at = self.flights.remove(usize::from(flight));
        let answer = match action {
            Action::Arrives { .. } => self.refresh(&at),
            Action::PutOff { .. } => {
                self.left.put_off -= 1;
                let shown = &mut self.partitions[usize::from(at.partition)].shown;
                *shown = shown.saturating_sub(1);
                Answer::PutOff
            }
            Action::Answered { .. } => {
                if let (Some((tab, epoch)), Some(answer)) = (at.listener, at.answer) {
                    // The browser stores the cookie before any script hears of it.
                    if let Answer::Granted {
                        session, generation, ..
                    } = answer
                    {
                        let partition = &mut self.partitions[usize::from(at.partition)];
                        (partition.cookie, partition.shown) = (Some((session, generation)), 0);
                    }
                    self.answered(setup, tab, epoch, answer);
                }
                return;
            }
            _ => {
                self.left.losses -= 1;
                return;
            }
        };
        if at.listener.is_some() {
            (at.answer, at.until) = (Some(answer), self.now + 1);
            self.flights.push(at);
        }
    }

    /// The platform rotates strictly: a spent token that is shown again ends the session.
    fn refresh(&mut self, at: &Flight) -> Answer {
        let Some((number, generation)) = at.carries else {
            return Answer::Refused;
        };
        let Some(session) = self.sessions.get_mut(usize::from(number)) else {
            return Answer::Refused;
        };
        if session.revoked {
            return Answer::Refused;
        }
        if session.generation != generation {
            session.revoked = true;
            self.wrong.reused = true;
            return Answer::Refused;
        }
        session.generation += 1;
        let generation = session.generation;
        let grant = self.issue(number);
        Answer::Granted {
            session: number,
            generation,
            grant,
        }
    }
}
