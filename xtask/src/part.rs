//! The parts of the test command: their names, their order, and which one needs which.

use clap::ValueEnum;

/// In the order they are run: what is quick and fails often comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    #[value(name = "fmt")]
    Format,
    Tidy,
    Licences,
    Clippy,
    Xtask,
    Core,
    Headless,
    Proof,
    Fuzz,
    App,
    Sandbox,
    Build,
    Size,
    Trace,
    Contract,
    Browser,
}

impl Part {
    /// As it is asked for on the command line.
    pub fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    /// Whether this part can only be run when that one has succeeded.
    pub fn needs(self, other: Self) -> bool {
        matches!(self, Self::Size | Self::Trace | Self::Contract | Self::Browser) && other == Self::Build
    }
}

/// All parts if none is asked for, and the build before whatever runs against it; each once.
pub fn with_prerequisites(asked: &[Part]) -> Vec<Part> {
    let all = Part::value_variants();
    if asked.is_empty() {
        return all.into();
    }
    let wanted = |part: &Part| asked.contains(part) || asked.iter().any(|other| other.needs(*part));
    all.iter().copied().filter(wanted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_against_the_build_has_it_built_before() {
        assert_eq!(
            with_prerequisites(&[Part::Browser, Part::Core]),
            [Part::Core, Part::Build, Part::Browser]
        );
        assert_eq!(with_prerequisites(&[Part::Core]), [Part::Core]);
        assert_eq!(with_prerequisites(&[]), Part::value_variants());
    }

    #[test]
    fn each_part_is_run_once_in_its_own_order() {
        let asked = [Part::Core, Part::Format, Part::Core];
        assert_eq!(with_prerequisites(&asked), [Part::Format, Part::Core]);
    }

    #[test]
    fn every_part_has_a_name_of_its_own() {
        let names: Vec<String> = Part::value_variants().iter().map(|part| part.name()).collect();
        assert!(names.iter().all(|name| !name.is_empty()));
        assert_eq!(names.first().map(String::as_str), Some("fmt"));
    }
}
