//! Carries out what one attempt asks for.

use omnival_core::recovery::attempt::Event;
use omnival_core::recovery::effect::{Effects, Interpreter, Ticket};
use omnival_core::recovery::journal::{Record, Stored};
use omnival_core::recovery::outcome::{NotSent, Reply};
use omnival_core::session::refresh::Serial;
use omnival_core::time::Mono;
use omnival_wire::order as decode;

use super::Attempts;
use super::state::{Followed, Life, Outgoing, Store};
use crate::evidence;
use crate::journal::{self, Noted};
use crate::platform::{Platform, Topic};
use crate::tabs::TabMessage;

impl<P: Platform> Attempts<P> {
    pub(super) fn step(&self, life: Life, event: Event) {
        let now = self.platform().mono();
        let effects = self.with(|state| Some(state.of_life(life)?.tracked.attempt.step(event, now)));
        if let Some(effects) = effects {
            self.execute(life, effects);
        }
    }

    /// A step that asks for nothing has changed nothing.
    pub(super) fn execute(&self, life: Life, effects: Effects) {
        if effects.as_slice().is_empty() {
            return;
        }
        effects.execute(&mut Driver {
            attempts: self.clone(),
            life,
        });
        self.changed(Topic::Attempts);
    }
}

/// At work for one following of one attempt.
struct Driver<P: Platform> {
    attempts: Attempts<P>,
    life: Life,
}

impl<P: Platform> Driver<P> {
    /// Does this, and goes on with what came of it.
    fn report<F>(&self, work: impl FnOnce(Attempts<P>) -> F)
    where
        F: Future<Output = Event> + 'static,
    {
        let (attempts, life) = (self.attempts.clone(), self.life);
        let work = work(self.attempts.clone());
        self.attempts.platform().spawn(Box::pin(async move {
            let event = work.await;
            attempts.step(life, event);
        }));
    }

    fn with<R>(&self, look: impl FnOnce(&mut Followed) -> R) -> Option<R> {
        self.attempts.with(|state| state.of_life(self.life).map(look))
    }

    fn record_now(&self) -> Option<Record> {
        let (owner, now) = (self.attempts.me(), self.attempts.platform().mono());
        self.with(|followed| followed.record(&owner, now))
    }
}

impl<P: Platform> Interpreter for Driver<P> {
    fn prepare(&mut self) {
        let life = self.life;
        self.report(|attempts| async move {
            match attempts.api().ready_to_send().await {
                Ok(ready) => {
                    attempts.with(|state| {
                        let followed = state.of_life(life)?;
                        followed.serial = Some(ready.serial);
                        followed.outgoing.as_mut()?.ready = Some(ready);
                        Some(())
                    });
                    Event::Ready
                }
                Err(why) => Event::Unready(why),
            }
        });
    }

    fn record(&mut self) {
        let record = self.record_now();
        let known = self.with(|followed| followed.outgoing.as_ref().map(|held| held.known.clone()));
        let known = known.flatten().unwrap_or_default();
        let life = self.life;
        self.report(move |attempts| async move {
            let Some(record) = record else {
                return Event::Recorded(Stored::No);
            };
            let stored = match attempts.with(|state| state.store) {
                // Without a journal the page itself is the record; the operator has been told.
                Store::Missing => attempts.admit_here(life, &record, &known),
                Store::Unknown | Store::Sound => journal::open(attempts.platform(), record, known).await,
            };
            match stored {
                Stored::Yes => attempts.tabs().tell(&TabMessage::Journal),
                Stored::Busy => attempts.read_journal(),
                Stored::No => {}
            }
            Event::Recorded(stored)
        });
    }

    fn send(&mut self, ticket: Ticket) {
        let held = self.with(|followed| followed.outgoing.take()).flatten();
        let life = self.life;
        self.report(move |attempts| async move {
            let Some(Outgoing {
                send,
                ready: Some(ready),
                ..
            }) = held
            else {
                return Event::Replied(Reply::NotSent(NotSent::Unusable));
            };
            let sent = send(ticket, ready).await;
            let answered = sent.body.as_deref().and_then(|body| decode::order(body).ok());
            attempts.with(|state| {
                if let Some(followed) = state.of_life(life) {
                    followed.tracked.answered = answered;
                }
            });
            Event::Replied(sent.reply)
        });
    }

    fn note(&mut self) {
        let is_kept = self.attempts.with(|state| state.store != Store::Missing);
        let Some(record) = self.record_now().filter(|_| is_kept) else {
            return;
        };
        let (attempts, life) = (self.attempts.clone(), self.life);
        self.attempts.platform().spawn(Box::pin(async move {
            // What cannot be noted is found open by the next page, and verified again.
            if journal::note(attempts.platform(), record).await == Ok(Noted::Refused) {
                // Its record is the truth now.
                attempts.let_go(|followed| followed.life == life);
            }
            attempts.tabs().tell(&TabMessage::Journal);
            attempts.read_journal();
        }));
    }

    fn refresh_session(&mut self) {
        let serial: Option<Serial> = self.with(|followed| followed.serial).flatten();
        if let Some(serial) = serial {
            self.attempts.api().session().rejected(serial);
        }
    }

    fn read(&mut self, number: u32) {
        let intent = self.with(|followed| followed.tracked.attempt.intent.clone());
        let Some(intent) = intent else { return };
        self.report(move |attempts| async move {
            match evidence::read(attempts.api(), &intent).await {
                Ok(evidence) => Event::ReadBack(number, evidence),
                Err(failure) => Event::ReadFailed {
                    read: number,
                    counts: !matches!(failure.reply, Reply::NotSent(NotSent::NoSession | NotSent::Offline)),
                },
            }
        });
    }

    fn wake_at(&mut self, at: Mono) {
        self.report(move |attempts| async move {
            let ms = attempts.platform().mono().until(at);
            attempts.platform().sleep(u32::try_from(ms).unwrap_or(u32::MAX)).await;
            Event::Woke
        });
    }

    fn conclude(&mut self) {
        self.attempts.ended(self.life);
    }
}
