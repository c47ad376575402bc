//! The order's page: what is read when, what an attempt's end does to it, and why nothing can be begun now.
//!
//! The page keeps each thing that it reads in a [`Read`](crate::reads::Read) of its own; here is what they mean together.
//! Must never open an action while something is missing that its outcome would be judged against.

mod blocks;
mod follow;
mod refresh;
mod seen;

pub use blocks::{Attempt, Elsewhere, Standing, close_open, why_not};
pub use follow::{FollowAttempt, FollowElsewhere};
pub use refresh::{Absorb, BEAT_MS, First, absorb, first, is_due_on_beat, is_due_on_return, known_payments};
pub use seen::Seen;
