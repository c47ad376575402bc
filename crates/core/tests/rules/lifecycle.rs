//! Which action is open: status by status, role by role, against the platform's pages and the contract's permissions.

mod labels;

use omnival_core::order::lifecycle::gate;
use omnival_core::order::map::aside;
use omnival_core::order::{Action, Gate, Order, Status, actions};
use omnival_core::session::User;

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

const fn word(action: Action) -> &'static str {
    match action {
        Action::Edit => "edit",
        Action::Activate => "activate",
        Action::Assign => "assign",
        Action::Hold => "hold",
        Action::Reactivate => "reactivate",
        Action::Cancel => "cancel",
        Action::Delete => "delete",
    }
}

fn holds(words: &str, action: Action) -> bool {
    words.split(' ').any(|open| open == word(action))
}

fn closed(order: &Order, user: &User) -> Vec<(Action, String)> {
    actions(order, user)
        .into_iter()
        .filter_map(|(action, gate)| match gate {
            Gate::Open => None,
            Gate::Closed(why) => Some((action, why.into_owned())),
        })
        .collect()
}

#[test]
fn a_gate_is_open_exactly_where_status_and_role_both_allow() {
    for (code, by_status) in OPEN_BY_STATUS {
        let order = order(Status::of(code.is_none(), code));
        for (role, by_role) in OPEN_BY_ROLE {
            for (action, gate) in actions(&order, &user(role)) {
                let open = holds(by_status, action) && holds(by_role, action);
                assert_eq!(gate == Gate::Open, open, "{code:?} {role} {action:?}: {gate:?}");
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
fn every_action_has_its_gate_once_and_in_the_order_of_the_page() {
    let shown: Vec<_> = actions(&order(Status::Assigned), &user("admin"))
        .into_iter()
        .map(|(action, _)| word(action))
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
            assert_eq!(closed.len(), Action::ALL.len(), "{code} {role}");
            for (action, why) in closed {
                assert!(why.contains(&code.to_string()), "{code} {action:?}: {why}");
            }
        }
    }
}

#[test]
fn the_status_is_named_before_the_role_because_nobody_could_help_otherwise() {
    let cancelled = order(Status::Cancelled);
    assert_eq!(
        gate(Action::Hold, &cancelled, &user("finance")),
        gate(Action::Hold, &cancelled, &user("admin"))
    );
}

#[test]
fn a_role_that_may_not_is_named_with_the_permission_that_it_lacks() {
    let permissions = [
        (Status::Draft, Action::Edit, "orders.create"),
        (Status::Draft, Action::Delete, "orders.create"),
        (Status::Draft, Action::Activate, "orders.activate"),
        (Status::Assigned, Action::Assign, "orders.assign"),
        (Status::Assigned, Action::Hold, "orders.hold"),
        (Status::OnHold, Action::Reactivate, "orders.hold"),
        (Status::Assigned, Action::Cancel, "orders.cancel"),
    ];
    for (status, action, permission) in permissions {
        for role in ["finance", "qc", "vendor"] {
            let Gate::Closed(why) = gate(action, &order(status), &user(role)) else {
                panic!("{action:?} is open to {role}");
            };
            assert!(why.contains(permission) && why.contains(role), "{why}");
        }
        let mut one = user("vendor");
        one.permissions = vec![permission.to_owned()];
        assert_eq!(
            gate(action, &order(status), &one),
            Gate::Open,
            "{permission} opens {action:?}"
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
            for (action, why) in closed(&order(status), &user(role)) {
                assert!(
                    why.starts_with(char::is_uppercase) && why.ends_with('.'),
                    "{status:?} {action:?}: {why}"
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
        for (action, word) in [
            (Action::Hold, "put on hold"),
            (Action::Cancel, "cancelled"),
            (Action::Reactivate, "Reactivation"),
            (Action::Delete, "deleted"),
        ] {
            let is_open = gate(action, &order(status), &user("admin")) == Gate::Open;
            assert_eq!(words.contains(word), is_open, "{status:?} {action:?}: {words}");
        }
    }
}
