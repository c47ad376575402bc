//! Starting, holding and ending an order.

mod confirm;
mod reason;

pub use confirm::{activate_dialog, delete_dialog};
pub use reason::reason_dialog;
