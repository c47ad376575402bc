//! What the workflow allows and what follows from what.

pub mod eligibility;
pub mod fees;
pub mod settlement;
pub mod slots;
