//! What time it is, and waiting.
//!
//! A wait may last longer than asked: hidden tabs are throttled to one timer a second and later one a minute, and a
//! sleeping machine stops everything. So nothing may conclude from a timer alone that a moment has come; it reads the
//! clock again.

use std::{cell::Cell, cell::RefCell, rc::Rc};

use js_sys::{Date, Function, Promise};
use omnival_core::time::{Mono, Timestamp};
use wasm_bindgen::prelude::*;

use super::listen::{Call, Listener, call};
use super::page;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(call: &Function, ms: u32) -> i32;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: i32);
}

/// The longest delay that `setTimeout` takes; a longer one would fire at once.
const LONGEST_MS: u32 = i32::MAX.unsigned_abs();

/// The monotonic clock, in milliseconds since this page was loaded. In some browsers it stands still while the machine
/// sleeps, so a wait measured with it can only come out too long.
pub fn now() -> Mono {
    Mono(performance_now() as u64)
}

/// The wall clock. It may jump either way, and it may be wrong.
pub fn wall() -> Timestamp {
    Timestamp(Date::now() as i64)
}

/// Ready after at least `ms` milliseconds.
pub async fn sleep(ms: u32) {
    let _ = Promise::new(&mut |resolve, _| {
        set_timeout(&resolve, ms.min(LONGEST_MS));
    })
    .await;
}

/// Calls `body` every `ms` milliseconds while the page is visible, and as soon as it is visible again if a call fell due
/// meanwhile. Ends when the returned value is dropped, also from inside `body`.
pub fn every(ms: u32, body: impl Fn() + 'static) -> Every {
    let beat = Rc::new(Beat {
        ms: ms.min(LONGEST_MS),
        last: Cell::new(performance_now()),
        timer: Cell::new(None),
        call: RefCell::new(None),
        body: Box::new(body),
    });
    let on_time = Rc::downgrade(&beat);
    let on_time = call(move |_| {
        if let Some(beat) = on_time.upgrade() {
            beat.turn();
        }
    });
    *beat.call.borrow_mut() = Some(on_time);
    let on_sight = Rc::downgrade(&beat);
    let seen = page::on_visibility(move |_| {
        if let Some(beat) = on_sight.upgrade() {
            beat.turn();
        }
    });
    beat.turn();
    Every { beat, _seen: seen }
}

/// A running beat. See [`every`].
#[must_use = "dropping it stops the beat"]
pub struct Every {
    beat: Rc<Beat>,
    _seen: Option<Listener>,
}

impl Drop for Every {
    fn drop(&mut self) {
        self.beat.stop();
        self.beat.call.take();
    }
}

struct Beat {
    ms: u32,
    last: Cell<f64>,
    timer: Cell<Option<i32>>,
    /// `None` once stopped for good.
    call: RefCell<Option<Call>>,
    body: Box<dyn Fn()>,
}

impl Beat {
    fn stop(&self) {
        if let Some(id) = self.timer.take() {
            clear_timeout(id);
        }
    }

    /// The timer rang or the visibility changed: call if it is due, then wait for what is left, if anyone can see it.
    fn turn(&self) {
        self.stop();
        if !page::visible() {
            return;
        }
        let mut left = self.last.get() + f64::from(self.ms) - performance_now();
        if left <= 0.0 {
            self.last.set(performance_now());
            (self.body)();
            left = f64::from(self.ms);
        }
        if let Some(call) = &*self.call.borrow() {
            let id = set_timeout(call.as_ref().unchecked_ref(), left.ceil() as u32);
            self.timer.set(Some(id));
        }
    }
}

/// Seconds from one HTTP date to another, by the browser's parser; the second alone is compared with this machine's
/// clock.
pub fn seconds_between(from: Option<&str>, to: &str) -> Option<i64> {
    let from = from.map_or_else(Date::now, Date::parse);
    let seconds = (Date::parse(to) - from) / 1000.0;
    seconds.is_finite().then(|| seconds.ceil() as i64)
}
