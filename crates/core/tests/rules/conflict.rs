//! The conflict screen's rows: before, tried, now, and the entries that made the difference.

use omnival_core::money::Money;
use omnival_core::order::full::{Fee, Hold, PaymentState};
use omnival_core::order::{Order, Status};
use omnival_core::recovery::attempt::Intent;
use omnival_core::recovery::conflict::{Row, explanations, rows};
use omnival_core::recovery::evidence::{Evidence, Found, Goal};
use omnival_core::recovery::snapshot::Snapshot;

use crate::given::{ANN, ME, create, entry, goals, intent, order, record, unmoved, vendor};

/// Something that happens to an order behind the operator's back.
type Change = fn(&mut Order);

fn asked(goal: Goal, asked: &[(&'static str, &str)]) -> Intent {
    Intent {
        asked: asked
            .iter()
            .map(|(field, value)| ((*field).into(), (*value).to_owned()))
            .collect(),
        ..intent(goal)
    }
}

fn row<'a>(rows: &'a [Row], field: &str) -> &'a Row {
    rows.iter()
        .find(|row| row.field == field)
        .unwrap_or_else(|| panic!("no row {field} in {rows:?}"))
}

fn fields(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|row| &*row.field).collect()
}

fn sides(row: &Row) -> (&str, Option<&str>, &str, bool) {
    (&row.before, row.tried.as_deref(), &row.now, row.differs)
}

#[test]
fn a_colleagues_assignment_is_shown_beside_what_was_tried() {
    let intent = asked(goals()[1].clone(), &[("Vendor", "Vendor ven-1")]);
    let now = Order {
        vendor: Some(vendor("ven-2")),
        ..order(Status::Assigned)
    };
    let rows = rows(&intent, Some(&now));
    assert_eq!(fields(&rows), ["Status", "Vendor"]);
    assert_eq!(sides(row(&rows, "Status")), ("Unassigned", None, "Assigned", true));
    assert_eq!(
        sides(row(&rows, "Vendor")),
        ("—", Some("Vendor ven-1"), "Vendor ven-2", true)
    );
}

#[test]
fn the_status_is_always_there_and_what_nobody_touched_is_not() {
    let before = order(Status::Assigned);
    let rows = rows(&asked(Goal::Hold, &[("Status", "On hold")]), Some(&before));
    assert_eq!(fields(&rows), ["Status"]);
    assert_eq!(
        sides(row(&rows, "Status")),
        ("Assigned", Some("On hold"), "Assigned", false)
    );
}

#[test]
fn what_was_tried_is_there_even_if_nothing_came_of_it() {
    let before = order(Status::Unassigned);
    let rows = rows(&asked(goals()[1].clone(), &[("Vendor", "Vendor ven-1")]), Some(&before));
    assert_eq!(sides(row(&rows, "Vendor")), ("—", Some("Vendor ven-1"), "—", false));
}

#[test]
fn each_fact_that_changed_has_its_row_and_says_so() {
    let money = |amount| Money::new(amount, "USD");
    let changes: [(&str, &str, Change, &str); 5] = [
        (
            "Order number",
            "A-1001",
            |order| order.number = Some("A-2".into()),
            "A-2",
        ),
        (
            "Due date",
            "2027-01-15",
            |order| order.due_date = Some("2027-02-01".into()),
            "2027-02-01",
        ),
        ("Due date", "2027-01-15", |order| order.due_date = None, "—"),
        (
            "Hold reason",
            "—",
            |order| {
                order.hold = Some(Hold {
                    reason: "Awaiting access".into(),
                    by: None,
                    at: None,
                    prior: None,
                });
            },
            "Awaiting access",
        ),
        (
            "Payment",
            "—",
            |order| {
                order.payment = Some(PaymentState {
                    scenario: "invoice".into(),
                    status: "failed".into(),
                    amount_due: None,
                    paid_at: None,
                });
            },
            "failed",
        ),
    ];
    for (field, before, change, now) in changes {
        let mut changed = order(Status::Assigned);
        change(&mut changed);
        let rows = rows(&intent(Goal::Hold), Some(&changed));
        assert_eq!(fields(&rows), ["Status", field]);
        assert_eq!(sides(row(&rows, field)), (before, None, now, true));
    }
    let fee = Fee {
        order: Some(money("400.00")),
        technology: Some(money("50.00")),
        vendor: money("300.00"),
        total: Some(money("450.00")),
    };
    let dearer = Order {
        fee: Some(fee),
        ..order(Status::Assigned)
    };
    let rows = rows(&intent(Goal::Hold), Some(&dearer));
    assert_eq!(sides(row(&rows, "Fee")), ("—", None, "450.00 USD", true));
}

#[test]
fn a_vendor_who_is_still_there_is_named_even_if_nothing_changed() {
    let now = Order {
        vendor: Some(vendor("ven-2")),
        ..order(Status::Assigned)
    };
    let mut intent = intent(Goal::Hold);
    intent.baseline.order = Some(Snapshot::of(&now));
    let rows = rows(&intent, Some(&now));
    assert_eq!(
        sides(row(&rows, "Vendor")),
        ("Vendor ven-2", None, "Vendor ven-2", false)
    );
}

#[test]
fn an_order_that_is_gone_shows_what_it_was() {
    let rows = rows(&asked(Goal::Hold, &[("Status", "On hold")]), None);
    assert_eq!(sides(row(&rows, "Status")), ("Assigned", Some("On hold"), "—", true));
    assert!(rows.iter().all(|row| row.now == "—" && row.differs), "{rows:?}");
}

#[test]
fn an_order_that_was_not_there_before_shows_what_it_is() {
    let rows_of = rows(&intent(create()), Some(&order(Status::Draft)));
    assert_eq!(sides(row(&rows_of, "Status")), ("—", None, "Draft", true));
    assert!(rows(&intent(create()), None).is_empty(), "nothing to compare");
}

/// What the operator typed is theirs: a reason that was not accepted must not be lost on the screen that explains why.
#[test]
fn everything_that_was_asked_for_is_shown() {
    let tried = [("Status", "On hold"), ("Reason", "Borrower asked for a later date")];
    let rows = rows(&asked(Goal::Hold, &tried), Some(&order(Status::Cancelled)));
    for (field, value) in tried {
        assert!(
            rows.iter().any(|row| row.tried.as_deref() == Some(value)),
            "“{field}: {value}” is in no row: {rows:?}"
        );
    }
}

#[test]
fn the_difference_is_explained_by_what_is_newer_than_the_press_newest_first() {
    let goal = Goal::Hold;
    let evidence = Evidence {
        found: Found::Order(Box::new(order(Status::OnHold))),
        history: [entry("evt-9", "comment", ANN), record(&goal, "evt-8", ME)]
            .into_iter()
            .chain(unmoved(&goal).history)
            .chain([entry("evt-00", "assigned", ANN)])
            .collect(),
        ..unmoved(&goal)
    };
    let intent = intent(goal);
    let ids: Vec<_> = explanations(&evidence, &intent.baseline)
        .iter()
        .map(|entry| entry.id.as_str())
        .collect();
    assert_eq!(ids, ["evt-9", "evt-8"]);
}
