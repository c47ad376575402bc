//! The endpoints, over every operation of the core's table.

// A test that cannot set itself up has failed: panicking is how it says so.
#![allow(clippy::expect_used, clippy::panic)]

mod goal;
mod writes;
