//! The command line of `omnival-sandbox`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Parser;
use clap::builder::RangedU64ValueParser;

use crate::base::words::Word;
use crate::contract::settings::{MAX_MS, MAX_TTL_SECONDS, RefreshTransport, Settings};
use crate::state::{Mount, Options};

const MAX_ORDERS: u64 = 1_000_000;

/// A sandbox server for the OmniVal order console: API, console files, faults and ledger on one port.
#[derive(Debug, Parser)]
#[command(
    name = "omnival-sandbox",
    disable_help_subcommand = true,
    // The last of two counts, so that a script can add to the options of another.
    args_override_self = true,
    // So that a negative number is told to be out of range, not to be an option.
    allow_negative_numbers = true
)]
struct Arguments {
    /// Port on 127.0.0.1; 0 picks a free one
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    port: u16,
    /// How many orders to make up
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = up_to::<u32>(MAX_ORDERS))]
    orders: u32,
    /// SQLite file that outlives the server [default: a temporary one]
    #[arg(long, value_name = "PATH")]
    data: Option<PathBuf>,
    /// Make everything up anew, even if PATH holds data
    #[arg(long)]
    reset: bool,
    /// Folder with the built console to serve
    #[arg(long, value_name = "PATH")]
    dist: Option<PathBuf>,
    /// Serve the console below this path, such as /orders/; API and sandbox page stay where they are
    #[arg(long, value_name = "PATH", default_value_t = Mount::default())]
    mount: Mount,
    /// Let pages of this origin call the API [default: none]
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    cors: Option<String>,
    /// Life of an access token
    #[arg(long, value_name = "SECONDS", default_value_t = usual().access_token_ttl_seconds, value_parser = seconds())]
    access_ttl: u64,
    /// Life of a refresh token
    #[arg(long, value_name = "SECONDS", default_value_t = usual().refresh_token_ttl_seconds, value_parser = seconds())]
    refresh_ttl: u64,
    /// Where the refresh token travels
    #[arg(long, value_name = "cookie|body", default_value_t = usual().refresh_transport, value_parser = word::<RefreshTransport>)]
    refresh_transport: RefreshTransport,
    /// Ignore expectedVersion
    #[arg(long)]
    no_fence: bool,
    /// Ignore Idempotency-Key
    #[arg(long)]
    no_idempotency_key: bool,
    /// Delay before history shows a write
    #[arg(long, value_name = "MS", default_value_t = usual().history_lag_ms, value_parser = up_to::<u64>(MAX_MS))]
    history_lag: u64,
    /// Told to the console
    #[arg(long, value_name = "MS", default_value_t = usual().settle_window_ms, value_parser = up_to::<u64>(MAX_MS))]
    settle_window: u64,
}

/// What the command line asks for.
#[derive(Debug)]
pub struct Command {
    pub port: u16,
    pub options: Options,
}

/// Reads the arguments after the program's name. An error is a sentence with the option and its value, or the help that was
/// asked for.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, clap::Error> {
    let name = std::iter::once(OsString::from("omnival-sandbox"));
    let arguments = Arguments::try_parse_from(name.chain(arguments))?;
    let settings = Settings {
        refresh_transport: arguments.refresh_transport,
        fence: !arguments.no_fence,
        idempotency_key: !arguments.no_idempotency_key,
        history_lag_ms: arguments.history_lag,
        access_token_ttl_seconds: arguments.access_ttl,
        refresh_token_ttl_seconds: arguments.refresh_ttl,
        settle_window_ms: arguments.settle_window,
        ..usual()
    };
    let options = Options {
        orders: arguments.orders,
        dist: arguments.dist,
        mount: arguments.mount,
        data: arguments.data,
        reset: arguments.reset,
        cors: arguments.cors,
        settings,
        ..Options::default()
    };
    Ok(Command {
        port: arguments.port,
        options,
    })
}

fn usual() -> Settings {
    Settings::default()
}

fn up_to<T: TryFrom<u64> + Clone + Send + Sync + 'static>(most: u64) -> RangedU64ValueParser<T> {
    RangedU64ValueParser::new().range(..=most)
}

fn seconds() -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(1..=MAX_TTL_SECONDS)
}

fn word<T: Word>(text: &str) -> Result<T, String> {
    T::by_name(text).ok_or_else(|| {
        let known: Vec<&str> = T::ALL.iter().map(|word| word.name()).collect();
        format!("give {}", known.join(" or "))
    })
}

fn origin(text: &str) -> Result<String, &'static str> {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    let is_origin =
        rest.is_some_and(|host| !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'/'));
    match is_origin {
        true => Ok(text.to_owned()),
        false => Err("give an origin such as http://localhost:5173, without a path"),
    }
}
