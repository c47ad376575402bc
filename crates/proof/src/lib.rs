//! A model check of the production core against a faulty platform, network and browser.
//!
//! What runs here are the very functions that run in the browser: [`Attempt`](omnival_core::recovery::Attempt) with
//! begin, resume, step and record; the journal's rules `admit`, `replaces` and `claim`; the evidence rule through
//! them; and [`Machine`](omnival_core::session::Machine). The checker (stateright) puts every order of events before
//! them, breadth first, and names the shortest one that breaks a promise.
//!
//! # Modelled
//! * [`attempts`]: up to three tabs in two storage partitions; one subject (an order, or the loan that gets a draft) and
//!   three goals, each the worst of its kind: a draft that nothing protects, an assignment that the platform repeats as
//!   often as it is asked, an activation that charges first. Requests are late, lost before or after they are carried
//!   out, repeated by the browser, refused, answered to nobody; pages die at any moment and are opened again; order,
//!   history and payments are read at moments of their own; history and payments lag; colleagues act; notes to the
//!   journal come late; the store fails. Each combination of fence, idempotency key and lag.
//! * [`refresh`]: up to three tabs, the lock, the messages between tabs (late, in order), strict rotation, lost and late
//!   refreshes, early expiry, signing out and in as somebody else, slow and dying tabs.
//!
//! # Left out, and why that is sound
//! * Time goes in ticks (20 s, and 10 s for sessions). Every pause of the core is shorter than a tick, so one read in a
//!   tick stands for several: a read without a verdict changes nothing that the next one depends on. The settle window is
//!   the longest delay and the longest lag, and not a tick more.
//! * States that differ only in what a screen shows, or in how long ago they began, are one (see the `Hash` of
//!   [`attempts::state::State`]). Nothing that decides an event's effect is left out of it.
//! * 5xx, 408 and timeouts are one event: the core gives them one meaning, and its own tests hold it to that.
//! * The operator presses only what the console offers, and is told the truth when they make sure by other means.
//! * A copy whose connection died has been carried out, or is lost, by the time the browser's own repetition is answered.
//! * Faults are counted ([`attempts::setup::Budget`]), so every run ends; a state without further actions is one in which
//!   faults have stopped, and there every intent must have its verdict.
//!
//! # What holds where
//! One intent is carried out at most once, and no verdict is false, with any abilities and in any number of partitions.
//! A goal is carried out at most once within one partition. Across partitions it is, too, where the platform arbitrates:
//! by the fence, or by the order's state (activation). The idempotency key does not help there: two presses are two
//! intents with two keys. What the browser itself repeats needs the fence, the key, or the order's state.
//! A refresh token that may be spent is never shown blindly, and at most once more; with a page that died while its
//! refresh was under way, or one too slow to answer, the price is a refresh too many or a sign-in, and nothing worse.

pub mod attempts;
pub mod refresh;
pub mod report;
pub mod runs;
