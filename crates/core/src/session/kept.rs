//! What a signed-in person's session consists of beside its token.

use super::Credential;
use super::events::Account;
use super::user::User;
use crate::ids::UserId;

/// What is kept beside the access token. In memory only.
pub struct Kept {
    /// The answer that granted the token in use, to be told to another tab.
    pub answer: String,
    /// Transport `body` only, and only in an answer that brings a new one.
    pub refresh: Option<Credential>,
}

impl Account for User {
    type Id = UserId;
    type Kept = Kept;

    fn id(&self) -> &UserId {
        &self.id
    }
}
