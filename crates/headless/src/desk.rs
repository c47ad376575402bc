//! The order's page: what is read when, what an attempt's end does to it, and why nothing can be begun now.
//!
//! The page keeps each thing that it reads in a [`Read`](crate::reads::Read) of its own; here is what they mean together.
//! Must never open an action while something is missing that its outcome would be judged against.

mod blocks;
mod dialog;
mod follow;
mod refresh;
mod seen;

pub use blocks::{Elsewhere, Here, Standing, close_open, why_not};
pub use dialog::{first_text, refusal_at, refused};
pub use follow::{FollowAttempt, FollowElsewhere, has_arrived};
pub use refresh::{Absorb, BEAT_MS, absorb, is_due_on_beat, is_due_on_return, known_payments};
pub use seen::{Press, Seen};
