//! What can happen next, and what it does.

use omnival_core::session::Renewal;
use omnival_core::session::renewal::{Epoch, Event};

use super::setup::{Bug, Setup};
use super::state::{Answer, Flight, Session, State, Way, Who, Word};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// A request needs a token.
    Wants {
        tab: u8,
    },
    /// One of its renewals gets the lock.
    Locked {
        tab: u8,
        way: u8,
    },
    /// It has waited for the lock as long as it does.
    LockTooLate {
        tab: u8,
        way: u8,
    },
    /// The others had time enough to answer.
    AskedInVain {
        tab: u8,
        way: u8,
    },
    ProbeAnswered {
        tab: u8,
        way: u8,
    },
    ProbeFails {
        tab: u8,
        way: u8,
    },
    NoAnswer {
        tab: u8,
        way: u8,
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
        if left.wants > 0 && !page.wants && matches!(page.who, Who::Someone(_)) {
            to.push(Action::Wants { tab });
        }
        for (way, (epoch, at)) in (0..).zip(&page.ways) {
            of_way(setup, state, (tab, way), (tab, *epoch), *at, to);
        }
        if !page.inbox.is_empty() {
            to.push(Action::Hears { tab });
        }
        if left.sign_outs > 0 && matches!(page.who, Who::Someone(_) | Who::Lapsed(_)) {
            to.extend([true, false].map(|heard| Action::SignsOut { tab, heard }));
        }
        if left.sign_ins > 0 && matches!(page.who, Who::Nobody | Who::Lapsed(_)) {
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

fn of_way(setup: &Setup, state: &State, place: (u8, u8), who: (u8, Epoch), at: Way, to: &mut Vec<Action>) {
    let ((tab, way), left) = (place, &state.left);
    let page = &state.tabs[usize::from(tab)];
    let partition = &state.partitions[usize::from(page.partition)];
    match at {
        Way::Lock { .. } if partition.holder.is_none() && partition.queue.front() == Some(&who) => {
            to.push(Action::Locked { tab, way });
        }
        Way::Lock { since } => {
            if left.slow > 0 && (setup.has(Bug::LockStolen) || since < state.now) {
                to.push(Action::LockTooLate { tab, way });
            }
        }
        Way::Others { .. } => {
            // Who died will not answer, and is waited for no longer than who is slow.
            let open = state.others(tab).any(|other| other.inbox.contains(&Word::AskToken));
            if left.slow > 0 || (!open && page.inbox.is_empty()) {
                to.push(Action::AskedInVain { tab, way });
            }
        }
        Way::Probe => {
            to.push(Action::ProbeAnswered { tab, way });
            if left.losses > 0 {
                to.push(Action::ProbeFails { tab, way });
            }
        }
        Way::Answer { .. } => {
            let under_way = state.flights.iter().any(|flight| flight.listener == Some(who));
            if left.losses > 0 || !under_way {
                to.push(Action::NoAnswer { tab, way });
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
            next.want(setup, tab);
        }
        Action::Locked { tab, way }
        | Action::LockTooLate { tab, way }
        | Action::AskedInVain { tab, way }
        | Action::ProbeAnswered { tab, way }
        | Action::ProbeFails { tab, way }
        | Action::NoAnswer { tab, way } => {
            let (epoch, at) = state.tabs[usize::from(tab)].ways[usize::from(way)];
            next.walk(setup, tab, epoch, at, action);
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
            (page.alive, page.who, page.renewal) = (true, Who::Starting, Renewal::default());
            next.want(setup, tab);
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
    /// One stretch of the way of a renewal ends.
    fn walk(&mut self, setup: &Setup, tab: u8, epoch: Epoch, at: Way, action: Action) {
        let failed = match action {
            Action::Locked { .. } => return self.locked(setup, tab, epoch),
            Action::AskedInVain { .. } => {
                self.left.slow = self.left.slow.saturating_sub(1);
                return self.asked(setup, tab, epoch);
            }
            Action::ProbeAnswered { .. } => {
                let next = self.step(tab, Event::Reachable(epoch));
                return self.go_on(setup, tab, epoch, &next, true);
            }
            Action::NoAnswer { .. } => {
                self.left.losses = self.left.losses.saturating_sub(1);
                let probed = matches!(at, Way::Answer { probed: true });
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
                Event::NotCarriedOut(epoch)
            }
            _ => {
                self.left.losses -= 1;
                Event::NotCarriedOut(epoch)
            }
        };
        self.step(tab, failed);
        self.end(setup, tab, epoch);
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
        if !setup.has(Bug::SignOutUntold) {
            self.tell(tab, &Word::SignedOut);
        }
        self.leave(setup, tab);
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
        self.adopt(setup, tab, user, grant);
        self.share(tab, |user, grant| Word::SignedIn { user, grant });
    }

    /// The lock goes back with the page; its request may arrive all the same, and the answer finds nobody.
    fn die(&mut self, tab: u8) {
        for (epoch, _) in std::mem::take(&mut self.tabs[usize::from(tab)].ways) {
            self.unlisten(tab, epoch);
        }
        let page = &mut self.tabs[usize::from(tab)];
        (page.alive, page.wants) = (false, false);
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
