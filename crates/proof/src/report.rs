//! Runs the checker, and says what came of it.

use std::fmt::{Debug, Write};
use std::hash::Hash;
use std::sync::Mutex;
use std::time::Instant;

use stateright::{Checker, HasDiscoveries, Model};

use crate::attempts::setup::Setup;
use crate::runs;

/// What came of one run.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub name: String,
    pub distinct: usize,
    pub generated: usize,
    pub depth: usize,
    pub seconds: f64,
    /// Every reachable state was seen.
    pub complete: bool,
    /// The property that does not hold, and the actions that show it.
    pub broken: Option<(&'static str, Vec<String>)>,
    pub properties: Vec<&'static str>,
}

/// Explores until a property breaks, every state is seen, or `cap` states have been generated.
pub fn check<M>(name: String, model: M, cap: usize) -> Outcome
where
    M: Model + Send + Sync + 'static,
    M::State: Hash + Send + Sync + Clone + PartialEq,
    M::Action: Clone + PartialEq + Debug,
{
    let began = Instant::now();
    let properties = model.properties().iter().map(|property| property.name).collect();
    let checker = model
        .checker()
        .finish_when(HasDiscoveries::AnyFailures)
        .target_state_count(cap)
        .spawn_bfs()
        .join();
    let broken = checker
        .discoveries()
        .into_iter()
        .map(|(name, path)| {
            let actions = path.into_actions();
            (name, actions.iter().map(|action| format!("{action:?}")).collect())
        })
        .min_by_key(|(name, path): &(_, Vec<String>)| (path.len(), *name));
    let generated = checker.state_count();
    Outcome {
        name,
        distinct: checker.unique_state_count(),
        generated,
        depth: checker.max_depth(),
        seconds: began.elapsed().as_secs_f64(),
        complete: broken.is_none() && generated < cap,
        broken,
        properties,
    }
}

type Job = Box<dyn FnOnce() -> Outcome + Send>;

/// Two at a time: each run alone is in breadth-first order, so that what it finds is short.
fn all(jobs: Vec<Job>) -> Vec<Outcome> {
    let count = jobs.len();
    let jobs = Mutex::new(jobs.into_iter().enumerate());
    let mut ended: Vec<(usize, Outcome)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let mut ended = Vec::new();
                    loop {
                        let next = jobs.lock().ok().and_then(|mut jobs| jobs.next());
                        let Some((place, job)) = next else { return ended };
                        let outcome = job();
                        eprintln!("{:>10} states  {}", outcome.distinct, outcome.name);
                        ended.push((place, outcome));
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_default())
            .collect()
    });
    ended.sort_by_key(|(place, _)| *place);
    assert_eq!(ended.len(), count, "a run of the checker ended by a panic");
    ended.into_iter().map(|(_, outcome)| outcome).collect()
}

fn described(setup: &Setup) -> String {
    let has = |held, word| if held { word } else { "-" };
    let abilities = &setup.abilities;
    [
        setup.name,
        &format!("{:?}", setup.aim).to_lowercase(),
        has(abilities.fence, "fence"),
        has(abilities.key, "key"),
        has(abilities.lag, "lag"),
    ]
    .join(" | ")
}

/// The sound protocol under every run.
pub fn sound(deep: bool) -> Vec<Outcome> {
    let cap = if deep { 4_000_000 } else { 400_000 };
    let mut jobs: Vec<Job> = Vec::new();
    for setup in runs::attempts(deep) {
        jobs.push(Box::new(move || check(described(&setup), setup, cap)));
    }
    for setup in runs::refreshes(deep) {
        jobs.push(Box::new(move || check(["session | ", setup.name].concat(), setup, cap)));
    }
    all(jobs)
}

/// Each mistake, and beside it the same run without it.
pub fn mistakes() -> Vec<(Outcome, Outcome)> {
    let cap = 3_000_000;
    let mut jobs: Vec<Job> = Vec::new();
    for (bug, setup) in runs::bugs() {
        let control = Setup {
            bug: None,
            ..setup.clone()
        };
        jobs.push(Box::new(move || check(format!("{bug:?}"), setup, cap)));
        jobs.push(Box::new(move || check(format!("without {bug:?}"), control, cap)));
    }
    for (bug, setup) in runs::refresh_bugs() {
        let mut control = setup.clone();
        control.bug = None;
        jobs.push(Box::new(move || check(format!("{bug:?}"), setup, cap)));
        jobs.push(Box::new(move || check(format!("without {bug:?}"), control, cap)));
    }
    let outcomes = all(jobs);
    outcomes
        .chunks_exact(2)
        .map(|pair| (pair[0].clone(), pair[1].clone()))
        .collect()
}

pub fn distinct(outcomes: &[Outcome]) -> usize {
    outcomes.iter().map(|outcome| outcome.distinct).sum()
}

/// Every run.
pub fn runs_table(outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{:<62} {:>10} {:>6} {:>7}  result",
        "run", "distinct", "depth", "s"
    );
    for outcome in outcomes {
        let result = match (&outcome.broken, outcome.complete) {
            (Some((name, path)), _) => format!("BROKEN: {name}\n    {}", path.join("\n    ")),
            (None, true) => "holds, every state seen".to_owned(),
            (None, false) => "holds as far as explored".to_owned(),
        };
        let _ = writeln!(
            text,
            "{:<62} {:>10} {:>6} {:>7.1}  {result}",
            outcome.name, outcome.distinct, outcome.depth, outcome.seconds
        );
    }
    text
}

/// Every property with the number of states in which it held.
pub fn properties_table(outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    let mut properties: Vec<(&str, usize, bool)> = Vec::new();
    for outcome in outcomes {
        for name in &outcome.properties {
            let broken = outcome.broken.as_ref().is_some_and(|(broken, _)| broken == name);
            match properties.iter_mut().find(|(known, ..)| known == name) {
                Some((_, states, holds)) => {
                    *states += outcome.distinct;
                    *holds &= !broken;
                }
                None => properties.push((name, outcome.distinct, !broken)),
            }
        }
    }
    let _ = writeln!(text, "{:<82} {:>10}  result", "property", "states");
    for (name, states, holds) in properties {
        let result = if holds { "holds" } else { "BROKEN" };
        let _ = writeln!(text, "{name:<82} {states:>10}  {result}");
    }
    let _ = writeln!(
        text,
        "{} distinct states in {} runs",
        distinct(outcomes),
        outcomes.len()
    );
    text
}

/// Each mistake, what it broke, and how soon.
pub fn mistakes_table(pairs: &[(Outcome, Outcome)]) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{:<26} {:>8} {:>6} {:>6}  breaks",
        "mistake", "states", "steps", "s"
    );
    for (caught, control) in pairs {
        let (what, steps) = match &caught.broken {
            Some((name, path)) => (*name, path.len()),
            None => ("NOTHING: NOT CAUGHT", 0),
        };
        let unsound = if control.broken.is_some() {
            "  (so does the protocol without it)"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "{:<26} {:>8} {steps:>6} {:>6.1}  {what}{unsound}",
            caught.name, caught.distinct, caught.seconds
        );
    }
    text
}
