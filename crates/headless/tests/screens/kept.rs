use omnival_core::draft::Field;
use omnival_core::ids::{ClientId, LoanId, OrderId, UserId};
use omnival_headless::kept::{FormCopy, Key, SignOut, Texts, sign_out};
use omnival_headless::platform::{Area, KeyValue};

use crate::given::{Random, browser, client, keys, order_id, user};

fn form(street: &str) -> FormCopy {
    let text = |field: &Field| {
        if *field == Field::Street {
            street.to_owned()
        } else {
            String::new()
        }
    };
    FormCopy {
        fields: Field::ALL.iter().map(|field| (*field, text(field))).collect(),
        reference: "ref-1".into(),
        sent: Some(LoanId::new("loan-1")),
        loan_label: "L-7 · Maria".into(),
    }
}

/// What earlier releases wrote is found by later ones, so no key may ever change.
#[test]
fn keys_are_those_of_every_release() {
    for (key, text) in [
        (Key::new_draft(&user(), &client()), "omnival.draft.usr-1.new.cl-1"),
        (
            Key::edited_draft(&user(), &order_id()),
            "omnival.draft.usr-1.edit.ord-1",
        ),
        (
            Key::reason(&user(), &order_id(), "Put on hold"),
            "omnival.draft.usr-1.reason.ord-1.Put on hold",
        ),
        (
            Key::field(&user(), &order_id(), "Mark paid", "payment.note"),
            "omnival.draft.usr-1.reason.ord-1.Mark paid:payment.note",
        ),
    ] {
        assert_eq!(key.as_str(), text);
    }
}

/// Likewise what stands under them.
#[test]
fn a_form_is_written_as_in_every_release() {
    let store = browser();
    let key = Key::new_draft(&user(), &client());
    assert!(Texts::new(store.clone()).keep_form(&key, &form("12 \"Elm\" St")));
    assert_eq!(
        store.get(Area::Browser, key.as_str()).unwrap(),
        r#"{"loanId":"","productId":"","property.street":"12 \"Elm\" St","property.unit":"","property.city":"","property.county":"","property.state":"","property.zip":"","property.type":"","contacts[0].name":"","contacts[0].email":"","contacts[0].phone":"","dueDate":"","specialInstructions":"","vendorId":"","clientReference":"ref-1","loanLabel":"L-7 · Maria","sent":true,"sentLoan":"loan-1"}"#
    );
}

#[test]
fn a_form_comes_back_as_it_was_kept() {
    let texts = Texts::new(browser());
    let key = Key::new_draft(&user(), &client());
    assert_eq!(texts.form(&key), None);
    texts.keep_form(&key, &form("  12 Elm St \n"));
    assert_eq!(texts.form(&key), Some(form("  12 Elm St \n")), "to the last blank");
    assert_eq!(form("x").typed(), [Field::Street]);
    assert_eq!(form(" ").typed(), []);
}

#[test]
fn forms_of_earlier_releases_and_damaged_ones_are_read_as_far_as_they_go() {
    let store = browser();
    let texts = Texts::new(store.clone());
    let key = Key::new_draft(&user(), &client());
    let read = |text: &str| {
        store.set(Area::Browser, key.as_str(), text);
        texts.form(&key)
    };
    let old = read(r#"{"loanId":"loan-9","sent":true}"#).unwrap();
    assert_eq!(
        old.sent,
        Some(LoanId::new("loan-9")),
        "before the loan was named apart, it was the form's"
    );
    assert_eq!(
        read(r#"{"loanId":"loan-9","sent":false,"sentLoan":"loan-8"}"#)
            .unwrap()
            .sent,
        None
    );
    assert_eq!(read(r#"{"loanId":"loan-9"}"#).unwrap().sent, None);
    let odd = read(r#"{"property.street":7,"property.city":"Austin","sent":"yes","loanLabel":[]}"#).unwrap();
    assert_eq!(odd.fields, [(Field::City, "Austin".to_owned())]);
    assert_eq!((odd.sent, odd.loan_label.as_str()), (None, ""));
    for nothing in ["", "{", "[]", "7", "null"] {
        assert_eq!(read(nothing), None, "{nothing}");
    }
}

#[test]
fn what_was_typed_since_the_press_stays_kept() {
    let texts = Texts::new(browser());
    let key = Key::edited_draft(&user(), &order_id());
    texts.keep_form(&key, &form("pressed"));
    texts.keep_form(&key, &form("typed since"));
    texts.forget_arrived(&key, &form("pressed").fields);
    assert_eq!(texts.form(&key), Some(form("typed since")));
    texts.forget_arrived(&key, &form("typed since").fields);
    assert_eq!(texts.form(&key), None);
    texts.keep_text(&key, "damaged");
    texts.forget_arrived(&key, &form("pressed").fields);
    assert_eq!(texts.text(&key), None, "what nobody can read is of no use to anybody");
}

#[test]
fn nothing_typed_is_nothing_kept_and_a_refusal_is_said() {
    let store = browser();
    let texts = Texts::new(store.clone());
    let key = Key::reason(&user(), &order_id(), "Cancel");
    assert!(texts.keep_text(&key, "because") && texts.text(&key).as_deref() == Some("because"));
    assert!(texts.keep_text(&key, "") && keys(&store).is_empty());
    texts.keep_text(&key, "because");
    store.partition().set_storage_refuses(true);
    assert!(!texts.keep_text(&key, "because of this"));
    assert!(!texts.keep_form(&key, &form("x")));
    assert_eq!(
        texts.text(&key).as_deref(),
        Some("because"),
        "what was kept before still is"
    );
}

#[test]
fn what_arrived_goes_and_the_texts_of_other_orders_stay() {
    let store = browser();
    let texts = Texts::new(store.clone());
    let other = OrderId::new("ord-10");
    for order in [&order_id(), &other] {
        texts.keep_text(&Key::reason(&user(), order, "Cancel"), "x");
        texts.keep_text(&Key::field(&user(), order, "Mark paid", "payment.note"), "x");
        texts.keep_form(&Key::edited_draft(&user(), order), &form("x"));
    }
    texts.keep_form(&Key::new_draft(&user(), &client()), &form("x"));
    store.set(Area::Browser, "omnival.theme.ord-1", "dark");
    texts.forget_own(&user(), &order_id());
    assert_eq!(
        keys(&store),
        [
            "omnival.draft.usr-1.edit.ord-10",
            "omnival.draft.usr-1.new.cl-1",
            "omnival.draft.usr-1.reason.ord-10.Cancel",
            "omnival.draft.usr-1.reason.ord-10.Mark paid:payment.note",
            "omnival.theme.ord-1",
        ]
    );
}

#[test]
fn an_order_that_is_gone_takes_everybodys_texts_along() {
    let texts = Texts::new(browser());
    let (mine, other) = (Key::reason(&user(), &order_id(), "Cancel"), UserId::new("usr-10"));
    let theirs = Key::reason(&other, &order_id(), "Cancel");
    let keep = || texts.keep_text(&mine, "x") && texts.keep_text(&theirs, "x");
    keep();
    texts.forget_own(&user(), &order_id());
    assert_eq!((texts.text(&mine), texts.text(&theirs)), (None, Some("x".to_owned())));
    keep();
    texts.forget_order(&order_id());
    assert_eq!((texts.text(&mine), texts.text(&theirs)), (None, None));
}

#[test]
fn signing_out_removes_ones_own_words_and_nobody_elses() {
    let store = browser();
    let texts = Texts::new(store.clone());
    let other = UserId::new("usr-10");
    texts.keep_text(&Key::reason(&other, &order_id(), "Cancel"), "theirs");
    texts.keep_text(&Key::reason(&user(), &order_id(), "Cancel"), "mine");
    texts.keep_form(&Key::new_draft(&user(), &ClientId::new("cl-2")), &form("mine"));
    store.set(Area::Browser, "omnival.client", "cl-1");
    assert_eq!((texts.count_of(&user()), texts.count_of(&other)), (2, 1));
    texts.forget_all_of(&user());
    assert_eq!((texts.count_of(&user()), texts.count_of(&other)), (0, 1));
    assert_eq!(keys(&store).len(), 2);
}

#[test]
fn what_signing_out_costs_is_said_once() {
    assert_eq!(sign_out(0, 0, false), SignOut::Now);
    assert_eq!(
        sign_out(2, 0, false),
        SignOut::Warn("This device keeps 2 unsent text(s) of yours; signing out removes them. ".into())
    );
    let SignOut::Warn(words) = sign_out(1, 1, false) else {
        panic!("both cost something");
    };
    assert!(words.contains("1 unsent text(s)") && words.ends_with("until you sign in here again."));
    assert!(matches!(sign_out(0, 3, false), SignOut::Warn(words) if words.starts_with("What you tried last")));
    assert_eq!(sign_out(2, 3, true), SignOut::Now);
}

/// Whatever two people write and throw away, each finds their own, and only that.
#[test]
fn nobody_meets_another_persons_words() {
    for seed in 0..100 {
        let mut random = Random::new(seed);
        let texts = Texts::new(browser());
        let people = [user(), UserId::new("usr-10"), UserId::new("usr")];
        let orders = [order_id(), OrderId::new("ord-10"), OrderId::new("ord")];
        let mut expected = std::collections::BTreeMap::new();
        for step in 0..60 {
            let (who, what) = (random.below(3), random.below(3));
            let key = Key::reason(&people[who], &orders[what], "Cancel");
            match random.below(6) {
                0 => {
                    texts.forget_all_of(&people[who]);
                    expected.retain(|(of, _), _| *of != who);
                }
                1 => {
                    texts.forget_own(&people[who], &orders[what]);
                    expected.remove(&(who, what));
                }
                2 => {
                    texts.forget(&key);
                    expected.remove(&(who, what));
                }
                _ => {
                    texts.keep_text(&key, &step.to_string());
                    expected.insert((who, what), step.to_string());
                }
            }
            for (who, person) in people.iter().enumerate() {
                for (what, order) in orders.iter().enumerate() {
                    let text = texts.text(&Key::reason(person, order, "Cancel"));
                    assert_eq!(text.as_ref(), expected.get(&(who, what)), "seed {seed} step {step}");
                }
            }
        }
    }
}
