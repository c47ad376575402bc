//! The queue: which orders need whom, page by page. The question lives in the address; this folder reads it, asks and
//! shows the answer with its age.

mod page;
mod state;
mod table;
mod toolbar;
mod views;

pub use page::QueuePage;
pub use state::Reader;
