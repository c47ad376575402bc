//! The small parts that every screen is made of, one to a file. Their markup is the vocabulary of
//! `style/README.md`. A part knows nothing of orders, sessions or the API, and never decides
//! anything: it shows what it is given and reports what was done to it.

mod badge;
mod copy_button;
mod countdown;
mod dialog;
mod disclosure;
mod error_note;
mod field;
mod icon;
mod keep;
mod link;
pub mod live;
mod mark;
mod skeleton;
mod toast;

pub use badge::Badge;
pub use copy_button::CopyButton;
pub use countdown::Countdown;
pub use dialog::Dialog;
pub use disclosure::Disclosure;
pub use error_note::ErrorNote;
pub use field::Field;
pub use icon::Icon;
pub use keep::keep;
pub use link::link;
pub use mark::Mark;
pub use skeleton::Skeleton;
pub use toast::{Toaster, Toasts};
