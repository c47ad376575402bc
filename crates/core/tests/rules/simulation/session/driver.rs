//! What a page does for the production core's effects.

use omnival_core::recovery::attempt::Event;
use omnival_core::recovery::effect::{Effects, Interpreter, Ticket};
use omnival_core::recovery::outcome::NotSent;
use omnival_core::time::Mono;

use super::page::At;
use super::{Happening, Session};

/// A page, at work for one of its attempts.
struct Driver<'a> {
    session: &'a mut Session,
    page: usize,
    press: usize,
    /// What it was told to do and must never be told.
    wrong: Result<(), String>,
}

impl Session {
    pub(super) fn execute(&mut self, page: usize, press: usize, effects: Effects) -> Result<(), String> {
        let mut driver = Driver {
            session: self,
            page,
            press,
            wrong: Ok(()),
        };
        effects.execute(&mut driver);
        driver.wrong
    }
}

impl Driver<'_> {
    fn after(&mut self, ms: u64, what: At) {
        self.session.after(ms, self.press, Happening::At(self.page, what));
    }
}

impl Interpreter for Driver<'_> {
    /// The session is refreshed first, if need be.
    fn prepare(&mut self) {
        let took = self.session.rng.up_to(self.session.faults.refresh_ms);
        let event = if self.session.rng.percent(5) {
            Event::Unready(NotSent::Offline)
        } else {
            Event::Ready
        };
        self.after(took, At::Prepared(event));
    }

    /// Now and then the page sleeps over it.
    fn record(&mut self) {
        let Session { rng, pages, now, .. } = &mut *self.session;
        let asleep = if rng.percent(3) { rng.up_to(20_000) } else { 0 };
        let last_write = &mut pages[self.page].last_write;
        *last_write = (*last_write).max(*now + asleep);
        self.session.write(self.page, self.press, At::Write);
    }

    fn send(&mut self, ticket: Ticket) {
        let id = ticket.intent().as_str();
        let session = &mut *self.session;
        session.presses[self.press].sends += 1;
        if session.presses[self.press].sends > 1 || !session.journal.contains_key(id) {
            self.wrong = Err(format!("{id} is sent twice, or without a record"));
            return;
        }
        session.note(|| format!("{id} is sent"));
        session.maybe_crash(self.page, 20, 2_000);
        session.send(self.page, self.press);
    }

    fn note(&mut self) {
        let (page, press) = (self.page, self.press);
        let (clock, id) = (self.session.clock(page), self.session.pages[page].id.clone());
        if let Some(following) = self.session.following(page, press) {
            let record = following.attempt.record(&id, None, clock);
            self.session.write(page, press, At::Note(Box::new(record)));
        }
    }

    fn refresh_session(&mut self) {}

    fn read(&mut self, number: u32) {
        self.session.read(self.page, self.press, number);
    }

    /// A page may be asleep then.
    fn wake_at(&mut self, at: Mono) {
        let rng = &mut self.session.rng;
        let asleep = if rng.percent(5) { rng.up_to(5_000) } else { 0 };
        let wait = self.session.clock(self.page).until(at) + asleep;
        self.after(wait, At::Wake);
    }

    fn conclude(&mut self) {
        self.session.concluded(self.page, self.press);
    }
}
