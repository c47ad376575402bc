//! Reconsiderations of value.

use serde_json::{Value, json};

use crate::world::{World, kinds, money};

fn dispute(party: &str) -> Value {
    json!({ "party": party, "reason": "Two sales nearby were left out.", "comparables": [
        { "address": "12 Elm St, Austin", "saleDate": "2026-09-01", "salePrice": money("410000.00"), "note": null },
    ] })
}

#[tokio::test]
async fn a_denied_dispute_leaves_the_order_where_it_was() {
    let world = World::new();
    let client = world.sign_in("client").await;
    let path = world.accepted("undelivered").await;
    let order = client
        .post(&format!("{path}/rovs"), dispute("client"))
        .await
        .expect(200)
        .body;
    assert_eq!(order["statusCode"], 18);
    let rov = client.items(&format!("{path}/rovs")).await[0].clone();
    assert_eq!(
        (&rov["status"], &rov["priorStatus"], &rov["decision"]),
        (&json!("open"), &json!(13), &Value::Null)
    );
    assert_eq!(rov["comparables"], dispute("client")["comparables"]);
    let entry = &client.history(&path).await[0];
    assert_eq!(
        entry["refs"],
        json!({ "reportId": rov["reportId"], "rovId": rov["id"] })
    );
    let url = format!("{path}/rovs/{}/decision", rov["id"].as_str().unwrap());
    client
        .post(&url, json!({ "approved": true, "note": "Please." }))
        .await
        .refused(403, "forbidden");
    let qc = world.sign_in("qc").await;
    for (body, field) in [
        (json!({ "note": "Fine words" }), "approved"),
        (json!({ "approved": "yes", "note": "Fine words" }), "approved"),
        (json!({ "approved": false, "note": " " }), "note"),
    ] {
        assert_eq!(
            qc.post(&url, body).await.refused(400, "validation_failed").fields(),
            [field]
        );
    }
    let body = json!({ "approved": false, "note": "The value stands." });
    let order = qc.post(&url, body.clone()).await.expect(200).body;
    assert_eq!(order["statusCode"], 13);
    let rov = qc.items(&format!("{path}/rovs")).await[0].clone();
    assert_eq!(
        (&rov["status"], &rov["decision"]["by"]["id"]),
        (&json!("denied"), &json!("usr-qc"))
    );
    assert_eq!(rov["decision"].as_object().unwrap().len(), 4, "{}", rov["decision"]);
    qc.post(&url, body).await.refused(409, "state_conflict");
}

#[tokio::test]
async fn an_approved_dispute_opens_a_revision() {
    let world = World::new();
    let qc = world.sign_in("qc").await;
    let path = world.accepted("undelivered").await;
    let before = qc.order(&path).await;
    world.act("client", "submitRov", &path, dispute("borrower")).await;
    assert_eq!(qc.order(&path).await["statusCode"], 17);
    let rov = qc.items(&format!("{path}/rovs")).await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let body = json!({ "approved": true, "note": "The second sale is comparable." });
    let order = qc
        .post(&format!("{path}/rovs/{rov}/decision"), body)
        .await
        .expect(200)
        .body;
    assert_eq!(order["statusCode"], 12);
    assert_eq!(order["revisionCount"], before["revisionCount"].as_i64().unwrap() + 1);
    let revision = qc.get(&format!("{path}/revisions/latest")).await.expect(200).body;
    assert_eq!(revision["source"], "rov");
    let history = qc.history(&path).await;
    assert_eq!(kinds(&history)[..2], ["rovDecided", "rovSubmitted"]);
    assert_eq!(
        history[0]["refs"],
        json!({ "rovId": rov, "revisionId": revision["id"] })
    );
    // A dispute that is decided stays so, also while another one is open.
    let reports = qc.get(&format!("{path}/reports/latest")).await.expect(200).body;
    assert_eq!(reports["status"], "revisionRequested");
    qc.post(&format!("{path}/rovs/rov-999999/decision"), json!({}))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_decided_dispute_is_not_decided_again() {
    let world = World::new();
    let qc = world.sign_in("qc").await;
    let path = world.accepted("undelivered").await;
    world.act("client", "submitRov", &path, dispute("client")).await;
    let first = qc.items(&format!("{path}/rovs")).await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    world.act("qc", "decideRov", &path, json!({ "approved": false })).await;
    world.act("client", "submitRov", &path, dispute("client")).await;
    let url = format!("{path}/rovs/{first}/decision");
    let body = json!({ "approved": true, "note": "On second thoughts" });
    qc.post(&url, body).await.refused(409, "duplicate_action");
}

#[tokio::test]
async fn a_dispute_is_read_word_by_word() {
    let world = World::new();
    let client = world.sign_in("client").await;
    let path = world.one_in("13").await;
    let mut bodies = vec![
        (
            json!({ "party": "lender", "reason": "Two sales were left out." }),
            vec!["party"],
        ),
        (json!({ "party": "client", "reason": "no" }), vec!["reason"]),
    ];
    for (member, bad) in [
        ("address", json!("")),
        ("saleDate", json!("2027-01-01")),
        ("saleDate", Value::Null),
        ("salePrice", money("-1.00")),
        ("note", json!(7)),
    ] {
        let mut body = dispute("client");
        body["comparables"][0][member] = bad;
        bodies.push((body, vec![member]));
    }
    let mut many = dispute("client");
    many["comparables"] = json!(vec![many["comparables"][0].clone(); 6]);
    bodies.push((many, vec!["comparables"]));
    for (body, fields) in bodies {
        let answer = client
            .post(&format!("{path}/rovs"), body.clone())
            .await
            .refused(400, "validation_failed");
        let found: Vec<&str> = answer
            .fields()
            .iter()
            .map(|field| field.rsplit('.').next().unwrap())
            .collect();
        assert_eq!(found, fields, "{body}");
    }
    assert!(world.ledger(Some(&path)).await.is_empty());
}

#[tokio::test]
async fn a_decision_lags_like_the_history() {
    let world = World::new();
    let qc = world.sign_in("qc").await;
    let path = world.one_in("18").await;
    world.set(json!({ "historyLagMs": 1_000 }));
    world.act("qc", "decideRov", &path, json!({ "approved": false })).await;
    assert_eq!(qc.items(&format!("{path}/rovs")).await[0]["status"], "open");
    world.advance(1_000);
    assert_eq!(qc.items(&format!("{path}/rovs")).await[0]["status"], "denied");
}
