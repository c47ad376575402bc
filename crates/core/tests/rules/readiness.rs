//! What a draft still needs: the four items that the platform checks at activation.

use omnival_core::draft::Field;
use omnival_core::order::full::{Contact, Property};
use omnival_core::order::readiness::{Missing, missing};
use omnival_core::order::{Gate, Order, Status, Step, gate};

use crate::given::{order, user};

/// Takes one item away.
type Remove = fn(&mut Order);

const ITEMS: [(Missing, Remove); 4] = [
    (Missing::Product, |draft| draft.product = None),
    (Missing::Property, |draft| draft.property = None),
    (Missing::BorrowerContact, |draft| draft.contacts.clear()),
    (Missing::DueDate, |draft| draft.due_date = None),
];

#[test]
fn every_combination_of_missing_items_is_listed_and_closes_activation_by_name() {
    for mask in 0..16_usize {
        let mut draft = order(Status::Draft);
        let mut expected = Vec::new();
        for (index, (item, remove)) in ITEMS.iter().enumerate() {
            if mask >> index & 1 == 1 {
                remove(&mut draft);
                expected.push(*item);
            }
        }
        assert_eq!(missing(&draft), expected);
        match gate(Step::Activate, &draft, &user("client")) {
            Gate::Open => assert!(expected.is_empty(), "{expected:?}"),
            Gate::Closed(why) => {
                assert!(!expected.is_empty());
                for (item, _) in ITEMS {
                    assert_eq!(why.contains(item.label()), expected.contains(&item), "{item:?}: {why}");
                }
            }
        }
    }
}

#[test]
fn what_is_missing_is_told_as_one_list() {
    let told = |removed: &[(Missing, Remove)]| {
        let mut draft = order(Status::Draft);
        for (_, remove) in removed {
            remove(&mut draft);
        }
        gate(Step::Activate, &draft, &user("client"))
    };
    let closed = |text: &str| Gate::Closed(text.to_owned().into());
    assert_eq!(
        told(&ITEMS),
        closed(
            "The draft is not complete. Still needed: a product, the property address, a borrower contact with a phone \
             number or an e-mail address, a due date. Edit the draft to add it."
        )
    );
    assert_eq!(
        told(&ITEMS[3..]),
        closed("The draft is not complete. Still needed: a due date. Edit the draft to add it.")
    );
}

#[test]
fn an_incomplete_draft_can_still_be_edited_and_deleted() {
    let mut draft = order(Status::Draft);
    draft.product = None;
    for action in [Step::Edit, Step::Delete] {
        assert_eq!(gate(action, &draft, &user("client")), Gate::Open);
    }
}

#[test]
fn each_part_of_the_address_is_needed_and_white_space_is_none() {
    let parts: [fn(&mut Property) -> &mut String; 4] =
        [|p| &mut p.street, |p| &mut p.city, |p| &mut p.state, |p| &mut p.zip];
    for part in parts {
        for blank in ["", "  \t"] {
            let mut draft = order(Status::Draft);
            *part(draft.property.as_mut().expect("a property")) = blank.into();
            assert_eq!(missing(&draft), [Missing::Property]);
        }
    }
}

#[test]
fn a_borrower_counts_only_when_reachable() {
    let text = |text: &str| Some(text.to_owned());
    for (role, email, phone, counts) in [
        ("borrower", text("bo@example.com"), None, true),
        ("borrower", None, text("512-555-0100"), true),
        ("borrower", None, None, false),
        ("borrower", text(" "), text(""), false),
        ("coBorrower", text("co@example.com"), None, false),
        ("agent", None, text("512-555-0100"), false),
    ] {
        let mut draft = order(Status::Draft);
        draft.contacts = vec![Contact {
            role: role.into(),
            name: "Bo".into(),
            email,
            phone,
        }];
        assert_eq!(missing(&draft).is_empty(), counts, "{:?}", draft.contacts);
    }
}

#[test]
fn each_item_leads_to_the_field_where_it_is_mended() {
    let mut draft = order(Status::Draft);
    for (item, field) in [
        (Missing::Product, Field::Product),
        (Missing::Property, Field::Street),
        (Missing::BorrowerContact, Field::ContactPhone),
        (Missing::DueDate, Field::DueDate),
    ] {
        assert_eq!(item.field(&draft), field);
    }
    draft.property.as_mut().expect("a property").zip = " ".to_owned();
    assert_eq!(Missing::Property.field(&draft), Field::Zip);
    draft.contacts.clear();
    assert_eq!(Missing::BorrowerContact.field(&draft), Field::ContactName);
}
