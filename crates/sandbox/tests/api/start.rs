//! The command line, and data that outlives the server.

use std::ffi::OsString;

use omnival_sandbox::cli::{Command, Mistake, parse};
use omnival_sandbox::contract::settings::{RefreshTransport, Settings};
use omnival_sandbox::state::Options;

use crate::world::World;

fn read(line: &str) -> Result<Command, Mistake> {
    parse(line.split_whitespace().map(OsString::from))
}

fn options(line: &str) -> (u16, Options) {
    match read(line).unwrap() {
        Command::Run { port, options } => (port, *options),
        Command::Help => panic!("help"),
    }
}

#[test]
fn without_arguments_the_defaults_hold() {
    let (port, options) = options("");
    assert_eq!((port, options.orders, options.reset), (8080, 2_000, false));
    assert_eq!(options.settings, Settings::default());
    assert!(options.data.is_none() && options.dist.is_none() && options.cors.is_none());
}

#[test]
fn every_option_arrives() {
    let (port, options) = options(
        "--port 0 --orders=50 --data d.sqlite --reset --dist dist --cors https://console.example \
         --access-ttl 5 --refresh-ttl=60 --refresh-transport body --no-fence --no-idempotency-key \
         --history-lag 250 --settle-window 3000",
    );
    assert_eq!((port, options.orders, options.reset), (0, 50, true));
    assert_eq!(options.data.unwrap().to_str(), Some("d.sqlite"));
    assert_eq!(options.dist.unwrap().to_str(), Some("dist"));
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
    for (line, sentence) in [
        ("--prot 1", "there is no option --prot; --help lists them"),
        ("--port", "--port needs a value; --help tells which"),
        (
            "--port 70000",
            "--port cannot be \"70000\": give a whole number within its range",
        ),
        (
            "--orders -1",
            "--orders cannot be \"-1\": give a whole number within its range",
        ),
        (
            "--access-ttl 0",
            "--access-ttl cannot be \"0\": give at least one second",
        ),
        (
            "--refresh-transport post",
            "--refresh-transport cannot be \"post\": give cookie or body",
        ),
        (
            "--cors console.example/",
            "--cors cannot be \"console.example/\": give an origin such as http://localhost:5173, without a path",
        ),
    ] {
        assert_eq!(read(line).unwrap_err().to_string(), sentence);
    }
    assert!(matches!(read("--port 1 --help"), Ok(Command::Help)));
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
