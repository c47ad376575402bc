//! Generated files are as their generator makes them now.

use crate::generate::{COMMAND, Output};
use crate::tidy::rule::{Complaint, Rule};
use crate::tidy::workspace::Workspace;

pub fn check(workspace: &Workspace, outputs: &[Output]) -> Vec<Complaint> {
    outputs.iter().filter_map(|output| stale(workspace, output)).collect()
}

fn stale(workspace: &Workspace, output: &Output) -> Option<Complaint> {
    let now = workspace.text(output.path).unwrap_or_default();
    let text = match (output.made)(now) {
        Ok(made) if made == now => return None,
        Ok(_) => format!("this is not what its Rust sources say now. Run `{COMMAND}`"),
        Err(error) => format!("this cannot be generated: {error:#}"),
    };
    Some(Complaint {
        rule: Rule::Generated,
        path: output.path.to_owned(),
        line: 1,
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::workspace::given::project;

    const OUTPUTS: [Output; 1] = [Output {
        path: "a.js",
        made: |now| match now {
            "broken" => anyhow::bail!("has no marker"),
            _ => Ok("fresh".to_owned()),
        },
    }];

    fn told(text: &str) -> Vec<String> {
        let complaints = check(&project(&[("a.js", text)]), &OUTPUTS);
        complaints.into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn a_stale_file_is_told_with_the_command() {
        assert_eq!(told("fresh"), [""; 0]);
        assert!(told("stale")[0].ends_with("Run `cargo xtask generate`"));
        assert!(told("broken")[0].ends_with("has no marker"));
        assert_eq!(check(&project(&[]), &OUTPUTS).len(), 1, "it is not there");
    }
}
