//! The console without its pixels, driven as a whole: pages of one browser, a network that loses, a platform that rotates
//! strictly. No test waits for real time.

// A test that cannot set itself up has failed: panicking is how it says so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// Smaller where it matters, in WebAssembly; and every failure is looked at once.
#![allow(clippy::result_large_err)]

mod boot;
mod endpoints;
mod locks;
mod pauses;
mod refresh;
mod repeating;
mod signing;
mod support;
