//! A world without a browser, for tests and simulations: pages of one or more storage partitions, a network and a server
//! that are scripted, and a clock that moves only when nothing else can happen. The same script gives the same run.
//!
//! ```
//! use omnival_headless::fake::{Page, Partition, World};
//! use omnival_headless::platform::{Area, Clock, KeyValue};
//!
//! let world = World::new();
//! let partition = Partition::new(&world);
//! let (one, other) = (Page::open(&partition), Page::open(&partition));
//! one.set(Area::Browser, "key", "text");
//! let slept = one.sleep(60_000);
//! assert!(one.wait(slept).is_some(), "a minute passes at once");
//! assert_eq!(other.get(Area::Browser, "key").as_deref(), Some("text"));
//! assert_eq!(other.mono().0, 60_000);
//! ```

mod config;
mod date;
mod executor;
mod locks;
mod network;
mod page;
mod partition;
mod platform;
mod server;
mod world;

pub use config::{able, config};
pub use network::{Answering, Plan, Wire};
pub use page::{FakeFile, Page};
pub use partition::{Journal, Partition};
pub use server::Server;
pub use world::World;
