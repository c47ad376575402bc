//! `docs/reference.md`, made from the code: every operation with its class, group, gate, evidence and messages. It fails
//! when the page has drifted; `OMNIVAL_WRITE=1 cargo test -p omnival-core reference` writes it anew.

use std::fmt::Write;
use std::path::Path;

use omnival_core::ids::EntryId;
use omnival_core::message::{Message, conclusion, failure};
use omnival_core::operation::{Class, Ledger, Operation, Settled};
use omnival_core::order::{Status, by_status};
use omnival_core::recovery::attempt::Conclusion;
use omnival_core::recovery::evidence::{Evidence, Found, Goal, How, Proof, Verdict};
use omnival_core::recovery::outcome::{Loss, NotSent, Reply};

use crate::contract::NOT_CALLED;
use crate::given::{ANN, all_goals, answered, intent, moved, path, record, unmoved};

const PAGE: &str = "../../docs/reference.md";

const HEAD: &str = "# Reference: every operation

Made from the code by `crates/core/tests/rules/reference.rs`; a test fails when it has drifted. Classes: a **read** and an
**idempotent** write may be sent again by the program; **once** and **guarded** (the platform's P0 groups, and what behaves
like them) are sent once, and judged by the order's records when the answer is in doubt.
";

fn class(operation: Operation) -> &'static str {
    match operation.class() {
        Class::Read => "read",
        Class::Idempotent => "idempotent",
        Class::Once => "once",
        Class::Guarded => "guarded",
    }
}

const fn ledger(ledger: Ledger) -> &'static str {
    match ledger {
        Ledger::Reports => "reports",
        Ledger::Documents => "documents",
        Ledger::Runs => "CrossCheck runs",
        Ledger::Revisions => "revisions",
        Ledger::Rovs => "reconsiderations of value",
        Ledger::Decisions => "decisions on reconsiderations",
        Ledger::Deliveries => "deliveries",
        Ledger::Submissions => "agency submissions",
        Ledger::Overrides => "overrides of agency findings",
        Ledger::Invoices => "invoices",
        Ledger::Payments => "payment history",
    }
}

/// Where the platform takes it, and by which permission, as far as the console stops an operator early.
fn gate(operation: Operation) -> Option<String> {
    let step = operation.step()?;
    let (closed, open): (Vec<Status>, Vec<Status>) = Status::PRINTED
        .iter()
        .partition(|status| by_status(step, **status).is_some());
    let is_past = |status: &Status| matches!(status, Status::Draft) || status.is_closed();
    let names: Vec<_> = open.iter().map(|status| status.label()).collect();
    let at = if closed.iter().all(is_past) {
        "any active order".to_owned()
    } else {
        names.join(", ")
    };
    Some(format!("`{}`; {at}", step.permission()?.as_str()))
}

fn evidence(operation: Operation) -> Option<String> {
    let rule = match operation.settled() {
        Settled::ByRecords(rule, _) => rule,
        Settled::ByReference(_) => return Some("a draft with its client reference among the loan's orders".into()),
        Settled::Again | Settled::InSession => return None,
    };
    let kinds: Vec<_> = rule.kinds.iter().map(|kind| format!("`{kind}`")).collect();
    let mut text = format!("history {}", kinds.join(" or "));
    if let [first, rest @ ..] = rule.leads_to {
        let names: Vec<_> = [first].into_iter().chain(rest).map(|status| status.label()).collect();
        let _ = write!(text, ", or an entry of a new kind that led to {}", names.join(" or "));
    }
    if let Some((list, _)) = rule.ledger {
        let _ = write!(text, "; {}", ledger(list));
    }
    if operation.may_move_money() {
        text.push_str("; the payment history must leave no doubt");
    }
    Some(text)
}

/// How an attempt can end, and what is said then.
fn ends(goal: &Goal) -> Vec<(String, Message)> {
    let id = || EntryId::new("evt-9");
    let lost = || Reply::Lost(Loss::Network);
    let seen = Evidence {
        found: Found::Order(Box::new(moved(path(goal).1))),
        history: [record(goal, "evt-9", ANN)]
            .into_iter()
            .chain(unmoved(goal).history)
            .collect(),
        ..unmoved(goal)
    };
    let told = |verdict: Verdict, reply: Reply| {
        let end = Conclusion {
            verdict,
            reply,
            evidence: Some(seen.clone()),
        };
        conclusion(&intent(goal.clone()), &end, None)
    };
    let is_new = matches!(goal, Goal::Create { .. });
    let found = if is_new { How::Found } else { How::Recorded(id()) };
    let mut all = vec![
        ("2xx".to_owned(), told(Verdict::Done(How::Answered), answered(200))),
        (
            "answer lost, records show it".to_owned(),
            told(Verdict::Done(found), lost()),
        ),
    ];
    if !is_new {
        all.extend([
            (
                "an own earlier attempt did it".to_owned(),
                told(Verdict::Done(How::Earlier(id())), answered(409)),
            ),
            (
                "a colleague was quicker".to_owned(),
                told(Verdict::DoneByOther(id()), answered(409)),
            ),
            ("the order moved".to_owned(), told(Verdict::Moved, answered(409))),
        ]);
    }
    if goal.operation().may_move_money() || goal.ledger() == Some(Ledger::Payments) {
        all.push(("money on its way".to_owned(), told(Verdict::Pending(id()), lost())));
    }
    if goal.ledger() == Some(Ledger::Payments) {
        all.push((
            "recorded as failed".to_owned(),
            told(Verdict::NotDone(Proof::Failed), lost()),
        ));
    }
    for status in [400, 401, 403, 404, 409, 422, 429] {
        let refused = told(Verdict::NotDone(Proof::Refused), answered(status));
        all.push((format!("{status}, nothing changed"), refused));
    }
    all.extend([
        (
            "no answer, window over".to_owned(),
            told(Verdict::NotDone(Proof::Settled), lost()),
        ),
        (
            "5xx, window over".to_owned(),
            told(Verdict::NotDone(Proof::Settled), answered(500)),
        ),
        ("still unknown".to_owned(), told(Verdict::StillUnknown, lost())),
        (
            "offline".to_owned(),
            told(Verdict::NotDone(Proof::NotSent), Reply::NotSent(NotSent::Offline)),
        ),
    ]);
    all
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    page.push_str("\n| Operation | Class | P0 group | Permission; status | Known by |\n|---|---|---|---|---|\n");
    for operation in Operation::ALL.iter().copied() {
        let group = operation.group().map_or("", |group| group.label());
        let _ = writeln!(
            page,
            "| `{}`: {} | {} | {group} | {} | {} |",
            operation.api_name(),
            operation.doing(),
            class(operation),
            gate(operation).unwrap_or_default(),
            evidence(operation).unwrap_or_default(),
        );
    }
    page.push_str("\n## What the console does not call, and why\n\n");
    for (operation, why) in NOT_CALLED {
        let _ = writeln!(page, "- `{operation}`: {why}.");
    }
    page.push_str("\n## What is said when it ends\n");
    for goal in all_goals() {
        let operation = goal.operation();
        let _ = write!(page, "\n### `{}`: {}\n\n", operation.api_name(), operation.doing());
        page.push_str("| Outcome | What happened | What to do next |\n|---|---|---|\n");
        for (outcome, message) in ends(&goal) {
            let _ = writeln!(page, "| {outcome} | {} | {} |", message.happened, message.next);
        }
    }
    page.push_str("\n## What is said when a read or a repeatable write does not work\n\n");
    page.push_str("With the first words of each operation's own name; here for reading the order.\n\n");
    page.push_str("| Outcome | What happened | What to do next |\n|---|---|---|\n");
    for status in [400, 401, 403, 404, 409, 422, 429, 500, 503] {
        let message = failure(Operation::ReadOrder, &answered(status));
        let _ = writeln!(page, "| {status} | {} | {} |", message.happened, message.next);
    }
    for (outcome, reply) in [
        ("no answer", Reply::Lost(Loss::Network)),
        ("no answer in time", Reply::Lost(Loss::Timeout)),
        ("offline", Reply::NotSent(NotSent::Offline)),
    ] {
        let message = failure(Operation::ReadOrder, &reply);
        let _ = writeln!(page, "| {outcome} | {} | {} |", message.happened, message.next);
    }
    page
}

#[test]
fn the_reference_in_the_docs_is_what_the_code_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = page();
    if std::env::var_os("OMNIVAL_WRITE").is_some() {
        std::fs::write(&file, &page).expect("the page can be written");
    }
    let there = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        there.replace("\r\n", "\n") == page,
        "docs/reference.md has drifted: OMNIVAL_WRITE=1 cargo test -p omnival-core reference"
    );
}
