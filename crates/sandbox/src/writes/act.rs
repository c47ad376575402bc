//! The writes: the state machine, enforced.
//!
//! A write is one transaction that holds the order, its history, its payments and the ledger entry;
//! it takes effect whole or not at all. Checks run in the contract's order: syntax, visibility (404),
//! permission (403), content (400), fence and state (409), completeness (422).

pub use super::assign::RESPOND_MS;
pub use super::permissions::permission_for;

use super::agency::Portal;
use super::{
    activate, agency, assign, cancel, conditions, deliveries, documents, draft, idempotency, inspection, invoices,
    pause, payments, qc, reports, respond, rovs, update,
};

use axum::http::StatusCode;
use rusqlite::Transaction;
use serde_json::Value;

use crate::automation::{self, Task};
use crate::base::money::Money;
use crate::contract::operations::Operation;
use crate::contract::settings::{Settings, VendorsAnswer};
use crate::contract::status;
use crate::input::call::{Answer, Call};
use crate::input::form::Upload;
use crate::input::{Fields, Mistakes};
use crate::problem::{Code, Problem};
use crate::reads;
use crate::rules::settlement;
use crate::store::history::{self, Entry, Moment};
use crate::store::ledger::{self, NewEffect};
use crate::store::loans::{Billing, Loan};
use crate::store::orders::Stored;
use crate::store::users::User;

/// Who writes, when, and by which request.
pub struct Act<'a> {
    pub tx: &'a Transaction<'a>,
    pub user: &'a User,
    pub moment: Moment<'a>,
    /// The `Idempotency-Key` of the request.
    pub intent: Option<&'a str>,
    /// Whether `expectedVersion` counts.
    pub fenced: bool,
    pub settings: &'a Settings,
    /// The user was not asked: automation acts in its name, and the ledger says so.
    pub by_itself: bool,
}

/// What a write left behind.
#[derive(Debug)]
pub enum Done {
    Created(Box<Stored>),
    Changed(Box<Stored>),
    /// Nothing is left to show.
    Nothing,
    /// A part of the order is shown instead of the order.
    Part(Value),
    /// It was tried and told, and it failed: what it left behind stays.
    Refused(Problem),
}

impl Done {
    fn answer(self, user: &User) -> Result<Result<Answer, Problem>, Problem> {
        Ok(Ok(match self {
            Done::Nothing => Answer::empty(),
            Done::Part(part) => Answer::json(&part)?,
            Done::Refused(problem) => return Ok(Err(problem)),
            Done::Changed(stored) => Answer::raw(stored.order.shown_to(user)?),
            Done::Created(stored) => {
                let order = &stored.order;
                let location = format!(
                    "/api/clients/{}/loans/{}/orders/{}",
                    order.client_id, order.loan_id, order.id
                );
                Answer {
                    status: StatusCode::CREATED,
                    location: Some(location),
                    ..Answer::json(order)?
                }
            }
        }))
    }
}

/// Answers a write that came as a request. The inner refusal is the answer to something that was done
/// and is to stay; the outer one undoes everything.
pub fn handle(tx: &Transaction<'_>, call: &Call, user: &User) -> Result<Result<Answer, Problem>, Problem> {
    let (body, file) = match &call.form {
        None => (call.json()?, None),
        Some(form) => {
            let form = form.as_ref().map_err(Clone::clone)?;
            (Some(Value::Object(form.fields.clone())), form.file.as_ref())
        }
    };
    let intent = idempotency::key(&call.headers)?;
    let scope = user.scope(&call.ids.client)?;
    let target = if call.operation == Operation::CreateDraft {
        Target::Loan(Box::new(reads::visible_loan(tx, &scope, &call.ids.loan)?))
    } else {
        Target::Order(Box::new(reads::visible_order(tx, call, &scope)?))
    };
    user.require(permission_for(call.operation))?;

    let remembered = intent.filter(|_| call.settings.idempotency_key);
    let request = idempotency::fingerprint(call, body.as_ref(), file);
    if let Some(key) = remembered
        && let Some(answer) = idempotency::replay(tx, &user.id, key, &request)?
    {
        return Ok(answer);
    }
    let act = Act {
        tx,
        user,
        moment: Moment {
            at: call.now,
            visible_at: call.visible_at(),
            correlation_id: Some(call.correlation.as_str()),
        },
        intent,
        fenced: call.settings.fence,
        settings: &call.settings,
        by_itself: false,
    };
    let done = match target {
        Target::Loan(target) => draft::create(&act, &target.0, target.1, body.as_ref())?,
        Target::Order(stored) => {
            let said = Said {
                body: body.as_ref(),
                file,
                part: &call.ids.part,
                party: &call.ids.party,
            };
            act.perform(call.operation, *stored, said)?
        }
    };
    let answer = done.answer(user)?;
    if let Some(key) = remembered {
        idempotency::remember(tx, &user.id, key, &request, &answer)?;
    }
    Ok(answer)
}

/// What comes with an operation besides the order it is about.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    pub body: Option<&'a Value>,
    /// The file of an upload.
    pub file: Option<&'a Upload>,
    /// The part of the order that the path names, or nothing.
    pub part: &'a str,
    pub party: &'a str,
}

/// What a path names.
enum Target {
    Loan(Box<(Loan, Billing)>),
    Order(Box<Stored>),
}

/// A vendor's user answers without having been asked.
pub fn vendor_answers(act: &Act<'_>, stored: Stored, answer: VendorsAnswer) -> Result<(), Problem> {
    respond::by_itself(act, stored, answer)
}

impl Act<'_> {
    /// Does a write to an existing order whose visibility and permission have been checked.
    pub fn perform(&self, operation: Operation, stored: Stored, said: Said<'_>) -> Result<Done, Problem> {
        let Said {
            body,
            file,
            part,
            party,
        } = said;
        match operation {
            Operation::SaveDraftProperty => draft::save_property(self, stored, body),
            Operation::SaveDraftVendor => draft::save_vendor(self, stored, body),
            Operation::SaveDraftConditions => draft::save_conditions(self, stored, body),
            Operation::SaveDraftContacts => draft::save_contacts(self, stored, body),
            Operation::DeleteDraft => draft::delete(self, &stored),
            Operation::ActivateOrder => activate::activate(self, stored, body),
            Operation::AssignVendor => assign::assign(self, stored, body),
            Operation::HoldOrder => pause::hold(self, stored, body),
            Operation::ReactivateOrder => pause::reactivate(self, stored, body),
            Operation::CancelOrder => cancel::cancel(self, stored, body),
            Operation::UpdateOrder => update::update(self, stored, body),
            Operation::AddComment => update::comment(self, stored, body),
            Operation::UpdateOrderStatus => respond::update_status(self, stored, body),
            Operation::AcceptConditions => conditions::accept(self, stored, body),
            Operation::CounterConditions => conditions::counter(self, stored, body),
            Operation::ScheduleInspection => inspection::schedule(self, stored, body),
            Operation::CompleteInspection => inspection::complete(self, stored, body),
            Operation::SubmitReport => reports::submit(self, stored, body, file),
            Operation::AcceptReport => reports::accept(self, stored, part, body),
            Operation::AddDocument => documents::add(self, stored, body, file),
            Operation::GrantDocumentAccess => documents::set_access(self, &stored, [part, party], body, true),
            Operation::RevokeDocumentAccess => documents::set_access(self, &stored, [part, party], body, false),
            Operation::AnswerChecklistItem => qc::answer_item(self, stored, part, body),
            Operation::RunCrossCheck => qc::crosscheck(self, stored, body),
            Operation::RequestRevision => qc::request_revision(self, stored, body),
            Operation::RequestClientRevision => qc::request_client_revision(self, stored, body),
            Operation::SubmitRov => rovs::submit(self, stored, body),
            Operation::DecideRov => rovs::decide(self, stored, part, body),
            Operation::SendToBorrower => deliveries::to_borrower(self, stored, body),
            Operation::SendReport => deliveries::to_other(self, stored, body),
            Operation::SubmitToUcdp => agency::submit(self, stored, body, Portal::Ucdp),
            Operation::SubmitToEad => agency::submit(self, stored, body, Portal::Ead),
            Operation::OverrideUcdpHardStops => agency::override_findings(self, stored, part, body, Portal::Ucdp),
            Operation::OverrideEadHardStops => agency::override_findings(self, stored, part, body, Portal::Ead),
            Operation::CreateInvoice => invoices::create(self, stored, body),
            Operation::CollectPayment => payments::collect(self, stored, body),
            Operation::SendPaymentLink => payments::send_link(self, stored, body),
            Operation::RecordPayment => payments::record(self, stored, body),
            Operation::MarkPaid => payments::mark_paid(self, stored, body),
            Operation::RefundPayment => payments::refund(self, stored, part, body),
            other => Err(Problem::internal(format!("{} does not write to an order", other.id()))),
        }
    }

    /// The vendor's yes, under the name that faults and the page know it by.
    pub fn accept(&self, stored: Stored) -> Result<Done, Problem> {
        respond::accept(self, stored, "acceptOrder")
    }

    /// Puts on the table what happens `delay` milliseconds from now.
    pub(super) fn schedule(&self, stored: &Stored, delay: u64, task: &Task) -> Result<(), Problem> {
        let due_at = self.moment.at.plus(i64::try_from(delay).unwrap_or(i64::MAX));
        automation::schedule(self.tx, stored.row, due_at, task)
    }

    /// The vendor will answer, if vendors do so by themselves.
    pub(super) fn ask_vendor(&self, stored: &Stored) -> Result<(), Problem> {
        let answer = self.settings.vendors_answer;
        match &stored.order.vendor {
            Some(vendor) if answer != VendorsAnswer::Off => {
                let task = Task::VendorAnswers {
                    answer,
                    vendor_id: vendor.id.clone(),
                    asked_at: self.moment.at,
                };
                self.schedule(stored, self.settings.vendor_delay_ms, &task)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn correlation_id(&self) -> Option<String> {
        self.moment.correlation_id.map(str::to_owned)
    }

    /// 409 if the request rests on another version than the current one.
    pub(super) fn check_fence(&self, stored: &Stored, expected: Option<i64>) -> Result<(), Problem> {
        let current = stored.order.version;
        match expected {
            Some(expected) if self.fenced && expected != current => Err(Problem::new(
                Code::StaleVersion,
                format!(
                    "The order has changed since you loaded it (version {expected}, now {current}). \
                     Reload it and decide again."
                ),
            )),
            _ => Ok(()),
        }
    }

    pub(super) fn tell(&self, stored: &mut Stored, entry: Entry<'_>) -> Result<(), Problem> {
        history::tell(self.tx, stored, self.moment, entry)
    }

    pub(super) fn audit(&self, stored: &Stored, line: [&str; 3]) -> Result<(), Problem> {
        history::audit(self.tx, stored.row, self.moment, line)
    }

    /// Saves the order as the next version, completes it if nothing is open, and writes the ledger.
    pub(super) fn finish(
        &self,
        mut stored: Stored,
        operation: &str,
        summary: &str,
        charge: Option<Money>,
    ) -> Result<Done, Problem> {
        settlement::seal(self.tx, self.moment, &mut stored)?;
        self.enter(&stored, operation, summary, charge)?;
        Ok(Done::Changed(Box::new(stored)))
    }

    pub(super) fn enter(
        &self,
        stored: &Stored,
        operation: &str,
        summary: &str,
        charge: Option<Money>,
    ) -> Result<(), Problem> {
        let by_itself = format!("automation:{operation}");
        ledger::append(
            self.tx,
            &NewEffect {
                at: self.moment.at,
                operation: if self.by_itself { &by_itself } else { operation },
                client_id: Some(&stored.order.client_id),
                order_id: Some(&stored.order.id),
                user: (!self.by_itself).then_some(self.user),
                intent: self.intent,
                correlation_id: self.moment.correlation_id.unwrap_or("none"),
                summary,
                charge,
            },
        )
    }
}

/// Reads `expectedVersion`; its form counts even where its value does not.
pub(super) fn expected_version(fields: &Fields<'_>, mistakes: &mut Mistakes) -> Option<i64> {
    fields.optional_integer(mistakes, "expectedVersion", 1..=i64::from(i32::MAX))
}

/// Reads `{expectedVersion?}`, or no body at all.
pub(super) fn version_only(body: Option<&Value>) -> Result<Option<i64>, Problem> {
    if body.is_none() {
        return Ok(None);
    }
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    Ok(expected)
}

/// Reads `{reason, expectedVersion?}`.
pub(super) fn reason_and_version(body: Option<&Value>) -> Result<(String, Option<i64>), Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let hint = "Give a reason of 3 to 500 characters.";
    let reason = fields.text(&mut mistakes, "reason", hint, |text| {
        text.chars().count() >= 3 && crate::input::is_filled(text, 500)
    });
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    Ok((reason, expected))
}

/// 409: the order stands where this cannot be done.
pub(super) fn state_conflict(stored: &Stored, cannot: &str) -> Problem {
    let stands = match stored.order.status_code {
        None => "The order is still a draft".to_owned(),
        Some(code) => format!("The order stands at “{}”", status::name(code)),
    };
    Problem::new(
        Code::StateConflict,
        format!("{stands}, so it cannot be {cannot}. Reload it and see what is possible now."),
    )
}

/// The order's present status, unless it is a draft or one for which `allows` is false; else 409.
pub(super) fn require_status(
    stored: &Stored,
    cannot: &str,
    allows: impl Fn(status::Code) -> bool,
) -> Result<status::Code, Problem> {
    stored
        .order
        .status_code
        .filter(|code| allows(*code))
        .ok_or_else(|| state_conflict(stored, cannot))
}
