//! The command line: what may be asked of xtask, and nothing else.

use std::str::FromStr;

use anyhow::{Result, bail, ensure};

use crate::test::Part;

pub const HELP: &str = "\
cargo xtask start [--port 8484] [--orders 2000] [--reset] [--release | --dev]
    Set up, build and serve the console with its sandbox API on one port.
    --orders N   how many orders a new sandbox is seeded with
    --reset      throw the sandbox's data away and seed again
cargo xtask build [--release | --dev] [--base /]
    Leave a deployable console in dist/, and fail if it is heavier than allowed.
    --base PATH  the path it will be served under
cargo xtask test [fmt | clippy | xtask | core | app | sandbox | build | size | contract | browser]...
    Run everything that must pass, or only the parts named.
cargo xtask size
    Print what the browser fetches before the queue shows, as last built.
cargo xtask setup
    Only install what is missing.

--release (the default) is what is deployed: small and precompressed. --dev compiles quicker.
";

#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    Help,
    Setup,
    Build(BuildOptions),
    Start(StartOptions),
    Test(Vec<Part>),
    Size,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Release,
    Dev,
}

#[derive(Debug, PartialEq, Eq)]
pub struct BuildOptions {
    pub profile: Profile,
    /// Begins and ends with a slash and needs no escaping in HTML.
    pub base: String,
}

#[derive(Debug, PartialEq, Eq)]
pub struct StartOptions {
    pub build: BuildOptions,
    pub port: u16,
    pub orders: u32,
    pub reset: bool,
}

impl Default for BuildOptions {
    fn default() -> Self {
        Self {
            profile: Profile::Release,
            base: "/".to_owned(),
        }
    }
}

impl Default for StartOptions {
    fn default() -> Self {
        Self {
            build: BuildOptions::default(),
            port: 8484,
            orders: 2_000,
            reset: false,
        }
    }
}

pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Task> {
    let mut words = Words(split_at_equals(arguments).into_iter());
    let Some(task) = words.0.next() else {
        return Ok(Task::Help);
    };
    match task.as_str() {
        "help" | "--help" | "-h" => Ok(Task::Help),
        "setup" => words.end().map(|()| Task::Setup),
        "size" => words.end().map(|()| Task::Size),
        "build" => build(words).map(Task::Build),
        "start" => start(words).map(Task::Start),
        "test" => test(words).map(Task::Test),
        other => bail!("there is no task `{other}`; `cargo xtask help` names them"),
    }
}

fn build(mut words: Words) -> Result<BuildOptions> {
    let mut options = BuildOptions::default();
    while let Some(word) = words.0.next() {
        match word.as_str() {
            "--release" => options.profile = Profile::Release,
            "--dev" => options.profile = Profile::Dev,
            "--base" => options.base = base(&words.value("--base")?)?,
            other => return Err(unknown(other)),
        }
    }
    Ok(options)
}

fn start(mut words: Words) -> Result<StartOptions> {
    let mut options = StartOptions::default();
    while let Some(word) = words.0.next() {
        match word.as_str() {
            "--release" => options.build.profile = Profile::Release,
            "--dev" => options.build.profile = Profile::Dev,
            "--port" => options.port = words.number("--port")?,
            "--orders" => options.orders = words.number("--orders")?,
            "--reset" => options.reset = true,
            other => return Err(unknown(other)),
        }
    }
    Ok(options)
}

fn test(words: Words) -> Result<Vec<Part>> {
    let mut parts = words
        .0
        .map(|word| match Part::named(&word) {
            Some(part) => Ok(part),
            None => bail!("there is no part `{word}`; `cargo xtask help` names them"),
        })
        .collect::<Result<Vec<_>>>()?;
    parts.sort_unstable();
    parts.dedup();
    Ok(parts)
}

fn base(path: &str) -> Result<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
    ensure!(
        path.starts_with('/') && path.ends_with('/') && path.chars().all(plain),
        "--base must be a path such as / or /orders/, not `{path}`"
    );
    ensure!(!path.contains("//"), "--base must not hold an empty folder: `{path}`");
    Ok(path.to_owned())
}

fn unknown(option: &str) -> anyhow::Error {
    anyhow::anyhow!("there is no option `{option}` here; `cargo xtask help` names them")
}

/// `--port=8484` means the same as `--port 8484`.
fn split_at_equals(arguments: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut words = Vec::new();
    for argument in arguments {
        match argument.split_once('=') {
            Some((option, value)) if option.starts_with("--") => {
                words.extend([option.to_owned(), value.to_owned()]);
            }
            _ => words.push(argument),
        }
    }
    words
}

struct Words(std::vec::IntoIter<String>);

impl Words {
    fn value(&mut self, option: &str) -> Result<String> {
        match self.0.next() {
            Some(value) if !value.starts_with("--") => Ok(value),
            _ => bail!("{option} needs a value"),
        }
    }

    fn number<N: FromStr>(&mut self, option: &str) -> Result<N> {
        let value = self.value(option)?;
        match value.parse() {
            Ok(number) => Ok(number),
            Err(_) => bail!("{option} needs a whole number in range, not `{value}`"),
        }
    }

    fn end(mut self) -> Result<()> {
        match self.0.next() {
            Some(word) => Err(unknown(&word)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parsed(line: &str) -> Result<Task> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    fn refused(line: &str) -> String {
        parsed(line).unwrap_err().to_string()
    }

    #[test]
    fn nothing_asked_is_a_wish_for_help() {
        assert_eq!(parsed("").unwrap(), Task::Help);
        assert_eq!(parsed("--help").unwrap(), Task::Help);
    }

    #[test]
    fn start_has_defaults_and_takes_all_its_options() {
        assert_eq!(parsed("start").unwrap(), Task::Start(StartOptions::default()));
        let expected = StartOptions {
            build: BuildOptions {
                profile: Profile::Dev,
                base: "/".to_owned(),
            },
            port: 9000,
            orders: 100_000,
            reset: true,
        };
        let line = "start --port 9000 --orders=100000 --reset --dev";
        assert_eq!(parsed(line).unwrap(), Task::Start(expected));
    }

    #[test]
    fn a_wrong_number_is_refused_with_its_option_and_value() {
        assert!(refused("start --port 65536").contains("--port needs a whole number"));
        assert!(refused("start --port").contains("--port needs a value"));
        assert!(refused("start --port --reset").contains("--port needs a value"));
        assert!(refused("start --orders -1").contains("`-1`"));
    }

    #[test]
    fn the_base_is_a_plain_path_between_slashes() {
        let Task::Build(options) = parsed("build --base /orders/").unwrap() else {
            unreachable!("build was asked for");
        };
        assert_eq!(options.base, "/orders/");
        for wrong in ["orders/", "/orders", "//host/", "/\"><b>/", "https://host/"] {
            assert!(refused(&format!("build --base {wrong}")).contains("--base must"));
        }
    }

    #[test]
    fn parts_are_run_once_and_in_their_own_order() {
        let parts = vec![Part::Format, Part::Core, Part::Browser];
        assert_eq!(parsed("test browser core fmt core").unwrap(), Task::Test(parts));
        assert!(refused("test everything").contains("`everything`"));
    }

    #[test]
    fn words_that_mean_nothing_are_refused() {
        assert!(refused("deploy").contains("`deploy`"));
        assert!(refused("size --json").contains("`--json`"));
        assert!(refused("build --fast").contains("`--fast`"));
    }
}
