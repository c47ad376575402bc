use std::cell::{Cell, RefCell};
use std::rc::Rc;

use omnival_core::draft::Field;
use omnival_core::operation::Method;
use omnival_core::order::Order;
use omnival_headless::drafts::{
    AfterSave, Clash, Fields, after_save, delete, merge_in, opened, read_after_clash, save,
};
use omnival_headless::fake::{self, Answering, Page, Partition, World};
use omnival_headless::kept::{FormCopy, Key, Texts};
use omnival_wire::{Value, parse, request};

use crate::given::{Random, draft, draft_body, order, order_id, sign_in, user};

fn typed(order: &Order, changes: &[(Field, &str)]) -> Fields {
    let mut fields = opened(order, None);
    for (field, text) in changes {
        fields.set(*field, text);
    }
    fields
}

/// What a save sent, where it ended, and the version that the draft then had.
#[derive(PartialEq, Debug)]
struct Saved {
    /// Each section, with the version that fenced it.
    sent: Vec<(String, Option<u64>)>,
    version: Option<u64>,
    status: Option<u16>,
    bodies: String,
}

/// The platform answers `refused` with 409, and each other section with a draft of the next version in which nothing else
/// changed.
fn saved(order: &Order, fields: &Fields, refused: &str) -> Saved {
    let world = World::new();
    let page = Page::open(&Partition::new(&world));
    let (sent, bodies) = (Rc::new(RefCell::new(Vec::new())), Rc::new(RefCell::new(String::new())));
    let (told, heard, refused) = (Rc::clone(&sent), Rc::clone(&bodies), refused.to_owned());
    world.serve(move |wire| {
        let section = wire.url.rsplit('/').next().unwrap().to_owned();
        let body = parse(wire.body.as_deref().unwrap_or_default()).unwrap();
        heard.borrow_mut().push_str(wire.body.as_deref().unwrap_or_default());
        let fence = body.get("expectedVersion").and_then(Value::as_u64);
        told.borrow_mut().push((section.clone(), fence));
        if section == refused {
            Answering::status(409)
        } else {
            Answering::new(200, &draft_body(fence.unwrap_or_default() + 1, "Call first."))
        }
    });
    let api = sign_in(&page, fake::able());
    let (mut order, fields) = (order.clone(), fields.clone());
    let end = page.wait(async move {
        let end = save(&api, None, &mut order, &fields).await;
        (order.version, end.err().and_then(|failure| failure.status()))
    });
    let ((version, status), sent, bodies) = (end.unwrap(), sent.take(), bodies.take());
    Saved {
        sent,
        version,
        status,
        bodies,
    }
}

#[test]
fn a_form_opens_with_the_draft_under_what_was_kept() {
    let draft = draft(1, "Call first.");
    let kept = FormCopy {
        fields: vec![
            (Field::Instructions, "Mine.".to_owned()),
            (Field::City, String::new()),
            (Field::Loan, "loan-9".to_owned()),
        ],
        ..FormCopy::default()
    };
    let fields = opened(&draft, Some(&kept));
    assert_eq!(
        (fields.get(Field::Instructions), fields.get(Field::City)),
        ("Mine.", "")
    );
    assert_eq!(fields.get(Field::Street), "12 Elm St", "not kept, so the draft's own");
    assert_eq!(fields.get(Field::Loan), "loan-1", "the loan of an order never changes");
    assert_eq!(opened(&draft, None).get(Field::Instructions), "Call first.");
}

#[test]
fn only_sections_that_differ_are_saved() {
    let draft = draft(1, "Call first.");
    let sections = |changes: &[(Field, &str)]| {
        let sent = saved(&draft, &typed(&draft, changes), "").sent;
        sent.into_iter().map(|(section, _)| section).collect::<Vec<_>>()
    };
    assert_eq!(sections(&[]), [""; 0]);
    assert_eq!(sections(&[(Field::City, " Austin ")]), [""; 0], "blanks are no change");
    assert_eq!(
        sections(&[(Field::Loan, "loan-9")]),
        [""; 0],
        "the loan cannot be saved"
    );
    for (field, section) in [
        (Field::Product, "conditions"),
        (Field::Instructions, "conditions"),
        (Field::Unit, "property"),
        (Field::Vendor, "vendor"),
        (Field::ContactEmail, "contacts"),
    ] {
        assert_eq!(sections(&[(field, "other")]), [section]);
    }
    let mut blank = draft.clone();
    blank.instructions = Some(" Call first. ".into());
    assert_eq!(
        saved(&blank, &typed(&draft, &[]), "").sent,
        [],
        "nor are the platform's own"
    );
}

#[test]
fn each_section_is_fenced_by_the_one_before_and_a_refusal_ends_it() {
    let draft = draft(1, "Call first.");
    let all = [
        (Field::ContactName, "Bo"),
        (Field::Vendor, ""),
        (Field::City, "Plano"),
        (Field::DueDate, "2026-12-12"),
    ];
    let every = ["conditions", "property", "vendor", "contacts"];
    let fenced = |sections: &[&str]| {
        let fences = (1..).map(Some);
        sections
            .iter()
            .map(|section| (*section).to_owned())
            .zip(fences)
            .collect::<Vec<_>>()
    };
    let whole = saved(&draft, &typed(&draft, &all), "");
    assert_eq!(
        (whole.sent, whole.version, whole.status),
        (fenced(&every), Some(5), None)
    );
    let part = saved(&draft, &typed(&draft, &all), "vendor");
    assert_eq!(
        (part.sent, part.version, part.status),
        (fenced(&every[..3]), Some(3), Some(409))
    );
}

#[test]
fn sections_are_sent_trimmed_and_the_other_contacts_stay() {
    let draft = draft(1, "Call first.");
    let changes = [
        (Field::Street, " 13 Elm St "),
        (Field::ContactEmail, " "),
        (Field::ContactName, "Bo"),
    ];
    let bodies = saved(&draft, &typed(&draft, &changes), "").bodies;
    assert!(bodies.contains(r#""street":"13 Elm St","unit":null"#), "{bodies}");
    let contacts = r#"[{"role":"borrower","name":"Bo","email":null,"phone":"512-555-0100"},{"role":"agent","name":"Al","email":null,"phone":null}]"#;
    assert!(bodies.contains(contacts), "{bodies}");
}

#[test]
fn what_arrived_is_not_kept_and_what_was_typed_since_is() {
    let key = Key::edited_draft(&user(), &order_id());
    for (since, status, left) in [("mine", 200, false), ("mine, and more", 200, true), ("mine", 500, true)] {
        let world = World::new();
        let page = Page::open(&Partition::new(&world));
        world.serve(move |_| Answering::new(status, &draft_body(2, "")));
        let api = sign_in(&page, fake::config());
        let mut order = draft(1, "");
        let pressed = typed(&order, &[(Field::Instructions, "mine")]);
        let texts = Texts::new(page.clone());
        let kept = |instructions| FormCopy {
            fields: typed(&draft(1, ""), &[(Field::Instructions, instructions)]).pairs(),
            ..FormCopy::default()
        };
        texts.keep_form(&key, &kept(since));
        let saving = key.clone();
        let saved = page.wait(async move { save(&api, Some(&saving), &mut order, &pressed).await.is_ok() });
        assert_eq!(saved, Some(status == 200));
        assert_eq!(texts.form(&key).is_some(), left, "{since} {status}");
    }
}

#[test]
fn a_draft_that_is_gone_already_counts_as_deleted() {
    for (status, deleted) in [(204, true), (404, true), (403, false), (409, false)] {
        let world = World::new();
        let page = Page::open(&Partition::new(&world));
        world.serve(move |_| Answering::status(status));
        let api = sign_in(&page, fake::config());
        let texts = Texts::new(page.clone());
        let key = Key::edited_draft(&user(), &order_id());
        texts.keep_text(&key, "x");
        let ended = page.wait(async move { delete(&api, &draft(1, "").at).await.is_ok() });
        assert_eq!(
            (ended, texts.text(&key).is_none()),
            (Some(deleted), deleted),
            "{status}"
        );
    }
}

#[test]
fn a_draft_is_created_with_all_that_was_typed() {
    let draft = draft(1, "");
    let fields = typed(&draft, &[(Field::Street, " 13 Elm St "), (Field::ContactEmail, " ")]).trimmed();
    let body = request::body(&fields.create("ref-1"));
    assert!(
        body.starts_with(r#"{"clientReference":"ref-1","property":{"street":"13 Elm St","unit":null"#),
        "{body}"
    );
    assert!(
        body.contains(r#""contacts":[{"role":"borrower""#) && body.contains(r#""vendorId":"v-1""#),
        "{body}"
    );
    assert!(
        body.contains(r#""productId":"p-1","dueDate":"2026-12-11","specialInstructions":null"#),
        "{body}"
    );
}

#[test]
fn after_a_clash_the_draft_is_read_as_it_is_now() {
    let world = World::new();
    let page = Page::open(&Partition::new(&world));
    let refuse = Rc::new(Cell::new(409));
    let status = Rc::clone(&refuse);
    world.serve(move |wire| match wire.method {
        Method::Get => Answering::new(200, &draft_body(7, "Theirs.")),
        _ => Answering::status(status.get()),
    });
    let api = sign_in(&page, fake::config());
    let after = || {
        let api = api.clone();
        page.wait(async move {
            let mut order = draft(1, "Call first.");
            let fields = typed(&order, &[(Field::City, "Plano")]);
            let failure = save(&api, None, &mut order, &fields).await.unwrap_err();
            read_after_clash(&api, &order, &failure).await
        })
    };
    assert_eq!(after(), Some(Some(draft(7, "Theirs."))));
    refuse.set(422);
    assert_eq!(after(), Some(None), "that is no clash");
}

#[test]
fn a_colleagues_changes_are_merged_and_overlaps_are_shown() {
    let before = draft(1, "Call first.");
    let mine = typed(&before, &[(Field::Instructions, "Mine."), (Field::City, "Plano")]);
    let mut now = draft(2, "Theirs.");
    now.due_date = Some("2026-12-24".into());
    let Clash::Merged { taken, overlaps } = merge_in(&before, &mine, now) else {
        panic!("still a draft");
    };
    assert_eq!(taken, [(Field::DueDate, "2026-12-24".to_owned())]);
    assert_eq!(overlaps, [(Field::Instructions, "Theirs.".to_owned())]);
    let active = order(r#""isDraft":false,"statusCode":1"#);
    assert!(matches!(merge_in(&before, &mine, active), Clash::Activated(order) if order.at == before.at));
}

/// Two people change fields at random: nothing that either typed is lost without a word.
#[test]
fn no_change_of_either_side_is_lost_silently() {
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let before = draft(1, "Call first.");
        let fields = [Field::Instructions, Field::City, Field::DueDate];
        let mut mine = opened(&before, None);
        let mut now = draft(2, ["Call first.", "Mine.", "Theirs."][random.below(3)]);
        let city = ["Austin", "Plano", "Waco"][random.below(3)];
        now.property.as_mut().unwrap().city = city.to_owned();
        now.due_date = [None, Some("2026-12-11".to_owned())][random.below(2)].clone();
        for field in fields {
            let text = ["", "Mine.", "Plano", "2026-12-11"][random.below(4)];
            if random.below(2) == 0 {
                mine.set(field, text);
            }
        }
        let theirs = opened(&now, None);
        let Clash::Merged { taken, overlaps } = merge_in(&before, &mine, now) else {
            panic!("still a draft");
        };
        for field in fields {
            let (was, mine, theirs) = (
                opened(&before, None).get(field).to_owned(),
                mine.get(field),
                theirs.get(field),
            );
            let is_in = |list: &[(Field, String)]| list.contains(&(field, theirs.to_owned()));
            let expected = match (mine == was, theirs == was) {
                (true, false) => (true, false),
                (false, false) if mine != theirs => (false, true),
                _ => (false, false),
            };
            assert_eq!((is_in(&taken), is_in(&overlaps)), expected, "seed {seed} {field:?}");
        }
    }
}

#[test]
fn a_save_ends_where_the_operator_is() {
    assert_eq!(after_save(true, true, false, true), AfterSave::OpenOrder);
    assert_eq!(after_save(true, true, true, true), AfterSave::TypedSince);
    assert_eq!(
        after_save(true, true, false, false),
        AfterSave::Stay,
        "nobody is pulled away"
    );
    assert_eq!(after_save(false, true, true, true), AfterSave::ShowFailure);
    for saved in [true, false] {
        assert_eq!(after_save(saved, false, true, true), AfterSave::TellElsewhere);
    }
}
