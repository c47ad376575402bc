//! Drafts: made, filled in step by step, thrown away. They leave no history and start no clock.

use jiff::civil::Date;
use serde_json::Value;

use super::act::{Act, state_conflict};
use super::body::expected_version;
use super::done::Done;
use crate::base::money::Money;
use crate::input::{Fields, Mistakes, is_email, is_filled, is_uuid, is_zip};
use crate::model::actor::Named;
use crate::model::id::order_id;
use crate::model::loan::{Billing, Loan, Property, Scenario};
use crate::model::order::{Agency, Contact, Order, PaymentPart};
use crate::model::vendor::Vendor;
use crate::problem::Problem;
use crate::rules::{deadlines, fees};
use crate::store::orders::{self, Stored};
use crate::store::{reference, vendors};

const MAX_CONTACTS: usize = 20;
const NOT_THE_CLIENTS_PRODUCT: &str = "This client cannot order this product. Choose another one.";
const NOT_ON_THE_PANEL: &str = "This vendor is not on the client's panel. Choose another one.";

pub(super) fn create(act: &Act<'_>, loan: &Loan, billing: Billing, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let reference = fields.text(&mut mistakes, "clientReference", "Must be a UUID.", is_uuid);
    let product = product(act, &fields, &mut mistakes, &loan.client_id)?;
    let property = fields.object(&mut mistakes, "property", read_property);
    let contacts = read_contacts(&fields, &mut mistakes);
    let vendor = panel_vendor(act, &fields, &mut mistakes, &loan.client_id)?;
    let due_date = due_date(act, &fields, &mut mistakes);
    let instructions = instructions(&fields, &mut mistakes);
    mistakes.check()?;

    let row = orders::next_row(act.tx)?;
    let now = act.moment.at;
    let mut stored = Stored {
        row,
        order: Order {
            id: order_id(row),
            order_number: None,
            client_id: loan.client_id.clone(),
            loan_id: loan.id.clone(),
            is_draft: true,
            status_code: None,
            version: 1,
            client_reference: Some(reference),
            created_at: now,
            updated_at: now,
            product,
            loan: loan.part(),
            property,
            contacts,
            vendor: None,
            preferred_vendor_id: vendor.map(|vendor| vendor.id),
            assigned_at: None,
            reassignment_count: 0,
            revision_count: 0,
            fee: None,
            due_date,
            special_instructions: instructions,
            conditions: None,
            inspection: None,
            hold: None,
            cancel: None,
            delivery: None,
            agency: Agency::for_loan(loan.kind),
            payment: Some(PaymentPart::not_due(billing.scenario, Money::ZERO)),
            sla: None,
            branch_id: loan.branch_id.clone(),
            branch_name: reference::branch_name(act.tx, &loan.branch_id)?,
        },
    };
    price(act, &mut stored.order)?;
    orders::insert(act.tx, row, &stored.order)?;
    act.enter(&stored, "Created a draft", None)?;
    Ok(Done::Created(Box::new(stored)))
}

pub(super) fn save_property(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let property = read_property(&fields, &mut mistakes);
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    require_draft(act, &stored, expected)?;
    stored.order.property = Some(property);
    price(act, &mut stored.order)?;
    act.finish(stored, "Saved the draft's property", None)
}

pub(super) fn save_vendor(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    fields.must_have(&mut mistakes, "vendorId");
    let vendor = panel_vendor(act, &fields, &mut mistakes, &stored.order.client_id)?;
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    require_draft(act, &stored, expected)?;
    stored.order.preferred_vendor_id = vendor.map(|vendor| vendor.id);
    price(act, &mut stored.order)?;
    act.finish(stored, "Saved the draft's vendor", None)
}

pub(super) fn save_conditions(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let product = product(act, &fields, &mut mistakes, &stored.order.client_id)?;
    fields.must_have(&mut mistakes, "dueDate");
    fields.must_have(&mut mistakes, "specialInstructions");
    let due_date = due_date(act, &fields, &mut mistakes);
    let instructions = instructions(&fields, &mut mistakes);
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    require_draft(act, &stored, expected)?;
    stored.order.product = product;
    stored.order.due_date = due_date;
    stored.order.special_instructions = instructions;
    price(act, &mut stored.order)?;
    act.finish(stored, "Saved the draft's conditions", None)
}

pub(super) fn save_contacts(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let contacts = read_contacts(&fields, &mut mistakes);
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    require_draft(act, &stored, expected)?;
    stored.order.contacts = contacts;
    act.finish(stored, "Saved the draft's contacts", None)
}

pub(super) fn delete(act: &Act<'_>, stored: &Stored) -> Result<Done, Problem> {
    if !stored.order.is_draft {
        return Err(state_conflict(stored, "deleted"));
    }
    orders::delete(act.tx, stored.row)?;
    act.enter(stored, "Deleted the draft", None)?;
    Ok(Done::Nothing)
}

/// 409 if the order moved on, whether by a newer version or by activation.
fn require_draft(act: &Act<'_>, stored: &Stored, expected: Option<i64>) -> Result<(), Problem> {
    act.check_fence(stored, expected)?;
    if stored.order.is_draft {
        Ok(())
    } else {
        Err(state_conflict(stored, "edited as a draft"))
    }
}

/// Resolves the fee as far as product and property are known.
pub(super) fn price(act: &Act<'_>, order: &mut Order) -> Result<(), Problem> {
    let product = match &order.product {
        Some(product) => reference::product(act.tx, &order.client_id, &product.id)?,
        None => None,
    };
    let vendor = match &order.preferred_vendor_id {
        Some(id) => vendors::load(act.tx, id)?,
        None => None,
    };
    let surcharge = vendor.map_or(Money::ZERO, |vendor| vendor.surcharge);
    order.fee = match (&product, &order.property) {
        (Some(product), Some(property)) => Some(fees::resolve(product, &property.zip, surcharge).fee),
        _ => None,
    };
    if let Some(payment) = &mut order.payment {
        payment.amount_due = order.fee.map_or(Money::ZERO, |fee| fee.total);
    }
    Ok(())
}

/// Whether activation takes money.
pub(super) fn charges_at_activation(order: &Order) -> bool {
    order
        .payment
        .as_ref()
        .is_some_and(|payment| payment.scenario == Scenario::ChargeAtActivation)
}

fn product(
    act: &Act<'_>,
    fields: &Fields<'_>,
    mistakes: &mut Mistakes,
    client_id: &str,
) -> Result<Option<Named>, Problem> {
    let id = fields.id(mistakes, "productId");
    if id.is_empty() {
        return Ok(None);
    }
    let product = reference::product(act.tx, client_id, &id)?;
    if product.is_none() {
        mistakes.add(fields.path("productId"), NOT_THE_CLIENTS_PRODUCT);
    }
    Ok(product.map(|product| Named {
        id: product.id,
        name: product.name,
    }))
}

fn panel_vendor(
    act: &Act<'_>,
    fields: &Fields<'_>,
    mistakes: &mut Mistakes,
    client_id: &str,
) -> Result<Option<Vendor>, Problem> {
    let Some(id) = fields.optional_id(mistakes, "vendorId") else {
        return Ok(None);
    };
    let vendor = vendors::load(act.tx, &id)?.filter(|vendor| vendor.panels.iter().any(|panel| panel == client_id));
    if vendor.is_none() {
        mistakes.add(fields.path("vendorId"), NOT_ON_THE_PANEL);
    }
    Ok(vendor)
}

fn due_date(act: &Act<'_>, fields: &Fields<'_>, mistakes: &mut Mistakes) -> Option<Date> {
    let date = fields.optional_date(mistakes, "dueDate")?;
    if deadlines::is_past(date, act.moment.at) {
        mistakes.add(fields.path("dueDate"), "This day has passed. Choose a later one.");
    }
    Some(date)
}

pub(super) fn instructions(fields: &Fields<'_>, mistakes: &mut Mistakes) -> Option<String> {
    fields.optional_text(mistakes, "specialInstructions", "At most 4000 characters.", |text| {
        text.chars().count() <= 4_000
    })
}

fn read_property(fields: &Fields<'_>, mistakes: &mut Mistakes) -> Property {
    let filled = |most: usize| move |text: &str| is_filled(text, most);
    Property {
        street: fields.text(mistakes, "street", "At most 120 characters.", filled(120)),
        unit: fields.optional_text(mistakes, "unit", "At most 30 characters.", |text| {
            text.chars().count() <= 30
        }),
        city: fields.text(mistakes, "city", "At most 80 characters.", filled(80)),
        county: fields.text(mistakes, "county", "At most 80 characters.", filled(80)),
        state: fields.text(mistakes, "state", "Enter two capital letters such as TX.", |text| {
            text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
        }),
        zip: fields.text(mistakes, "zip", "Enter a ZIP code such as 78701 or 78701-1234.", is_zip),
        kind: fields.word(mistakes, "type", "Choose one of the property types."),
    }
}

fn read_contacts(fields: &Fields<'_>, mistakes: &mut Mistakes) -> Vec<Contact> {
    fields.list(mistakes, "contacts", 1..=MAX_CONTACTS, |contact, mistakes| Contact {
        role: contact.word(mistakes, "role", "Choose one of the contact roles."),
        name: contact.text(mistakes, "name", "At most 120 characters.", |text| is_filled(text, 120)),
        email: contact.optional_text(
            mistakes,
            "email",
            "Enter an e-mail address such as dana@mail.example.",
            is_email,
        ),
        phone: contact.optional_text(
            mistakes,
            "phone",
            "Enter a phone number such as 512-555-0142.",
            is_phone,
        ),
    })
}

fn is_phone(text: &str) -> bool {
    (7..=32).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+() .x-".contains(&byte))
}
