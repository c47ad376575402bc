//! What an attempt asks for, and its one way out: [`Effects::execute`] hands each to the method of an [`Interpreter`].
//!
//! Architecture invariant: this is the only place that takes effects apart. An interpreter must have a method for each, so
//! a new effect compiles nowhere until every driver knows what to do for it; and no driver can lose a [`Ticket`] by
//! overlooking it, because there is no other way to get at one:
//!
//! ```compile_fail
//! use omnival_core::recovery::effect::{Effect, Effects, Ticket};
//! fn by_hand(effects: Effects) -> Option<Ticket> {
//!     effects.into_iter().find_map(|effect| match effect {
//!         Effect::Send(ticket) => Some(ticket),
//!         _ => None,
//!     })
//! }
//! ```

use crate::ids::IntentId;
use crate::time::Mono;

/// The right to send one call once. It cannot be cloned, and sending consumes it.
#[derive(PartialEq, Eq, Debug)]
pub struct Ticket(IntentId);

impl Ticket {
    pub(super) const fn new(intent: IntentId) -> Self {
        Self(intent)
    }

    pub const fn intent(&self) -> &IntentId {
        &self.0
    }
}

#[derive(PartialEq, Eq, Debug)]
pub enum Effect {
    /// Get ready whatever a send needs (a token that is good for a while), and report.
    Prepare,
    /// Write [`Attempt::record`](super::Attempt::record) down durably, unless the journal holds something against it, and
    /// report.
    Record,
    /// Send the call now, and report its reply.
    Send(Ticket),
    /// Bring the journal up to date with [`Attempt::record`](super::Attempt::record); nothing waits for it.
    Note,
    /// Have the session refreshed, because the platform called it invalid. The write is not sent again.
    RefreshSession,
    /// Read the order and the operation's records, together, and report with this number.
    Read(u32),
    /// Report when it is this late.
    WakeAt(Mono),
    /// The attempt has ended: let go of what was held to send it, and tell the operator.
    Conclude,
}

/// Carries out what one attempt asks for. No method has a body here: what a driver does not do, it has to say.
pub trait Interpreter {
    fn prepare(&mut self);
    fn record(&mut self);
    fn send(&mut self, ticket: Ticket);
    fn note(&mut self);
    fn refresh_session(&mut self);
    fn read(&mut self, number: u32);
    fn wake_at(&mut self, at: Mono);
    fn conclude(&mut self);
}

/// What one step of an attempt asks for, in its order.
#[must_use = "an attempt waits for what it asks for"]
#[derive(PartialEq, Eq, Debug)]
pub struct Effects(Vec<Effect>);

impl Effects {
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    pub(super) fn of<const N: usize>(effects: [Effect; N]) -> Self {
        Self(effects.into())
    }

    /// To look at.
    pub fn as_slice(&self) -> &[Effect] {
        &self.0
    }

    pub fn execute(self, by: &mut impl Interpreter) {
        for effect in self.0 {
            match effect {
                Effect::Prepare => by.prepare(),
                Effect::Record => by.record(),
                Effect::Send(ticket) => by.send(ticket),
                Effect::Note => by.note(),
                Effect::RefreshSession => by.refresh_session(),
                Effect::Read(number) => by.read(number),
                Effect::WakeAt(at) => by.wake_at(at),
                Effect::Conclude => by.conclude(),
            }
        }
    }
}
