//! What is told of attempts outside their own screens, as data: views draw it.

use omnival_core::ids::IntentId;
use omnival_core::message::Tone;
use omnival_core::support::Bundle;

use super::place::Place;

/// What ended otherwise than wished for while the operator was on another screen. It stands on every screen until it was
/// read, with the way back.
#[derive(Clone, PartialEq, Debug)]
pub struct Notice {
    /// None for a write that may be repeated.
    pub attempt: Option<IntentId>,
    pub tone: Tone,
    pub title: String,
    pub happened: String,
    pub next: String,
    /// Where it was begun.
    pub place: Option<Place>,
    pub details: Bundle,
}

/// One attempt without a known end, for the tray.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unsettled {
    pub title: String,
    pub state: String,
    pub place: Option<Place>,
    pub damaged: Option<Damaged>,
}

/// A record that cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Damaged {
    /// As much of it as is good for showing and copying.
    pub text: String,
    /// Under which it can be put away.
    pub key: String,
}
