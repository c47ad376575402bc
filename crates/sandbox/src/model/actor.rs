//! Who did something, and things that are repeated by name.

use serde::{Deserialize, Serialize};

use crate::contract::roles::Role;

/// Who did something, as it was called at the time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    pub id: String,
    pub name: String,
    pub role: Role,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    pub id: String,
    pub name: String,
}
