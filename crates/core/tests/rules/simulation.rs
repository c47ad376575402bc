//! The production attempt machine against a faulty platform, thousands of sessions by seed.
//!
//! Lost, late and repeated requests, answers that lie about nothing but arrive in any order, lagging history,
//! colleagues at work: no false "done", no false "not done", and a verdict for every attempt once faults stop. The
//! window is exactly what the deployment promises: longest processing plus longest lag.

mod server;
mod session;

use omnival_core::recovery::evidence::{How, Verdict};
use omnival_core::recovery::outcome::Reply;

use crate::given::{ME, kind};
use server::Execution;
use session::{Ended, Session};

const LONGEST_PROCESSING_MS: u64 = 30_000;
const LONGEST_LAG_MS: u64 = 30_000;
const PROMISE_MS: u64 = LONGEST_PROCESSING_MS + LONGEST_LAG_MS;

/// What goes wrong beside losses, lag and colleagues, which are always there.
#[derive(Clone, Copy, Debug)]
pub struct Faults {
    /// At most this many actions by the operator, one after another.
    presses: u64,
    /// The session may be renewed for so long before the write leaves.
    renewal_ms: u64,
    /// The browser itself repeats a request whose connection dies.
    resends: bool,
    /// The platform may charge and break before it activates or cancels.
    charges_alone: bool,
}

const PLAIN: Faults = Faults {
    presses: 1,
    renewal_ms: 0,
    resends: false,
    charges_alone: false,
};

/// How often each end was reached, so that no promise is kept for want of occasion.
#[derive(Default, Debug)]
struct Tally {
    answered: u32,
    recorded: u32,
    earlier: u32,
    found: u32,
    pending: u32,
    by_other: u32,
    moved: u32,
    not_done: u32,
    unknown: u32,
    /// Verdicts on attempts whose answer was in doubt and that had been carried out.
    doubtful_done: u32,
}

impl Tally {
    fn count(&mut self, end: &Ended, executed: bool) {
        *match &end.verdict {
            Verdict::Done(How::Answered) => &mut self.answered,
            Verdict::Done(How::Recorded(_)) => &mut self.recorded,
            Verdict::Done(How::Earlier(_)) => &mut self.earlier,
            Verdict::Done(How::Found) => &mut self.found,
            Verdict::Pending(_) => &mut self.pending,
            Verdict::DoneByOther(_) => &mut self.by_other,
            Verdict::Moved => &mut self.moved,
            Verdict::NotDone(_) => &mut self.not_done,
            Verdict::StillUnknown => &mut self.unknown,
        } += 1;
        let in_doubt = matches!(end.reply, Reply::Lost(_)) || end.reply.status().is_some_and(|status| status >= 500);
        self.doubtful_done += u32::from(in_doubt && executed);
    }
}

/// What is wrong with a verdict, given everything that really happened.
fn lie(session: &Session, end: &Ended) -> Option<&'static str> {
    let id = end.intent.id.as_str();
    let executed = session.executed(id);
    let charged = session.server.charged.iter().any(|charge| charge == id);
    // The operator's own earlier request may do the same after this press, and the browser may send it once more.
    let same = |done: &Execution| done.at >= end.seen_at && done.goal == end.intent.goal;
    let by_me = executed || session.server.executions.iter().any(same);
    match &end.verdict {
        Verdict::Done(How::Answered | How::Found) => (!executed).then_some("false done"),
        Verdict::Done(_) | Verdict::Pending(_) => (!by_me).then_some("false done"),
        Verdict::NotDone(_) if charged => Some("not done, though a charge was recorded for it"),
        Verdict::NotDone(_) | Verdict::Moved => executed.then_some("false not done"),
        Verdict::DoneByOther(entry) => {
            let theirs = session.server.has_entry(entry, |entry| {
                let same = entry.kind == kind(&end.intent.goal) || entry.kind == "reassigned";
                same && entry.actor.as_ref().is_some_and(|actor| actor.id.as_str() != ME)
            });
            (executed || !theirs).then_some("false done by other")
        }
        Verdict::StillUnknown => (!charged).then_some("no verdict, though everything could be read"),
    }
}

fn play(seed: u64, faults: Faults, settle_ms: u64, traced: bool) -> (Session, Result<(), String>) {
    let mut session = Session::new(seed, faults, settle_ms, traced);
    let result = session.run().and_then(|()| {
        let lie = session.ended.iter().find_map(|end| Some((end, lie(&session, end)?)));
        lie.map_or(Ok(()), |(end, lie)| {
            Err(format!("{}: {lie}: {:?}", end.intent.id.as_str(), end.verdict))
        })
    });
    (session, result)
}

fn sessions(name: &str, seeds: std::ops::Range<u64>, faults: Faults) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        let (session, result) = play(seed, faults, PROMISE_MS, false);
        if let Err(lie) = result {
            let (again, _) = play(seed, faults, PROMISE_MS, true);
            let trace = again.trace.unwrap_or_default().join("\n");
            panic!("{name}, seed {seed}: {lie}\nfence {}\n{trace}", again.server.fence);
        }
        for end in &session.ended {
            tally.count(end, session.executed(end.intent.id.as_str()));
        }
    }
    tally
}

#[test]
fn lost_late_and_refused_answers_never_end_in_a_false_verdict() {
    let tally = sessions("plain", 0..6_000, PLAIN);
    let ends = [
        tally.answered,
        tally.recorded,
        tally.found,
        tally.by_other,
        tally.moved,
        tally.not_done,
        tally.doubtful_done,
    ];
    assert!(ends.iter().all(|count| *count > 50), "{tally:?}");
    assert!(tally.pending > 10 && tally.unknown == 0, "{tally:?}");
}

#[test]
fn one_action_after_another_is_never_confused_with_the_one_before() {
    let faults = Faults { presses: 5, ..PLAIN };
    let tally = sessions("in a row", 100_000..103_000, faults);
    assert!(tally.recorded > 100 && tally.not_done > 100, "{tally:?}");
}

#[test]
fn a_write_that_waited_for_the_session_is_given_its_full_window() {
    let faults = Faults {
        renewal_ms: 25_000,
        ..PLAIN
    };
    let tally = sessions("renewal", 200_000..203_000, faults);
    assert!(tally.doubtful_done > 100, "{tally:?}");
}

#[test]
fn a_request_that_the_browser_repeats_is_still_one_attempt() {
    let faults = Faults { resends: true, ..PLAIN };
    let tally = sessions("browser resends", 300_000..303_000, faults);
    assert!(tally.earlier > 100, "{tally:?}");
}

#[test]
fn a_charge_without_its_action_is_never_called_not_done() {
    let faults = Faults {
        charges_alone: true,
        ..PLAIN
    };
    let tally = sessions("charge alone", 400_000..402_000, faults);
    assert!(tally.not_done > 50, "{tally:?}");
}

#[test]
fn all_of_it_together() {
    let faults = Faults {
        presses: 4,
        renewal_ms: 25_000,
        resends: true,
        charges_alone: true,
    };
    let tally = sessions("everything", 500_000..503_000, faults);
    assert!(tally.doubtful_done > 100, "{tally:?}");
}

/// The control: with a window that is shorter than the promise, these very sessions do find false verdicts.
#[test]
fn a_window_shorter_than_the_promise_is_caught() {
    let caught = (0..2_000)
        .filter(|seed| play(*seed, PLAIN, PROMISE_MS / 4, false).1.is_err())
        .count();
    assert!(caught > 20, "only {caught}");
}
