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

/// The cases that the boot script's check is held to as well: a change of the delivered file, and what it breaks.
#[test]
fn the_rules_of_the_configuration_are_the_boot_scripts() {
    let read = |text: &str| -> serde_json::Value { serde_json::from_str(text).expect("JSON") };
    let delivered = read(include_str!("../../../../public/config.json"));
    let cases = read(include_str!("../../../../tests/boot/config-cases.json"));
    let cases = cases.as_array().expect("a list of cases");
    assert!(cases.len() > 40, "{}", cases.len());
    for case in cases {
        let mut config = delivered.clone();
        let (field, faulty) = (case["field"].as_str().expect("a field"), case["good"] == false);
        let pointer = ["/", &field.replace('.', "/")].concat();
        *config.pointer_mut(&pointer).expect("a field of the delivered file") = case["value"].clone();
        match Config::read(&config.to_string()) {
            Ok(_) => assert!(!faulty, "{case}"),
            Err(problem) => assert!(faulty && problem.0.starts_with(field), "{case}: {problem}"),
        }
    }
}
