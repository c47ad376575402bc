//! Which step on the order as a whole is open: status by status, role by role, against the platform's pages and the contract's permissions.

mod labels;

use omnival_core::order::map::aside;
use omnival_core::order::{Gate, Order, Section, Status, Step, gate, gates};
use omnival_core::session::User;
use omnival_core::words::Permission;

use crate::given::{ROLES, order, user};

/// Code, and what the platform would accept there. `None` is a draft.
const OPEN_BY_STATUS: [(Option<i32>, &str); 19] = [
    (None, "edit activate delete"),
    (Some(16), "assign hold cancel"),
    (Some(1), "assign hold cancel"),
    (Some(2), "assign hold cancel"),
    (Some(3), "assign hold cancel"),
    (Some(4), "assign hold cancel"),
    (Some(10), "assign hold cancel"),
    (Some(14), "hold cancel"),
    (Some(15), "hold cancel"),
    (Some(11), "hold cancel"),
    (Some(12), "hold cancel"),
    (Some(20), "hold cancel"),
    (Some(13), "hold cancel"),
    (Some(17), "hold cancel"),
    (Some(18), "hold cancel"),
    (Some(9), "reactivate cancel"),
    (Some(6), ""),
    (Some(8), ""),
    (Some(7), ""),
];

/// What each role may do at all.
const OPEN_BY_ROLE: [(&str, &str); 6] = [
    ("admin", "edit activate assign hold reactivate cancel delete"),
    ("operations", "edit activate assign hold reactivate cancel delete"),
    ("client", "edit activate hold reactivate cancel delete"),
    ("finance", ""),
    ("qc", ""),
    ("vendor", ""),
];

fn word(step: Step) -> String {
    format!("{step:?}").to_lowercase()
}

fn holds(words: &str, step: Step) -> bool {
    words.split(' ').any(|open| open == word(step))
}

fn closed(order: &Order, user: &User) -> Vec<(Step, String)> {
    gates(Section::Order, order, user)
        .into_iter()
        .filter_map(|(step, gate)| match gate {
            Gate::Open => None,
            Gate::Closed(why) => Some((step, why.into_owned())),
        })
        .collect()
}

#[test]
fn a_gate_is_open_exactly_where_status_and_role_both_allow() {
    for (code, by_status) in OPEN_BY_STATUS {
        let order = order(Status::of(code.is_none(), code));
        for (role, by_role) in OPEN_BY_ROLE {
            for (step, gate) in gates(Section::Order, &order, &user(role)) {
                let open = holds(by_status, step) && holds(by_role, step);
                assert_eq!(gate == Gate::Open, open, "{code:?} {role} {step:?}: {gate:?}");
            }
        }
    }
}

#[test]
fn the_tables_leave_no_printed_status_and_no_role_out() {
    for status in Status::PRINTED {
        assert!(
            OPEN_BY_STATUS.iter().any(|(code, _)| *code == status.code()),
            "{status:?}"
        );
    }
    assert!(
        OPEN_BY_STATUS
            .iter()
            .all(|(code, _)| !matches!(Status::of(code.is_none(), *code), Status::Unknown(_)))
    );
    assert_eq!(ROLES.map(|(role, _)| role), OPEN_BY_ROLE.map(|(role, _)| role));
}

#[test]
fn every_step_has_its_gate_once_and_in_the_order_of_the_page() {
    let shown: Vec<_> = gates(Section::Order, &order(Status::Assigned), &user("admin"))
        .into_iter()
        .map(|(step, _)| word(step))
        .collect();
    assert_eq!(
        shown,
        ["edit", "activate", "assign", "hold", "reactivate", "cancel", "delete"]
    );
}

#[test]
fn an_unknown_status_offers_nothing_to_anybody_and_names_its_code() {
    for code in [i32::MIN, -1, 0, 5, 19, 21, 99, i32::MAX] {
        for (role, _) in ROLES {
            let closed = closed(&order(Status::of(false, Some(code))), &user(role));
            assert_eq!(closed.len(), 7, "{code} {role}");
            for (step, why) in closed {
                assert!(why.contains(&code.to_string()), "{code} {step:?}: {why}");
            }
        }
    }
}

#[test]
fn the_status_is_named_before_the_role_because_nobody_could_help_otherwise() {
    let cancelled = order(Status::Cancelled);
    assert_eq!(
        gate(Step::Hold, &cancelled, &user("finance")),
        gate(Step::Hold, &cancelled, &user("admin"))
    );
}

#[test]
fn a_role_that_may_not_is_named_with_the_permission_that_it_lacks() {
    let permissions = [
        (Status::Draft, Step::Edit, Permission::OrdersCreate),
        (Status::Draft, Step::Delete, Permission::OrdersCreate),
        (Status::Draft, Step::Activate, Permission::OrdersActivate),
        (Status::Assigned, Step::Assign, Permission::OrdersAssign),
        (Status::Assigned, Step::Hold, Permission::OrdersHold),
        (Status::OnHold, Step::Reactivate, Permission::OrdersHold),
        (Status::Assigned, Step::Cancel, Permission::OrdersCancel),
    ];
    for (status, step, permission) in permissions {
        for role in ["finance", "qc", "vendor"] {
            let Gate::Closed(why) = gate(step, &order(status), &user(role)) else {
                panic!("{step:?} is open to {role}");
            };
            assert!(why.contains(permission.as_str()) && why.contains(role), "{why}");
        }
        let mut one = user("vendor");
        one.permissions = vec![permission.as_str().to_owned()];
        assert_eq!(
            gate(step, &order(status), &one),
            Gate::Open,
            "{permission:?} opens {step:?}"
        );
    }
}

/// Words with which a clause tells somebody to do something, or says that there is nothing left to do.
const DIRECTIONS: [&str; 18] = [
    "activate",
    "add",
    "ask",
    "assign",
    "cancel",
    "change",
    "choose",
    "contact",
    "delete",
    "edit",
    "finish",
    "leave",
    "put",
    "reactivate",
    "reload",
    "start",
    "use",
    "wait",
];

/// A sentence or a clause that begins with a direction, names what is done instead ("A draft is deleted, not
/// cancelled."), or says outright that reading is all there is.
fn names_a_next_step(text: &str) -> bool {
    let clause_directs = text.split(['.', ';', ':', ',']).any(|clause| {
        let first = clause
            .trim()
            .split(' ')
            .find(|word| !matches!(*word, "or" | "and" | "then"));
        first.is_some_and(|word| DIRECTIONS.contains(&word.to_lowercase().as_str()))
    });
    clause_directs
        || ["A draft is ", "only be read", "for reading only"]
            .iter()
            .any(|words| text.contains(words))
}

#[test]
fn a_closed_gate_says_why_and_what_to_do_instead() {
    let mut silent = Vec::new();
    for status in Status::PRINTED.into_iter().chain([Status::Unknown(19)]) {
        for (role, _) in ROLES {
            for (step, why) in closed(&order(status), &user(role)) {
                assert!(
                    why.starts_with(char::is_uppercase) && why.ends_with('.'),
                    "{status:?} {step:?}: {why}"
                );
                if !names_a_next_step(&why) && !silent.contains(&why) {
                    silent.push(why);
                }
            }
        }
    }
    assert!(silent.is_empty(), "no next step in:\n{}", silent.join("\n"));
}

#[test]
fn what_the_map_says_beside_the_way_is_what_the_gates_let_through() {
    for status in Status::PRINTED {
        let words = aside(status).unwrap_or_default();
        for (step, word) in [
            (Step::Hold, "put on hold"),
            (Step::Cancel, "cancelled"),
            (Step::Reactivate, "Reactivation"),
            (Step::Delete, "deleted"),
        ] {
            let is_open = gate(step, &order(status), &user("admin")) == Gate::Open;
            assert_eq!(words.contains(word), is_open, "{status:?} {step:?}: {words}");
        }
    }
}
