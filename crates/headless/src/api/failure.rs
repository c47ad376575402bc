//! A repeatable call that did not work, after all that could be repeated.

use omnival_core::message::{self, Message};
use omnival_core::operation::Operation;
use omnival_core::recovery::outcome::{NotSent, Reply};

#[derive(Clone, PartialEq, Debug)]
pub struct Failure {
    pub operation: Operation,
    pub endpoint: String,
    pub reply: Reply,
    pub correlation: Option<String>,
}

impl Failure {
    pub fn message(&self) -> Message {
        message::failure(self.operation, &self.reply)
    }

    pub fn status(&self) -> Option<u16> {
        self.reply.status()
    }

    /// Nobody is signed in: the sign-in dialog says so already.
    pub fn is_signed_out(&self) -> bool {
        matches!(self.reply, Reply::NotSent(NotSent::NoSession)) || self.status() == Some(401)
    }
}
