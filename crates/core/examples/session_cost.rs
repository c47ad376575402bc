//! What the session decides for one request with a fresh token, timed: `cargo run --release -p omnival-core --example
//! session_cost`. What the browser adds (futures, the request itself) is in the figures of the browser tests.

use std::hint::black_box;
use std::time::Instant;

use omnival_core::operation::{Call, Method, Op, Operation, Read};
use omnival_core::recovery::retry::{Budget, Pause, Retries};
use omnival_core::session::Credential;
use omnival_core::session::refresh::{Event, Grant, Next, Refresh};
use omnival_core::time::Mono;

const REQUESTS: u32 = 1_000_000;
/// As long as a platform's would be.
const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3ItMSIsInJvbGUiOiJvcGVyYXRpb25zIn0.c2lnbmF0dXJl";

fn main() {
    const OP: Op<Read> = Op::new(Operation::ReadOrder);
    let mut session = Refresh::default();
    let Some(access) = Credential::new(TOKEN) else { return };
    let fresh = Grant {
        access,
        expires_in_ms: 900_000,
    };
    session.step(Event::SignedIn(fresh), Mono(0));
    let (pause, mut budget) = (Pause::default(), Budget::default());
    let began = Instant::now();
    for number in 0..REQUESTS {
        let now = Mono(u64::from(number % 1_000));
        let call = Call::new(OP, Method::Get, String::new(), None);
        let granted = matches!(black_box(&mut session).step(Event::Wanted, now), Next::Use(..));
        assert!(granted && black_box(&pause).left(now).is_none());
        black_box(Retries::of(&call));
        black_box(&mut budget).refill();
    }
    let each = began.elapsed() / REQUESTS;
    println!("{each:?} for each of {REQUESTS} requests");
}
