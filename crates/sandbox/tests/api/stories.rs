//! The seeded orders have the records that their history tells of.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::world::{World, cents};

fn count(history: &[Value], kinds: &[&str]) -> usize {
    let fits = |entry: &&Value| kinds.contains(&entry["type"].as_str().unwrap());
    history.iter().filter(fits).count()
}

#[tokio::test]
async fn records_and_history_tell_the_same_story() {
    let world = World::with(|options| options.orders = 1_000);
    let person = world.sign_in("admin").await;
    let list = person
        .get("/api/clients/cli-aspen/orders?pageSize=200&sort=orderNumber")
        .await
        .expect(200)
        .body;
    let mut refs_seen = BTreeSet::new();
    let mut seen = 0;
    for item in list["items"].as_array().unwrap() {
        let part = |name: &str| item[name].as_str().unwrap().to_owned();
        let path = format!("/api/clients/cli-aspen/loans/{}/orders/{}", part("loanId"), part("id"));
        let id = part("id");
        let order = person.order(&path).await;
        let status = order["statusCode"].as_i64();
        let history = person.history(&path).await;
        let reports = person.items(&format!("{path}/reports")).await;
        let revisions = person.items(&format!("{path}/revisions")).await;
        let rovs = person.items(&format!("{path}/rovs")).await;
        let deliveries = person.items(&format!("{path}/deliveries")).await;
        let data = person.get(&format!("{path}/invoice-data")).await.expect(200).body;
        let portal = order["agency"]["portal"].as_str().unwrap_or("ucdp");
        let state = person
            .get(&format!("{path}/get-{portal}-submission"))
            .await
            .expect(200)
            .body;
        let submissions = state["submissions"].as_array().unwrap();

        assert_eq!(reports.len(), count(&history, &["reportSubmitted"]), "{id}");
        assert_eq!(
            revisions.len(),
            count(&history, &["revisionRequested", "clientRevisionRequested"]),
            "{id}"
        );
        assert_eq!(rovs.len(), count(&history, &["rovSubmitted"]), "{id}");
        assert_eq!(deliveries.len(), count(&history, &["delivered"]), "{id}");
        assert_eq!(submissions.len(), count(&history, &["agencySubmitted"]), "{id}");
        assert_eq!(
            data["invoices"].as_array().unwrap().len(),
            count(&history, &["invoiced"]),
            "{id}"
        );
        assert_eq!(order["delivery"]["delivered"] == true, !deliveries.is_empty(), "{id}");

        let known: BTreeSet<String> = [&reports, &revisions, &rovs, &deliveries, submissions]
            .into_iter()
            .flatten()
            .chain(data["invoices"].as_array().unwrap())
            .map(|record| record["id"].as_str().unwrap().to_owned())
            .collect();
        for entry in &history {
            for (name, referred) in entry["refs"].as_object().unwrap() {
                refs_seen.insert(name.clone());
                if !matches!(name.as_str(), "vendorId" | "paymentId") {
                    assert!(known.contains(referred.as_str().unwrap()), "{id}: {entry}");
                }
            }
        }
        let latest = reports.first().map(|report| report["status"].as_str().unwrap());
        let expected = match status {
            Some(11) => Some("submitted"),
            Some(13 | 17 | 18 | 6) => Some("accepted"),
            Some(12 | 20) => Some("revisionRequested"),
            _ => latest,
        };
        assert_eq!(latest, expected, "{id}");
        assert!(
            reports.iter().skip(1).all(|report| report["status"] == "superseded"),
            "{id}"
        );
        let open = revisions
            .iter()
            .filter(|revision| revision["resolvedByReportId"].is_null())
            .count();
        assert_eq!(open, usize::from(matches!(status, Some(12 | 20))), "{id}");
        let disputed = rovs.iter().filter(|rov| rov["status"] == "open").count();
        assert_eq!(disputed, usize::from(matches!(status, Some(17 | 18))), "{id}");
        if let Some(submission) = submissions.first() {
            assert_eq!(submission["status"], order["agency"]["status"], "{id}");
            assert_eq!(
                submission["files"][0]["documentFileId"], order["agency"]["documentFileId"],
                "{id}"
            );
        }
        if matches!(status, Some(14 | 15)) {
            assert!(order["inspection"]["timeZone"].is_string(), "{id}");
        }
        if order["payment"]["status"] == "paid" {
            assert!(cents(&data["paid"]) >= cents(&order["fee"]["total"]), "{id}");
        }
        // What has everything is complete.
        let agency_done = order["agency"].is_null() || order["agency"]["status"] == "successful";
        let has_everything = !deliveries.is_empty() && agency_done && order["payment"]["status"] == "paid";
        if status == Some(13) {
            assert!(!has_everything, "{id} should be completed");
        }
        if status == Some(6) {
            assert!(has_everything, "{id}");
            assert_eq!(
                person.items(&format!("{path}/vendor-payment-history")).await.len(),
                1,
                "{id}"
            );
            assert_eq!(data["invoices"][0]["status"], "paid", "{id}");
        }
        seen += 1;
    }
    assert_eq!(seen, 200);
    assert!(refs_seen.len() >= 8, "{refs_seen:?}");
}

#[tokio::test]
async fn seeded_orders_can_go_on_with_their_lives() {
    let world = World::new();
    world.set(json!({ "agencyOutcome": "successful", "agencyDelayMs": 0 }));
    let held = world.one_in("20").await;
    let order = world.act("operations", "submitReport", &held, Value::Null).await;
    assert_eq!(order["statusCode"], 11);
    let disputed = world.one_in("17").await;
    let order = world
        .act("qc", "decideRov", &disputed, json!({ "approved": true }))
        .await;
    assert_eq!(order["statusCode"], 12);
    let order = world.act("operations", "submitReport", &disputed, Value::Null).await;
    assert_eq!((&order["statusCode"], &order["delivery"]), (&json!(11), &Value::Null));
    let samples = world.samples().await;
    for kind in ["conventional", "fha", "delivered", "undelivered", "collectable"] {
        assert!(!samples["accepted"][kind].as_array().unwrap().is_empty(), "{kind}");
    }
}
