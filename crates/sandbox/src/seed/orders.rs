//! Orders, each under a loan and each with the story that brought it to its status.

use std::collections::HashMap;

use rusqlite::Transaction;

use super::loans::{self, Made};
use super::names::PLACES;
use super::plan;
use super::rng::Rng;
use super::story::Story;
use super::world::World;
use crate::base::money::Money;
use crate::base::time::{DAY, MINUTE, Stamp};
use crate::contract::status::{self, HOLDS_CAPACITY};
use crate::model::actor::Named;
use crate::model::id::order_id;
use crate::model::loan::{Billing, Property, PropertyType, Scenario};
use crate::model::order::{Agency, Contact, ContactRole, Order, PaymentPart};
use crate::model::product::Product;
use crate::problem::Problem;
use crate::rules::fees;
use crate::store::loans as loan_store;
use crate::store::orders;

/// Loans that have no order yet, to start one under.
const SPARE_LOANS: i64 = 60;

/// What the rest of the seed needs to know of the orders.
#[derive(Default)]
pub(super) struct Summary {
    pub active_by_vendor: HashMap<String, i64>,
    /// How many order numbers are used up.
    pub numbers: i64,
}

pub(super) fn insert(tx: &Transaction<'_>, world: &World, orders: u32, now: Stamp) -> Result<Summary, Problem> {
    let mut summary = Summary::default();
    let mut turns = [Turn::default(); 3];
    let mut loan_row = 0;
    let mut current: Option<Made<'_>> = None;
    for row in 1..=i64::from(orders) {
        // Every eighth order is a second one under the same loan; drafts have a loan of their own.
        let shared = current
            .take()
            .filter(|made| row % 8 == 0 && turns[made.client_index].stage() != status::DRAFT_STAGE);
        let made = match shared {
            Some(made) => made,
            None => {
                loan_row += 1;
                let mut made = loans::invent(world, loan_row);
                let turn = &turns[made.client_index];
                if turn.stage() == status::DRAFT_STAGE {
                    made.billing = turn.draft().billing();
                }
                loan_store::insert(tx, made.row, &made.loan, made.billing)?;
                made
            }
        };
        let turn = &mut turns[made.client_index];
        let order = invent(tx, world, row, &made, turn, now, &mut summary.numbers)?;
        turn.next();
        if let (Some(vendor), Some(code)) = (&order.vendor, order.status_code)
            && HOLDS_CAPACITY.contains(&code)
        {
            *summary.active_by_vendor.entry(vendor.id.clone()).or_default() += 1;
        }
        orders::insert(tx, row, &order)?;
        current = Some(made);
    }
    for row in loan_row + 1..=loan_row + SPARE_LOANS {
        let made = loans::invent(world, row);
        loan_store::insert(tx, row, &made.loan, made.billing)?;
    }
    Ok(summary)
}

/// How far a client's orders have come along the tables of stages and of drafts.
#[derive(Clone, Copy, Default)]
struct Turn {
    orders: usize,
    drafts: usize,
}

impl Turn {
    fn stage(&self) -> i64 {
        plan::STAGES[self.orders % plan::STAGES.len()]
    }

    fn draft(&self) -> Draft {
        DRAFTS[self.drafts % DRAFTS.len()]
    }

    fn next(&mut self) {
        if self.stage() == status::DRAFT_STAGE {
            self.drafts += 1;
        }
        self.orders += 1;
    }
}

/// What is special about a draft.
#[derive(Clone, Copy)]
enum Draft {
    Plain,
    Incomplete,
    WithVendor,
    /// Its activation charges.
    Charged,
    /// Its activation charges in vain.
    Declined,
}

const DRAFTS: [Draft; 8] = [
    Draft::Plain,
    Draft::Charged,
    Draft::Incomplete,
    Draft::Declined,
    Draft::WithVendor,
    Draft::Plain,
    Draft::Incomplete,
    Draft::Charged,
];

impl Draft {
    fn billing(self) -> Billing {
        let charged = matches!(self, Draft::Charged | Draft::Declined);
        Billing {
            scenario: if charged {
                Scenario::ChargeAtActivation
            } else {
                Scenario::Invoice
            },
            charge_declines: matches!(self, Draft::Declined),
        }
    }
}

fn invent(
    tx: &Transaction<'_>,
    world: &World,
    row: i64,
    made: &Made<'_>,
    turn: &Turn,
    now: Stamp,
    numbers: &mut i64,
) -> Result<Order, Problem> {
    let mut rng = Rng::new("order", row.unsigned_abs());
    let mut order = draft(row, made, &mut rng, now);
    let stage = turn.stage();
    if stage == status::DRAFT_STAGE {
        match turn.draft() {
            Draft::Incomplete => take_away(&mut order, &mut rng),
            Draft::WithVendor => {
                let index = usize::from(rng.chance(50));
                order.preferred_vendor_id = Some(super::vendors::id_of(index));
            }
            Draft::Plain | Draft::Charged | Draft::Declined => {}
        }
        return Ok(order);
    }
    *numbers += 1;
    order.order_number = Some(orders::number(*numbers));
    let stored = orders::Stored { row, order };
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
    let fee = fees::resolve(product, &property.zip, Money::ZERO).fee;
    let branch = made
        .client
        .branches
        .iter()
        .find(|branch| branch.id == loan.branch_id)
        .cloned()
        .unwrap_or_else(|| made.client.branches[0].clone());
    Order {
        id: order_id(row),
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
        agency: Agency::for_loan(loan.kind),
        payment: Some(PaymentPart::not_due(made.billing.scenario, fee.total)),
        sla: None,
        branch_id: branch.id,
        branch_name: branch.name,
    }
}

fn rng_place(row: i64) -> &'static super::names::Place {
    Rng::new("place", row.unsigned_abs()).pick(PLACES)
}

/// Leaves something out that activation needs.
fn take_away(order: &mut Order, rng: &mut Rng) {
    match rng.between(0, 3) {
        0 => order.product = None,
        1 => order.property = None,
        2 => order.contacts.clear(),
        _ => order.due_date = None,
    }
    if order.product.is_none() || order.property.is_none() {
        order.fee = None;
        if let Some(payment) = &mut order.payment {
            payment.amount_due = Money::ZERO;
        }
    }
}

fn product_for<'p>(property: &Property, made: &Made<'p>, rng: &mut Rng) -> &'p Product {
    let wanted = match property.kind {
        PropertyType::Condo => "prd-1073",
        PropertyType::MultiFamily => "prd-1025",
        PropertyType::Manufactured => "prd-1004c",
        PropertyType::SingleFamily | PropertyType::Townhouse => match rng.chance(20) {
            true => "prd-2055",
            false => "prd-1004",
        },
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
            role: match index {
                0 => ContactRole::Borrower,
                _ => ContactRole::CoBorrower,
            },
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
        let (first, last) = (*rng.pick(super::names::FIRST), *rng.pick(super::names::LAST));
        contacts.push(Contact {
            role: ContactRole::Agent,
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
