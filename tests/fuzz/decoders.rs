//! Hostile bytes for every decoder of the console: whatever a server, the journal, the configuration, the address or
//! another window says, the outcome is a value. A panic would kill the wasm.
//!
//! One program for all; `OMNIVAL_FUZZ` names the decoder, and without it the program lists them. Each begins from a file of
//! `seeds/`. `cargo xtask test fuzz` gives each some seconds; to stay with one, run the program that it builds:
//! `OMNIVAL_FUZZ=journal target/fuzz/<host>/debug/decoders -max_total_time=3600`.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use omnival_core::draft::{self, Field};
use omnival_core::queue::Query;
use omnival_core::recovery::retry::retry_after_ms;
use omnival_core::session::Credential;
use omnival_core::text::{SafeText, is_unsafe, redact};
use omnival_core::time::{Timestamp, is_calendar_day};
use omnival_wire::{config::Config, journal, order, problem, records, reference, session};

const DECODERS: &[(&str, fn(&str))] = &[
    ("address", address),
    ("configuration", |text| drop(Config::read(text))),
    ("draft", merged),
    ("history", |text| drop(order::history(text))),
    ("journal", journalled),
    ("order", |text| drop(order::order(text))),
    ("orders", orders),
    ("payments", |text| drop(order::payments(text))),
    ("problem", problems),
    ("records", own_records),
    ("reference", references),
    ("session", sessions),
    ("text", texts),
    ("time", times),
    ("token", |text| {
        if let Some(token) = Credential::new(text) {
            assert!(token.header().bytes().all(|byte| (32..127).contains(&byte)));
        }
    }),
];

static DECODER: LazyLock<fn(&str)> = LazyLock::new(|| {
    let wanted = std::env::var("OMNIVAL_FUZZ").unwrap_or_default();
    if let Some((_, decode)) = DECODERS.iter().find(|(name, _)| *name == wanted) {
        return *decode;
    }
    // Whoever names none is told which there are.
    for (name, _) in DECODERS {
        println!("{name}");
    }
    std::process::exit(i32::from(!wanted.is_empty()));
});

fuzz_target!(
    init: { LazyLock::force(&DECODER); },
    |bytes: &[u8]| {
        // As the browser hands bytes over: what is not UTF-8 has been replaced.
        DECODER(&String::from_utf8_lossy(bytes));
    }
);

fn orders(text: &str) {
    drop(order::page(text));
    drop(order::summaries(text));
}

fn references(text: &str) {
    drop(reference::loans(text));
    drop(reference::loan(text));
    drop(reference::choices(text));
    drop(reference::suggestions(text));
    drop(reference::fee(text));
}

/// The lists beside the history. Every record of theirs can be read as evidence.
fn own_records(text: &str) {
    fn each<T, E>(read: Result<Vec<T>, E>, use_one: impl FnMut(&T)) {
        read.unwrap_or_default().iter().for_each(use_one);
    }
    each(records::reports(text), |report| drop(report.as_record()));
    each(records::documents(text), |document| drop(document.as_record()));
    each(records::runs(text), |run| drop(run.as_record()));
    each(records::revisions(text), |revision| drop(revision.as_record()));
    each(records::rovs(text), |rov| drop((rov.as_record(), rov.as_decision())));
    each(records::deliveries(text), |sent| drop(sent.as_record()));
    each(records::agency(text).map(|state| state.submissions), |submission| {
        drop(submission.as_record());
        assert_eq!(submission.as_overrides().count(), submission.overrides.len());
    });
    each(records::invoice_data(text).map(|data| data.invoices), |invoice| {
        drop(invoice.as_record())
    });
    each(order::payments(text), |payment| drop(payment.as_record()));
    drop(records::checklist(text));
    drop(records::answered_item(text));
    drop(records::findings(text));
    drop(records::borrowers(text));
    drop(records::agency_findings(text));
    drop(records::payment_methods(text));
    drop(records::slots(text));
}

/// What is read can be written, and is read again as the same.
fn journalled(text: &str) {
    if let Ok(record) = journal::read(text) {
        let again = journal::read(&journal::write(&record));
        assert!(
            again.is_ok_and(|again| again == record),
            "a record changed by being kept"
        );
    }
}

fn sessions(text: &str) {
    drop(session::shared(text));
    if let Ok(session) = session::session(text) {
        let again = session::shared(&session::share(&session.answer, 1_000));
        assert!(again.is_ok_and(|again| again.user == session.user && again.grant.access == session.grant.access));
    }
}

fn problems(text: &str) {
    let said = problem::read(text);
    let texts = said
        .problem
        .message
        .iter()
        .chain(said.problem.fields.iter().map(|(_, text)| text));
    for text in texts {
        assert!(!text.as_str().chars().any(is_unsafe) && text.as_str().chars().count() <= 301);
    }
}

fn texts(text: &str) {
    let plain = redact(text);
    assert!(!plain.contains(['\n', '\r']) && !plain.chars().any(is_unsafe));
    assert_eq!(redact(&plain), plain, "redacting twice hides no more");
    drop(SafeText::from_server(text));
}

fn times(text: &str) {
    if let Some(at) = Timestamp::parse(text) {
        assert_eq!(
            Timestamp::parse(&at.rfc3339()).map(|at| at.0.div_euclid(1000)),
            Some(at.0.div_euclid(1000))
        );
    }
    is_calendar_day(text);
    retry_after_ms(text, |_| text.len().try_into().ok());
}

fn address(text: &str) {
    let value = |name: &str| {
        let pair = text
            .split('&')
            .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name));
        pair.map(|(_, value)| value.to_owned())
    };
    let query = Query::from_params(value);
    let written = query.params();
    let again = Query::from_params(|name| {
        written
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.clone())
    });
    assert!(again == query, "an address that leads elsewhere the second time");
}

fn merged(text: &str) {
    let mut parts = text.split('\u{1f}');
    let mut part = || parts.next().unwrap_or_default();
    let (base, mine, theirs) = (part(), part(), part());
    let _ = draft::merge(base, mine, theirs);
    drop(draft::problems(|_| text.to_owned()));
    let _ = Field::of_path(text);
}
