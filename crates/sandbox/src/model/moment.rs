//! When something happens.

use crate::base::time::Stamp;

/// For reads that no lag hides anything from: those of the state machine itself.
pub const EVER: Stamp = Stamp(i64::MAX);

/// When and by which request something is written, and from when on it can be read.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    pub at: Stamp,
    pub visible_at: Stamp,
    pub correlation_id: Option<&'a str>,
}
