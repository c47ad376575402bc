//! What the screens show and keep, decided without a screen.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod boot;
mod create;
mod desk;
mod duplicates;
mod edit;
mod fill;
mod given;
mod kept;
mod queue;
mod queue_reader;
mod reads;
mod timeline;
