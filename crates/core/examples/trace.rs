//! The seeded sessions of the rules' tests, told to the last event: the same natively and in WebAssembly?
//!
//! Natively, `trace <first> <count>` prints one line for each seed: the seed and the hash of its trace. In
//! WebAssembly nothing is imported, and `trace(seed)` gives the same hash. `cargo xtask test trace` compares them.
//! Nothing here plays a session of its own: the modules are those of the tests.

// A session that cannot set itself up has failed: panicking is how it says so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../tests/rules"]
mod rules {
    #![allow(dead_code, reason = "what only the tests use")]
    pub mod given;
    pub mod prng;
    pub mod simulation;
}

use rules::{given, prng, simulation};

/// What happened in the session of this seed, as one number: FNV-1a, 64 bits.
#[allow(unsafe_code, reason = "the only name that this program exports")]
#[unsafe(no_mangle)]
pub extern "C" fn trace(seed: u64) -> u64 {
    let trace = simulation::trace(seed);
    trace.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

fn main() {
    let mut numbers = std::env::args().skip(1).map(|number| number.parse::<u64>());
    let (Some(Ok(first)), Some(Ok(count)), None) = (numbers.next(), numbers.next(), numbers.next()) else {
        eprintln!("trace <first seed> <how many>");
        std::process::exit(2);
    };
    for seed in first..first.saturating_add(count) {
        println!("{seed} {:016x}", trace(seed));
    }
}
