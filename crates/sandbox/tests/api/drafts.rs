//! Drafts: creation with every field error under its own name, full replacement, deletion.

use serde_json::{Value, json};

use crate::world::World;

const ORDERS: &str = "/api/clients/cli-aspen/loans/loan-000001/orders";

fn good() -> Value {
    json!({
        "clientReference": "1b4e28ba-2fa1-4d2b-883f-0016d3cca427",
        "productId": "prd-1004",
        "property": { "street": "12 Elm St", "unit": "4B", "city": "Austin", "county": "Travis",
                      "state": "TX", "zip": "78701-1234", "type": "condo" },
        "contacts": [{ "role": "borrower", "name": "Dana Reyes", "email": "dana.reyes@mail.example" }],
        "vendorId": "ven-01",
        "dueDate": "2026-12-11",
        "specialInstructions": "Gate code 4411",
    })
}

fn changed(path: &str, value: Value) -> Value {
    let mut body = good();
    *body.pointer_mut(path).unwrap() = value;
    body
}

#[tokio::test]
async fn a_draft_is_made_as_asked_and_found_by_its_reference() {
    let world = World::new();
    let client = world.sign_in("client").await;
    let answer = client.post(ORDERS, good()).await.expect(201);
    let order = &answer.body;
    let location = answer.header("location").unwrap();
    assert_eq!(location, format!("{ORDERS}/{}", order["id"].as_str().unwrap()));
    assert_eq!(&client.order(location).await, order);
    assert_eq!((&order["isDraft"], &order["statusCode"]), (&json!(true), &Value::Null));
    assert_eq!(order["version"], 1);
    assert_eq!(order["property"], good()["property"]);
    assert_eq!(order["preferredVendorId"], "ven-01");
    assert_eq!(order["contacts"][0]["phone"], Value::Null);
    assert!(order["fee"]["total"]["amount"].is_string());

    client.post(ORDERS, good()).await.expect(201);
    let orders = client.get(ORDERS).await.expect(200).body;
    let same: Vec<&Value> = orders["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["clientReference"] == good()["clientReference"])
        .collect();
    assert_eq!(same.len(), 2, "creating is not idempotent by itself");
    assert_eq!(
        world
            .ledger(None)
            .await
            .iter()
            .filter(|effect| effect["operation"] == "createDraft")
            .count(),
        2
    );
}

#[tokio::test]
async fn every_bad_field_is_named_where_it_stands() {
    let world = World::new();
    let client = world.sign_in("client").await;
    let long = |count| json!("x".repeat(count));
    let cases = [
        ("/clientReference", json!("not-a-uuid"), "clientReference"),
        ("/productId", json!("prd-none"), "productId"),
        ("/productId", json!("two words"), "productId"),
        ("/productId", Value::Null, "productId"),
        ("/vendorId", json!("ven-99"), "vendorId"),
        ("/dueDate", json!("2026-13-01"), "dueDate"),
        ("/dueDate", json!("2026-02-29"), "dueDate"),
        ("/dueDate", json!("20261211"), "dueDate"),
        ("/dueDate", json!("2026-11-20"), "dueDate"),
        ("/specialInstructions", long(4_001), "specialInstructions"),
        ("/property", json!([]), "property"),
        ("/property/street", json!("  "), "property.street"),
        ("/property/street", long(121), "property.street"),
        ("/property/unit", long(31), "property.unit"),
        ("/property/city", json!(7), "property.city"),
        ("/property/county", Value::Null, "property.county"),
        ("/property/state", json!("tx"), "property.state"),
        ("/property/state", json!("TEX"), "property.state"),
        ("/property/zip", json!("7870"), "property.zip"),
        ("/property/zip", json!("78701-12"), "property.zip"),
        ("/property/zip", json!("٧٨٧٠١"), "property.zip"),
        ("/property/type", json!("castle"), "property.type"),
        ("/contacts", json!([]), "contacts"),
        ("/contacts", json!({}), "contacts"),
        ("/contacts", json!(vec![good()["contacts"][0].clone(); 21]), "contacts"),
        ("/contacts/0", json!("Dana"), "contacts[0]"),
        ("/contacts/0/role", json!("king"), "contacts[0].role"),
        ("/contacts/0/name", json!(""), "contacts[0].name"),
        ("/contacts/0/email", json!("dana@localhost"), "contacts[0].email"),
        ("/contacts/0/email", json!("dana @mail.example"), "contacts[0].email"),
    ];
    for (path, value, field) in cases {
        let answer = client.post(ORDERS, changed(path, value.clone())).await;
        assert_eq!(
            answer.refused(400, "validation_failed").fields(),
            [field],
            "{path} {value}"
        );
    }
    let all = client.post(ORDERS, json!({})).await.refused(400, "validation_failed");
    assert_eq!(all.fields(), ["clientReference", "productId", "property", "contacts"]);
    let mut phone = good();
    phone["contacts"][0]["phone"] = json!("call me");
    assert_eq!(client.post(ORDERS, phone).await.fields(), ["contacts[0].phone"]);
    for effect in world.ledger(None).await {
        assert_eq!(effect["operation"], "signIn");
    }
}

#[tokio::test]
async fn bounds_are_inclusive_and_count_characters() {
    let world = World::new();
    let client = world.sign_in("client").await;
    let body = changed("/property/street", json!("é".repeat(120)));
    client.post(ORDERS, body).await.expect(201);
    let body = changed("/contacts", json!(vec![good()["contacts"][0].clone(); 20]));
    client.post(ORDERS, body).await.expect(201);
    let mut sparse = good();
    let object = sparse.as_object_mut().unwrap();
    for optional in ["vendorId", "dueDate", "specialInstructions"] {
        object.remove(optional);
    }
    object.insert("unknown".to_owned(), json!({ "ignored": true }));
    client.post(ORDERS, sparse).await.expect(201);
}

#[tokio::test]
async fn each_step_replaces_its_part_and_nothing_else() {
    let world = World::new();
    let client = world.sign_in("client").await;
    let made = client.post(ORDERS, good()).await.expect(201);
    let path = made.header("location").unwrap().to_owned();
    let property = json!({ "street": "9 Oak Ave", "unit": null, "city": "Denver", "county": "Denver",
                           "state": "CO", "zip": "80205", "type": "townhouse" });
    let steps = [
        ("property", property.clone()),
        ("vendor", json!({ "vendorId": null })),
        (
            "conditions",
            json!({ "productId": "prd-2055", "dueDate": null, "specialInstructions": null }),
        ),
        (
            "contacts",
            json!({ "contacts": [{ "role": "agent", "name": "Kai Ward" }] }),
        ),
    ];
    for (step, body) in steps {
        client.put(&format!("{path}/draft/{step}"), body).await.expect(200);
    }
    let order = client.order(&path).await;
    assert_eq!(order["version"], 5);
    assert_eq!(order["property"], property);
    assert_eq!(order["preferredVendorId"], Value::Null);
    assert_eq!(order["product"]["id"], "prd-2055");
    assert_eq!(
        (&order["dueDate"], &order["specialInstructions"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(order["contacts"][0]["role"], "agent");
    assert_eq!(order["clientReference"], good()["clientReference"]);
    assert!(client.history(&path).await.is_empty());
    let found = client
        .get("/api/clients/cli-aspen/orders?search=9%20oak%20ave")
        .await
        .expect(200)
        .body;
    assert_eq!(found["total"], 1);

    let answer = client.post(&format!("{path}/activate"), json!({})).await;
    let answer = answer.refused(422, "not_processable");
    assert_eq!(answer.fields(), ["contacts", "dueDate"]);
}

#[tokio::test]
async fn a_full_replacement_does_not_clear_by_omission() {
    let world = World::new();
    let client = world.sign_in("client").await;
    let path = world.draft("complete").await;
    let cases: [(&str, Value, &[&str]); 4] = [
        ("vendor", json!({}), &["vendorId"]),
        (
            "conditions",
            json!({}),
            &["productId", "dueDate", "specialInstructions"],
        ),
        ("contacts", json!({}), &["contacts"]),
        (
            "property",
            json!({}),
            &["street", "city", "county", "state", "zip", "type"],
        ),
    ];
    let before = client.order(&path).await;
    for (step, body, fields) in cases {
        let answer = client.put(&format!("{path}/draft/{step}"), body).await;
        assert_eq!(answer.refused(400, "validation_failed").fields(), fields);
    }
    assert_eq!(client.order(&path).await, before);
}

#[tokio::test]
async fn an_activated_order_cannot_be_edited_or_deleted_as_a_draft() {
    let world = World::new();
    let client = world.sign_in("client").await;
    let path = world.one_in("16").await;
    let body = json!({ "vendorId": null });
    client
        .put(&format!("{path}/draft/vendor"), body)
        .await
        .refused(409, "state_conflict");
    client.delete(&path).await.refused(409, "state_conflict");
}

#[tokio::test]
async fn a_deleted_draft_is_gone_and_its_id_never_returns() {
    let world = World::new();
    let client = world.sign_in("client").await;
    let made = client.post(ORDERS, good()).await.expect(201);
    let path = made.header("location").unwrap();
    client.delete(path).await.expect(204);
    client.get(path).await.refused(404, "not_found");
    client.delete(path).await.refused(404, "not_found");
    let next = client.post(ORDERS, good()).await.expect(201);
    assert_ne!(next.body["id"], made.body["id"]);
    let deletions = world.ledger(Some(path)).await;
    assert_eq!(
        deletions
            .iter()
            .filter(|effect| effect["operation"] == "deleteDraft")
            .count(),
        1
    );
}

#[tokio::test]
async fn seeded_drafts_lack_what_activation_says_they_lack() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let samples = world.samples().await;
    let mut seen = 0;
    for draft in samples["drafts"]["incomplete"].as_array().unwrap() {
        let id = |name: &str| draft[name].as_str().unwrap().to_owned();
        let path = format!("/api/clients/cli-aspen/loans/{}/orders/{}", id("loanId"), id("id"));
        let answer = operations.post(&format!("{path}/activate"), json!({})).await;
        assert!(!answer.refused(422, "not_processable").fields().is_empty());
        seen += 1;
    }
    assert!(seen > 0);
}
