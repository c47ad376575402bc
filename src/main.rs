//! The operator console for OmniValVMS appraisal orders.
//!
//! The rules live in `crates/core`, the contract's bytes in `crates/wire`; this program is the shells and the screens
//! around them. See ARCHITECTURE.md.

mod agency;
mod api;
mod app;
mod assignment;
mod console;
mod deed;
mod delivery;
mod documents;
mod draft;
mod inspection;
mod lazy;
mod money;
mod notes;
mod order;
mod parts;
mod platform;
mod qc;
mod queue;
mod recovery;
mod router;
mod routes;
mod session;
mod shell;
mod tabs;
mod vendor;
mod work;

fn main() {
    platform::panic::install();
    if let Some(root) = platform::dom::root("app") {
        leptos::mount::mount_to(root, app::App).forget();
    }
}
