//! The command line, and data that outlives the server.

use std::ffi::OsString;

use omnival_sandbox::cli::{Command, parse};
use omnival_sandbox::contract::settings::{RefreshTransport, Settings};
use omnival_sandbox::state::Options;

use crate::world::World;

fn read(line: &str) -> Result<Command, clap::Error> {
    parse(line.split_whitespace().map(OsString::from))
}

fn options(line: &str) -> (u16, Options) {
    let Command { port, options } = read(line).unwrap();
    (port, options)
}

#[test]
fn without_arguments_the_defaults_hold() {
    let (port, options) = options("");
    assert_eq!((port, options.orders, options.reset), (8080, 2_000, false));
    assert_eq!(options.settings, Settings::default());
    assert!(options.data.is_none() && options.dist.is_none() && options.cors.is_none());
    assert_eq!(options.mount.to_string(), "/");
}

#[test]
fn every_option_arrives() {
    let (port, options) = options(
        "--port 0 --orders=50 --data d.sqlite --reset --dist dist --mount /orders/ --cors https://console.example \
         --access-ttl 5 --refresh-ttl=60 --refresh-transport body --no-fence --no-idempotency-key \
         --history-lag 250 --settle-window 3000",
    );
    assert_eq!((port, options.orders, options.reset), (0, 50, true));
    assert_eq!(options.data.unwrap().to_str(), Some("d.sqlite"));
    assert_eq!(options.dist.unwrap().to_str(), Some("dist"));
    assert_eq!(options.mount.to_string(), "/orders/");
    assert_eq!(options.cors.as_deref(), Some("https://console.example"));
    let expected = Settings {
        refresh_transport: RefreshTransport::Body,
        fence: false,
        idempotency_key: false,
        history_lag_ms: 250,
        access_token_ttl_seconds: 5,
        refresh_token_ttl_seconds: 60,
        settle_window_ms: 3_000,
        ..Settings::default()
    };
    assert_eq!(options.settings, expected);
}

#[test]
fn mistakes_are_told_in_a_sentence() {
    for (line, parts) in [
        ("--prot 1", &["unexpected argument '--prot'"][..]),
        ("stray", &["unexpected argument 'stray'"]),
        ("--port", &["a value is required for '--port <PORT>'"]),
        (
            "--port 70000",
            &["invalid value '70000' for '--port <PORT>'", "0..=65535"],
        ),
        ("--orders -1", &["invalid value '-1' for '--orders <N>'"]),
        ("--orders 1000001", &["'--orders <N>'", "0..=1000000"]),
        ("--history-lag 86400001", &["'--history-lag <MS>'", "0..=86400000"]),
        (
            "--access-ttl 0",
            &["invalid value '0' for '--access-ttl <SECONDS>'", "1..=2592000"],
        ),
        ("--no-fence=1", &["'--no-fence'", "'1'"]),
        (
            "--refresh-transport post",
            &["'post' for '--refresh-transport <cookie|body>'", "give cookie or body"],
        ),
        (
            "--cors console.example/",
            &[
                "'console.example/' for '--cors <ORIGIN>'",
                "give an origin such as http://localhost:5173, without a path",
            ],
        ),
        (
            "--mount orders",
            &[
                "'orders' for '--mount <PATH>'",
                "starts and ends with a slash, such as /orders/",
            ],
        ),
        (
            "--mount /api/",
            &["'/api/' for '--mount <PATH>'", "the server itself answers"],
        ),
    ] {
        let mistake = read(line).unwrap_err();
        assert_eq!(mistake.exit_code(), 2, "{line}");
        let text = mistake.to_string();
        for part in parts {
            assert!(text.contains(part), "{line}: {text}");
        }
    }
}

#[test]
fn help_is_an_answer_and_names_every_option() {
    let help = read("--port 1 --help").unwrap_err();
    assert_eq!(help.exit_code(), 0);
    let text = help.to_string();
    for option in [
        "--port <PORT>",
        "--orders <N>",
        "--data <PATH>",
        "--reset",
        "--dist <PATH>",
        "--mount <PATH>",
        "--cors <ORIGIN>",
        "--access-ttl <SECONDS>",
        "--refresh-ttl <SECONDS>",
        "--refresh-transport <cookie|body>",
        "--no-fence",
        "--no-idempotency-key",
        "--history-lag <MS>",
        "--settle-window <MS>",
        "[default: 28800]",
    ] {
        assert!(text.contains(option), "{option}: {text}");
    }
}

#[test]
fn the_last_of_two_counts() {
    assert_eq!(options("--port 1 --port 2 --no-fence --no-fence").0, 2);
}

#[tokio::test]
async fn a_data_file_keeps_its_orders_until_it_is_reset() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("data.sqlite");
    let open = |reset: bool| {
        let file = file.clone();
        World::with(move |options| {
            options.data = Some(file);
            options.reset = reset;
        })
    };
    let path = {
        let world = open(false);
        let path = world.one_in("16").await;
        let person = world.sign_in("operations").await;
        person
            .post(&format!("{path}/hold"), serde_json::json!({ "reason": "kept" }))
            .await
            .expect(200);
        path
    };
    {
        let world = open(false);
        assert_eq!(world.sign_in("operations").await.order(&path).await["statusCode"], 9);
    }
    let world = open(true);
    assert_eq!(world.sign_in("operations").await.order(&path).await["statusCode"], 16);
}

#[test]
fn a_file_that_is_not_ours_is_never_touched() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("letter.txt");
    std::fs::write(&file, "dear reader").unwrap();
    for reset in [true, false] {
        let options = Options {
            data: Some(file.clone()),
            reset,
            orders: 1,
            ..Options::default()
        };
        assert!(omnival_sandbox::open(options).is_err());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "dear reader");
    }
    let half = directory.path().join("half.sqlite");
    let connection = rusqlite::Connection::open(&half).unwrap();
    connection
        .execute_batch("CREATE TABLE meta (key TEXT, value TEXT)")
        .unwrap();
    drop(connection);
    let options = Options {
        data: Some(half),
        orders: 1,
        ..Options::default()
    };
    let Err(problem) = omnival_sandbox::open(options) else {
        panic!("opened a half-filled file")
    };
    assert!(problem.cause().contains("--reset"), "{}", problem.cause());
}
