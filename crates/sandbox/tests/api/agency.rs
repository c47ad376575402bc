//! UCDP and EAD: submitted here, answered there.

use serde_json::{Value, json};

use crate::world::{Person, World, kinds};

async fn report_of(person: &Person<'_>, path: &str) -> Value {
    person.get(&format!("{path}/reports/latest")).await.expect(200).body["id"].clone()
}

fn to_ucdp(report: &Value) -> Value {
    json!({ "reportId": report, "businessUnit": "100200", "appraisalNumber": 1,
            "gses": ["fannieMae", "freddieMac"], "documentFileId": null, "note": null })
}

/// A fresh conventional order at 13, not submitted yet.
async fn unsubmitted(world: &World, person: &Person<'_>, loan: &str) -> String {
    let samples = world.samples().await;
    for (n, _) in samples["accepted"][loan].as_array().unwrap().iter().enumerate() {
        let path = crate::world::path_of(&samples, &["accepted", loan], n);
        if person.order(&path).await["agency"]["status"] == "notSubmitted" {
            return path;
        }
    }
    panic!("every {loan} order is submitted")
}

/// The submission that an order tells of, as the portal has received it.
async fn received(person: &Person<'_>, path: &str, order: &Value, report: &Value) -> Value {
    let state = person
        .get(&format!("{path}/get-ucdp-submission"))
        .await
        .expect(200)
        .body;
    assert_eq!((&state["portal"], &state["required"]), (&json!("ucdp"), &json!(true)));
    let submission = state["submissions"][0].clone();
    let files = submission["files"].as_array().unwrap();
    assert_eq!(files.len(), 2);
    assert_eq!(files[0]["documentFileId"], order["agency"]["documentFileId"]);
    assert_eq!(
        (&submission["status"], &files[0]["ssrUrl"]),
        (&json!("received"), &Value::Null)
    );
    let entry = &person.history(path).await[0];
    assert_eq!(
        entry["refs"],
        json!({ "reportId": report, "submissionId": submission["id"] })
    );
    assert_eq!(entry["correlationId"], submission["correlationId"]);
    submission
}

#[tokio::test]
async fn a_submission_is_received_checked_and_answered() {
    let world = World::with(|options| options.orders = 800);
    world.set(json!({ "agencyOutcome": "successful" }));
    let person = world.sign_in("operations").await;
    let path = unsubmitted(&world, &person, "conventional").await;
    let report = report_of(&person, &path).await;
    let url = format!("{path}/process-ucdp-submission");
    let order = person.post(&url, to_ucdp(&report)).await.expect(200).body;
    assert_eq!(order["agency"]["status"], "received");
    let submission = received(&person, &path, &order, &report).await;
    person
        .post(&url, to_ucdp(&report))
        .await
        .refused(409, "duplicate_action");

    world.advance(1_500);
    assert_eq!(person.order(&path).await["agency"]["status"], "inProgress");
    world.advance(1_500);
    let order = person.order(&path).await;
    assert_eq!(order["agency"]["status"], "successful");
    let id = submission["id"].as_str().unwrap();
    let details = person
        .get(&format!("{path}/ucdp-submission/{id}/ucdp-dashboard-details"))
        .await
        .expect(200)
        .body;
    assert_eq!(details["submission"]["status"], "successful");
    assert!(details["submission"]["files"][1]["ssrUrl"].is_string());
    assert_eq!(details["findings"], json!([]));
    let history = person.history(&path).await;
    assert_eq!(kinds(&history)[0], "agencyResult");
    assert_eq!(
        (&history[0]["source"], &history[0]["actor"]),
        (&json!("partner"), &Value::Null)
    );
    let effects = world.ledger(Some(&path)).await;
    let told: Vec<&Value> = effects.iter().map(|effect| &effect["operation"]).collect();
    assert_eq!(
        told,
        ["submitToUcdp", "automation:portalStarts", "automation:portalAnswers"]
    );
    person
        .get(&format!("{path}/ead-submission/{id}/ead-dashboard-details"))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn the_wrong_loan_file_or_number_is_refused() {
    let world = World::with(|options| options.orders = 800);
    let person = world.sign_in("operations").await;
    let fha = unsubmitted(&world, &person, "fha").await;
    let report = report_of(&person, &fha).await;
    person
        .post(&format!("{fha}/process-ucdp-submission"), to_ucdp(&report))
        .await
        .refused(422, "not_processable");
    let url = format!("{fha}/process-ead-submission");
    for case in ["1234567890", "123-456789a", ""] {
        let body = json!({ "reportId": report, "fhaCaseNumber": case, "note": null });
        assert_eq!(
            person.post(&url, body).await.refused(400, "validation_failed").fields(),
            ["fhaCaseNumber"]
        );
    }
    let body = json!({ "reportId": report, "fhaCaseNumber": "123-4567890", "note": null });
    person.post(&url, body).await.expect(200);
    let state = person.get(&format!("{fha}/get-ead-submission")).await.expect(200).body;
    assert_eq!(state["submissions"][0]["files"][0]["gse"], "fha");

    let path = unsubmitted(&world, &person, "conventional").await;
    let report = report_of(&person, &path).await;
    let url = format!("{path}/process-ucdp-submission");
    for (member, bad) in [
        ("businessUnit", json!("")),
        ("appraisalNumber", json!(4)),
        ("gses", json!([])),
        ("gses[0]", json!(["ginnie"])),
        ("reportId", json!("rep-999999")),
    ] {
        let mut body = to_ucdp(&report);
        body[member.split('[').next().unwrap()] = bad;
        assert_eq!(
            person.post(&url, body).await.refused(400, "validation_failed").fields(),
            [member]
        );
    }
    let mut body = to_ucdp(&report);
    body["documentFileId"] = json!("DF00000000");
    assert_eq!(
        person.post(&url, body).await.refused(422, "not_processable").fields(),
        ["documentFileId"]
    );
    assert!(world.ledger(Some(&path)).await.is_empty());
}

fn override_of(submission: &str, finding: &Value, code: &Value) -> Value {
    json!({
        "submissionId": submission,
        "overrides": [{ "findingId": finding["id"], "reasonCode": code, "comment": null }],
    })
}

/// For a reason that the portal does not take, of what cannot be overridden, of nothing.
async fn refuse_other_overrides(person: &Person<'_>, url: &str, id: &str, findings: &Value) {
    let code = &findings[0]["reasonCodes"][1]["code"];
    let wanted = |finding: &Value, code: &Value| override_of(id, finding, code);
    for (body, field) in [
        (wanted(&findings[0], &json!("ZZ")), "overrides[0].reasonCode"),
        (wanted(&findings[1], code), "overrides[0].findingId"),
        (wanted(&json!({ "id": "sub-1-9" }), code), "overrides[0].findingId"),
    ] {
        assert_eq!(
            person.post(url, body).await.refused(422, "not_processable").fields(),
            [field]
        );
    }
    let empty = json!({ "submissionId": id, "overrides": [] });
    assert_eq!(
        person.post(url, empty).await.refused(400, "validation_failed").fields(),
        ["overrides"]
    );
}

#[tokio::test]
async fn a_fatal_finding_can_be_overridden_with_one_of_its_reasons() {
    let world = World::with(|options| options.orders = 800);
    world.set(json!({ "agencyOutcome": "notSuccessful" }));
    let person = world.sign_in("operations").await;
    let path = unsubmitted(&world, &person, "conventional").await;
    let report = report_of(&person, &path).await;
    world.act("operations", "submitToUcdp", &path, Value::Null).await;
    world.advance(3_000);
    let state = person
        .get(&format!("{path}/get-ucdp-submission"))
        .await
        .expect(200)
        .body;
    let id = state["submissions"][0]["id"].as_str().unwrap().to_owned();
    let details = format!("{path}/ucdp-submission/{id}/ucdp-dashboard-details");
    let findings = person.get(&details).await.expect(200).body["findings"].clone();
    assert_eq!(
        (&findings[0]["severity"], &findings[0]["overridable"]),
        (&json!("fatal"), &json!(true))
    );
    assert_eq!(
        (&findings[1]["severity"], &findings[1]["overridable"]),
        (&json!("warning"), &json!(false))
    );
    let code = &findings[0]["reasonCodes"][1]["code"];
    let report_id = report.as_str().unwrap();
    let url = format!("{path}/submission/{report_id}/process-manual-ucdp-override-hardstops");
    let wanted = |finding: &Value, code: &Value| override_of(&id, finding, code);
    refuse_other_overrides(&person, &url, &id, &findings).await;
    let elsewhere = url.replace(report_id, "rep-999999");
    person
        .post(&elsewhere, wanted(&findings[0], code))
        .await
        .refused(404, "not_found");

    let order = person.post(&url, wanted(&findings[0], code)).await.expect(200).body;
    assert_eq!(order["agency"]["status"], "overrideRequested");
    let entry = &person.history(&path).await[0];
    assert_eq!(
        (&entry["type"], &entry["refs"]["submissionId"]),
        (&json!("agencyOverridden"), &json!(id))
    );
    person
        .post(&url, wanted(&findings[0], code))
        .await
        .refused(409, "state_conflict");
    let shown = person.get(&details).await.expect(200).body;
    assert_eq!(shown["findings"][0]["override"]["reasonCode"], *code);
    assert_eq!(shown["submission"]["overrides"][0]["by"]["id"], "usr-operations");
    assert_eq!(
        shown["submission"]["overrides"][0]["correlationId"],
        entry["correlationId"]
    );
    world.advance(3_000);
    assert_eq!(person.order(&path).await["agency"]["status"], "successfulWithWarnings");
    assert_eq!(kinds(&person.history(&path).await)[0], "agencyResult");
}

#[tokio::test]
async fn a_hard_stop_stays_in_the_way_and_the_file_id_is_kept() {
    let world = World::with(|options| options.orders = 800);
    world.set(json!({ "agencyOutcome": "hardStop", "agencyDelayMs": 0 }));
    let person = world.sign_in("operations").await;
    let path = unsubmitted(&world, &person, "conventional").await;
    world.act("operations", "submitToUcdp", &path, Value::Null).await;
    let first = person.order(&path).await["agency"]["documentFileId"].clone();
    world
        .act("operations", "overrideUcdpHardStops", &path, Value::Null)
        .await;
    assert_eq!(person.order(&path).await["agency"]["status"], "notSuccessful");
    let state = person
        .get(&format!("{path}/get-ucdp-submission"))
        .await
        .expect(200)
        .body;
    let id = state["submissions"][0]["id"].as_str().unwrap();
    let details = format!("{path}/ucdp-submission/{id}/ucdp-dashboard-details");
    let findings = person.get(&details).await.expect(200).body["findings"].clone();
    let stop = findings
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["severity"] == "hardStop")
        .unwrap();
    assert_eq!(
        (&stop["overridable"], &stop["reasonCodes"]),
        (&json!(false), &json!([]))
    );
    // Submitted again, the loan keeps its file.
    let report = report_of(&person, &path).await;
    let mut again = to_ucdp(&report);
    again["documentFileId"] = first.clone();
    person
        .post(&format!("{path}/process-ucdp-submission"), again)
        .await
        .expect(200);
    let state = person
        .get(&format!("{path}/get-ucdp-submission"))
        .await
        .expect(200)
        .body;
    let files: Vec<&Value> = state["submissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|submission| &submission["files"][0]["documentFileId"])
        .collect();
    assert_eq!(files, [&first, &first]);
}

#[tokio::test]
async fn an_override_lags_like_the_history() {
    let world = World::with(|options| options.orders = 800);
    world.set(json!({ "agencyOutcome": "notSuccessful" }));
    let person = world.sign_in("operations").await;
    let path = unsubmitted(&world, &person, "conventional").await;
    world.act("operations", "submitToUcdp", &path, Value::Null).await;
    world.advance(3_000);
    let state = person
        .get(&format!("{path}/get-ucdp-submission"))
        .await
        .expect(200)
        .body;
    let id = state["submissions"][0]["id"].as_str().unwrap();
    let details = format!("{path}/ucdp-submission/{id}/ucdp-dashboard-details");
    world.set(json!({ "historyLagMs": 2_000 }));
    world
        .act("operations", "overrideUcdpHardStops", &path, Value::Null)
        .await;
    let shown = person.get(&details).await.expect(200).body;
    assert_eq!(
        (&shown["submission"]["overrides"], &shown["findings"][0]["override"]),
        (&json!([]), &Value::Null)
    );
    world.advance(2_000);
    let shown = person.get(&details).await.expect(200).body;
    assert_eq!(shown["submission"]["overrides"].as_array().unwrap().len(), 1);
    assert!(shown["findings"][0]["override"].is_object());
}

#[tokio::test]
async fn two_orders_of_a_loan_share_its_file_and_not_their_numbers() {
    let world = World::new();
    world.set(
        json!({ "agencyOutcome": "successful", "agencyDelayMs": 0, "vendorsAnswer": "accept", "vendorDelayMs": 0 }),
    );
    let person = world.sign_in("admin").await;
    let loans = person
        .get("/api/clients/cli-aspen/loans?pageSize=200")
        .await
        .expect(200)
        .body;
    let loan = loans["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|loan| loan["type"] == "conventional")
        .unwrap();
    let orders = format!("/api/clients/cli-aspen/loans/{}/orders", loan["id"].as_str().unwrap());
    let mut paths = Vec::new();
    for _ in 0..2 {
        paths.push(crate::whole_way::to_accepted(&world, &person, &orders).await);
    }
    let mut files = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        let report = report_of(&person, path).await;
        let url = format!("{path}/process-ucdp-submission");
        let mut body = to_ucdp(&report);
        if index == 1 {
            person.post(&url, body.clone()).await.refused(409, "appraisal_taken");
            body["appraisalNumber"] = json!(2);
        }
        let order = person.post(&url, body).await.expect(200).body;
        files.push(order["agency"]["documentFileId"].clone());
    }
    assert_eq!(files[0], files[1]);
}
