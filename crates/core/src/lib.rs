//! The console's rules, sans-IO.
//!
//! What an order status means, which action is legal when, what an answer of the platform proves, and what the
//! operator is told. Every function is total and pure: time, randomness and bytes come in as values, effects go out
//! as values. The same code runs in the browser, in tests and in the checker.
//!
//! Architecture invariant: nothing here names `leptos`, `web_sys`, a host, a clock or a random source, and nothing here
//! can panic on what a server sent. The API's paths stand in the table of [`operation`]s and nowhere else.

pub mod draft;
pub mod file;
pub mod form;
pub mod ids;
pub mod message;
pub mod money;
pub mod operation;
pub mod order;
pub mod queue;
pub mod recovery;
pub mod session;
pub mod status;
pub mod support;
pub mod text;
pub mod time;
pub mod words;
