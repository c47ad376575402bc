//! Reading what the platform records about one attempt: the order and the operation's own records, in parallel.

use futures::future::join3;
use omnival_core::order::Entry;
use omnival_core::recovery::attempt::Intent;
use omnival_core::recovery::evidence::{Evidence, Found, Goal};
use omnival_wire::order as decode;

use crate::api::{Api, Failure, endpoint};

/// Order and records together, in parallel.
pub async fn evidence(api: Api, intent: &Intent) -> Result<Evidence, Failure> {
    if let Goal::Create {
        client,
        loan,
        client_reference,
    } = &intent.goal
    {
        let orders = api
            .repeat(endpoint::loan_orders(client, loan), decode::summaries)
            .await?;
        let found = orders
            .into_iter()
            .filter(|order| order.client_reference.as_ref() == Some(client_reference))
            .map(|order| order.at)
            .collect();
        return Ok(Evidence {
            found: Found::Created(found),
            history: Vec::new(),
            records: Vec::new(),
            payments: Vec::new(),
        });
    }
    let Some(at) = &intent.at else {
        return Ok(Evidence {
            found: Found::Gone,
            history: Vec::new(),
            records: Vec::new(),
            payments: Vec::new(),
        });
    };
    let payments = async {
        if intent.goal.operation().may_move_money() {
            api.repeat(endpoint::payments(at), decode::payments).await
        } else {
            Ok(Vec::new())
        }
    };
    let (order, history, payments) = join3(
        api.repeat(endpoint::read_order(at), decode::order),
        api.repeat(endpoint::history(at, None), decode::history),
        payments,
    )
    .await;
    let order = match order {
        Err(failure) if failure.status() == Some(404) => {
            return Ok(Evidence {
                found: Found::Gone,
                history: Vec::new(),
                records: Vec::new(),
                payments: Vec::new(),
            });
        }
        order => order?,
    };
    let entries: Vec<Entry> = history?.entries;
    Ok(Evidence {
        found: Found::Order(Box::new(order)),
        history: entries,
        records: Vec::new(),
        payments: payments?,
    })
}
