//! The queue against the plainest possible reading of the same data.

use serde_json::Value;

use crate::world::{Person, World};

const ORDERS: &str = "/api/clients/cli-aspen/orders";

async fn page(person: &Person<'_>, query: &str) -> Value {
    person.get(&format!("{ORDERS}?{query}")).await.expect(200).body
}

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

/// All orders, read page by page.
async fn everything(person: &Person<'_>) -> Vec<Value> {
    let mut all = Vec::new();
    for number in 1.. {
        let page = page(person, &format!("page={number}&pageSize=37&sort=orderNumber")).await;
        let items = page["items"].as_array().unwrap();
        all.extend(items.iter().cloned());
        if items.is_empty() {
            assert_eq!(page["total"], all.len());
            break;
        }
    }
    all
}

fn code(item: &Value) -> i64 {
    item["statusCode"].as_i64().unwrap_or(-1)
}

fn is_active(item: &Value) -> bool {
    ![-1, 6, 7, 8, 9].contains(&code(item))
}

#[tokio::test]
async fn each_view_holds_what_its_definition_says() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let all = everything(&person).await;
    assert!((150..=200).contains(&all.len()), "one page holds them all");
    let due = |item: &Value| item["dueAt"].as_str().unwrap_or("").to_owned();
    let (now, soon) = (
        "2026-11-22T15:04:05.000Z".to_owned(),
        "2026-11-24T15:04:05.000Z".to_owned(),
    );
    type Fits<'a> = Box<dyn Fn(&Value) -> bool + 'a>;
    let of = |codes: &'static [i64]| -> Fits<'_> { Box::new(move |item| codes.contains(&code(item))) };
    let views: Vec<(&str, Fits<'_>)> = vec![
        ("all", Box::new(|_| true)),
        ("needs-vendor", of(&[16, 2])),
        ("awaiting-vendor", of(&[1])),
        ("conditions", of(&[4])),
        ("vendor-working", of(&[3, 10, 14, 15])),
        ("qc", of(&[11])),
        ("revision", of(&[12, 20])),
        ("rov", of(&[17, 18])),
        ("to-deliver", of(&[13])),
        (
            "due-soon",
            Box::new(|item| is_active(item) && due(item) >= now && due(item) < soon),
        ),
        ("past-due", Box::new(|item| is_active(item) && due(item) < now)),
        ("drafts", Box::new(|item| item["isDraft"] == true)),
        ("on-hold", of(&[9])),
        ("closed", of(&[6, 7, 8])),
    ];
    let counts = page(&person, "pageSize=1").await["counts"].clone();
    assert_eq!(counts.as_object().unwrap().len(), views.len());
    for (view, fits) in views {
        let expected = all.iter().filter(|item| fits(item)).count();
        let page = page(&person, &format!("view={view}&pageSize=200")).await;
        assert!(expected > 0, "the seed has none in {view}");
        assert_eq!(page["total"], expected, "{view}");
        assert_eq!(counts[view], expected, "{view}");
        assert_eq!(page["items"].as_array().unwrap().len(), expected, "{view}");
        assert!(page["items"].as_array().unwrap().iter().all(fits), "{view}");
    }
}

#[tokio::test]
async fn counts_follow_writes_and_the_passing_of_deadlines() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let before = page(&person, "pageSize=1").await["counts"].clone();
    let path = world.one_in("13").await;
    let body = serde_json::json!({ "reason": "wait for the title" });
    person.post(&format!("{path}/hold"), body).await.expect(200);
    let after = page(&person, "pageSize=1").await["counts"].clone();
    let number = |counts: &Value, view: &str| counts[view].as_i64().unwrap();
    assert_eq!(number(&after, "to-deliver"), number(&before, "to-deliver") - 1);
    assert_eq!(number(&after, "on-hold"), number(&before, "on-hold") + 1);
    assert_eq!(after["all"], before["all"]);
    world.advance(48 * 3_600_000);
    let person = world.sign_in("operations").await;
    let later = page(&person, "pageSize=1").await["counts"].clone();
    let passed = number(&after, "past-due") + number(&after, "due-soon");
    assert_eq!(number(&later, "past-due"), passed);
}

#[tokio::test]
async fn every_sort_is_total_and_its_reverse_is_its_reverse() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let sorts = [
        ("updatedAt", "updatedAt"),
        ("dueDate", "dueDate"),
        ("orderNumber", "orderNumber"),
        ("borrower", "borrowerName"),
        ("vendor", "vendorName"),
        ("status", "statusCode"),
    ];
    for (sort, member) in sorts {
        let up = page(&person, &format!("sort={sort}&pageSize=200")).await;
        let down = page(&person, &format!("sort=-{sort}&pageSize=200")).await;
        let mut reversed = ids(&down);
        reversed.reverse();
        assert_eq!(ids(&up), reversed, "{sort}");
        let keys: Vec<(bool, String)> = up["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| match &item[member] {
                Value::Null => (sort != "status", String::new()),
                Value::Number(number) => (true, format!("{:>4}", number.as_i64().unwrap())),
                text => (false, text.as_str().unwrap().to_lowercase()),
            })
            .collect();
        assert!(
            keys.is_sorted(),
            "{sort}: orders without a value come last (drafts first by status)"
        );
        let mut pages = Vec::new();
        for number in 1..=4 {
            pages.extend(ids(
                &page(&person, &format!("sort={sort}&pageSize=50&page={number}")).await
            ));
        }
        assert_eq!(pages, ids(&up), "{sort}: pages neither repeat nor skip");
    }
    let usual = page(&person, "pageSize=200").await;
    assert_eq!(ids(&usual), ids(&page(&person, "sort=-updatedAt&pageSize=200").await));
}

#[tokio::test]
async fn filters_combine() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let all = everything(&person).await;
    let vendor = all.iter().find_map(|item| item["vendorId"].as_str()).unwrap();
    let query = format!("status=6,8&vendorId={vendor}&branchId=brn-aspen-downtown&pageSize=200");
    let found = page(&person, &query).await;
    let expected: Vec<&Value> = all
        .iter()
        .filter(|item| {
            [6, 8].contains(&code(item)) && item["vendorId"] == vendor && item["branchId"] == "brn-aspen-downtown"
        })
        .collect();
    assert_eq!(found["total"], expected.len());
    let before = page(&person, "dueBefore=2026-11-24&pageSize=200").await;
    let expected = all
        .iter()
        .filter(|item| item["dueDate"].as_str().is_some_and(|day| day < "2026-11-24"))
        .count();
    assert!(expected > 0);
    assert_eq!(before["total"], expected);
    assert_eq!(page(&person, "view=qc&status=6").await["total"], 0);
    assert_eq!(page(&person, "status=777").await["total"], 0);
    assert_eq!(found["counts"], before["counts"], "counts do not depend on filters");
}

#[tokio::test]
async fn search_finds_every_part_that_it_promises_and_nothing_across_parts() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let all = everything(&person).await;
    let item = all.iter().find(|item| item["vendorName"].is_string()).unwrap();
    let id = item["id"].as_str().unwrap().to_owned();
    let text = |name: &str| item[name].as_str().unwrap().to_owned();
    let street = text("address").split(',').next().unwrap().to_owned();
    for needle in [
        text("orderNumber"),
        text("loanNumber"),
        text("borrowerName"),
        street,
        text("vendorName"),
    ] {
        for needle in [needle.to_lowercase(), needle.to_uppercase(), needle[1..].to_owned()] {
            let query = needle.replace(' ', "%20").replace('\'', "%27");
            let found = page(&person, &format!("search={query}&pageSize=200")).await;
            assert!(ids(&found).contains(&id), "{needle}");
            assert_eq!(found["total"], ids(&found).len());
        }
    }
    let across = format!("{}{}", text("orderNumber"), text("loanNumber"));
    assert_eq!(page(&person, &format!("search={across}")).await["total"], 0);
    assert_eq!(
        page(&person, "search=%25").await["total"],
        0,
        "a wildcard is a character"
    );
    assert_eq!(page(&person, "search=").await["total"], all.len());
}

#[tokio::test]
async fn a_page_beyond_the_end_is_empty_and_a_bad_parameter_is_named() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let beyond = page(&person, "page=1000000&pageSize=200").await;
    assert!(ids(&beyond).is_empty());
    assert_eq!(beyond["total"], everything(&person).await.len());
    let long = format!("search={}", "x".repeat(101));
    let cases = [
        ("page=0", "page"),
        ("page=abc", "page"),
        ("page=", "page"),
        ("page=+1", "page"),
        ("page=1000001", "page"),
        ("page=99999999999999999999", "page"),
        ("pageSize=201", "pageSize"),
        ("pageSize=-1", "pageSize"),
        ("view=everything", "view"),
        ("view=", "view"),
        ("sort=id", "sort"),
        ("sort=--updatedAt", "sort"),
        ("status=6,x", "status"),
        ("status=", "status"),
        ("status=6,", "status"),
        ("status=1000", "status"),
        ("vendorId=a%20b", "vendorId"),
        ("branchId=", "branchId"),
        ("dueBefore=2026-02-30", "dueBefore"),
        ("dueBefore=tomorrow", "dueBefore"),
        (long.as_str(), "search"),
    ];
    for (query, field) in cases {
        let answer = person.get(&format!("{ORDERS}?{query}")).await;
        assert_eq!(answer.refused(400, "validation_failed").fields(), [field], "{query}");
    }
    let many = vec!["1"; 41].join(",");
    let answer = person.get(&format!("{ORDERS}?status={many}&page=x")).await;
    assert_eq!(answer.refused(400, "validation_failed").fields(), ["status", "page"]);
    person.get(&format!("{ORDERS}?unknown=%20&page=1")).await.expect(200);
}

#[tokio::test]
async fn loans_can_be_searched_and_hold_their_orders() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let loans = person
        .get("/api/clients/cli-aspen/loans?pageSize=5")
        .await
        .expect(200)
        .body;
    assert_eq!(loans["items"].as_array().unwrap().len(), 5);
    let loan = &loans["items"][0];
    let number = loan["number"].as_str().unwrap();
    let found = person
        .get(&format!(
            "/api/clients/cli-aspen/loans?search={}",
            number.to_lowercase()
        ))
        .await;
    assert_eq!(found.expect(200).body["items"][0], *loan);
    let same = person
        .get(&format!(
            "/api/clients/cli-aspen/loans/{}",
            loan["id"].as_str().unwrap()
        ))
        .await;
    assert_eq!(same.expect(200).body, *loan);

    let mut with_two = 0;
    for item in everything(&person).await {
        let loan = item["loanId"].as_str().unwrap();
        let orders = person
            .get(&format!("/api/clients/cli-aspen/loans/{loan}/orders"))
            .await
            .expect(200)
            .body;
        assert!(ids(&orders).contains(&item["id"].as_str().unwrap().to_owned()));
        with_two += usize::from(ids(&orders).len() > 1);
    }
    assert!(with_two > 0);
}

#[tokio::test]
async fn fees_come_from_the_most_specific_place() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let base = "/api/clients/cli-aspen/fees/resolve";
    let mut sources = std::collections::BTreeSet::new();
    for zip in ["78701", "78702", "78703", "78701-1234"] {
        let fee = person
            .get(&format!("{base}?productId=prd-1004&zip={zip}&vendorId=ven-01"))
            .await;
        let fee = fee.expect(200).body;
        sources.insert(fee["source"].as_str().unwrap().to_owned());
        for row in ["orderFee", "technologyFee", "vendorCharges", "total"] {
            assert_eq!(fee[row]["currency"], "USD");
        }
    }
    assert_eq!(sources.into_iter().collect::<Vec<_>>(), ["county", "state", "zip"]);
    person
        .get(&format!("{base}?productId=prd-none&zip=78701"))
        .await
        .refused(404, "not_found");
    person
        .get(&format!("{base}?productId=prd-1004&zip=78701&vendorId=ven-99"))
        .await
        .refused(404, "not_found");
    let answer = person.get(base).await.refused(400, "validation_failed");
    assert_eq!(answer.fields(), ["productId", "zip"]);
    let answer = person.get(&format!("{base}?productId=prd-1004&zip=7870")).await;
    assert_eq!(answer.fields(), ["zip"]);
}
