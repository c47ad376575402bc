//! What the shell of each page does for the production [`Renewal`]: lock, question, probe, request, and the other tabs.

use omnival_core::session::Renewal;
use omnival_core::session::renewal::{Epoch, Event, Grant, Next};

use super::setup::{Bug, DELAY, Setup};
use super::state::{Answer, Flight, Partition, State, Way, Who, Word};

impl State {
    fn renewal(&mut self, tab: u8) -> &mut Renewal {
        &mut self.tabs[usize::from(tab)].renewal
    }

    pub fn step(&mut self, tab: u8, event: Event) -> Next {
        let now = self.clock();
        self.renewal(tab).step(event, now)
    }

    /// A request of this page needs a token, and uses it at once when there is one.
    pub fn want(&mut self, setup: &Setup, tab: u8) {
        // A request is sent again once after a 401.
        for _ in 0..2 {
            match self.step(tab, Event::Wanted) {
                Next::Use(token, serial) => {
                    if self.takes(&token) {
                        self.tabs[usize::from(tab)].wants = false;
                        return;
                    }
                    self.step(tab, Event::Rejected(serial));
                }
                Next::Lock(epoch) => {
                    self.tabs[usize::from(tab)].wants = true;
                    return self.take_lock(setup, tab, epoch);
                }
                Next::Wait => {
                    self.tabs[usize::from(tab)].wants = true;
                    return;
                }
                Next::SignIn => {
                    self.tabs[usize::from(tab)].wants = false;
                    return self.lapse(tab);
                }
                _ => break,
            }
        }
        self.tabs[usize::from(tab)].wants = false;
    }

    fn take_lock(&mut self, setup: &Setup, tab: u8, epoch: Epoch) {
        let since = self.now;
        self.goes(tab, epoch, Way::Lock { since });
        if setup.has(Bug::NoLock) {
            return self.locked(setup, tab, epoch);
        }
        self.partition(tab).queue.push_back((tab, epoch));
    }

    fn partition(&mut self, tab: u8) -> &mut Partition {
        let partition = self.tabs[usize::from(tab)].partition;
        &mut self.partitions[usize::from(partition)]
    }

    fn goes(&mut self, tab: u8, epoch: Epoch, way: Way) {
        let ways = &mut self.tabs[usize::from(tab)].ways;
        match ways.iter_mut().find(|(of, _)| *of == epoch) {
            Some((_, old)) => *old = way,
            None => ways.push((epoch, way)),
        }
    }

    /// This renewal holds the lock now.
    pub fn locked(&mut self, setup: &Setup, tab: u8, epoch: Epoch) {
        let partition = self.partition(tab);
        partition.queue.retain(|waiting| *waiting != (tab, epoch));
        if !setup.has(Bug::NoLock) {
            partition.holder = Some((tab, epoch));
        }
        let next = self.step(tab, Event::Locked(epoch));
        self.go_on(setup, tab, epoch, &next, false);
    }

    /// The next stretch of the way, or its end.
    pub fn go_on(&mut self, setup: &Setup, tab: u8, epoch: Epoch, next: &Next, probed: bool) {
        match next {
            Next::Ask(_) => {
                let left = u8::try_from(self.others(tab).count()).unwrap_or(u8::MAX);
                if left == 0 || setup.has(Bug::TabsNotAsked) {
                    return self.asked(setup, tab, epoch);
                }
                self.goes(tab, epoch, Way::Others { left });
                self.tell(tab, &Word::AskToken);
            }
            Next::Probe(_) if setup.has(Bug::NoProbe) => {
                let next = self.step(tab, Event::Reachable(epoch));
                self.go_on(setup, tab, epoch, &next, false);
            }
            Next::Probe(_) => self.goes(tab, epoch, Way::Probe),
            Next::Send(_) => self.send(tab, epoch, probed),
            _ => self.end(setup, tab, epoch),
        }
    }

    fn send(&mut self, tab: u8, epoch: Epoch, probed: bool) {
        let who = self.tabs[usize::from(tab)].who;
        let good = self
            .others(tab)
            .filter(|page| page.who == who)
            .filter_map(|page| self.shareable(page))
            .any(|grant| self.is_good(&grant.access));
        self.wrong.needless |= good;
        self.goes(tab, epoch, Way::Answer { probed });
        let at = self.partition(tab);
        let (carries, shown) = (at.cookie, at.shown);
        at.shown = shown.saturating_add(1);
        self.wrong.blind |= carries.is_some() && (shown > 1 || (shown == 1 && !probed));
        self.flights.push(Flight {
            partition: self.tabs[usize::from(tab)].partition,
            listener: Some((tab, epoch)),
            carries,
            until: self.now + DELAY,
            answer: None,
        });
    }

    /// A renewal is over, as far as the shell goes: the lock goes back, and who waited asks again.
    pub fn end(&mut self, setup: &Setup, tab: u8, epoch: Epoch) {
        self.tabs[usize::from(tab)].ways.retain(|(of, _)| *of != epoch);
        let partition = self.partition(tab);
        if partition.holder == Some((tab, epoch)) {
            partition.holder = None;
        }
        self.wake(setup, tab);
    }

    fn wake(&mut self, setup: &Setup, tab: u8) {
        if self.tabs[usize::from(tab)].wants {
            self.want(setup, tab);
        }
        let page = &mut self.tabs[usize::from(tab)];
        if page.who == Who::Starting && page.ways.is_empty() {
            page.who = Who::Nobody;
        }
    }

    /// The answer to a refresh request, as the renewal that waits for it hears it.
    pub fn answered(&mut self, setup: &Setup, tab: u8, epoch: Epoch, answer: Answer) {
        let user = self.user(tab);
        let expected = self.tabs[usize::from(tab)].renewal.expects(epoch);
        match answer {
            Answer::Granted { session, grant, .. } if setup.has(Bug::NoCommitGuard) && !expected => {
                self.adopt(setup, tab, session, grant);
            }
            Answer::Granted { .. } if !expected => {}
            Answer::Granted { session, .. } if user.is_some_and(|user| user != session) => {
                let next = self.step(tab, Event::Refused(epoch));
                self.concluded(tab, &next);
            }
            Answer::Granted { session, grant, .. } => {
                self.step(tab, Event::Renewed(epoch, grant));
                self.tabs[usize::from(tab)].who = Who::Someone(session);
                self.share(tab, |user, grant| Word::Renewed { user, grant });
            }
            Answer::Refused => {
                if let Some(user) = user.filter(|_| expected) {
                    self.tell(tab, &Word::Refused { user });
                }
                let next = self.step(tab, Event::Refused(epoch));
                self.concluded(tab, &next);
            }
            Answer::PutOff => {
                let next = self.step(tab, Event::NotCarriedOut(epoch));
                self.concluded(tab, &next);
            }
        }
        self.end(setup, tab, epoch);
    }

    /// No answer to a refresh request.
    pub fn no_answer(&mut self, setup: &Setup, tab: u8, epoch: Epoch, probed: bool) {
        self.unlisten(tab, epoch);
        if setup.has(Bug::ResentAtOnce) && self.left.losses > 0 {
            return self.send(tab, epoch, probed);
        }
        let expected = self.tabs[usize::from(tab)].renewal.expects(epoch);
        if let Some(user) = self.user(tab).filter(|_| expected && !setup.has(Bug::LossUntold)) {
            self.tell(tab, &Word::Lost { user });
        }
        let next = self.step(tab, Event::Lost(epoch));
        self.concluded(tab, &next);
        self.end(setup, tab, epoch);
    }

    fn concluded(&mut self, tab: u8, next: &Next) {
        if *next == Next::SignIn {
            self.lapse(tab);
        }
    }

    pub fn unlisten(&mut self, tab: u8, epoch: Epoch) {
        let listener = Some((tab, epoch));
        self.flights
            .retain(|flight| flight.listener != listener || flight.answer.is_none());
        for flight in &mut self.flights {
            if flight.listener == listener {
                flight.listener = None;
            }
        }
    }

    pub fn user(&self, tab: u8) -> Option<u8> {
        match self.tabs[usize::from(tab)].who {
            Who::Someone(user) | Who::Lapsed(user) => Some(user),
            Who::Starting | Who::Nobody => None,
        }
    }

    fn lapse(&mut self, tab: u8) {
        let page = &mut self.tabs[usize::from(tab)];
        if let Who::Someone(user) = page.who {
            page.who = Who::Lapsed(user);
        }
    }

    /// Takes a session over as its own.
    pub fn adopt(&mut self, setup: &Setup, tab: u8, user: u8, grant: Grant) {
        self.step(tab, Event::SignedIn(grant));
        self.tabs[usize::from(tab)].who = Who::Someone(user);
        self.wake(setup, tab);
    }

    pub fn share(&mut self, tab: u8, word: impl Fn(u8, Grant) -> Word) {
        let grant = self.shareable(&self.tabs[usize::from(tab)]);
        if let (Some(user), Some(grant)) = (self.user(tab), grant) {
            self.tell(tab, &word(user, grant));
        }
    }

    pub fn leave(&mut self, setup: &Setup, tab: u8) {
        self.step(tab, Event::SignedOut);
        self.tabs[usize::from(tab)].who = Who::Nobody;
        self.wake(setup, tab);
    }

    /// The next message of the other tabs.
    pub fn hear(&mut self, setup: &Setup, tab: u8) {
        let Some(word) = self.tabs[usize::from(tab)].inbox.pop_front() else {
            return;
        };
        let mine = |state: &Self, user: u8| state.user(tab) == Some(user);
        match word {
            Word::SignedOut => self.leave(setup, tab),
            Word::AskToken => {
                let grant = self.shareable(&self.tabs[usize::from(tab)]);
                match (self.user(tab), grant) {
                    (Some(user), Some(grant)) => self.tell(tab, &Word::Token { user, grant }),
                    _ => self.tell(tab, &Word::NoToken),
                }
            }
            Word::NoToken => self.other_answered(setup, tab, false),
            Word::Lost { user } if mine(self, user) => {
                let next = self.step(tab, Event::LostElsewhere);
                self.concluded(tab, &next);
            }
            Word::Refused { user } if mine(self, user) => {
                let next = self.step(tab, Event::RefusedElsewhere);
                self.concluded(tab, &next);
            }
            Word::Lost { .. } | Word::Refused { .. } => {}
            Word::SignedIn { user, ref grant }
            | Word::Renewed { user, ref grant }
            | Word::Token { user, ref grant } => {
                let adopts = match self.tabs[usize::from(tab)].who {
                    Who::Someone(own) if own == user || setup.has(Bug::AnybodysToken) => {
                        let before = self.renewal(tab).current();
                        let event = if matches!(word, Word::Token { .. }) {
                            Event::Shared
                        } else {
                            Event::RenewedElsewhere
                        };
                        self.step(tab, event(grant.clone()));
                        let fresh = self.renewal(tab).current() != before;
                        if fresh {
                            self.wake(setup, tab);
                        }
                        return self.other_answered(setup, tab, fresh);
                    }
                    Who::Someone(_) => false,
                    Who::Lapsed(own) => own == user && !matches!(word, Word::Token { .. }),
                    Who::Starting => true,
                    Who::Nobody => matches!(word, Word::SignedIn { .. }),
                };
                if adopts {
                    self.adopt(setup, tab, user, grant.clone());
                }
                self.other_answered(setup, tab, adopts);
            }
        }
    }

    fn other_answered(&mut self, setup: &Setup, tab: u8, fresh: bool) {
        let asking = self.tabs[usize::from(tab)]
            .ways
            .iter_mut()
            .find_map(|(epoch, way)| match way {
                Way::Others { left } => Some((*epoch, left)),
                _ => None,
            });
        if let Some((epoch, left)) = asking {
            *left = left.saturating_sub(1);
            if fresh || *left == 0 {
                self.asked(setup, tab, epoch);
            }
        }
    }

    /// The others have answered, or had time enough.
    pub fn asked(&mut self, setup: &Setup, tab: u8, epoch: Epoch) {
        let next = self.step(tab, Event::Asked(epoch));
        self.go_on(setup, tab, epoch, &next, false);
    }
}
