//! The console without its pixels: everything that decides what is sent, kept, told to other tabs and shown, over the
//! small traits of [`platform`].
//!
//! It builds and tests natively. In the browser, `src/platform` implements the traits, and the views draw what the
//! drivers here say. The rules themselves are the core's; this crate carries them out, and never decides on its own
//! whether a write may be sent.

pub mod api;
pub mod attempts;
pub mod boot;
pub mod desk;
pub mod drafts;
pub mod endpoint;
pub mod evidence;
#[cfg(feature = "fake")]
pub mod fake;
pub mod http;
pub mod journal;
pub mod kept;
pub mod platform;
pub mod queue;
pub mod reads;
pub mod session;
pub mod tabs;
pub mod timeline;
pub mod transport;
