//! What happens by itself as time passes.

use omnival_sandbox::contract::settings::Settings;
use serde_json::{Value, json};

use crate::world::{World, kinds, path_of};

async fn assigned_with(world: &World, answer: &str, n: usize) -> String {
    world.set(json!({ "vendorsAnswer": answer }));
    let path = world.nth_in("16", n).await;
    world
        .act("operations", "assignVendor", &path, json!({ "vendorId": "ven-01" }))
        .await;
    path
}

#[tokio::test]
async fn vendors_answer_when_they_are_told_to() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let samples = world.samples().await;
    for (answer, status, kind) in [
        ("off", 1, "assigned"),
        ("accept", 3, "accepted"),
        ("counter", 4, "acceptedWithConditions"),
        ("decline", 16, "unassigned"),
    ] {
        world.set(json!({ "vendorsAnswer": answer }));
        let n = ["off", "accept", "counter", "decline"]
            .iter()
            .position(|known| *known == answer)
            .unwrap();
        let path = path_of(&samples, &["byStatus", "16"], n);
        world
            .act("operations", "assignVendor", &path, json!({ "vendorId": "ven-01" }))
            .await;
        world.advance(1_999);
        assert_eq!(person.order(&path).await["statusCode"], 1, "{answer}");
        world.advance(1);
        assert_eq!(person.order(&path).await["statusCode"], status, "{answer}");
        let history = person.history(&path).await;
        assert_eq!(kinds(&history)[0], kind);
        let effects = world.ledger(Some(&path)).await;
        if answer == "off" {
            assert_eq!(effects.len(), 1);
            continue;
        }
        let by_vendor = history.iter().find(|entry| entry["source"] == "user").unwrap();
        assert_eq!(by_vendor["actor"]["id"], "usr-ven-01");
        assert_eq!(effects[1]["operation"], "automation:updateOrderStatus");
        assert_eq!(effects[1]["userId"], Value::Null);
    }
}

#[tokio::test]
async fn a_vendor_answers_a_counter_offer_too() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = assigned_with(&world, "counter", 0).await;
    world.advance(2_000);
    assert_eq!(person.order(&path).await["conditions"]["proposedBy"], "vendor");
    world.set(json!({ "vendorsAnswer": "accept" }));
    let offer = world.act("client", "counterConditions", &path, Value::Null).await;
    world.advance(2_000);
    let order = person.order(&path).await;
    assert_eq!(
        (&order["statusCode"], &order["fee"]["vendorCharges"]),
        (&json!(3), &offer["conditions"]["fee"])
    );
}

#[tokio::test]
async fn an_answer_to_what_is_over_is_not_given() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = assigned_with(&world, "accept", 0).await;
    world.set(json!({ "vendorsAnswer": "off" }));
    world.act("operations2", "holdOrder", &path, Value::Null).await;
    world.advance(2_000);
    assert_eq!(person.order(&path).await["statusCode"], 9);
    assert_eq!(world.ledger(Some(&path)).await.len(), 2);
    // Nor by the vendor that lost the order meanwhile.
    let path = assigned_with(&world, "accept", 1).await;
    world.set(json!({ "vendorsAnswer": "off" }));
    world
        .act("operations2", "assignVendor", &path, json!({ "vendorId": "ven-02" }))
        .await;
    world.advance(2_000);
    let order = person.order(&path).await;
    assert_eq!(
        (&order["statusCode"], &order["vendor"]["id"]),
        (&json!(1), &json!("ven-02"))
    );
}

#[tokio::test]
async fn a_borrower_opens_what_was_sent() {
    let world = World::new();
    world.set(json!({ "borrowerActs": true }));
    let person = world.sign_in("operations").await;
    let path = world.accepted("undelivered").await;
    world.act("operations", "sendToBorrower", &path, Value::Null).await;
    world.advance(3_000);
    let delivery = person.order(&path).await["delivery"].clone();
    assert_eq!(
        (&delivery["acknowledged"], &delivery["downloadCount"]),
        (&json!(true), &json!(1))
    );
    let sent = person.items(&format!("{path}/deliveries")).await[0].clone();
    assert_eq!(
        (&sent["acknowledgedAt"], &sent["downloads"]),
        (&json!("2026-11-22T15:04:08.000Z"), &json!(1))
    );
    let last = world.ledger(Some(&path)).await.pop().unwrap();
    assert_eq!(last["operation"], "automation:borrowerOpens");
}

#[tokio::test]
async fn steps_happen_in_the_order_in_which_they_were_due() {
    let world = World::new();
    world.set(json!({ "agencyDelayMs": 4_000, "paymentDelayMs": 1_000, "agencyOutcome": "successful" }));
    let path = world.accepted("collectable").await;
    let person = world.sign_in("admin").await;
    let portal = person.order(&path).await["agency"]["portal"].clone();
    let submit = if portal == "ead" { "submitToEad" } else { "submitToUcdp" };
    if !portal.is_null() {
        world.act("operations", submit, &path, Value::Null).await;
    }
    world
        .act(
            "finance",
            "collectPayment",
            &path,
            json!({ "methodId": "mth-aspen-ach" }),
        )
        .await;
    // Nobody looks for a long time: it all happens before the next look.
    world.advance(60_000);
    let order = person.order(&path).await;
    assert_eq!(order["statusCode"], 6, "{order:#}");
    let told: Vec<String> = world
        .ledger(Some(&path))
        .await
        .iter()
        .filter_map(|effect| {
            effect["operation"]
                .as_str()
                .unwrap()
                .strip_prefix("automation:")
                .map(str::to_owned)
        })
        .collect();
    assert_eq!(told.first().map(String::as_str), Some("chargeSettles"));
    let history = person.history(&path).await;
    assert_eq!(
        (&history[0]["type"], &history[0]["source"]),
        (&json!("completed"), &json!("automation"))
    );
}

#[tokio::test]
async fn a_restart_loses_nothing_that_was_to_happen() {
    let folder = tempfile_dir();
    let file = folder.path().join("data.sqlite");
    let path = {
        let world = World::with(|options| options.data = Some(file.clone()));
        assigned_with(&world, "accept", 0).await
    };
    let world = World::with(|options| options.data = Some(file.clone()));
    world.advance(2_000);
    let person = world.sign_in("operations").await;
    assert_eq!(person.order(&path).await["statusCode"], 3);
}

fn tempfile_dir() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[tokio::test]
async fn settings_of_the_world_are_checked() {
    let world = World::new();
    for bad in [
        json!({ "vendorsAnswer": "perhaps" }),
        json!({ "agencyOutcome": "lost" }),
        json!({ "agencyDelayMs": -1 }),
        json!({ "paymentDelayMs": "soon" }),
        json!({ "borrowerActs": 1 }),
        json!({ "chargesDecline": null }),
    ] {
        assert!(world.state.change_settings(&bad).is_err(), "{bad}");
    }
    assert_eq!(world.state.settings(), Settings::default());
}

#[tokio::test]
async fn the_background_carries_out_what_is_due_without_being_asked() {
    let world = World::new();
    let path = assigned_with(&world, "accept", 0).await;
    let background = tokio::spawn(omnival_sandbox::automation::run(world.state.clone()));
    world.advance(2_000);
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(20);
    // The ledger read here looks at the table and at nothing else.
    while world.ledger(Some(&path)).await.len() < 2 {
        assert!(tokio::time::Instant::now() < deadline, "never carried out");
        tokio::task::yield_now().await;
    }
    background.abort();
}
