//! The browser, as the console sees it: HTTP, clock, chance, storage, locks, tabs, page, text in the operator's language.
//!
//! Each file turns one browser facility into plain Rust values and futures, and tolerates its absence: what a private
//! window, an embedding page or an old browser refuses comes back as a value, never as a panic.
//!
//! Architecture invariant: these are the only files that name `web_sys`, `js_sys` or `wasm_bindgen`; none of them names
//! `leptos`, an operation, an order or a URL of the API, and none of them decides whether anything is sent again.

pub mod address;
pub mod boot;
mod browser;
pub mod channel;
pub mod clipboard;
pub mod clock;
pub mod dom;
pub mod http;
pub mod intl;
pub mod journal;
mod listen;
pub mod locks;
pub mod page;
pub mod panic;
pub mod random;
mod store;
pub mod task;
pub mod upload;
pub mod url;

pub use browser::Browser;
pub use listen::Listener;
pub use store::Store;
