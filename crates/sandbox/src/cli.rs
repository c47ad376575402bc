//! The command line of `omnival-sandbox`.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::contract::settings::RefreshTransport;
use crate::state::Options;

/// What `--help` prints.
pub const USAGE: &str = "\
A sandbox server for the OmniVal order console: API, console files, faults and ledger on one port.

Usage: omnival-sandbox [OPTIONS]

  --port PORT                      port on 127.0.0.1; 0 picks a free one   [default: 8080]
  --orders N                       how many orders to make up              [default: 2000]
  --data PATH                      SQLite file that outlives the server    [default: a temporary one]
  --reset                          make everything up anew, even if PATH holds data
  --dist PATH                      folder with the built console to serve
  --cors ORIGIN                    let pages of this origin call the API   [default: none]
  --access-ttl SECONDS             life of an access token                 [default: 300]
  --refresh-ttl SECONDS            life of a refresh token                 [default: 28800]
  --refresh-transport cookie|body  where the refresh token travels         [default: cookie]
  --no-fence                       ignore expectedVersion
  --no-idempotency-key             ignore Idempotency-Key
  --history-lag MS                 delay before history shows a write      [default: 0]
  --settle-window MS               told to the console                     [default: 120000]
  --help                           this text";

/// What the command line asks for.
#[derive(Debug)]
pub enum Command {
    Help,
    Run { port: u16, options: Box<Options> },
}

/// A mistake on the command line, as a sentence.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Mistake {
    #[error("there is no option {0}; --help lists them")]
    Unknown(String),
    #[error("{0} needs a value; --help tells which")]
    NoValue(String),
    #[error("{option} cannot be {value:?}: {expected}")]
    Value {
        option: &'static str,
        value: String,
        expected: &'static str,
    },
}

/// Reads the arguments after the program's name.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Mistake> {
    let mut arguments = arguments.into_iter();
    let mut options = Options::default();
    let mut port = 8080;
    while let Some(argument) = arguments.next() {
        let argument = argument.to_string_lossy().into_owned();
        // Both `--port 1` and `--port=1`.
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(OsString::from(value))),
            None => (argument.clone(), None),
        };
        let mut value = || {
            inline
                .clone()
                .or_else(|| arguments.next())
                .ok_or_else(|| Mistake::NoValue(name.clone()))
        };
        let settings = &mut options.settings;
        match name.as_str() {
            "--help" | "-h" => return Ok(Command::Help),
            "--port" => port = number("--port", value()?, u64::from(u16::MAX))?,
            "--orders" => options.orders = number("--orders", value()?, 1_000_000)?,
            "--data" => options.data = Some(PathBuf::from(value()?)),
            "--dist" => options.dist = Some(PathBuf::from(value()?)),
            "--reset" => options.reset = true,
            "--cors" => options.cors = Some(origin(value()?)?),
            "--access-ttl" => {
                settings.access_token_ttl_seconds = seconds("--access-ttl", value()?)?;
            }
            "--refresh-ttl" => {
                settings.refresh_token_ttl_seconds = seconds("--refresh-ttl", value()?)?;
            }
            "--refresh-transport" => settings.refresh_transport = transport(value()?)?,
            "--no-fence" => settings.fence = false,
            "--no-idempotency-key" => settings.idempotency_key = false,
            "--history-lag" => {
                settings.history_lag_ms = number("--history-lag", value()?, 86_400_000)?;
            }
            "--settle-window" => {
                settings.settle_window_ms = number("--settle-window", value()?, 86_400_000)?;
            }
            _ => return Err(Mistake::Unknown(argument)),
        }
    }
    Ok(Command::Run {
        port,
        options: Box::new(options),
    })
}

fn number<T: TryFrom<u64>>(option: &'static str, value: OsString, most: u64) -> Result<T, Mistake> {
    let text = value.to_string_lossy().into_owned();
    text.parse::<u64>()
        .ok()
        .filter(|number| *number <= most)
        .and_then(|number| T::try_from(number).ok())
        .ok_or(Mistake::Value {
            option,
            value: text,
            expected: "give a whole number within its range",
        })
}

fn seconds(option: &'static str, value: OsString) -> Result<u64, Mistake> {
    match number::<u64>(option, value, 30 * 86_400)? {
        0 => Err(Mistake::Value {
            option,
            value: "0".to_owned(),
            expected: "give at least one second",
        }),
        seconds => Ok(seconds),
    }
}

fn transport(value: OsString) -> Result<RefreshTransport, Mistake> {
    match value.to_string_lossy().as_ref() {
        "cookie" => Ok(RefreshTransport::Cookie),
        "body" => Ok(RefreshTransport::Body),
        other => Err(Mistake::Value {
            option: "--refresh-transport",
            value: other.to_owned(),
            expected: "give cookie or body",
        }),
    }
}

fn origin(value: OsString) -> Result<String, Mistake> {
    let text = value.to_string_lossy().into_owned();
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    let is_origin =
        rest.is_some_and(|host| !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'/'));
    if is_origin {
        Ok(text)
    } else {
        Err(Mistake::Value {
            option: "--cors",
            value: text,
            expected: "give an origin such as http://localhost:5173, without a path",
        })
    }
}
