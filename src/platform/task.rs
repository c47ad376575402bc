//! Running a future to its end, on its own.

use std::pin::Pin;

/// Outlives whatever started it: what it touches at its end may be gone by then.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    js_sys::futures::spawn_local(work);
}
