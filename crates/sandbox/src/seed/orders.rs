//! Orders, each under a loan and each with the story that brought it to its status.

use std::collections::HashMap;

use rusqlite::Transaction;

use super::loans::{self, Made};
use super::names::PLACES;
use super::plan;
use super::rng::Rng;
use super::story::Story;
use super::world::World;
use crate::fees;
use crate::model::{Agency, Contact, Named, Order, PaymentPart, PaymentStatus, Property};
use crate::problem::Problem;
use crate::status;
use crate::store::loans as loan_store;
use crate::store::orders as order_store;
use crate::store::reference::Product;
use crate::time::{DAY, HOUR, MINUTE, Stamp};
use crate::vendors::takes_capacity;

/// Loans that have no order yet, to start one under.
const SPARE_LOANS: i64 = 60;

/// What the rest of the seed needs to know of the orders.
#[derive(Default)]
pub(super) struct Summary {
    pub active_by_vendor: HashMap<String, i64>,
    /// How many order numbers are used up.
    pub numbers: i64,
}

pub(super) fn insert(
    tx: &Transaction<'_>,
    world: &World,
    orders: u32,
    now: Stamp,
) -> Result<Summary, Problem> {
    let mut summary = Summary::default();
    let mut orders_of_client = [0_usize; 3];
    let mut loan_row = 0;
    let mut current: Option<Made<'_>> = None;
    for row in 1..=i64::from(orders) {
        // Every eighth order is a second one under the same loan.
        let made = match current.take() {
            Some(made) if row % 8 == 0 => made,
            _ => {
                loan_row += 1;
                let made = loans::invent(world, loan_row);
                loan_store::insert(tx, made.row, &made.loan, made.billing)?;
                made
            }
        };
        let turn = &mut orders_of_client[made.client_index];
        let stage = plan::STAGES[*turn % plan::STAGES.len()];
        *turn += 1;
        let order = invent(tx, world, row, &made, stage, now, &mut summary.numbers)?;
        if let (Some(vendor), Some(code)) = (&order.vendor, order.status_code)
            && takes_capacity(code)
        {
            *summary
                .active_by_vendor
                .entry(vendor.id.clone())
                .or_default() += 1;
        }
        order_store::insert(tx, row, &order)?;
        current = Some(made);
    }
    for row in loan_row + 1..=loan_row + SPARE_LOANS {
        let made = loans::invent(world, row);
        loan_store::insert(tx, row, &made.loan, made.billing)?;
    }
    Ok(summary)
}

fn invent(
    tx: &Transaction<'_>,
    world: &World,
    row: i64,
    made: &Made<'_>,
    stage: i64,
    now: Stamp,
    numbers: &mut i64,
) -> Result<Order, Problem> {
    let mut rng = Rng::new("order", row.unsigned_abs());
    let mut order = draft(row, made, &mut rng, now);
    if stage == status::DRAFT_STAGE {
        unfinished(&mut order, &mut rng);
        return Ok(order);
    }
    *numbers += 1;
    order.order_number = Some(order_store::number(*numbers));
    let stored = order_store::Stored { row, order };
    Story::new(tx, world, made, stored, rng).tell_all(stage, now)
}

/// A complete draft, made some hours or days ago.
fn draft(row: i64, made: &Made<'_>, rng: &mut Rng, now: Stamp) -> Order {
    let loan = &made.loan;
    let property = loan
        .property
        .clone()
        .unwrap_or_else(|| loans::property(rng, rng_place(row)));
    let product = product_for(&property, made, rng);
    let created_at = now.plus(-rng.between(30, 4 * 24 * 60) * MINUTE);
    let fee = fees::resolve(product, &property.zip, None).fee;
    let branch = made
        .client
        .branches
        .iter()
        .find(|branch| branch.id == loan.branch_id)
        .cloned()
        .unwrap_or_else(|| made.client.branches[0].clone());
    let portal = match loan.kind.as_str() {
        "conventional" => Some("ucdp"),
        "fha" => Some("ead"),
        _ => None,
    };
    Order {
        id: order_store::id_of(row),
        order_number: None,
        client_id: loan.client_id.clone(),
        loan_id: loan.id.clone(),
        is_draft: true,
        status_code: None,
        version: rng.between(1, 4),
        client_reference: rng.chance(70).then(|| rng.uuid()),
        created_at,
        updated_at: created_at.plus(rng.between(1, 25) * MINUTE),
        product: Some(Named {
            id: product.id.clone(),
            name: product.name.clone(),
        }),
        loan: loan.part(),
        contacts: contacts(made, &property, rng),
        property: Some(property),
        vendor: None,
        preferred_vendor_id: None,
        assigned_at: None,
        reassignment_count: 0,
        revision_count: 0,
        fee: Some(fee),
        due_date: Some(now.plus(rng.between(7, 21) * DAY).day()),
        special_instructions: rng.chance(30).then(|| instructions(rng)),
        conditions: None,
        inspection: None,
        hold: None,
        cancel: None,
        delivery: None,
        agency: portal.map(|portal| Agency {
            portal: portal.to_owned(),
            required: true,
            status: "notSubmitted".to_owned(),
            document_file_id: None,
        }),
        payment: Some(PaymentPart {
            scenario: made.billing.scenario,
            status: PaymentStatus::NotDue,
            amount_due: fee.total,
            paid_at: None,
        }),
        sla: None,
        branch_id: branch.id,
        branch_name: branch.name,
    }
}

fn rng_place(row: i64) -> &'static super::names::Place {
    Rng::new("place", row.unsigned_abs()).pick(PLACES)
}

/// Takes something away from two drafts in five, so that activation has something to refuse, and
/// gives a vendor picked in advance to some of the others.
fn unfinished(order: &mut Order, rng: &mut Rng) {
    match rng.between(0, 4) {
        0 => match rng.between(0, 3) {
            0 => {
                order.product = None;
                order.fee = None;
            }
            1 => {
                order.property = None;
                order.fee = None;
            }
            2 => order.contacts.clear(),
            _ => order.due_date = None,
        },
        1 => order.due_date = None,
        2 => order.preferred_vendor_id = Some(super::vendors::id_of(usize::from(rng.chance(50)))),
        _ => {}
    }
    if order.fee.is_none()
        && let Some(payment) = &mut order.payment
    {
        payment.amount_due = crate::money::Money::ZERO;
    }
}

fn product_for<'p>(property: &Property, made: &Made<'p>, rng: &mut Rng) -> &'p Product {
    let wanted = match property.kind.as_str() {
        "condo" => "prd-1073",
        "multiFamily" => "prd-1025",
        "manufactured" => "prd-1004c",
        _ if rng.chance(20) => "prd-2055",
        _ => "prd-1004",
    };
    let products = &made.client.products;
    products
        .iter()
        .find(|product| product.id == wanted)
        .unwrap_or(&products[0])
}

fn contacts(made: &Made<'_>, property: &Property, rng: &mut Rng) -> Vec<Contact> {
    let place = loans::place_of(property);
    let mut contacts: Vec<Contact> = made
        .loan
        .borrowers
        .iter()
        .enumerate()
        .map(|(index, borrower)| Contact {
            role: if index == 0 { "borrower" } else { "coBorrower" }.to_owned(),
            name: borrower.name.clone(),
            email: borrower.email.clone(),
            phone: borrower.phone.clone(),
        })
        .collect();
    if let Some(first) = contacts.first_mut()
        && first.email.is_none()
        && first.phone.is_none()
    {
        first.phone = Some(loans::phone(rng, place));
    }
    if rng.chance(40) {
        let (first, last) = (
            *rng.pick(super::names::FIRST),
            *rng.pick(super::names::LAST),
        );
        contacts.push(Contact {
            role: "agent".to_owned(),
            name: format!("{first} {last}"),
            email: Some(loans::email(first, last)),
            phone: Some(loans::phone(rng, place)),
        });
    }
    contacts
}

fn instructions(rng: &mut Rng) -> String {
    (*rng.pick(&[
        "Gate code 4411. Call the borrower before coming.",
        "Tenant occupied: 24 hours' notice is needed.",
        "New roof and HVAC in 2024; permits are on file.",
        "Large dog in the yard. Use the front entrance.",
        "Please confirm the square footage of the finished basement.",
    ]))
    .to_owned()
}

/// How far from now an active order is due, and how long ago it was last touched.
pub(super) fn urgency(rng: &mut Rng, stage: i64) -> (i64, i64) {
    let due_in = match rng.between(1, 10) {
        1 => -rng.between(1, 4) * DAY,
        2..=3 => rng.between(0, 2) * DAY,
        _ => rng.between(3, 14) * DAY,
    };
    let touched = match stage {
        status::ASSIGNED => rng.between(10, 30 * 60) * MINUTE,
        _ => rng.between(5, 70 * 60) * MINUTE,
    };
    (due_in.max(-4 * DAY), touched.max(HOUR / 12))
}
