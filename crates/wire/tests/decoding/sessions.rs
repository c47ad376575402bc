//! Sessions and the deployment's configuration.

use omnival_core::ids::{BranchId, ClientId, UserId};
use omnival_core::session::{Branch, Client, User};
use omnival_wire::config::{Config, Transport};
use omnival_wire::session::session;

use crate::documents::{CONFIG, SESSION};

#[test]
fn a_session_is_read_whole() {
    let session = session(SESSION).expect("a session");
    assert_eq!(session.grant.access.header(), "Bearer acc.ess-token");
    assert_eq!(session.grant.expires_in_ms, 300_000);
    assert_eq!(
        session.refresh.map(|token| token.exposed().to_owned()).as_deref(),
        Some("refresh-token")
    );
    let user = User {
        id: UserId::new("usr-1"),
        name: "Olivia Park".into(),
        username: "operations".into(),
        role: "operations".into(),
        permissions: vec!["orders.view".into(), "orders.assign".into()],
        clients: vec![Client {
            id: ClientId::new("cli-1"),
            name: "Aspen".into(),
        }],
        branches: vec![Branch {
            id: BranchId::new("br-1"),
            name: "Austin".into(),
            client: ClientId::new("cli-1"),
        }],
    };
    assert_eq!(session.user, user);
}

#[test]
fn a_lifetime_is_bounded_by_a_day_and_a_missing_one_is_short() {
    for (lifetime, ms) in [
        (r#""expiresIn":60,"#, 60_000),
        (r#""expiresIn":999999999,"#, 86_400_000),
        (r#""expiresIn":-1,"#, 0),
        (r#""expiresIn":"60","#, 60_000),
        ("", 60_000),
    ] {
        let body = ["{\"accessToken\":\"t\",", lifetime, "\"user\":{\"id\":\"u\"}}"].concat();
        let session = session(&body).expect("a session");
        assert_eq!(session.grant.expires_in_ms, ms, "{lifetime}");
    }
}

#[test]
fn a_refresh_token_that_would_break_a_header_is_not_kept() {
    for token in ["", "a b", "a\\nb"] {
        let body = [
            "{\"accessToken\":\"t\",\"refreshToken\":\"",
            token,
            "\",\"user\":{\"id\":\"u\"}}",
        ]
        .concat();
        assert!(session(&body).expect("a session").refresh.is_none(), "{token:?}");
    }
}

#[test]
fn a_configuration_is_read_whole() {
    let config = Config {
        api_base: "https://api.example.com/base".into(),
        transport: Transport::Body,
        fence: true,
        idempotency_key: true,
        settle_ms: 90_000,
        timeout_ms: 20_000,
        brand: "Aspen Orders".into(),
    };
    assert_eq!(Config::read(CONFIG), Ok(config));
}

#[test]
fn the_bounds_of_the_configuration_hold() {
    let read = |key: &str, value: &str| Config::read(&["{\"", key, "\":", value, "}"].concat());
    for (key, value, good) in [
        ("settleWindowMs", "0", true),
        ("settleWindowMs", "86400000", true),
        ("settleWindowMs", "86400001", false),
        ("settleWindowMs", "1.5", false),
        ("settleWindowMs", "null", false),
        ("requestTimeoutMs", "100", true),
        ("requestTimeoutMs", "99", false),
        ("requestTimeoutMs", "600000", true),
        ("requestTimeoutMs", "600001", false),
        ("apiBase", "\"\"", true),
        ("apiBase", "\"http://localhost:8080\"", true),
        ("apiBase", "\"//evil.example\"", false),
        ("apiBase", "\"api\"", false),
        ("refreshTransport", "\"cookie\"", true),
        ("refreshTransport", "\"Body\"", false),
    ] {
        let result = read(key, value);
        assert_eq!(result.is_ok(), good, "{key}: {value}");
        if let Err(problem) = result {
            assert!(problem.0.contains(key), "{problem}");
        }
    }
    assert!(Config::read("{\"brand\":{}}").is_ok_and(|config| config.brand == "OmniVal Orders"));
}
