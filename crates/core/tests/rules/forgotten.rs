//! Nothing that a new operation or step needs can be forgotten: what is not a column of its table asks for it, by not
//! compiling or by failing here, and names the place.

use std::path::{Path, PathBuf};
use std::process::Command;

use omnival_core::ids::EntryId;
use omnival_core::message::{conclusion, failure};
use omnival_core::operation::{Class, Operation, Settled, Words};
use omnival_core::order::{Behind, Gate, Section, Status, Step, gate};
use omnival_core::recovery::attempt::Conclusion;
use omnival_core::recovery::evidence::{How, Proof, Verdict};
use omnival_core::recovery::outcome::{Loss, Reply};

use crate::given::{all_goals, intent, order, replies, unmoved, user};

/// A sentence or a name that an operator can read.
fn is_said(text: &str) -> bool {
    text.len() > 2 && text.trim() == text
}

#[test]
fn every_operation_is_spoken_of_however_it_ends() {
    for operation in Operation::ALL.iter().copied() {
        assert!(
            is_said(operation.doing()),
            "operation/table.rs, what is being done: {operation:?}"
        );
        for reply in replies() {
            let message = failure(operation, &reply);
            assert!(
                is_said(&message.happened) && is_said(&message.next),
                "message/failure.rs: {operation:?} {reply:?}"
            );
        }
    }
}

#[test]
fn every_operation_that_is_sent_once_has_a_goal_words_and_a_sentence_for_each_verdict() {
    let goals = all_goals();
    for operation in Operation::ALL.iter().copied() {
        let words = operation.words();
        let judged = match operation.settled() {
            Settled::Again | Settled::InSession => false,
            Settled::ByReference(_) | Settled::ByRecords(..) => true,
        };
        assert_eq!(words.is_some(), judged, "operation/table.rs, words: {operation:?}");
        assert_eq!(
            goals.iter().any(|goal| goal.operation() == operation),
            judged,
            "recovery/evidence.rs, a goal: {operation:?}"
        );
        let Some(Words {
            done,
            not_done,
            by_other,
            mend,
            pending,
            then,
        }) = words.copied()
        else {
            continue;
        };
        for said in [done, not_done, by_other, mend, then] {
            assert!(is_said(said), "operation/table.rs, words: {operation:?}");
        }
        assert!(pending.ends_with('.'), "operation/table.rs, words: {operation:?}");
        assert!(
            done != Words::PLAIN.done && done != not_done,
            "operation/table.rs, words: {operation:?}"
        );
    }
    let id = || EntryId::new("evt-9");
    for goal in goals {
        for verdict in [
            Verdict::Done(How::Answered),
            Verdict::Done(How::Recorded(id())),
            Verdict::Done(How::Found),
            Verdict::Done(How::Earlier(id())),
            Verdict::DoneByOther(id()),
            Verdict::Moved,
            Verdict::Pending(id()),
            Verdict::NotDone(Proof::NotSent),
            Verdict::NotDone(Proof::Refused),
            Verdict::NotDone(Proof::Settled),
            Verdict::NotDone(Proof::Failed),
            Verdict::StillUnknown,
        ] {
            let end = Conclusion {
                verdict,
                reply: Reply::Lost(Loss::Network),
                evidence: Some(unmoved(&goal)),
            };
            let message = conclusion(&intent(goal.clone()), &end, None);
            assert!(
                is_said(&message.happened) && is_said(&message.next),
                "message/verdict.rs: {goal:?} {:?}",
                end.verdict
            );
        }
    }
}

/// What an operator does on an order, and may not do twice, is begun by a step.
#[test]
fn every_operation_with_an_evidence_rule_has_a_step_and_every_step_its_operations() {
    for operation in Operation::ALL.iter().copied() {
        match operation.settled() {
            Settled::ByRecords(..) => assert!(operation.step().is_some(), "order/step.rs, a step: {operation:?}"),
            Settled::Again | Settled::InSession | Settled::ByReference(_) => {}
        }
        if operation.class() == Class::Read {
            assert_eq!(operation.step(), None, "order/step.rs: {operation:?} changes nothing");
        }
    }
    for step in Step::ALL.iter().copied() {
        let operations = match step.behind() {
            Behind::Form => vec![],
            Behind::One(one) => vec![one],
            Behind::Portal { ucdp, ead } => vec![ucdp, ead],
        };
        for operation in operations {
            assert_eq!(operation.step(), Some(step), "order/step.rs: {operation:?}");
            assert_eq!(
                operation.permission(),
                step.permission(),
                "operation/table.rs: {operation:?}"
            );
        }
    }
}

#[test]
fn every_step_has_a_section_a_label_and_a_sentence_wherever_it_is_closed() {
    let sections = [
        Section::Order,
        Section::Vendor,
        Section::Inspection,
        Section::Report,
        Section::Delivery,
        Section::Agency,
        Section::Money,
        Section::Documents,
        Section::Notes,
    ];
    let held: usize = sections
        .iter()
        .map(|section| Step::ALL.iter().filter(|step| step.section() == *section).count())
        .sum();
    assert_eq!(held, Step::ALL.len(), "a section is missing in this list");
    for step in Step::ALL.iter().copied() {
        assert!(is_said(step.label()), "order/step.rs, the label: {step:?}");
        let open_somewhere = Status::PRINTED
            .into_iter()
            .any(|status| omnival_core::order::by_status(step, status).is_none());
        assert!(open_somewhere, "order/step.rs, where it is taken: {step:?}");
        for status in Status::PRINTED.into_iter().chain([Status::Unknown(19)]) {
            if let Gate::Closed(why) = gate(step, &order(status), &user("vendor")) {
                assert!(
                    is_said(&why) && why.ends_with('.'),
                    "order/step.rs, what is said: {step:?} {status:?}"
                );
            }
        }
    }
}

/// The browser tests take every step to each of its ends, from a table of their own. It is there that a form is found out
/// which does not send what its own record would be known by.
#[test]
fn every_operation_that_a_step_sends_once_is_taken_in_the_browser() {
    let support = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser/support");
    let rows: String = ["steps.ts", "desk.ts"]
        .iter()
        .map(|file| std::fs::read_to_string(support.join(file)).expect("the browser tests' steps"))
        .collect();
    let sent_once = || {
        let all = Operation::ALL.iter().copied();
        all.filter(|operation| operation.rule().is_some())
    };
    for operation in sent_once() {
        let name = operation.api_name();
        let row = ["{ operation: '", name, "',"].concat();
        let wanted = sent_once().filter(|other| other.api_name() == name).count();
        assert!(
            rows.matches(&row).count() >= wanted,
            "tests/browser/support/steps.ts, a row: {operation:?}"
        );
    }
}

/// A copy of this crate's source, with one row added to a table.
fn changed(name: &str, file: &str, before: &str, row: &str) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&copy);
    copy_all(&source, &copy);
    let path = copy.join(file);
    let text = std::fs::read_to_string(&path).expect("the table");
    assert!(text.contains(before), "{file} has changed: {before}");
    std::fs::write(&path, text.replacen(before, &[row, before].concat(), 1)).expect("the changed table");
    copy
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a directory");
    for entry in std::fs::read_dir(from).expect("the source") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// What the compiler has against it: each error with its file. Empty if it compiles.
fn complaints(source: &Path) -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let out = Command::new(rustc)
        .args([
            "--edition",
            "2024",
            "--crate-name",
            "omnival_core",
            "--crate-type",
            "lib",
        ])
        .args(["--emit", "metadata", "--cap-lints", "allow", "--color", "never"])
        .arg("--out-dir")
        .arg(source)
        .arg(source.join("lib.rs"))
        .output()
        .expect("the compiler");
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.success(), said.is_empty(), "{said}");
    said
}

const FIRST_OPERATION: &str = "    SignIn \"signIn\" ";
const FIRST_STEP: &str = "    Edit [] ";

/// An operation is added, first with nothing but its row's beginning: the compiler asks for one thing after another.
#[test]
fn a_new_operation_does_not_compile_until_it_is_complete() {
    let head =
        r#"    Teleport "teleportOrder" Once Post "{order}/teleport" fenced, OrdersHold, "teleporting the order""#;
    let settled = r#",
        ByRecords(
            Rule::entry(&["teleported"], &[]),
            Words::new("The order was teleported", "The order was not teleported", "teleported this order",
                "Check the reason, then try again."),
        )"#;
    let operation =
        |name: &str, row: &str| changed(name, "operation/table.rs", FIRST_OPERATION, &[row, ";\n"].concat());

    let bare = complaints(&operation("bare", head));
    for (place, words) in [
        (
            "operation/table.rs",
            "an operation that is sent once says what settles doubt",
        ),
        ("order/step.rs", "`Operation::Teleport` not covered"),
    ] {
        assert!(
            bare.contains(place) && bare.contains(words),
            "{place} does not ask for it:\n{bare}"
        );
    }

    let without_words = [head, ",\n        ByRecords(Rule::entry(&[\"teleported\"], &[]))"].concat();
    let without_words = complaints(&operation("without-words", &without_words));
    assert!(
        without_words.contains("operation/table.rs"),
        "words are not asked for:\n{without_words}"
    );

    let row = [head, settled].concat();
    let without_step = complaints(&operation("without-step", &row));
    assert!(
        without_step.contains("order/step.rs"),
        "a step is not asked for:\n{without_step}"
    );

    let copy = operation("complete", &row);
    let steps = copy.join("order/step.rs");
    let text = std::fs::read_to_string(&steps).expect("the steps");
    let step = "    Teleport [Teleport] Order Plain \"Teleport\", By(closed::hold);\n";
    std::fs::write(&steps, text.replacen(FIRST_STEP, &[step, FIRST_STEP].concat(), 1)).expect("the steps");
    assert_eq!(complaints(&copy), "", "nothing else is to be taught");
}
