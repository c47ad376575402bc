//! Loans, products, branches, vendors, payment methods, fees, history types.

use rusqlite::{Connection, params_from_iter, types::Value};
use serde::Serialize;
use serde_json::value::RawValue;

use super::dispatch::Items;
use crate::contract::operations::Operation;
use crate::input::call::Answer;
use crate::input::{self, Mistakes, Parameters};
use crate::model::Named;
use crate::problem::Problem;
use crate::rules::eligibility::{self, Vendor};
use crate::rules::fees;
use crate::store::loans::{self, Billing, Loan};
use crate::store::reference;
use crate::store::users::Scope;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LoanPage {
    items: Vec<Box<RawValue>>,
    page: usize,
    page_size: usize,
    total: i64,
}

#[derive(Serialize)]
struct HistoryType {
    #[serde(rename = "type")]
    kind: &'static str,
    label: &'static str,
}

/// Lists that need no parameters.
pub(super) fn plain(connection: &Connection, operation: Operation, scope: &Scope) -> Result<Answer, Problem> {
    let client_id = &scope.client_id;
    match operation {
        Operation::ListProducts => Answer::json(&Items {
            items: reference::products(connection, client_id)?,
        }),
        Operation::ListBranches => {
            let mut items = reference::branches(connection, client_id)?;
            items.retain(|branch| scope.shows_branch(&branch.id));
            Answer::json(&Items { items })
        }
        Operation::ListPaymentMethods => Answer::json(&Items {
            items: reference::payment_methods(connection, client_id)?,
        }),
        Operation::ListHistoryTypes => Answer::json(&Items {
            items: HISTORY_TYPES
                .iter()
                .map(|(kind, label)| HistoryType { kind, label })
                .collect(),
        }),
        other => Err(Problem::internal(format!("{} is no read", other.id()))),
    }
}

/// The loan, if this scope shows it; else 404.
pub fn visible_loan(connection: &Connection, scope: &Scope, loan_id: &str) -> Result<(Loan, Billing), Problem> {
    let found = loans::load(connection, loan_id)?
        .filter(|(loan, _)| loan.client_id == scope.client_id && scope.shows_branch(&loan.branch_id));
    let Some(found) = found else {
        return Err(Problem::not_found("loan"));
    };
    if let Some(vendor_id) = &scope.vendor_id {
        let works_on_it = connection
            .prepare_cached("SELECT 1 FROM orders WHERE loan_id = ?1 AND vendor_id = ?2")?
            .exists([loan_id, vendor_id])?;
        if !works_on_it {
            return Err(Problem::not_found("loan"));
        }
    }
    Ok(found)
}

pub(super) fn loans(connection: &Connection, scope: &Scope, parameters: &Parameters) -> Result<Answer, Problem> {
    let mut mistakes = Mistakes::default();
    let search = parameters.search(&mut mistakes);
    let page = parameters.count(&mut mistakes, "page", 1_000_000, 1);
    let page_size = parameters.count(&mut mistakes, "pageSize", 200, 50);
    mistakes.check()?;

    let mut condition = String::from("client_id = ?");
    let mut values: Vec<Value> = vec![scope.client_id.clone().into()];
    if let Some(branch_ids) = &scope.branch_ids {
        let marks = vec!["?"; branch_ids.len()].join(", ");
        condition.push_str(&format!(" AND branch_id IN ({marks})"));
        values.extend(branch_ids.iter().cloned().map(Value::from));
    }
    if let Some(vendor_id) = &scope.vendor_id {
        condition.push_str(" AND EXISTS (SELECT 1 FROM orders o WHERE o.loan_id = loans.id AND o.vendor_id = ?)");
        values.push(vendor_id.clone().into());
    }
    if let Some(text) = search {
        condition.push_str(" AND instr(search, ?) > 0");
        values.push(text.into());
    }
    let total = connection
        .prepare_cached(&format!("SELECT count(*) FROM loans WHERE {condition}"))?
        .query_row(params_from_iter(&values), |row| row.get(0))?;
    values.push(i64::try_from(page_size).unwrap_or(i64::MAX).into());
    let offset = i64::try_from((page - 1).saturating_mul(page_size)).unwrap_or(i64::MAX);
    values.push(offset.into());
    let items = connection
        .prepare_cached(&format!(
            "SELECT doc FROM loans WHERE row IN (SELECT row FROM loans WHERE {condition}
             ORDER BY row DESC LIMIT ? OFFSET ?) ORDER BY row DESC"
        ))?
        .query_map(params_from_iter(&values), |row| row.get::<_, String>(0))?
        .map(|doc| Ok(RawValue::from_string(doc?)?))
        .collect::<Result<Vec<_>, Problem>>()?;
    Answer::json(&LoanPage {
        items,
        page,
        page_size,
        total,
    })
}

pub(super) fn vendors(connection: &Connection, scope: &Scope, parameters: &Parameters) -> Result<Answer, Problem> {
    let mut mistakes = Mistakes::default();
    let search = parameters.search(&mut mistakes);
    mistakes.check()?;
    let fits = |vendor: &Vendor| {
        vendor.panels.contains(&scope.client_id)
            && search
                .as_ref()
                .is_none_or(|text| vendor.name.to_lowercase().contains(text))
    };
    let mut items: Vec<Named> = eligibility::all(connection)?
        .into_iter()
        .filter(fits)
        .map(|vendor| Named {
            id: vendor.id,
            name: vendor.name,
        })
        .collect();
    items.sort_by(|a, b| a.name.cmp(&b.name));
    Answer::json(&Items { items })
}

pub(super) fn fee(connection: &Connection, scope: &Scope, parameters: &Parameters) -> Result<Answer, Problem> {
    let mut mistakes = Mistakes::default();
    let product_id = parameters.id(&mut mistakes, "productId");
    let vendor_id = parameters.id(&mut mistakes, "vendorId");
    let hint = "Enter a ZIP code such as 78701 or 78701-1234.";
    let zip = parameters.read(&mut mistakes, "zip", hint, |text| {
        input::is_zip(text).then(|| text.to_owned())
    });
    for name in ["productId", "zip"] {
        if !parameters.has(name) {
            mistakes.add(name, "This parameter is required.");
        }
    }
    mistakes.check()?;
    let (Some(product_id), Some(zip)) = (product_id, zip) else {
        return Err(Problem::field("", "productId and zip are required."));
    };
    let product =
        reference::product(connection, &scope.client_id, &product_id)?.ok_or_else(|| Problem::not_found("product"))?;
    let vendor = match vendor_id {
        None => None,
        Some(id) => Some(
            eligibility::load(connection, &id)?
                .filter(|vendor| vendor.panels.contains(&scope.client_id))
                .ok_or_else(|| Problem::not_found("vendor"))?,
        ),
    };
    Answer::json(&fees::resolve(&product, &zip, vendor.as_ref()))
}

const HISTORY_TYPES: &[(&str, &str)] = &[
    ("activated", "Activated"),
    ("assigned", "Vendor assigned"),
    ("reassigned", "Vendor reassigned"),
    ("unassigned", "Vendor unassigned"),
    ("accepted", "Accepted by vendor"),
    ("acceptedWithConditions", "Accepted with conditions"),
    ("declined", "Declined by vendor"),
    ("conditionsAccepted", "Conditions accepted"),
    ("conditionsCountered", "Conditions countered"),
    ("inProgress", "Work started"),
    ("inspectionScheduled", "Inspection scheduled"),
    ("inspectionCompleted", "Inspection completed"),
    ("reportSubmitted", "Report submitted"),
    ("reportAccepted", "Report accepted"),
    ("revisionRequested", "Revision requested"),
    ("clientRevisionRequested", "Revision requested by client"),
    ("rovSubmitted", "Reconsideration of value submitted"),
    ("rovDecided", "Reconsideration of value decided"),
    ("delivered", "Delivered"),
    ("agencySubmitted", "Submitted to agency"),
    ("agencyResult", "Agency result"),
    ("invoiced", "Invoiced"),
    ("paymentCollected", "Payment collected"),
    ("paymentFailed", "Payment failed"),
    ("refunded", "Refunded"),
    ("held", "Put on hold"),
    ("reactivated", "Reactivated"),
    ("cancelled", "Cancelled"),
    ("orderUpdated", "Order updated"),
    ("comment", "Comment"),
    ("documentAdded", "Document added"),
    ("crosscheckRun", "CrossCheck run"),
    ("agencyOverridden", "Agency findings overridden"),
    ("paymentLinkSent", "Payment link sent"),
    ("paymentReceived", "Payment received"),
    ("markedPaid", "Marked as paid"),
    ("completed", "Completed"),
    ("rejected", "Rejected"),
];
