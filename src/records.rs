//! How a stored thing is shown, the same on every screen: its status, when it is due, its history, its lists.

mod by_line;
mod due;
mod history_row;
mod humanize;
mod record_list;
mod status_badge;

pub use by_line::by_line;
pub use due::due;
pub use history_row::history_row;
pub use humanize::humanize;
pub use record_list::{ListSource, record_list};
pub use status_badge::status_badge;
