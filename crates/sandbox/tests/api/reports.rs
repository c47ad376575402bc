//! The report's versions: submitted, kept, handed out.

use serde_json::{Value, json};

use crate::world::{PDF, World, form, kinds};

#[tokio::test]
async fn a_report_is_submitted_and_handed_out_as_it_came() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("15").await;
    person
        .get(&format!("{path}/reports/latest"))
        .await
        .refused(404, "not_found");
    let url = format!("{path}/reports");
    let order = person
        .upload(&url, ("Größe 1.pdf", "application/pdf", PDF), &[])
        .await
        .expect(200)
        .body;
    assert_eq!(order["statusCode"], 11);
    let report = person.get(&format!("{url}/latest")).await.expect(200).body;
    assert_eq!(report["version"], 1);
    assert_eq!(
        (&report["name"], &report["size"]),
        (&json!("Größe 1.pdf"), &json!(PDF.len()))
    );
    assert_eq!(report["status"], "submitted");
    assert_eq!(report["submittedBy"]["id"], "usr-operations");
    let id = report["id"].as_str().unwrap();
    let content = person.get(&format!("{url}/{id}/content")).await.expect(200);
    assert_eq!(content.bytes, PDF);
    assert_eq!(content.header("content-type"), Some("application/pdf"));
    assert_eq!(content.header("x-content-type-options"), Some("nosniff"));
    assert!(
        content
            .header("content-disposition")
            .unwrap()
            .starts_with("attachment; filename*=UTF-8''Gr%C3%B6")
    );
    let entry = &person.history(&path).await[0];
    assert_eq!(
        (&entry["type"], &entry["refs"]),
        (&json!("reportSubmitted"), &json!({ "reportId": id }))
    );
    assert_eq!(entry["correlationId"], report["correlationId"]);
    assert_eq!(world.ledger(Some(&path)).await[0]["operation"], "submitReport");
    person
        .get(&format!("{url}/rep-999999/content"))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_new_version_supersedes_the_old_one_and_answers_the_revision() {
    let world = World::new();
    let person = world.sign_in("admin").await;
    let (path, first) = world.under_review().await;
    let body = json!({ "reportId": first, "type": "correction", "reason": "The zip code is wrong on page two.",
                       "checklistItemIds": ["subject-address"] });
    person.post(&format!("{path}/revisions"), body).await.expect(200);
    let (kind, body) = form(&[("b.zip", "application/x-zip-compressed", b"PK\x03\x04rest")], &[]);
    person
        .send_form(&format!("{path}/reports"), &kind, body, &[])
        .await
        .expect(200);
    let reports = person.items(&format!("{path}/reports")).await;
    let seen: Vec<_> = reports
        .iter()
        .map(|report| (&report["version"], &report["status"]))
        .collect();
    assert_eq!(
        seen,
        [(&json!(2), &json!("submitted")), (&json!(1), &json!("superseded"))]
    );
    assert_eq!(reports[0]["contentType"], "application/zip");
    let revision = person.get(&format!("{path}/revisions/latest")).await.expect(200).body;
    assert_eq!(revision["resolvedByReportId"], reports[0]["id"]);
    let told = person.items(&format!("{path}/reports/history")).await;
    assert_eq!(
        kinds(&told),
        ["reportSubmitted", "revisionRequested", "reportSubmitted"]
    );
    assert_eq!(told[1]["reportId"], first.as_str());
    // The old version is not the one to accept.
    let url = format!("{path}/reports/{first}/accept");
    person.post(&url, json!({})).await.refused(409, "state_conflict");
    person
        .post(&format!("{path}/reports/rep-999999/accept"), json!({}))
        .await
        .refused(404, "not_found");
    let latest = reports[0]["id"].as_str().unwrap();
    let order = person
        .post(&format!("{path}/reports/{latest}/accept"), json!({}))
        .await
        .expect(200)
        .body;
    assert_eq!(order["statusCode"], 13);
    assert_eq!(person.items(&format!("{path}/reports")).await[0]["status"], "accepted");
    assert_eq!(person.history(&path).await[0]["refs"]["reportId"], latest);
}

#[tokio::test]
async fn the_same_upload_with_the_same_key_is_one_version() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("15").await;
    let url = format!("{path}/reports");
    let key = [("idempotency-key", "7f0c1e1a-5b7e-4c39-9c37-3c0d1ad7f001")];
    let (kind, body) = form(&[("a.pdf", "application/pdf", PDF)], &[]);
    let first = person.send_form(&url, &kind, body.clone(), &key).await.expect(200);
    let again = person.send_form(&url, &kind, body, &key).await.expect(200);
    assert_eq!(first.body, again.body);
    assert_eq!(person.items(&url).await.len(), 1);
    let (kind, other) = form(&[("a.pdf", "application/pdf", b"%PDF-1.4 another")], &[]);
    person
        .send_form(&url, &kind, other, &key)
        .await
        .refused(422, "idempotency_mismatch");
    assert_eq!(world.ledger(Some(&path)).await.len(), 1);
}

#[tokio::test]
async fn the_list_lags_like_the_history_but_the_rules_do_not() {
    let world = World::new();
    world.set(json!({ "historyLagMs": 5_000 }));
    let person = world.sign_in("operations").await;
    let path = world.one_in("15").await;
    let url = format!("{path}/reports");
    person
        .upload(&url, ("a.pdf", "application/pdf", PDF), &[])
        .await
        .expect(200);
    assert!(person.items(&url).await.is_empty());
    person.get(&format!("{url}/latest")).await.refused(404, "not_found");
    assert_eq!(
        person.get(&format!("{path}/checklist")).await.expect(200).body["reportId"],
        Value::Null
    );
    // The state machine knows the report already.
    world.act("qc", "runCrossCheck", &path, Value::Null).await;
    assert!(person.items(&format!("{path}/crosscheck")).await.is_empty());
    world.advance(5_000);
    assert_eq!(person.items(&url).await.len(), 1);
    assert_eq!(person.items(&format!("{path}/crosscheck")).await.len(), 1);
}
