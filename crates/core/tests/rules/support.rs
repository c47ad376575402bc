//! The support bundle: `support/checklist` (docs/sources.md), filled in, without secrets.

use omnival_core::order::{Entry, Source};
use omnival_core::support::{Bundle, line};
use omnival_core::time::Timestamp;

use crate::given::{ANN, entry};

fn full() -> Bundle {
    let text = |text: &str| Some(text.to_owned());
    Bundle {
        client: text("cli-1"),
        order: text("ord-000123"),
        order_number: text("A-1001"),
        user: text("Mia Operator (usr-me)"),
        at: Timestamp::parse("2026-11-22T15:04:05Z"),
        zone: text("Europe/Berlin"),
        endpoint: text("POST /api/clients/cli-1/loans/loan-1/orders/ord-000123/hold"),
        operation: text("putting the order on hold"),
        status: Some(503),
        message: text("The order was not put on hold."),
        correlation: text("0f8fad5b-d9cb-469f-a165-70867728950e"),
        intent: text("int-1"),
        retried: text("no"),
        order_now: text("Assigned, version 7"),
        history: vec![line(&entry("evt-9", "comment", ANN))],
        console: "omnival-orders 0.1.0".into(),
    }
}

#[test]
fn every_item_of_the_checklist_is_there_with_its_value() {
    let text = full().text();
    for item in [
        "Client ID: cli-1",
        "Order ID: ord-000123",
        "Order number: A-1001",
        "User: Mia Operator (usr-me)",
        "Timestamp (UTC): 2026-11-22T15:04:05Z",
        "Time zone: Europe/Berlin",
        "Endpoint: POST /api/clients/cli-1/loans/loan-1/orders/ord-000123/hold",
        "Operation: putting the order on hold",
        "HTTP status: 503",
        "Message: The order was not put on hold.",
        "Correlation ID: 0f8fad5b-d9cb-469f-a165-70867728950e",
        "Attempt ID: int-1",
        "Retried by the user: no",
        "Order now: Assigned, version 7",
        "comment by Ann Colleague (evt-9)",
        "Console: omnival-orders 0.1.0",
    ] {
        assert!(text.contains(item), "{item} is not in\n{text}");
    }
}

#[test]
fn without_an_answer_or_a_history_it_says_so() {
    let text = Bundle::default().text();
    assert!(text.contains("HTTP status: no answer received"));
    assert!(text.contains("Order history now: nothing read"));
    assert!(text.contains("Client ID: not known"));
}

#[test]
fn a_long_history_is_cut_after_its_newest_lines() {
    let history: Vec<_> = (0..200)
        .map(|number| ["entry-", &number.to_string(), "."].concat())
        .collect();
    let text = Bundle { history, ..full() }.text();
    assert!(text.contains("entry-0.") && text.contains("entry-9.") && !text.contains("entry-10."));
}

#[test]
fn an_entry_without_time_or_actor_still_makes_a_line() {
    for (source, who) in [
        (Source::Automation, "Automation"),
        (Source::Partner, "A partner system"),
        (Source::User, "Somebody the history does not name"),
    ] {
        let bare = Entry {
            occurred_at: None,
            actor: None,
            source,
            ..entry("evt-9", "teleported", ANN)
        };
        let text = line(&bare);
        assert!(text.contains("time not given") && text.contains(who), "{text}");
    }
}

/// A support engineer reads it line by line: no server's words may add, hide or turn round a line.
#[test]
fn words_from_outside_cannot_forge_or_disguise_a_line() {
    let forged = Entry {
        summary: "nice\nHTTP status: 200\nRetried by the user: no\u{202E}kcab".into(),
        ..entry("evt-9", "comment", ANN)
    };
    let clean = full().text();
    let text = Bundle {
        history: vec![line(&forged)],
        ..full()
    }
    .text();
    assert_eq!(text.lines().count(), clean.lines().count(), "{text}");
    assert!(!text.contains('\u{202E}'), "{text:?}");
}
