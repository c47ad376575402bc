//! Ids of orders in every status, for people and tests that need one quickly.

use rusqlite::Connection;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::contract::status::DRAFT_STAGE;
use crate::problem::Problem;

/// How many of each.
const EACH: i64 = 10;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sample {
    id: String,
    loan_id: String,
}

/// `{clientId, byStatus: {"draft": [{id, loanId}, …], "16": […], …}, drafts: {complete, incomplete,
/// charged, declined}, accepted: {conventional, fha, noAgency, delivered, undelivered, collectable,
/// declining, notSuccessful}}`, at most ten of each, all of the first client. `charged` and `declined`
/// are complete drafts whose activation charges, and whose charge fails. `accepted` are orders whose
/// report stands accepted: by loan, by delivery, those that money can be collected on (and in vain),
/// and those a portal has refused.
pub fn read(connection: &Connection) -> Result<Value, Problem> {
    let client_id: String = connection.query_row("SELECT id FROM clients ORDER BY id LIMIT 1", [], |row| row.get(0))?;
    let stages = connection
        .prepare_cached("SELECT DISTINCT stage FROM orders WHERE client_id = ?1 ORDER BY stage")?
        .query_map([&client_id], |row| row.get::<_, i64>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut by_status = Map::new();
    for stage in stages {
        let name = match stage {
            DRAFT_STAGE => "draft".to_owned(),
            code => code.to_string(),
        };
        let condition = format!("o.stage = {stage}");
        by_status.insert(name, json!(some(connection, &client_id, &condition)?));
    }
    let complete = "o.stage = -1 AND d.doc ->> 'product' IS NOT NULL
        AND d.doc ->> 'property' IS NOT NULL AND d.doc ->> 'dueDate' IS NOT NULL
        AND json_array_length(d.doc, '$.contacts') > 0";
    let charged = "d.doc ->> '$.payment.scenario' = 'chargeAtActivation'";
    let drafts = json!({
        "complete": some(connection, &client_id, complete)?,
        "incomplete": some(connection, &client_id, &format!("o.stage = -1 AND NOT ({complete})"))?,
        "charged": some(
            connection,
            &client_id,
            &format!("{complete} AND {charged} AND NOT l.charge_declines"),
        )?,
        "declined": some(
            connection,
            &client_id,
            &format!("{complete} AND {charged} AND l.charge_declines"),
        )?,
    });
    let accepted = |condition: &str| some(connection, &client_id, &format!("o.stage = 13 AND {condition}"));
    let delivered = "d.doc ->> '$.delivery.delivered'";
    let unpaid = "d.doc ->> '$.payment.status' <> 'paid'";
    let accepted = json!({
        "conventional": accepted("d.doc ->> '$.loan.type' = 'conventional'")?,
        "fha": accepted("d.doc ->> '$.loan.type' = 'fha'")?,
        "noAgency": accepted("d.doc ->> 'agency' IS NULL")?,
        "delivered": accepted(delivered)?,
        "undelivered": accepted("d.doc ->> 'delivery' IS NULL")?,
        "collectable": accepted(&format!("{delivered} AND {unpaid} AND NOT l.charge_declines"))?,
        "declining": accepted(&format!("{delivered} AND {unpaid} AND l.charge_declines"))?,
        "notSuccessful": accepted("d.doc ->> '$.agency.status' = 'notSuccessful'")?,
    });
    Ok(json!({ "clientId": client_id, "byStatus": by_status, "drafts": drafts, "accepted": accepted }))
}

fn some(connection: &Connection, client_id: &str, condition: &str) -> Result<Vec<Sample>, Problem> {
    let samples = connection
        .prepare(&format!(
            "SELECT o.id, o.loan_id FROM orders o JOIN order_docs d ON d.row = o.row
             JOIN loans l ON l.id = o.loan_id
             WHERE o.client_id = ?1 AND {condition} ORDER BY o.row LIMIT {EACH}"
        ))?
        .query_map([client_id], |row| {
            Ok(Sample {
                id: row.get(0)?,
                loan_id: row.get(1)?,
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(samples)
}
