//! Slots, appointment, completion.

use serde_json::{Value, json};

use crate::world::{Person, World, kinds};

#[tokio::test]
async fn slots_are_the_same_all_day_and_in_the_propertys_time() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("3").await;
    let answer = person.get(&format!("{path}/inspection-slots")).await.expect(200).body;
    let slots = answer["items"].as_array().unwrap();
    assert_eq!(slots.len(), 40);
    let zone = answer["timeZone"].as_str().unwrap();
    assert!(zone.starts_with("America/"), "{zone}");
    let starts: Vec<&str> = slots.iter().map(|slot| slot["startsAt"].as_str().unwrap()).collect();
    assert!(starts.is_sorted() && starts[0] > "2026-11-23");
    assert!(slots.iter().any(|slot| slot["available"] == true));
    assert!(slots.iter().any(|slot| slot["available"] == false));
    world.advance(3_600_000);
    let person = world.sign_in("operations").await;
    let later = person.get(&format!("{path}/inspection-slots")).await.expect(200).body;
    assert_eq!(later["items"], answer["items"]);
}

/// Those that cannot be, and those that are none.
async fn refuse_other_moments(person: &Person<'_>, url: &str) {
    for moment in ["2026-11-22T15:04:06Z", "2026-11-01T00:00:00Z"] {
        let answer = person.post(url, json!({ "completedAt": moment })).await;
        assert_eq!(answer.refused(422, "not_processable").fields(), ["completedAt"]);
    }
    for moment in [
        "yesterday",
        "2026-11-22T15:04:05+02:00",
        "2026-11-22T15:04Z",
        "2026-13-22T15:04:05Z",
        "",
    ] {
        let answer = person.post(url, json!({ "completedAt": moment })).await;
        assert_eq!(
            answer.refused(400, "validation_failed").fields(),
            ["completedAt"],
            "{moment}"
        );
    }
}

#[tokio::test]
async fn an_inspection_is_agreed_moved_and_done() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("3").await;
    let slots = person.get(&format!("{path}/inspection-slots")).await.expect(200).body["items"].clone();
    let slots = slots.as_array().unwrap();
    let free: Vec<&Value> = slots.iter().filter(|slot| slot["available"] == true).collect();
    let taken = slots.iter().find(|slot| slot["available"] == false).unwrap();
    let url = format!("{path}/inspection/schedule");
    for gone in [taken["id"].clone(), json!("slot-20200101-09")] {
        person
            .post(&url, json!({ "slotId": gone }))
            .await
            .refused(409, "slot_taken");
    }
    for bad in [json!({}), json!({ "slotId": "no id!" })] {
        assert_eq!(
            person.post(&url, bad).await.refused(400, "validation_failed").fields(),
            ["slotId"]
        );
    }
    for slot in [free[0], free[1]] {
        let order = person
            .post(&url, json!({ "slotId": slot["id"] }))
            .await
            .expect(200)
            .body;
        assert_eq!(order["statusCode"], 14);
        assert_eq!(order["inspection"]["scheduledAt"], slot["startsAt"]);
        assert!(order["inspection"]["timeZone"].is_string());
    }
    // What it has taken is not on offer again.
    person
        .post(&url, json!({ "slotId": free[1]["id"] }))
        .await
        .refused(409, "slot_taken");
    let history = person.history(&path).await;
    assert_eq!(kinds(&history)[..2], ["inspectionScheduled", "inspectionScheduled"]);
    let time = free[1]["startsAt"].as_str().unwrap();
    assert!(history[0]["summary"].as_str().unwrap().contains(time));

    let url = format!("{path}/inspection/complete");
    refuse_other_moments(&person, &url).await;
    world.advance(20 * 86_400_000);
    let order = world
        .sign_in("operations")
        .await
        .post(&url, json!({ "completedAt": time }))
        .await
        .expect(200)
        .body;
    assert_eq!(
        (&order["statusCode"], &order["inspection"]["completedAt"]),
        (&json!(15), &json!(time))
    );
    assert_eq!(world.ledger(Some(&path)).await.len(), 3);
}
