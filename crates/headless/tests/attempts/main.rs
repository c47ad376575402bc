//! Writes that are sent once, from the button to the verdict: pages of the console in a world without a browser, judged by
//! the ledger of the platform. Nothing here waits for real time.

// A test that cannot set itself up has failed: panicking is how it says so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod crashes;
mod desk;
mod evidence;
mod journal;
mod orders;
mod tabs;
mod telling;
mod uploads;
mod writes;
