//! The queue: which orders need whom, page by page. The question lives in the address; this folder reads it, asks and
//! shows the answer with its age.

mod page;
mod table;
mod toolbar;
mod views;

pub use page::{LastPage, QueuePage};
pub use table::due;
