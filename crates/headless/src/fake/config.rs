//! How the console is set up in a test that is about something else.

use omnival_wire::config::{Config, Transport};

/// The same origin, the cookie, and a platform that compares no versions and knows no keys.
pub fn config() -> Config {
    Config {
        api_base: String::new(),
        transport: Transport::Cookie,
        fence: false,
        idempotency_key: false,
        settle_ms: 120_000,
        timeout_ms: 30_000,
        brand: "OmniVal Orders".to_owned(),
    }
}

/// The same with a platform that compares versions and knows keys.
pub fn able() -> Config {
    Config {
        fence: true,
        idempotency_key: true,
        ..config()
    }
}
