//! A page that writes down what it is asked to do, and the people who use it.

use super::*;

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Person {
    pub(super) id: &'static str,
    /// What a refresh can change.
    pub(super) role: &'static str,
}

impl Account for Person {
    type Id = &'static str;
    type Kept = &'static str;

    fn id(&self) -> &&'static str {
        &self.id
    }
}

pub(super) const fn person(id: &'static str) -> Person {
    Person { id, role: "operations" }
}

/// A session of this person, whose token and kept answer have the same name.
pub(super) fn session(id: &'static str, token: &'static str) -> Granted<Person> {
    Granted {
        user: person(id),
        grant: Grant {
            access: Credential::new(token).expect("a sound token"),
            expires_in_ms: 60_000,
        },
        kept: token,
    }
}

/// A page, and in words what was done for each effect.
pub(super) struct Page {
    pub(super) machine: Machine<Person>,
    pub(super) now: u64,
    pub(super) done: Vec<String>,
    pub(super) epoch: Option<Epoch>,
}

impl Page {
    pub(super) fn new() -> Self {
        Self {
            machine: Machine::default(),
            now: 0,
            done: Vec::new(),
            epoch: None,
        }
    }

    pub(super) fn signed_in(id: &'static str) -> Self {
        let mut page = Self::new();
        page.happens(Event::SignedIn(session(id, "t")));
        page
    }

    /// The last refresh that began has come so far.
    pub(super) fn refreshing(mut self) -> Self {
        self.now += 55_000;
        assert_eq!(self.happens(Event::Wanted), ["lock"]);
        let epoch = self.epoch();
        assert_eq!(self.happens(Event::Locked(epoch)), ["ask"]);
        assert_eq!(self.happens(Event::Asked(epoch)), ["send"]);
        self
    }

    pub(super) fn epoch(&self) -> Epoch {
        self.epoch.expect("a refresh under way")
    }

    pub(super) fn happens(&mut self, event: Event<Person>) -> Vec<String> {
        run(self, event);
        std::mem::take(&mut self.done)
    }

    pub(super) fn ends(&mut self, end: End<Person>) -> Vec<String> {
        let epoch = self.epoch();
        self.happens(Event::Ended(epoch, end))
    }

    pub(super) fn hears(&mut self, said: Said<Person>) -> Vec<String> {
        self.happens(Event::Heard(said))
    }

    pub(super) fn who(&self) -> String {
        match self.machine.who() {
            Who::Starting => "starting".to_owned(),
            Who::Nobody => "nobody".to_owned(),
            Who::Someone(person) => person.id.to_owned(),
            Who::Lapsed(person) => ["(", person.id, ")"].concat(),
        }
    }

    pub(super) fn does(&mut self, what: &str) {
        self.done.push(what.to_owned());
    }

    pub(super) fn begins(&mut self, of: Epoch, what: &str) {
        self.epoch = Some(of);
        self.does(what);
    }
}

impl Shell<Person> for Page {
    fn step(&mut self, event: Event<Person>) -> Vec<Effect<Person>> {
        self.machine.step(event, Mono(self.now))
    }

    fn use_token(&mut self, token: Credential, _: omnival_core::session::refresh::Serial) {
        self.does(&["use ", token.exposed()].concat());
    }

    fn try_later(&mut self) {
        self.does("later");
    }

    fn sign_in(&mut self) {
        self.does("sign in");
    }

    fn take_lock(&mut self, of: Epoch) {
        self.begins(of, "lock");
    }

    fn ask_other_tabs(&mut self, of: Epoch) {
        self.begins(of, "ask");
    }

    fn probe(&mut self, of: Epoch) {
        self.begins(of, "probe");
    }

    fn send_refresh(&mut self, of: Epoch) {
        self.begins(of, "send");
    }

    fn finish(&mut self, _: Epoch) {
        self.does("finish");
    }

    fn other_answered(&mut self, with_fresh_token: bool) {
        self.does(if with_fresh_token {
            "answered: fresh"
        } else {
            "answered: none"
        });
    }

    fn keep(&mut self, kept: &'static str) {
        self.does(&["keep ", kept].concat());
    }

    fn remember(&mut self) {
        self.does("remember");
    }

    fn forget(&mut self) {
        self.does("forget");
    }

    fn tell(&mut self, what: Tell<&'static str>) {
        let text = match what {
            Tell::SignedIn(id, grant) => ["signed in ", id, " ", grant.access.exposed()].concat(),
            Tell::SignedOut => "signed out".to_owned(),
            Tell::Refreshed(id, grant) => ["refreshed ", id, " ", grant.access.exposed()].concat(),
            Tell::Token(id, grant) => ["token ", id, " ", grant.access.exposed()].concat(),
            Tell::NoToken => "no token".to_owned(),
            Tell::RefreshLost(id) => ["lost ", id].concat(),
            Tell::RefreshRefused(id) => ["refused ", id].concat(),
        };
        self.does(&["tell: ", &text].concat());
    }

    fn show(&mut self, has_returned: bool) {
        self.does(if has_returned { "show: is back" } else { "show" });
    }
}
