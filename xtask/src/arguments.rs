//! The command line: what may be asked of xtask, and nothing else.

use clap::{Args, Parser, Subcommand};

use crate::part::Part;

/// Set-up, build, start and test of the whole project.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub struct CommandLine {
    #[command(subcommand)]
    pub task: Option<Task>,
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum Task {
    /// Set up, build and serve the console with its sandbox API on one port
    Start(StartOptions),
    /// Leave a deployable console in dist/, and fail if it is heavier than allowed
    Build(BuildOptions),
    /// Run everything that must pass, or only the parts named
    Test {
        /// The parts to run; whatever they need is run before them
        parts: Vec<Part>,
    },
    /// Print what the browser fetches before the queue shows, as last built, and where the bytes are
    Size,
    /// Write the files that are made from Rust: the boot script's constants and the table of config.json
    Generate,
    /// Only install what is missing
    Setup,
}

impl Task {
    /// Whether the project is compiled for it.
    pub fn compiles(&self) -> bool {
        match self {
            Self::Start(_) | Self::Build(_) | Self::Test { .. } => true,
            Self::Size | Self::Generate | Self::Setup => false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Release,
    Dev,
}

#[derive(Debug, Default, PartialEq, Eq, Args)]
pub struct BuildOptions {
    /// What is deployed, small and precompressed: the default
    #[arg(long, conflicts_with = "dev")]
    release: bool,
    /// Compiles quicker
    #[arg(long)]
    dev: bool,
}

impl BuildOptions {
    pub fn profile(&self) -> Profile {
        if self.dev { Profile::Dev } else { Profile::Release }
    }
}

#[derive(Debug, PartialEq, Eq, Args)]
pub struct StartOptions {
    #[command(flatten)]
    pub build: BuildOptions,
    /// The port to serve on
    #[arg(long, default_value_t = 8484)]
    pub port: u16,
    /// How many orders a new sandbox is seeded with
    #[arg(long, default_value_t = 2_000)]
    pub orders: u32,
    /// Throw the sandbox's data away and seed again
    #[arg(long)]
    pub reset: bool,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use clap::CommandFactory;

    use super::*;

    fn parsed(line: &str) -> Result<Option<Task>, String> {
        let words = ["cargo xtask"].into_iter().chain(line.split_whitespace());
        let line = CommandLine::try_parse_from(words).map_err(|error| error.to_string())?;
        Ok(line.task)
    }

    fn start(line: &str) -> StartOptions {
        match parsed(line).unwrap() {
            Some(Task::Start(options)) => options,
            other => unreachable!("start was asked for, not {other:?}"),
        }
    }

    #[test]
    fn the_definition_has_no_contradiction() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn nothing_asked_names_no_task() {
        assert_eq!(parsed("").unwrap(), None);
    }

    #[test]
    fn start_has_defaults_and_takes_all_its_options() {
        let usual = start("start");
        assert_eq!((usual.port, usual.orders, usual.reset), (8484, 2_000, false));
        assert_eq!(usual.build.profile(), Profile::Release);

        let asked = start("start --port 9000 --orders=100000 --reset --dev");
        assert_eq!((asked.port, asked.orders, asked.reset), (9000, 100_000, true));
        assert_eq!(asked.build.profile(), Profile::Dev);
    }

    #[test]
    fn release_is_what_is_built_unless_dev_is_asked_for() {
        for (line, profile) in [
            ("build", Profile::Release),
            ("build --release", Profile::Release),
            ("build --dev", Profile::Dev),
        ] {
            let Some(Task::Build(options)) = parsed(line).unwrap() else {
                unreachable!("build was asked for");
            };
            assert_eq!(options.profile(), profile, "{line}");
        }
        assert!(
            parsed("build --release --dev")
                .unwrap_err()
                .contains("cannot be used with")
        );
    }

    #[test]
    fn a_wrong_number_is_refused_with_its_option_and_value() {
        for (line, says) in [
            ("start --port 65536", ["--port", "65536"]),
            ("start --port", ["--port", "value is required"]),
            ("start --port --reset", ["--port", "value is required"]),
            ("start --orders -1", ["-1", "unexpected"]),
            ("start --orders=-1", ["--orders", "-1"]),
        ] {
            let said = parsed(line).unwrap_err();
            assert!(says.iter().all(|part| said.contains(part)), "{line}: {said}");
        }
    }

    #[test]
    fn parts_go_by_their_names() {
        let parts = vec![Part::Browser, Part::Core, Part::Format];
        assert_eq!(parsed("test browser core fmt").unwrap(), Some(Task::Test { parts }));
        assert!(parsed("test everything").unwrap_err().contains("everything"));
    }

    #[test]
    fn words_that_mean_nothing_are_refused() {
        for line in ["deploy", "size --json", "build --fast", "build --base /orders/"] {
            let word = line
                .split(' ')
                .find(|word| line.starts_with("deploy") || word.starts_with("--"));
            assert!(parsed(line).unwrap_err().contains(word.unwrap()), "{line}");
        }
    }
}
