//! What can be done with an order, one file or folder to a workflow: what it shows, what its steps ask, what they send.

pub mod agency;
pub mod assign;
pub mod delivery;
pub mod documents;
pub mod inspection;
pub mod lifecycle;
pub mod money;
pub mod qc;
pub mod terms;
pub mod vendor;
