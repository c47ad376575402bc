//! The operator console for OmniValVMS appraisal orders.
//!
//! The rules live in `crates/core`, the contract's bytes in `crates/wire`; this program is the shells and the screens
//! around them. See ARCHITECTURE.md.

mod api;
mod app;
mod attempts;
mod console;
mod draft;
mod navigation;
mod order;
mod platform;
mod queue;
mod records;
mod session;
mod ui;

fn main() {
    platform::panic::install();
    navigation::base_path::set(platform::boot::base());
    if let Some(root) = platform::dom::root("app") {
        leptos::mount::mount_to(root, app::App).forget();
    }
}
