//! The seeded orders have the records that their history tells of.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::world::{Person, World, cents};

fn count(history: &[Value], kinds: &[&str]) -> usize {
    let fits = |entry: &&Value| kinds.contains(&entry["type"].as_str().unwrap());
    history.iter().filter(fits).count()
}

/// What the server tells of one order, list by list.
struct Told {
    order: Value,
    history: Vec<Value>,
    reports: Vec<Value>,
    revisions: Vec<Value>,
    rovs: Vec<Value>,
    deliveries: Vec<Value>,
    submissions: Vec<Value>,
    vendor_payments: Vec<Value>,
    invoice_data: Value,
}

impl Told {
    async fn read(person: &Person<'_>, path: &str) -> Self {
        let items = async |list: &str| person.items(&format!("{path}/{list}")).await;
        let body = async |part: &str| person.get(&format!("{path}/{part}")).await.expect(200).body;
        let order = person.order(path).await;
        let portal = order["agency"]["portal"].as_str().unwrap_or("ucdp");
        let state = body(&format!("get-{portal}-submission")).await;
        Self {
            history: person.history(path).await,
            reports: items("reports").await,
            revisions: items("revisions").await,
            rovs: items("rovs").await,
            deliveries: items("deliveries").await,
            submissions: state["submissions"].as_array().unwrap().clone(),
            vendor_payments: items("vendor-payment-history").await,
            invoice_data: body("invoice-data").await,
            order,
        }
    }

    fn invoices(&self) -> &[Value] {
        self.invoice_data["invoices"].as_array().unwrap()
    }

    fn status(&self) -> Option<i64> {
        self.order["statusCode"].as_i64()
    }

    /// Each record was told once.
    fn check_counts(&self, id: &str) {
        let revisions = ["revisionRequested", "clientRevisionRequested"];
        for (records, kinds) in [
            (self.reports.len(), &["reportSubmitted"][..]),
            (self.revisions.len(), &revisions),
            (self.rovs.len(), &["rovSubmitted"]),
            (self.deliveries.len(), &["delivered"]),
            (self.submissions.len(), &["agencySubmitted"]),
            (self.invoices().len(), &["invoiced"]),
        ] {
            assert_eq!(records, count(&self.history, kinds), "{id}: {kinds:?}");
        }
        let is_delivered = self.order["delivery"]["delivered"] == true;
        assert_eq!(is_delivered, !self.deliveries.is_empty(), "{id}");
    }

    /// What the history refers to exists; answers by which names it refers.
    fn check_refs(&self, id: &str) -> BTreeSet<String> {
        let known: BTreeSet<&str> = [
            &self.reports,
            &self.revisions,
            &self.rovs,
            &self.deliveries,
            &self.submissions,
        ]
        .into_iter()
        .flatten()
        .chain(self.invoices())
        .map(|record| record["id"].as_str().unwrap())
        .collect();
        let mut names = BTreeSet::new();
        for entry in &self.history {
            for (name, referred) in entry["refs"].as_object().unwrap() {
                names.insert(name.clone());
                if !matches!(name.as_str(), "vendorId" | "paymentId") {
                    assert!(known.contains(referred.as_str().unwrap()), "{id}: {entry}");
                }
            }
        }
        names
    }

    /// What the records say fits the status.
    fn check_states(&self, id: &str) {
        let (order, status) = (&self.order, self.status());
        let latest = self.reports.first().map(|report| report["status"].as_str().unwrap());
        let expected = match status {
            Some(11) => Some("submitted"),
            Some(13 | 17 | 18 | 6) => Some("accepted"),
            Some(12 | 20) => Some("revisionRequested"),
            _ => latest,
        };
        assert_eq!(latest, expected, "{id}");
        let mut earlier = self.reports.iter().skip(1);
        assert!(earlier.all(|report| report["status"] == "superseded"), "{id}");
        let open = self
            .revisions
            .iter()
            .filter(|revision| revision["resolvedByReportId"].is_null());
        assert_eq!(open.count(), usize::from(matches!(status, Some(12 | 20))), "{id}");
        let disputed = self.rovs.iter().filter(|rov| rov["status"] == "open");
        assert_eq!(disputed.count(), usize::from(matches!(status, Some(17 | 18))), "{id}");
        if let Some(submission) = self.submissions.first() {
            assert_eq!(submission["status"], order["agency"]["status"], "{id}");
            let file = &submission["files"][0];
            assert_eq!(file["documentFileId"], order["agency"]["documentFileId"], "{id}");
        }
        if matches!(status, Some(14 | 15)) {
            assert!(order["inspection"]["timeZone"].is_string(), "{id}");
        }
        if order["payment"]["status"] == "paid" {
            assert!(
                cents(&self.invoice_data["paid"]) >= cents(&order["fee"]["total"]),
                "{id}"
            );
        }
    }

    /// What has everything is complete.
    fn check_completion(&self, id: &str) {
        let order = &self.order;
        let agency_done = order["agency"].is_null() || order["agency"]["status"] == "successful";
        let has_everything = !self.deliveries.is_empty() && agency_done && order["payment"]["status"] == "paid";
        if self.status() == Some(13) {
            assert!(!has_everything, "{id} should be completed");
        }
        if self.status() == Some(6) {
            assert!(has_everything, "{id}");
            assert_eq!(self.vendor_payments.len(), 1, "{id}");
            assert_eq!(self.invoices()[0]["status"], "paid", "{id}");
        }
    }
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
        let (loan, id) = (part("loanId"), part("id"));
        let told = Told::read(&person, &format!("/api/clients/cli-aspen/loans/{loan}/orders/{id}")).await;
        told.check_counts(&id);
        refs_seen.append(&mut told.check_refs(&id));
        told.check_states(&id);
        told.check_completion(&id);
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
