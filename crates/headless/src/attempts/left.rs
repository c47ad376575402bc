//! Writes that may be repeated, told of once their screen was left; only to the person who began them.

use omnival_core::ids::{OrderRef, UserId};
use omnival_core::message::Tone;
use omnival_core::order::Order;

use super::Attempts;
use super::notice::Notice;
use super::place::Place;
use super::support::{self, About};
use crate::api::Failure;
use crate::platform::Platform;

/// Made when the write begins: its screen may be left before it ends.
pub struct LeftScreenNotice<P: Platform> {
    attempts: Attempts<P>,
    by: Option<UserId>,
    by_name: Option<String>,
    title: String,
    at: OrderRef,
    place: Place,
}

impl<P: Platform> Attempts<P> {
    /// For a write about `order` that is begun at `place`.
    pub fn if_left(&self, order: &Order, place: Place) -> LeftScreenNotice<P> {
        let user = self.api().session().user();
        LeftScreenNotice {
            by: self.with(|state| state.user.clone()),
            by_name: user.map(|user| support::name_and_id(&user.name, user.id.as_str())),
            title: order.title(),
            at: order.at.clone(),
            place,
            attempts: self.clone(),
        }
    }
}

impl<P: Platform> LeftScreenNotice<P> {
    /// `what` worked: "the draft was saved".
    pub fn worked(&self, what: &str) {
        if self.is_theirs() {
            self.attempts.say([&self.title, ": ", what, "."].concat());
        }
    }

    pub fn failed(&self, failure: &Failure) {
        if !self.is_theirs() {
            return;
        }
        let message = failure.message();
        let now = self.attempts.platform().wall();
        self.attempts.add_notice(Notice {
            attempt: None,
            tone: Tone::Warning,
            title: self.title.clone(),
            happened: message.happened,
            next: message.next,
            place: Some(self.place.clone()),
            details: support::of_failure(failure, self.by_name.clone(), About::from(&self.at), now),
        });
    }

    fn is_theirs(&self) -> bool {
        self.attempts.with(|state| state.user == self.by)
    }
}
