//! Which of the platform's records are read for which write, and what happens when one of them cannot be.

use std::cell::RefCell;
use std::rc::Rc;

use omnival_core::ids::{ClientId, IntentId, LoanId, OrderRef};
use omnival_core::operation::{Ledger, Operation};
use omnival_core::recovery::evidence::{Baseline, Evidence, Found, Goal};
use omnival_core::recovery::intent::Intent;
use omnival_core::time::Timestamp;
use omnival_headless::api::Failure;
use omnival_headless::evidence;
use omnival_headless::fake::{Answering, Wire};

use super::desk::{Desk, Office, order};

fn intent(desk: &Desk, goal: Goal, at: Option<OrderRef>) -> Intent {
    let user = desk.api.session().user().expect("signed in");
    Intent {
        id: IntentId::new("int-1"),
        goal,
        at,
        user: user.id,
        user_name: user.name,
        asked: Vec::new(),
        baseline: Baseline {
            order: None,
            newest: None,
            payments: Vec::new(),
            records: Vec::new(),
        },
        pressed_at: Timestamp(0),
        endpoint: String::new(),
    }
}

fn read(desk: &Desk, goal: Goal, at: Option<OrderRef>) -> Result<Evidence, Box<Failure>> {
    let (api, intent) = (desk.api.clone(), intent(desk, goal, at));
    let reading = async move { evidence::read(&api, &intent).await };
    let read = desk.page.wait(reading).expect("every reading ends");
    read.map_err(Box::new)
}

/// The list that holds the operation's own records, and one record as it stands there.
const fn list(operation: Operation, ledger: Ledger) -> (&'static str, &'static str) {
    match ledger {
        Ledger::Reports => ("reports", r#"{"items":[{"id":"own","name":"a.pdf","size":1}]}"#),
        Ledger::Documents => ("documents", r#"{"items":[{"id":"own","name":"a.pdf","size":1}]}"#),
        Ledger::Runs => ("crosscheck", r#"{"items":[{"id":"own"}]}"#),
        Ledger::Revisions => ("revisions", r#"{"items":[{"id":"own","source":"qc"}]}"#),
        Ledger::Rovs => ("rovs", r#"{"items":[{"id":"own"}]}"#),
        Ledger::Decisions => (
            "rovs",
            r#"{"items":[{"id":"own","decision":{"outcome":"accepted"}},{"id":"undecided"}]}"#,
        ),
        Ledger::Deliveries => ("deliveries", r#"{"items":[{"id":"own","kind":"borrower"}]}"#),
        Ledger::Invoices => ("invoice-data", r#"{"invoices":[{"id":"own"}]}"#),
        Ledger::Payments => ("payment-history", r#"{"items":[{"id":"own","kind":"charge"}]}"#),
        Ledger::Submissions => (portal(operation), r#"{"submissions":[{"id":"own"}]}"#),
        Ledger::Overrides => (portal(operation), r#"{"submissions":[{"id":"own","overrides":[{}]}]}"#),
    }
}

const fn portal(operation: Operation) -> &'static str {
    if matches!(operation, Operation::SubmitToEad | Operation::OverrideEad) {
        "get-ead-submission"
    } else {
        "get-ucdp-submission"
    }
}

/// Answers what is read below an order by the last part of its path, and keeps what was asked for.
fn serve(office: &Office, texts: Vec<(&'static str, &'static str)>) -> Rc<RefCell<Vec<String>>> {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let asks = Rc::clone(&asked);
    office.server.route(move |wire: &Wire| {
        let (_, rest) = wire.url.split_once("/orders/ev-1")?;
        let what = rest.trim_start_matches('/').to_owned();
        let text = texts.iter().find(|(name, _)| *name == what).map(|(_, text)| *text);
        asks.borrow_mut().push(what);
        Some(text.map_or_else(
            || Answering::new(200, r#"{"items":[]}"#),
            |text| Answering::new(200, text),
        ))
    });
    asked
}

const ORDER: &str = r#"{"id":"ev-1","clientId":"cli-1","loanId":"loan-1","statusCode":1}"#;

#[test]
fn every_operation_is_judged_by_its_own_list_beside_order_and_history() {
    let mut ledgers = 0;
    for operation in Operation::ALL {
        let Some(rule) = operation.rule() else { continue };
        let office = Office::with_only(&[]);
        let mut texts = vec![("", ORDER)];
        let mut expected = vec!["", "history"];
        if operation.may_move_money() {
            expected.push("payment-history");
        }
        if let Some((ledger, _)) = rule.ledger {
            let (name, text) = list(*operation, ledger);
            texts.push((name, text));
            expected.push(name);
            ledgers += 1;
        }
        let asked = serve(&office, texts);
        let desk = office.desk();
        let read = read(&desk, Goal::act(*operation), Some(order("ev-1"))).expect("read");
        let mut asked = asked.take();
        asked.sort();
        expected.sort_unstable();
        assert_eq!(asked, expected, "{operation:?}");
        // An override has no id of its own: it is its submission's, and its time.
        let own: Vec<_> = read
            .records
            .iter()
            .map(|record| record.id.as_str().trim_end())
            .collect();
        let is_kept = rule.ledger.is_some();
        assert_eq!(own, if is_kept { vec!["own"] } else { Vec::new() }, "{operation:?}");
        assert!(
            read.order().is_some_and(|found| found.at == order("ev-1")),
            "{operation:?}"
        );
    }
    assert!(ledgers > 10, "{ledgers}");
}

#[test]
fn what_cannot_be_read_makes_the_whole_reading_fail() {
    for broken in ["", "history", "documents"] {
        let office = Office::with_only(&[]);
        office.server.route(move |wire: &Wire| {
            let (_, rest) = wire.url.split_once("/orders/ev-1")?;
            (rest.trim_start_matches('/') == broken).then(|| Answering::new(403, "{}"))
        });
        serve(&office, vec![("", ORDER)]);
        let desk = office.desk();
        let read = read(&desk, Goal::act(Operation::AddDocument), Some(order("ev-1")));
        assert_eq!(read.err().and_then(|failure| failure.status()), Some(403), "{broken}");
    }
}

#[test]
fn an_order_that_is_not_there_any_more_is_gone() {
    let office = Office::with_only(&[]);
    office
        .server
        .route(|wire: &Wire| wire.url.contains("/orders/ev-1").then(|| Answering::status(404)));
    let desk = office.desk();
    let at = Some(order("ev-1"));
    let read_back = read(&desk, Goal::Hold, at).expect("an answer");
    assert_eq!(read_back.found, Found::Gone);
    assert_eq!(
        read(&desk, Goal::Hold, None).expect("nothing to ask").found,
        Found::Gone
    );
}

#[test]
fn a_draft_is_looked_for_among_the_loans_orders_by_its_reference() {
    let office = Office::with_only(&[]);
    office.server.route(|wire: &Wire| {
        let one = |id: &str, reference: &str| {
            format!(r#"{{"id":"{id}","clientId":"cli-1","loanId":"loan-1","clientReference":"{reference}"}}"#)
        };
        let all = [one("a", "ours"), one("b", "theirs"), one("c", "ours")].join(",");
        let is_list = wire.url.ends_with("/loans/loan-1/orders");
        is_list.then(|| Answering::new(200, &format!(r#"{{"items":[{all}]}}"#)))
    });
    let desk = office.desk();
    let goal = Goal::Create {
        client: ClientId::new("cli-1"),
        loan: LoanId::new("loan-1"),
        client_reference: "ours".into(),
    };
    let read = read(&desk, goal, None).expect("read");
    assert_eq!(read.found, Found::Created(vec![order("a"), order("c")]));
}
