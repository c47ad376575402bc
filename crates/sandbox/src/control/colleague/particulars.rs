//! What a colleague would have filled in: everything an operation needs that was not given.
#![deny(clippy::wildcard_enum_match_arm)]

use bytes::Bytes;
use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use crate::base::money::Money;
use crate::base::random;
use crate::base::time::Stamp;
use crate::contract::operations::{OrderWrite, Payload};
use crate::contract::status;
use crate::input::form::Upload;
use crate::model::agency::Filed;
use crate::model::checklist::ITEMS;
use crate::model::id::payment_id;
use crate::model::moment::EVER;
use crate::model::payment::PaymentMethodKind;
use crate::model::rov::{Rov, RovStatus};
use crate::model::user::User;
use crate::problem::Problem;
use crate::rules::reports as versions;
use crate::rules::{eligibility, papers, slots};
use crate::store::orders::Stored;
use crate::store::{documents, payments, records, reference};

/// Everything that comes with an operation besides the order.
#[derive(Debug, Default)]
pub(super) struct Particulars {
    pub body: Option<Value>,
    pub file: Option<Upload>,
    /// The ids that a request's path would name.
    pub part: String,
    pub party: String,
}

/// What is given, and what a sensible person would add to it.
pub(super) fn complete(
    tx: &Transaction<'_>,
    user: &User,
    operation: OrderWrite,
    stored: &Stored,
    given: Option<Value>,
    now: Stamp,
) -> Result<Particulars, Problem> {
    let given = match given {
        None => Map::new(),
        Some(Value::Object(given)) => given,
        // Not an object: for the operation itself to refuse.
        other => {
            return Ok(Particulars {
                body: other,
                ..Particulars::default()
            });
        }
    };
    let mut body = Usual {
        tx,
        user,
        stored,
        now,
        given: &given,
    }
    .of(operation)?;
    body.extend(given);
    let text = |body: &Map<String, Value>, name: &str| {
        let value = body.get(name).and_then(Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    let mut particulars = Particulars::default();
    let route = operation.route();
    if let Some(name) = route.part_name() {
        particulars.part = text(&body, name);
        particulars.party = text(&body, "party");
    }
    if route.payload == Payload::File {
        particulars.file = Some(upload(stored, &body, tx)?);
    }
    particulars.body = Some(Value::Object(body));
    Ok(particulars)
}

/// `{name, contentType, text}`; without a text, a PDF of our own making.
fn upload(stored: &Stored, body: &Map<String, Value>, tx: &Transaction<'_>) -> Result<Upload, Problem> {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let version = versions::latest(tx, stored.row)?.map_or(1, |latest| latest.version + 1);
    let bytes = match text("text") {
        Some(text) => text.as_bytes().to_vec(),
        None => papers::report(&stored.order, version),
    };
    let usual_name = format!("Appraisal report v{version}.pdf");
    Ok(Upload {
        name: text("name").unwrap_or(&usual_name).to_owned(),
        content_type: text("contentType").unwrap_or("application/pdf").to_owned(),
        bytes: Bytes::from(bytes),
    })
}

struct Usual<'a> {
    tx: &'a Transaction<'a>,
    user: &'a User,
    stored: &'a Stored,
    now: Stamp,
    given: &'a Map<String, Value>,
}

impl Usual<'_> {
    /// There is no arm for the rest: a write that is added to the table of operations does not compile until it is named here.
    fn of(&self, operation: OrderWrite) -> Result<Map<String, Value>, Problem> {
        use OrderWrite as Op;
        let reason = format!("{} had a reason", self.user.name);
        let body = match operation {
            Op::HoldOrder | Op::ReactivateOrder | Op::CancelOrder => json!({ "reason": reason }),
            Op::AssignVendor => self.vendor()?,
            Op::UpdateOrder => self.change_of_terms(),
            Op::AddComment => json!({ "text": "The borrower called and asked when it will be ready." }),
            Op::UpdateOrderStatus => json!({ "statusCode": status::ACCEPTED, "reason": reason }),
            Op::CounterConditions => self.counter_offer(),
            Op::ScheduleInspection => json!({ "slotId": self.slot() }),
            Op::AddDocument => json!({ "name": "Floor plan.pdf", "kind": "floorPlan" }),
            Op::GrantDocumentAccess | Op::RevokeDocumentAccess => self.sight_of_a_document()?,
            Op::AnswerChecklistItem => json!({ "itemId": ITEMS[0].0, "answer": "pass", "note": null }),
            Op::AcceptReport | Op::RunCrossCheck => json!({ "reportId": self.report()? }),
            Op::RequestRevision | Op::RequestClientRevision => self.revision()?,
            Op::SubmitRov => json!({ "party": "client", "reason": "Two recent sales nearby were not considered." }),
            Op::DecideRov => json!({ "rovId": self.open_rov()?, "approved": false, "note": "The value stands." }),
            Op::SendToBorrower => json!({ "email": self.email() }),
            Op::SendReport => json!({ "name": "Loan servicing", "email": "servicing@lender.example" }),
            Op::SubmitToUcdp => self.ucdp_submission()?,
            Op::SubmitToEad => json!({ "reportId": self.report()?, "fhaCaseNumber": "123-4567890" }),
            Op::OverrideUcdpHardStops | Op::OverrideEadHardStops => self.overrides()?,
            Op::CreateInvoice => json!({ "billTo": "client" }),
            Op::CollectPayment => json!({ "methodId": self.method()?, "amount": self.due() }),
            Op::SendPaymentLink => json!({ "email": self.email(), "amount": self.due() }),
            Op::RecordPayment => self.check_received(),
            Op::MarkPaid => json!({ "note": reason }),
            Op::RefundPayment => self.refund(&reason)?,
            Op::SaveDraftProperty
            | Op::SaveDraftVendor
            | Op::SaveDraftConditions
            | Op::SaveDraftContacts
            | Op::DeleteDraft
            | Op::ActivateOrder
            | Op::AcceptConditions
            | Op::CompleteInspection
            | Op::SubmitReport => Value::Null,
        };
        let Value::Object(mut body) = body else {
            return Ok(Map::new());
        };
        body.retain(|_, value| !value.is_null() || operation == Op::AnswerChecklistItem);
        Ok(body)
    }

    /// The first eligible vendor that does not have the order yet.
    fn vendor(&self) -> Result<Value, Problem> {
        if self.given.contains_key("vendorId") {
            return Ok(Value::Null);
        }
        let holder = self.stored.order.vendor_id();
        let vendor = eligibility::suggest(self.tx, self.stored)?
            .into_iter()
            .find(|vendor| vendor.eligible && Some(vendor.id.as_str()) != holder);
        Ok(json!({ "vendorId": vendor.map(|vendor| vendor.id) }))
    }

    /// Only if nothing is to be changed in particular.
    fn change_of_terms(&self) -> Value {
        match self.given.is_empty() {
            true => json!({ "specialInstructions": "Please hurry." }),
            false => Value::Null,
        }
    }

    fn counter_offer(&self) -> Value {
        if self.given.contains_key("dueDate") {
            return Value::Null;
        }
        let fee = self.stored.order.fee;
        json!({ "fee": fee.map(|fee| fee.vendor_charges + Money::dollars(20)) })
    }

    fn sight_of_a_document(&self) -> Result<Value, Problem> {
        let document = documents::list(self.tx, self.stored.row, EVER)?.into_iter().next();
        Ok(json!({ "documentId": document.map(|document| document.id), "party": "vendor" }))
    }

    fn revision(&self) -> Result<Value, Problem> {
        Ok(json!({
            "reportId": self.report()?,
            "type": "correction",
            "reason": "Comparable 2 is outside the market area.",
        }))
    }

    fn ucdp_submission(&self) -> Result<Value, Problem> {
        Ok(json!({
            "reportId": self.report()?,
            "businessUnit": "100200",
            "appraisalNumber": 1,
            "gses": ["fannieMae", "freddieMac"],
        }))
    }

    fn check_received(&self) -> Value {
        json!({
            "method": "check",
            "amount": self.due(),
            "reference": format!("CHK-{}", random::hex(3)),
            "receivedOn": self.now.day(),
        })
    }

    fn slot(&self) -> Option<String> {
        let slots = slots::on_offer(&self.stored.order, self.now);
        slots.into_iter().find(|slot| slot.available).map(|slot| slot.id)
    }

    fn report(&self) -> Result<Option<String>, Problem> {
        Ok(versions::latest(self.tx, self.stored.row)?.map(|report| report.id))
    }

    fn open_rov(&self) -> Result<Option<String>, Problem> {
        let rovs: Vec<Rov> = records::list(self.tx, self.stored.row, EVER)?;
        let open = rovs.into_iter().find(|rov| rov.status == RovStatus::Open);
        Ok(open.map(|rov| rov.id))
    }

    fn email(&self) -> String {
        let borrowers = self.stored.order.loan.borrowers.iter();
        let known = borrowers.filter_map(|borrower| borrower.email.clone()).next();
        known.unwrap_or_else(|| "borrower@mail.example".to_owned())
    }

    fn due(&self) -> Option<Money> {
        self.stored.order.payment.as_ref().map(|payment| payment.amount_due)
    }

    /// One that pays at once.
    fn method(&self) -> Result<Option<String>, Problem> {
        let methods = reference::payment_methods(self.tx, &self.stored.order.client_id)?;
        let quick = methods
            .into_iter()
            .find(|method| method.kind == PaymentMethodKind::StoredCard);
        Ok(quick.map(|method| method.id))
    }

    fn overrides(&self) -> Result<Value, Problem> {
        let Some(filed) = records::latest::<Filed>(self.tx, self.stored.row, EVER)? else {
            return Ok(Value::Null);
        };
        let overrides: Vec<Value> = filed
            .findings
            .iter()
            .filter(|finding| finding.overridable && finding.overridden.is_none())
            .map(|finding| {
                let code = finding.reason_codes.first().map(|reason| &reason.code);
                json!({ "findingId": finding.id, "reasonCode": code, "comment": null })
            })
            .collect();
        Ok(json!({
            "orderSubmissionId": filed.submission.report_id,
            "submissionId": filed.submission.id,
            "overrides": overrides,
        }))
    }

    fn refund(&self, reason: &str) -> Result<Value, Problem> {
        let taken = payments::kept(self.tx, self.stored.row)?
            .into_iter()
            .rev()
            .find(|payment| payment.is_taken() && payment.refunded < payment.amount);
        Ok(match taken {
            Some(payment) => json!({
                "paymentId": payment_id(payment.seq),
                "amount": payment.amount - payment.refunded,
                "reason": reason,
            }),
            None => Value::Null,
        })
    }
}
