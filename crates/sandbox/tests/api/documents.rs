//! Documents filed with an order, and who may see them.

use serde_json::{Value, json};

use crate::world::{PDF, World};

#[tokio::test]
async fn a_document_is_seen_by_whom_it_is_shown_to() {
    let world = World::new();
    let path = world.one_in("16").await;
    world
        .act("operations", "assignVendor", &path, json!({ "vendorId": "ven-01" }))
        .await;
    let operations = world.sign_in("operations").await;
    let (vendor, client) = (world.sign_in("vendor").await, world.sign_in("client").await);
    let version = operations.order(&path).await["version"].clone();
    let url = format!("{path}/documents");
    let seen_before = vendor.items(&url).await.len();
    let photo: &[u8] = b"\x89PNG\r\n\x1a\nrest";
    let answer = operations
        .upload(&url, ("front.png", "image/png", photo), &[("kind", "photo")])
        .await
        .expect(200);
    assert_eq!(answer.body["version"], version, "the order itself stays");
    let document = operations.items(&url).await[0].clone();
    assert_eq!(
        (&document["name"], &document["kind"]),
        (&json!("front.png"), &json!("photo"))
    );
    assert_eq!(document["access"], json!({ "vendor": false, "client": false }));
    let entry = &operations.history(&path).await[0];
    assert_eq!(
        (&entry["type"], &entry["refs"]),
        (&json!("documentAdded"), &json!({ "documentId": document["id"] }))
    );
    assert_eq!(entry["correlationId"], document["correlationId"]);

    let one = format!("{url}/{}", document["id"].as_str().unwrap());
    for person in [&vendor, &client] {
        person.get(&format!("{one}/content")).await.refused(404, "not_found");
    }
    assert_eq!(vendor.items(&url).await.len(), seen_before);
    for _ in 0..2 {
        let answer = operations
            .put(&format!("{one}/access/vendor"), json!({}))
            .await
            .expect(204);
        assert_eq!(answer.body, Value::Null);
    }
    assert_eq!(vendor.get(&format!("{one}/content")).await.expect(200).bytes, photo);
    assert_eq!(vendor.items(&url).await.len(), seen_before + 1);
    client.get(&format!("{one}/content")).await.refused(404, "not_found");
    operations.delete(&format!("{one}/access/vendor")).await.expect(204);
    vendor.get(&format!("{one}/content")).await.refused(404, "not_found");
    operations
        .put(&format!("{one}/access/everyone"), json!({}))
        .await
        .refused(404, "not_found");
    operations
        .put(&format!("{url}/doc-999999/access/vendor"), json!({}))
        .await
        .refused(404, "not_found");
    let audits = operations.items(&format!("{path}/workflow-audit-logs")).await;
    assert_eq!(audits.iter().filter(|line| line["type"] == "documentAccess").count(), 3);
    assert_eq!(operations.order(&path).await["version"], version);
}

#[tokio::test]
async fn what_was_seeded_can_be_opened_and_is_as_large_as_it_says() {
    let world = World::new();
    let person = world.sign_in("client").await;
    let path = world.one_in("6").await;
    for list in ["documents", "reports"] {
        for item in person.items(&format!("{path}/{list}")).await {
            let id = item["id"].as_str().unwrap();
            let content = person.get(&format!("{path}/{list}/{id}/content")).await.expect(200);
            assert!(content.bytes.starts_with(b"%PDF-"));
            assert_eq!(item["size"], content.bytes.len());
        }
    }
}

#[tokio::test]
async fn kinds_and_types_are_checked() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    let url = format!("{path}/documents");
    for texts in [&[][..], &[("kind", "report")], &[("kind", "")]] {
        let answer = person.upload(&url, ("a.pdf", "application/pdf", PDF), texts).await;
        assert_eq!(answer.refused(400, "validation_failed").fields(), ["kind"]);
    }
    let text = person
        .upload(&url, ("a.txt", "text/plain", b"hello"), &[("kind", "other")])
        .await;
    text.refused(415, "unsupported_media_type");
    let draft = world.draft("complete").await;
    let answer = person
        .upload(
            &format!("{draft}/documents"),
            ("a.pdf", "application/pdf", PDF),
            &[("kind", "other")],
        )
        .await;
    answer.refused(409, "state_conflict");
    assert!(world.ledger(Some(&path)).await.is_empty());
}
