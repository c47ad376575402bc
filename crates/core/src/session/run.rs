//! The one interpreter of the session's machine.
//!
//! A shell gives one method for each effect, and none has a body here: an effect that a shell forgets does not compile, and
//! none can be ignored without its author having written that down. The production driver and the model checker are shells.

use super::Credential;
use super::events::{Account, Effect, Event, Tell};
use super::refresh::{Epoch, Serial};

/// What the machine's effects mean outside; see [`Effect`] for each.
pub trait Shell<A: Account> {
    /// Steps the machine, at this moment by the shell's clock.
    fn step(&mut self, event: Event<A>) -> Vec<Effect<A>>;

    fn use_token(&mut self, token: Credential, serial: Serial);
    fn try_later(&mut self);
    fn sign_in(&mut self);

    fn take_lock(&mut self, of: Epoch);
    fn ask_other_tabs(&mut self, of: Epoch);
    fn probe(&mut self, of: Epoch);
    fn send_refresh(&mut self, of: Epoch);
    fn finish(&mut self, of: Epoch);

    fn other_answered(&mut self, with_fresh_token: bool);
    fn keep(&mut self, kept: A::Kept);
    fn remember(&mut self);
    fn forget(&mut self);
    fn tell(&mut self, what: Tell<A::Id>);
    fn show(&mut self, has_returned: bool);
}

/// Lets something happen, and carries out all that follows.
pub fn run<A: Account, S: Shell<A>>(shell: &mut S, event: Event<A>) {
    for effect in shell.step(event) {
        match effect {
            Effect::Use(token, serial) => shell.use_token(token, serial),
            Effect::TryLater => shell.try_later(),
            Effect::SignIn => shell.sign_in(),
            Effect::TakeLock(of) => shell.take_lock(of),
            Effect::AskOtherTabs(of) => shell.ask_other_tabs(of),
            Effect::Probe(of) => shell.probe(of),
            Effect::SendRefresh(of) => shell.send_refresh(of),
            Effect::Finish(of) => shell.finish(of),
            Effect::OtherAnswered(with_fresh_token) => shell.other_answered(with_fresh_token),
            Effect::Keep(kept) => shell.keep(kept),
            Effect::Remember => shell.remember(),
            Effect::Forget => shell.forget(),
            Effect::Tell(what) => shell.tell(what),
            Effect::Show(has_returned) => shell.show(has_returned),
        }
    }
}
