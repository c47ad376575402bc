//! Checklist, CrossCheck, revisions.

use serde_json::{Value, json};

use crate::world::{Person, World, kinds};

async fn refuse_other_answers(person: &Person<'_>, path: &str, url: &str) {
    for bad in [
        json!({}),
        json!({ "answer": "pass" }),
        json!({ "answer": "maybe", "note": null }),
    ] {
        person.put(url, bad).await.refused(400, "validation_failed");
    }
    let nothing = json!({ "answer": null, "note": null });
    let unknown = person.put(&format!("{path}/checklist/items/unheard"), nothing).await;
    unknown.refused(404, "not_found");
}

#[tokio::test]
async fn the_checklist_is_answered_item_by_item_and_anew_for_each_version() {
    let world = World::new();
    let person = world.sign_in("qc").await;
    let (path, report) = world.under_review().await;
    let before = person.order(&path).await;
    let list = person.get(&format!("{path}/checklist")).await.expect(200).body;
    assert_eq!(list["reportId"], report.as_str());
    let items = list["items"].as_array().unwrap().clone();
    assert_eq!(items.len(), 12);
    let sections: std::collections::BTreeSet<_> = items.iter().map(|item| item["section"].as_str()).collect();
    assert_eq!(sections.len(), 4);
    let id = items[3]["id"].as_str().unwrap();
    let url = format!("{path}/checklist/items/{id}");
    refuse_other_answers(&person, &path, &url).await;
    let item = person
        .put(&url, json!({ "answer": "fail", "note": "Page 4." }))
        .await
        .expect(200)
        .body;
    assert_eq!(
        (&item["id"], &item["answer"], &item["note"]),
        (&json!(id), &json!("fail"), &json!("Page 4."))
    );
    assert_eq!(item["answeredBy"]["id"], "usr-qc");
    assert_eq!(person.get(&format!("{path}/checklist")).await.body["items"][3], item);
    let findings = person.items(&format!("{path}/findings")).await;
    assert_eq!(findings[0]["source"], "checklist");
    assert_eq!(findings[0]["checklistItemId"], id);
    assert_eq!(person.order(&path).await, before, "the order itself stays");
    let cleared = person
        .put(&url, json!({ "answer": null, "note": null }))
        .await
        .expect(200)
        .body;
    assert_eq!(cleared, items[3]);
    person
        .put(&url, json!({ "answer": "fail", "note": null }))
        .await
        .expect(200);
    let effects = world.ledger(Some(&path)).await;
    assert_eq!(
        effects
            .iter()
            .filter(|effect| effect["operation"] == "answerChecklistItem")
            .count(),
        3
    );

    let body = json!({ "reportId": report, "type": "other", "reason": "See the checklist, item four.",
                       "checklistItemIds": [id] });
    person.post(&format!("{path}/revisions"), body).await.expect(200);
    person
        .put(&url, json!({ "answer": "pass", "note": null }))
        .await
        .refused(409, "state_conflict");
    world.act("operations", "submitReport", &path, Value::Null).await;
    let anew = person.get(&format!("{path}/checklist")).await.body["items"].clone();
    assert!(anew.as_array().unwrap().iter().all(|item| item["answer"].is_null()));
}

#[tokio::test]
async fn a_crosscheck_runs_and_ends_with_its_findings() {
    let world = World::new();
    let person = world.sign_in("qc").await;
    let (path, report) = world.under_review().await;
    let url = format!("{path}/crosscheck");
    let bad = person.post(&url, json!({ "reportId": "rep-999999" })).await;
    assert_eq!(bad.refused(400, "validation_failed").fields(), ["reportId"]);
    let order = person.post(&url, json!({ "reportId": report })).await.expect(200).body;
    assert_eq!(order["statusCode"], 11);
    let run = person.items(&url).await[0].clone();
    assert_eq!(
        (&run["status"], &run["startedBy"]["id"]),
        (&json!("running"), &json!("usr-qc"))
    );
    let entry = &person.history(&path).await[0];
    assert_eq!(entry["type"], "crosscheckRun");
    assert_eq!(entry["refs"], json!({ "reportId": report, "runId": run["id"] }));
    assert_eq!(entry["correlationId"], run["correlationId"]);
    world.advance(2_999);
    let one = format!("{url}/{}", run["id"].as_str().unwrap());
    assert_eq!(person.get(&one).await.expect(200).body["status"], "running");
    world.advance(1);
    let ended = person.get(&one).await.expect(200).body;
    assert_eq!(
        (&ended["status"], &ended["completedAt"]),
        (&json!("completed"), &json!("2026-11-22T15:04:08.000Z"))
    );
    let found = ended["findings"].as_array().unwrap().len();
    assert_eq!(person.items(&format!("{path}/findings")).await.len(), found);
    let last = world.ledger(Some(&path)).await.pop().unwrap();
    assert_eq!(
        (&last["operation"], &last["userId"]),
        (&json!("automation:crosscheckEnds"), &Value::Null)
    );
    person.get(&format!("{url}/run-999999")).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_revision_needs_words_and_names_what_failed() {
    let world = World::new();
    let person = world.sign_in("qc").await;
    let (path, report) = world.under_review().await;
    let url = format!("{path}/revisions");
    person.get(&format!("{url}/latest")).await.refused(404, "not_found");
    let good = json!({ "reportId": report, "type": "clarification", "reason": "Explain the adjustment for the view.",
                       "checklistItemIds": ["comps-adjust", "comps-age"] });
    for (member, bad) in [
        ("reportId", json!("rep-000001x")),
        ("type", json!("whim")),
        ("reason", json!("too short")),
        ("reason", json!("x".repeat(2_001))),
        ("checklistItemIds", json!("comps-age")),
        ("checklistItemIds[1]", json!(["comps-age", "comps-age"])),
        ("checklistItemIds[0]", json!(["unheard"])),
    ] {
        let mut body = good.clone();
        body[member.split('[').next().unwrap()] = bad;
        assert_eq!(
            person.post(&url, body).await.refused(400, "validation_failed").fields(),
            [member]
        );
    }
    let before = person.order(&path).await;
    let order = person.post(&url, good.clone()).await.expect(200).body;
    assert_eq!(order["statusCode"], 12);
    assert_eq!(order["revisionCount"], before["revisionCount"].as_i64().unwrap() + 1);
    let revision = person.get(&format!("{url}/latest")).await.expect(200).body;
    for member in ["reportId", "type", "reason", "checklistItemIds"] {
        assert_eq!(revision[member], good[member]);
    }
    assert_eq!(
        (&revision["source"], &revision["requestedBy"]["id"]),
        (&json!("qc"), &json!("usr-qc"))
    );
    assert_eq!(revision["resolvedByReportId"], Value::Null);
    let history = person.history(&path).await;
    assert_eq!(kinds(&history)[0], "revisionRequested");
    assert_eq!(
        history[0]["refs"],
        json!({ "reportId": report, "revisionId": revision["id"] })
    );
    assert_eq!(history[0]["correlationId"], revision["correlationId"]);
    person.post(&url, good).await.refused(409, "state_conflict");
}

#[tokio::test]
async fn a_client_asks_for_a_revision_after_the_fact() {
    let world = World::new();
    let client = world.sign_in("client").await;
    let path = world.one_in("13").await;
    let report = client.get(&format!("{path}/reports/latest")).await.expect(200).body;
    let body = json!({ "reportId": report["id"], "type": "formatting", "reason": "The pages are out of order." });
    let order = client
        .post(&format!("{path}/revisions/client"), body)
        .await
        .expect(200)
        .body;
    assert_eq!(order["statusCode"], 20);
    let revision = client.get(&format!("{path}/revisions/latest")).await.expect(200).body;
    assert_eq!(
        (&revision["source"], &revision["checklistItemIds"]),
        (&json!("client"), &json!([]))
    );
    let report = client.get(&format!("{path}/reports/latest")).await.expect(200).body;
    assert_eq!(report["status"], "revisionRequested");
    // The next version starts over: nothing of it has been sent out.
    let order = world.act("operations", "submitReport", &path, Value::Null).await;
    assert_eq!((&order["statusCode"], &order["delivery"]), (&json!(11), &Value::Null));
}
