//! Every call of the API: method, path and fence from the core's table of operations, the parts of the path filled in.
//!
//! A deployment whose platform differs from the contract corrects that table. The class of each call is checked by the
//! compiler, since an [`Op`](omnival_core::operation::Op) of a wrong class does not compile. Nothing here reads a clock,
//! sends, or knows a token.

mod drafts;
mod goal;
mod path;
mod reads;
mod writes;

pub use drafts::*;
pub use goal::{Filled, goal};
pub use path::{encode, question};
pub use reads::*;
pub use writes::{Members, OnceCall, Parts, Seen, access, answer_item, delete_draft, once, upload};

use omnival_core::operation::Operation;

pub const SIGN_IN: &str = Operation::SignIn.path();
pub const REFRESH: &str = Operation::Refresh.path();
pub const WHO_AM_I: &str = Operation::WhoAmI.path();
pub const SIGN_OUT: &str = Operation::SignOut.path();
