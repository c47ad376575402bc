use omnival_headless::boot::{Fetched, HandOver, config, orders, session, status};
use omnival_headless::platform::BootSession;

fn fetched() -> Fetched {
    Fetched {
        url: Some("/api/x".into()),
        status: Some(200),
        body: Some("{}".into()),
        error: None,
    }
}

#[test]
fn a_refresh_is_answered_lost_or_was_not_sent() {
    let error = |error: &str| Fetched {
        error: Some(error.into()),
        ..Fetched::default()
    };
    let without_body = Fetched {
        body: None,
        ..fetched()
    };
    let answered = BootSession::Answered {
        status: 200,
        body: "{}".into(),
    };
    for (found, expected) in [
        (HandOver::Absent, BootSession::NotSent),
        (HandOver::Nothing, BootSession::NotSent),
        (HandOver::Broken, BootSession::Lost),
        (HandOver::Found(fetched()), answered),
        (HandOver::Found(error("lock")), BootSession::NotSent),
        (HandOver::Found(error("TimeoutError")), BootSession::Lost),
        (HandOver::Found(without_body), BootSession::Lost),
        (HandOver::Found(Fetched::default()), BootSession::Lost),
    ] {
        assert!(session(found) == expected);
    }
}

#[test]
fn rows_are_taken_only_whole() {
    let whole = orders(HandOver::Found(fetched()));
    assert!(
        whole.is_some_and(|orders| (orders.url.as_str(), orders.status, orders.body.as_str()) == ("/api/x", 200, "{}"))
    );
    let without = |change: fn(&mut Fetched)| {
        let mut part = fetched();
        change(&mut part);
        orders(HandOver::Found(part)).is_none()
    };
    assert!(without(|part| part.url = None) && without(|part| part.status = None) && without(|part| part.body = None));
    for found in [HandOver::Absent, HandOver::Broken, HandOver::Nothing] {
        assert!(orders(found).is_none());
    }
}

#[test]
fn only_a_whole_number_is_a_status() {
    assert_eq!((status(200.0), status(599.0)), (Some(200), Some(599)));
    for number in [0.0, 99.0, 600.0, 200.5, -200.0, f64::NAN, f64::INFINITY, 65_736.0] {
        assert_eq!(status(number), None, "{number}");
    }
}

#[test]
fn without_a_configuration_it_is_said_what_is_wrong() {
    let delivered = include_str!("../../../../public/config.json");
    assert!(config(Some(delivered)).is_ok());
    let problem = config(None).unwrap_err();
    assert!(problem.0.contains("config.json"), "{problem}");
}
