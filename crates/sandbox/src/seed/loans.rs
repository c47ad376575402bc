//! Loans and who borrows.

use super::names::{FIRST, LAST, PLACES, Place, STREETS};
use super::rng::Rng;
use super::world::{Client, World};
use crate::base::money::Money;
use crate::model::id::loan_id;
use crate::model::loan::{Billing, Borrower, Loan, LoanPurpose, LoanType, Property, PropertyType, Scenario};

/// A loan about to be written, with what orders under it need.
pub(super) struct Made<'w> {
    pub row: i64,
    pub loan: Loan,
    pub billing: Billing,
    pub client: &'w Client,
    pub client_index: usize,
}

pub(super) fn invent(world: &World, row: i64) -> Made<'_> {
    let mut rng = Rng::new("loan", row.unsigned_abs());
    // Half of the work is the first client's.
    let client_index = match row % 10 {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    };
    let client = &world.clients[client_index];
    let place = rng.pick(PLACES);
    let borrowers = borrowers(&mut rng, place);
    let kind = match rng.between(1, 100) {
        1..=62 => LoanType::Conventional,
        63..=84 => LoanType::Fha,
        85..=93 => LoanType::Va,
        94..=97 => LoanType::Usda,
        _ => LoanType::Other,
    };
    let purpose = *rng.pick(&[
        LoanPurpose::Purchase,
        LoanPurpose::Purchase,
        LoanPurpose::Refinance,
        LoanPurpose::Equity,
    ]);
    let amount = Some(Money::dollars(rng.between(110, 950) * 1_000));
    let branch = rng.pick(&client.branches);
    let has_property = rng.chance(92);
    let property = has_property.then(|| property(&mut rng, place));
    let billing = billing(row);
    let loan = Loan {
        id: loan_id(row),
        client_id: client.id.clone(),
        number: format!("{}{}{:07}", client.key[..2].to_uppercase(), 26, 1_000_000 + row * 7),
        kind,
        purpose,
        amount,
        borrowers,
        property,
        branch_id: branch.id.clone(),
    };
    Made {
        row,
        loan,
        billing,
        client,
        client_index,
    }
}

/// Every fifth loan is charged at activation; every third of those cannot be charged.
fn billing(row: i64) -> Billing {
    // The row's last digit chooses the client, so the scenario goes by the other digits.
    let turn = row / 10 + row % 10;
    let scenario = match turn % 5 {
        1 => Scenario::ChargeAtActivation,
        2 => Scenario::CollectOnDelivery,
        _ => Scenario::Invoice,
    };
    Billing {
        scenario,
        charge_declines: scenario == Scenario::ChargeAtActivation && turn % 3 == 0,
    }
}

fn borrowers(rng: &mut Rng, place: &Place) -> Vec<Borrower> {
    let count = if rng.chance(35) { 2 } else { 1 };
    let last = *rng.pick(LAST);
    (0..count)
        .map(|_| {
            let first = *rng.pick(FIRST);
            Borrower {
                name: format!("{first} {last}"),
                email: rng.chance(90).then(|| email(first, last)),
                phone: rng.chance(85).then(|| phone(rng, place)),
            }
        })
        .collect()
}

pub(super) fn email(first: &str, last: &str) -> String {
    let plain = |name: &str| name.to_lowercase().replace('\'', "");
    format!("{}.{}@mail.example", plain(first), plain(last))
}

pub(super) fn phone(rng: &mut Rng, place: &Place) -> String {
    format!("{}-555-01{:02}", place.area_code, rng.between(0, 99))
}

pub(super) fn property(rng: &mut Rng, place: &Place) -> Property {
    let kind = *rng.pick(&[
        PropertyType::SingleFamily,
        PropertyType::SingleFamily,
        PropertyType::SingleFamily,
        PropertyType::Condo,
        PropertyType::Townhouse,
        PropertyType::MultiFamily,
        PropertyType::Manufactured,
    ]);
    let unit = (kind == PropertyType::Condo).then(|| {
        let letter = *rng.pick(&["A", "B", "C", "D"]);
        format!("{}{letter}", rng.between(1, 18))
    });
    Property {
        street: format!("{} {}", rng.between(1, 9_899), rng.pick(STREETS)),
        unit,
        city: place.city.to_owned(),
        county: place.county.to_owned(),
        state: place.state.to_owned(),
        zip: (*rng.pick(&place.zips)).to_owned(),
        kind,
    }
}

/// The place a property stands in, as it was invented.
pub(super) fn place_of(property: &Property) -> &'static Place {
    PLACES
        .iter()
        .find(|place| place.city == property.city)
        .unwrap_or(&PLACES[0])
}
