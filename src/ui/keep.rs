//! What lives as long as the component that made it.

use leptos::prelude::*;

use crate::platform::Listener;

/// Keeps a listener as long as the component lives.
pub fn keep(listener: Option<Listener>) {
    let kept = StoredValue::new_local(listener);
    on_cleanup(move || drop(kept.try_update_value(Option::take)));
}
