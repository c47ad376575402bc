//! Reading what the platform records about one attempt: the order and the operation's own records, in parallel.

use futures::future::join4;
use omnival_core::ids::{ClientId, LoanId, OrderRef};
use omnival_core::operation::Ledger;
use omnival_core::operation::Operation;
use omnival_core::order::records::{Document, Invoice, Report, Revision, Rov, Run, Sent, Submission};
use omnival_core::order::{Behind, Entry, Payment, Step};
use omnival_core::recovery::attempt::Intent;
use omnival_core::recovery::evidence::{Evidence, Found, Goal};
use omnival_headless::endpoint;
use omnival_wire::{order as decode, records as own};

use crate::api::{Api, Failure};

/// Order and records together, in parallel.
pub async fn evidence(api: Api, intent: &Intent) -> Result<Evidence, Failure> {
    if let Goal::Create {
        client,
        loan,
        client_reference,
    } = &intent.goal
    {
        return created(api, client, loan, client_reference).await;
    }
    let Some(at) = &intent.at else {
        return Ok(only(Found::Gone));
    };
    let payments = async {
        if intent.goal.operation().may_move_money() {
            api.repeat(endpoint::payments(at), decode::payments).await
        } else {
            Ok(Vec::new())
        }
    };
    let records = async {
        match intent.goal.ledger() {
            Some(ledger) => records(api, at, ledger, intent.goal.operation()).await,
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
        Err(failure) if failure.status() == Some(404) => {
            return Ok(only(Found::Gone));
        }
        order => order?,
    };
    let entries: Vec<Entry> = history?.entries;
    Ok(Evidence {
        found: Found::Order(Box::new(order)),
        history: entries,
        records: records?,
        payments: payments?,
    })
}

/// A creation leaves no history: the orders of its loan that carry its reference.
async fn created(api: Api, client: &ClientId, loan: &LoanId, reference: &str) -> Result<Evidence, Failure> {
    let orders = api
        .repeat(endpoint::loan_orders(client, loan), decode::summaries)
        .await?;
    let found = orders
        .into_iter()
        .filter(|order| order.client_reference.as_deref() == Some(reference))
        .map(|order| order.at)
        .collect();
    Ok(only(Found::Created(found)))
}

fn only(found: Found) -> Evidence {
    Evidence {
        found,
        history: Vec::new(),
        records: Vec::new(),
        payments: Vec::new(),
    }
}

/// What the operation's own list holds, newest or oldest first, as the platform gives it.
pub async fn records(api: Api, at: &OrderRef, ledger: Ledger, operation: Operation) -> Result<Vec<Entry>, Failure> {
    fn all<T>(items: &[T], record: impl Fn(&T) -> Entry) -> Vec<Entry> {
        items.iter().map(record).collect()
    }
    let submissions = || async {
        let behind = operation.step().map(Step::behind);
        let is_ead = matches!(behind, Some(Behind::Portal { ead, .. }) if ead == operation);
        let call = if is_ead { endpoint::ead(at) } else { endpoint::ucdp(at) };
        api.repeat(call, own::agency).await.map(|state| state.submissions)
    };
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
        Ledger::Submissions => all(&submissions().await?, Submission::as_record),
        Ledger::Overrides => submissions().await?.iter().flat_map(Submission::as_overrides).collect(),
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
