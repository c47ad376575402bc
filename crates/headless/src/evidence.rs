//! Reading what the platform records about one attempt: the order and the operation's own records, in parallel.
//!
//! What it means is the core's to judge. Must never report less than it was to read: a part that cannot be read makes the
//! whole reading fail.

use futures::future::join4;
use omnival_core::ids::OrderRef;
use omnival_core::operation::{Ledger, Operation};
use omnival_core::order::records::{Document, Invoice, Report, Revision, Rov, Run, Sent, Submission};
use omnival_core::order::{Behind, Entry, Payment, Step};
use omnival_core::recovery::evidence::{Evidence, Found, Goal};
use omnival_core::recovery::intent::Intent;

use omnival_wire::{order as decode, records as own};

use crate::api::{Api, Failure};
use crate::endpoint;
use crate::platform::Platform;

/// Nothing but where the order is.
const fn only(found: Found) -> Evidence {
    Evidence {
        found,
        history: Vec::new(),
        records: Vec::new(),
        payments: Vec::new(),
    }
}

/// Order and records together, in parallel.
///
/// # Errors
/// The failure of whichever part could not be read.
pub async fn read<P: Platform>(api: &Api<P>, intent: &Intent) -> Result<Evidence, Failure> {
    match (&intent.goal, &intent.at) {
        (
            Goal::Create {
                client,
                loan,
                client_reference,
            },
            _,
        ) => {
            let call = endpoint::loan_orders(client, loan);
            let orders = api.repeat(call, decode::summaries).await?;
            let is_ours = |reference: &Option<String>| reference.as_ref() == Some(client_reference);
            let ours = orders.into_iter().filter(|order| is_ours(&order.client_reference));
            Ok(only(Found::Created(ours.map(|order| order.at).collect())))
        }
        (_, Some(at)) => of_order(api, at, &intent.goal).await,
        (_, None) => Ok(only(Found::Gone)),
    }
}

async fn of_order<P: Platform>(api: &Api<P>, at: &OrderRef, goal: &Goal) -> Result<Evidence, Failure> {
    let payments = async {
        if goal.operation().may_move_money() {
            api.repeat(endpoint::payments(at), decode::payments).await
        } else {
            Ok(Vec::new())
        }
    };
    let records = async {
        match goal.ledger() {
            Some(ledger) => records(api, at, ledger, goal.operation()).await,
            None => Ok(Vec::new()),
        }
    };
    let (order, history, records, payments) = join4(
        api.repeat(endpoint::read_order(at), decode::order),
        api.repeat(endpoint::history(at, None), decode::history),
        records,
        payments,
    )
    .await;
    let order = match order {
        Err(failure) if failure.status() == Some(404) => return Ok(only(Found::Gone)),
        order => order?,
    };
    Ok(Evidence {
        found: Found::Order(Box::new(order)),
        history: history?.entries,
        records: records?,
        payments: payments?,
    })
}

/// What the operation's own list holds, newest or oldest first, as the platform gives it.
///
/// # Errors
/// The failure of the list's read.
pub async fn records<P: Platform>(
    api: &Api<P>,
    at: &OrderRef,
    ledger: Ledger,
    operation: Operation,
) -> Result<Vec<Entry>, Failure> {
    Ok(match ledger {
        Ledger::Reports => all(
            &api.repeat(endpoint::reports(at), own::reports).await?,
            Report::as_record,
        ),
        Ledger::Documents => all(
            &api.repeat(endpoint::documents(at), own::documents).await?,
            Document::as_record,
        ),
        Ledger::Runs => all(
            &api.repeat(endpoint::crosscheck_runs(at), own::runs).await?,
            Run::as_record,
        ),
        Ledger::Revisions => all(
            &api.repeat(endpoint::revisions(at), own::revisions).await?,
            Revision::as_record,
        ),
        Ledger::Rovs => all(&api.repeat(endpoint::rovs(at), own::rovs).await?, Rov::as_record),
        Ledger::Decisions => {
            let rovs = api.repeat(endpoint::rovs(at), own::rovs).await?;
            rovs.iter().filter_map(Rov::as_decision).collect()
        }
        Ledger::Deliveries => all(
            &api.repeat(endpoint::deliveries(at), own::deliveries).await?,
            Sent::as_record,
        ),
        Ledger::Submissions => all(&submissions(api, at, operation).await?, Submission::as_record),
        Ledger::Overrides => {
            let submissions = submissions(api, at, operation).await?;
            submissions.iter().flat_map(Submission::as_overrides).collect()
        }
        Ledger::Invoices => {
            let data = api.repeat(endpoint::invoice_data(at), own::invoice_data).await?;
            all(&data.invoices, Invoice::as_record)
        }
        Ledger::Payments => all(
            &api.repeat(endpoint::payments(at), decode::payments).await?,
            Payment::as_record,
        ),
    })
}

fn all<T>(items: &[T], record: impl Fn(&T) -> Entry) -> Vec<Entry> {
    items.iter().map(record).collect()
}

async fn submissions<P: Platform>(
    api: &Api<P>,
    at: &OrderRef,
    operation: Operation,
) -> Result<Vec<Submission>, Failure> {
    let behind = operation.step().map(Step::behind);
    let is_ead = matches!(behind, Some(Behind::Portal { ead, .. }) if ead == operation);
    let call = if is_ead { endpoint::ead(at) } else { endpoint::ucdp(at) };
    Ok(api.repeat(call, own::agency).await?.submissions)
}
