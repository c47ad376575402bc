//! What concerns whoever asks.
#![deny(clippy::wildcard_enum_match_arm)]

use crate::contract::answer::Answer;
use crate::contract::operations::AccountRead;
use crate::model::user::User;
use crate::problem::Problem;

/// Answers a read that concerns whoever asks.
pub fn of_account(operation: AccountRead, user: &User) -> Result<Answer, Problem> {
    match operation {
        AccountRead::WhoAmI => Answer::json(user),
    }
}
