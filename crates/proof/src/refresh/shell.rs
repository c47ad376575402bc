//! What each effect of the production [`Machine`](omnival_core::session::Machine) means in the model: lock, question,
//! probe, request, and the other tabs. The mistakes are built in here, for the machine has none to switch on.

use omnival_core::session::Credential;
use omnival_core::session::events::{Effect, End, Event, Said, Tell};
use omnival_core::session::refresh::{Epoch, Serial};
use omnival_core::session::run::{Shell, run};

use super::setup::{Bug, DELAY, Setup};
use super::state::{Answer, Flight, Page, Partition, Person, Phase, State, TabMessage, granted};

/// One page while something happens to it.
struct Tab<'a> {
    state: &'a mut State,
    setup: &'a Setup,
    tab: u8,
    /// Requests that were answered 401.
    refused: u8,
}

impl Tab<'_> {
    fn page(&mut self) -> &mut Page {
        &mut self.state.tabs[usize::from(self.tab)]
    }

    fn partition(&mut self) -> &mut Partition {
        let partition = self.page().partition;
        &mut self.state.partitions[usize::from(partition)]
    }
}

impl Shell<Person> for Tab<'_> {
    fn step(&mut self, event: Event<Person>) -> Vec<Effect<Person>> {
        let now = self.state.clock();
        self.page().session.step(event, now)
    }

    /// A request of this page uses the token at once, and is sent again once after a 401.
    fn use_token(&mut self, token: Credential, serial: Serial) {
        if self.state.takes(&token) {
            return;
        }
        run(self, Event::Rejected(serial));
        self.refused += 1;
        if self.refused < 2 {
            run(self, Event::Wanted);
        }
    }

    /// The request fails in words.
    fn try_later(&mut self) {}

    /// And so it does here.
    fn sign_in(&mut self) {}

    fn take_lock(&mut self, of: Epoch) {
        let since = self.state.now;
        self.page().enter(of, Phase::Lock { since });
        if self.setup.has(Bug::NoLock) {
            return run(self, Event::Locked(of));
        }
        let waiting = (self.tab, of);
        self.partition().queue.push_back(waiting);
    }

    fn ask_other_tabs(&mut self, of: Epoch) {
        let left = u8::try_from(self.state.others(self.tab).count()).unwrap_or(u8::MAX);
        if left == 0 || self.setup.has(Bug::TabsNotAsked) {
            return run(self, Event::Asked(of));
        }
        self.page().enter(of, Phase::Others { left });
        self.state.tell(self.tab, &TabMessage::AskToken);
    }

    fn probe(&mut self, of: Epoch) {
        if self.setup.has(Bug::NoProbe) {
            return run(self, Event::Reachable(of));
        }
        self.page().enter(of, Phase::Probe);
    }

    fn send_refresh(&mut self, of: Epoch) {
        let probed = self.page().refreshes.contains(&(of, Phase::Probe));
        self.state.send(self.tab, of, probed);
    }

    fn finish(&mut self, of: Epoch) {
        self.page().refreshes.retain(|(epoch, _)| *epoch != of);
        let holder = Some((self.tab, of));
        let partition = self.partition();
        partition.holder = partition.holder.filter(|_| partition.holder != holder);
    }

    fn other_answered(&mut self, with_fresh_token: bool) {
        let asking = self.page().refreshes.iter_mut().find_map(|(of, phase)| match phase {
            Phase::Others { left } => Some((*of, left)),
            Phase::Lock { .. } | Phase::Probe | Phase::Answer { .. } => None,
        });
        let Some((of, left)) = asking else { return };
        *left = left.saturating_sub(1);
        if with_fresh_token || *left == 0 {
            run(self, Event::Asked(of));
        }
    }

    /// In the cookie.
    fn keep(&mut self, (): ()) {}

    /// A page that is opened here always finds that a session may exist.
    fn remember(&mut self) {}

    fn forget(&mut self) {}

    fn tell(&mut self, what: Tell<u8>) {
        let message = match what {
            Tell::SignedIn(user, grant) => TabMessage::SignedIn { user, grant },
            Tell::SignedOut if self.setup.has(Bug::SignOutUntold) => return,
            Tell::SignedOut => TabMessage::SignedOut,
            Tell::Refreshed(user, grant) => TabMessage::Refreshed { user, grant },
            Tell::Token(user, grant) => TabMessage::Token { user, grant },
            Tell::NoToken => TabMessage::NoToken,
            Tell::RefreshLost(_) if self.setup.has(Bug::LossUntold) => return,
            Tell::RefreshLost(user) => TabMessage::Lost { user },
            Tell::RefreshRefused(user) => TabMessage::Refused { user },
        };
        self.state.tell(self.tab, &message);
    }

    /// The properties look for themselves.
    fn show(&mut self, _: bool) {}
}

impl State {
    /// Something happens to this page, and all that follows at once.
    pub fn run(&mut self, setup: &Setup, tab: u8, event: Event<Person>) {
        let mut page = Tab {
            state: self,
            setup,
            tab,
            refused: 0,
        };
        run(&mut page, event);
    }

    /// This refresh holds the lock now.
    pub fn locked(&mut self, setup: &Setup, tab: u8, of: Epoch) {
        let partition = &mut self.partitions[usize::from(self.tabs[usize::from(tab)].partition)];
        partition.queue.retain(|waiting| *waiting != (tab, of));
        if !setup.has(Bug::NoLock) {
            partition.holder = Some((tab, of));
        }
        self.run(setup, tab, Event::Locked(of));
    }

    fn send(&mut self, tab: u8, of: Epoch, probed: bool) {
        let who = self.tabs[usize::from(tab)].session.who().clone();
        let good = self
            .others(tab)
            .filter(|page| *page.session.who() == who)
            .filter_map(|page| self.shareable(page))
            .any(|grant| self.is_good(&grant.access));
        self.wrong.needless |= good;
        let page = &mut self.tabs[usize::from(tab)];
        page.enter(of, Phase::Answer { probed });
        let partition = &mut self.partitions[usize::from(page.partition)];
        let (carries, shown) = (partition.cookie, partition.shown);
        partition.shown = shown.saturating_add(1);
        self.wrong.blind |= carries.is_some() && (shown > 1 || (shown == 1 && !probed));
        self.flights.push(Flight {
            partition: page.partition,
            listener: Some((tab, of)),
            carries,
            until: self.now + DELAY,
            answer: None,
        });
    }

    /// The answer to a refresh request, as the refresh that waits for it hears it.
    pub fn answered(&mut self, setup: &Setup, tab: u8, of: Epoch, answer: Answer) {
        let expected = self.tabs[usize::from(tab)].session.refresh().expects(of);
        let end = match answer {
            Answer::Granted { session, grant, .. } => {
                if setup.has(Bug::NoCommitGuard) && !expected {
                    let news = Said::SignedIn(granted(session, grant.clone()));
                    self.run(setup, tab, Event::Heard(news));
                }
                End::Granted(granted(session, grant))
            }
            Answer::Refused => End::Refused,
            Answer::PutOff => End::NotCarriedOut,
        };
        self.run(setup, tab, Event::Ended(of, end));
    }

    /// No answer to a refresh request.
    pub fn no_answer(&mut self, setup: &Setup, tab: u8, of: Epoch, probed: bool) {
        self.unlisten(tab, of);
        if setup.has(Bug::ResentAtOnce) && self.left.losses > 0 {
            return self.send(tab, of, probed);
        }
        self.run(setup, tab, Event::Ended(of, End::Lost));
    }

    pub fn unlisten(&mut self, tab: u8, of: Epoch) {
        let listener = Some((tab, of));
        self.flights
            .retain(|flight| flight.listener != listener || flight.answer.is_none());
        for flight in &mut self.flights {
            if flight.listener == listener {
                flight.listener = None;
            }
        }
    }

    /// The next message of the other tabs.
    pub fn hear(&mut self, setup: &Setup, tab: u8) {
        let page = &mut self.tabs[usize::from(tab)];
        let Some(message) = page.inbox.pop_front() else {
            return;
        };
        let own = page
            .user()
            .filter(|_| setup.has(Bug::AnybodysToken) && page.is_signed_in());
        let session = |user, grant| granted(own.unwrap_or(user), grant);
        let said = match message {
            TabMessage::SignedOut => Said::SignedOut,
            TabMessage::AskToken => Said::AskToken,
            TabMessage::NoToken => Said::NoToken,
            TabMessage::Lost { user } => Said::RefreshLost(user),
            TabMessage::Refused { user } => Said::RefreshRefused(user),
            TabMessage::SignedIn { user, grant } => Said::SignedIn(session(user, grant)),
            TabMessage::Refreshed { user, grant } => Said::Refreshed(session(user, grant)),
            TabMessage::Token { user, grant } => Said::Token(session(user, grant)),
        };
        self.run(setup, tab, Event::Heard(said));
    }
}
