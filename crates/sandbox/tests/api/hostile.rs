//! Requests that nobody should send. Each gets a problem; none gets a 500, and the server goes on.

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};

use crate::world::{Answer, Person, World};

async fn raw(person: &Person<'_>, method: &str, path: &str, kind: Option<&str>, body: impl Into<Body>) -> Answer {
    let mut builder = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {}", person.token));
    if let Some(kind) = kind {
        builder = builder.header("content-type", kind);
    }
    person.world.send(builder.body(body.into()).unwrap()).await
}

const JSON: Option<&str> = Some("application/json");

#[tokio::test]
async fn bodies_that_are_not_json_objects_are_refused() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let url = format!("{}/hold", world.one_in("16").await);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let bodies: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"{".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\"reason\"".to_vec(),
        b"{\"reason\":\"ok ok\"} {}".to_vec(),
        b"{\"reason\":\"\xff\xfe\xfd\"}".to_vec(),
        b"\xef\xbb\xbf{\"reason\":\"a BOM\"}".to_vec(),
        b"{\"reason\":\"\\ud800 alone\"}".to_vec(),
        b"{\"reason\":1e999}".to_vec(),
        br#"{"reason":"fine words","reason":"fine words"}"#.to_vec(),
        br#"{"reason":"fine words","extra":[{"a":1,"a":2}]}"#.to_vec(),
        deep.into_bytes(),
    ];
    for body in bodies {
        raw(&person, "POST", &url, JSON, body)
            .await
            .refused(400, "validation_failed");
    }
    for kind in [
        None,
        Some("text/plain"),
        Some("application/xml"),
        Some("application/jsonp"),
        Some(""),
    ] {
        let answer = raw(&person, "POST", &url, kind, r#"{"reason":"fine words"}"#).await;
        answer.refused(415, "unsupported_media_type");
    }
    assert!(
        world
            .ledger(None)
            .await
            .iter()
            .all(|effect| effect["operation"] == "signIn")
    );
    let kind = Some("Application/JSON; charset=utf-8");
    raw(&person, "POST", &url, kind, r#"{"reason":"fine words"}"#)
        .await
        .expect(200);
}

#[tokio::test]
async fn bodies_that_are_too_large_are_refused_after_the_token_was_checked() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let url = format!("{}/hold", world.one_in("16").await);
    for size in [256 * 1024 + 1, 3 * 1024 * 1024] {
        raw(&person, "POST", &url, JSON, vec![b' '; size])
            .await
            .refused(413, "payload_too_large");
    }
    let words = r#"{"reason":"fine words"}"#;
    let fits = format!("{words}{}", " ".repeat(256 * 1024 - words.len()));
    raw(&person, "POST", &url, JSON, fits).await.expect(200);
    let request = Request::post(&url).header("content-type", "application/json");
    let answer = world.send(request.body(Body::from(vec![b' '; 300_000])).unwrap()).await;
    answer.refused(401, "token_missing");
}

#[tokio::test]
async fn unknown_paths_and_methods_are_told_apart() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/auth",
        "/api/auth/me/",
        "/api//auth/me",
        "/api/clients",
        "/api/clients//orders",
        "/api/clients/cli-aspen/orders/",
        "/api/%2e%2e/sandbox",
    ] {
        person.get(path).await.refused(404, "not_found");
    }
    for (method, path, allowed) in [
        ("GET", "/api/auth/sign-in", vec!["POST"]),
        ("DELETE", "/api/auth/me", vec!["GET", "HEAD"]),
        (
            "PUT",
            "/api/clients/cli-aspen/loans/loan-000001/orders/ord-000001",
            vec!["DELETE", "GET", "HEAD", "PATCH"],
        ),
        (
            "PUT",
            "/api/clients/cli-aspen/loans/loan-000001/orders",
            vec!["GET", "HEAD", "POST"],
        ),
        ("TRACE", "/api/clients/cli-aspen/orders", vec!["GET", "HEAD"]),
        ("BREW", "/api/clients/cli-aspen/orders", vec!["GET", "HEAD"]),
    ] {
        let answer = raw(&person, method, path, None, "")
            .await
            .refused(405, "method_not_allowed");
        let mut allow: Vec<&str> = answer.header("allow").unwrap().split(',').map(str::trim).collect();
        allow.sort_unstable();
        assert_eq!(allow, allowed, "{path}");
    }
}

#[tokio::test]
async fn ids_that_no_server_gave_out_are_not_found() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let long = "x".repeat(5_000);
    let ids = [
        "0",
        "ord-1",
        "ord-000001%00",
        "%ff%fe",
        "%",
        "ord-999999999999999999999",
        "ord--00001",
        "..",
        "%2e%2e",
        "a%2fb",
        "'%20OR%201=1--",
        "ord-000001%0d%0aSet-Cookie:x",
        "%F0%9F%92%A3",
        &long,
    ];
    for id in ids {
        for path in [
            format!("/api/clients/cli-aspen/orders/{id}"),
            format!("/api/clients/cli-aspen/loans/{id}"),
            format!("/api/clients/{id}/orders"),
            format!("/api/clients/cli-aspen/loans/loan-000001/orders/{id}/history"),
            format!("/api/clients/cli-aspen/loans/{id}/orders/ord-000001"),
        ] {
            let Ok(uri) = path.parse::<axum::http::Uri>() else {
                continue;
            };
            person.get(&uri.to_string()).await.refused(404, "not_found");
        }
    }
    // An id that is only spelled differently is the same id.
    person
        .get("/api/clients/cli%2Daspen/orders/ord%2d000001")
        .await
        .expect(200);
}

#[tokio::test]
async fn strange_queries_are_refused_or_harmless() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let orders = "/api/clients/cli-aspen/orders";
    let before = person.get(orders).await.expect(200).body["total"].clone();
    assert!(before.as_i64() > Some(100));
    for (query, status) in [
        ("search=%00", 200),
        ("search=%ff", 400),
        ("%ff=1", 400),
        ("search=%F0%9F%92%A3%E2%80%AE", 200),
        ("search=%27%3B+DROP+TABLE+orders%3B--", 200),
        ("search=%", 200),
        ("&&&=&=", 200),
        ("page=1&page=2", 400),
        ("page=1&%70age=1", 400),
        ("search=a&search=", 400),
        ("sort=&sort", 400),
        ("unheard=1&unheard=2", 200),
        ("status=%00", 400),
        ("status=1,-1", 400),
        ("status=%D9%A1", 400),
        ("pageSize=1e2", 400),
        ("dueBefore=%00", 400),
        ("dueBefore=0000-01-01", 200),
    ] {
        let answer = person.get(&format!("{orders}?{query}")).await;
        assert_eq!(answer.status, status, "{query} {}", answer.body);
    }
    let after = person.get(orders).await.expect(200).body["total"].clone();
    assert_eq!(after, before);
}

#[tokio::test]
async fn strange_text_is_kept_as_it_is() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    let reason = "nul \u{0} bidi \u{202e} quote ' \" <script>alert(1)</script> \u{1F4A3}";
    person
        .post(&format!("{path}/hold"), json!({ "reason": reason }))
        .await
        .expect(200);
    assert_eq!(person.order(&path).await["hold"]["reason"], reason);
    assert_eq!(person.history(&path).await[0]["reason"], reason);
}

#[tokio::test]
async fn headers_cannot_be_smuggled_or_break_anything() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    for bad in [
        "short",
        "has space here",
        "tab\there-12345",
        &"x".repeat(65),
        "ünïcödé-123",
    ] {
        let headers = [("x-correlation-id", bad)];
        let answer = person
            .ask(Method::GET, "/api/auth/me", &headers, None)
            .await
            .expect(200);
        let id = answer.header("x-correlation-id").unwrap();
        assert_ne!(id, bad);
        assert!(id.len() >= 8 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    }
    for authorization in [
        "",
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "Bearer \u{7f}",
        &format!("Bearer {}", "a".repeat(20_000)),
    ] {
        let request = Request::get("/api/auth/me").header("authorization", authorization);
        let Ok(request) = request.body(Body::empty()) else {
            continue;
        };
        let answer = world.send(request).await;
        assert_eq!(answer.status, 401, "{authorization}");
    }
    let cookies = [
        "omnival_refresh",
        "omnival_refresh=",
        ";;;=;",
        "omnival_refresh=\u{1F4A3}",
        "a=b; omnival_refresh=x",
    ];
    for cookie in cookies {
        let request = Request::post("/api/auth/refresh").header("cookie", cookie);
        let answer = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, 401, "{cookie}");
    }
}

#[tokio::test]
async fn every_answer_names_its_request_and_is_not_stored() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    for (method, path) in [
        (Method::GET, "/api/auth/me"),
        (Method::GET, "/api/nothing"),
        (Method::PATCH, "/api/auth/me"),
        (Method::HEAD, "/api/clients/cli-aspen/orders"),
        (Method::OPTIONS, "/api/clients/cli-aspen/orders"),
    ] {
        let answer = person.ask(method, path, &[], None).await;
        assert!(answer.header("x-correlation-id").is_some(), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[tokio::test]
async fn other_origins_are_let_in_one_at_a_time() {
    let origin = "http://localhost:5173";
    let world = World::with(|options| options.cors = Some(origin.to_owned()));
    let preflight = [
        ("origin", origin),
        ("access-control-request-method", "POST"),
        (
            "access-control-request-headers",
            "authorization,content-type,idempotency-key,x-correlation-id",
        ),
    ];
    let ask = async |headers: &[(&str, &str)]| {
        let path = "/api/clients/cli-aspen/orders";
        world
            .send(crate::world::request(Method::OPTIONS, path, headers, None))
            .await
    };
    let answer = ask(&preflight).await.expect(200);
    assert_eq!(answer.header("access-control-allow-origin"), Some(origin));
    assert_eq!(answer.header("access-control-allow-credentials"), Some("true"));
    assert!(
        answer
            .header("access-control-allow-headers")
            .unwrap()
            .contains("idempotency-key")
    );
    let body = Some(json!({ "username": "admin", "password": "wrong" }));
    let headers = [("origin", origin)];
    let answer = world
        .send(crate::world::request(Method::POST, "/api/auth/sign-in", &headers, body))
        .await;
    assert_eq!(answer.header("access-control-allow-origin"), Some(origin));
    let exposed = answer.header("access-control-expose-headers").unwrap().to_lowercase();
    for header in ["x-correlation-id", "retry-after", "date"] {
        assert!(exposed.contains(header));
    }
    let closed = World::new();
    let answer = closed.ask(Method::GET, "/api/auth/me", None).await;
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn a_thousand_random_bodies_never_break_it() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let draft = world.draft("complete").await;
    let urls =
        ["draft/property", "draft/vendor", "draft/conditions", "draft/contacts"].map(|step| format!("{draft}/{step}"));
    let mut seed = 7_u64;
    let mut next = move |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let names = [
        "street",
        "zip",
        "contacts",
        "role",
        "name",
        "email",
        "vendorId",
        "dueDate",
        "productId",
        "expectedVersion",
        "state",
        "type",
        "unit",
        "city",
        "county",
    ];
    fn value(next: &mut impl FnMut(u64) -> u64, depth: u64, names: &[&str]) -> Value {
        match next(if depth == 0 { 6 } else { 8 }) {
            0 => Value::Null,
            1 => json!(next(2) == 0),
            2 => json!(next(u64::MAX) as i64 - 1_000_000),
            3 => json!("78701"),
            4 => json!("\u{0}\u{202e}\u{10ffff}"),
            5 => json!(1.5e300),
            6 => Value::Array((0..next(4)).map(|_| value(next, depth - 1, names)).collect()),
            _ => Value::Object(
                (0..next(12))
                    .map(|_| {
                        (
                            names[next(names.len() as u64) as usize].to_owned(),
                            value(next, depth - 1, names),
                        )
                    })
                    .collect(),
            ),
        }
    }
    for round in 0..1_000 {
        let body = value(&mut next, 3, &names);
        let answer = person.put(&urls[round % urls.len()], body.clone()).await;
        assert!([200, 400, 409].contains(&answer.status), "{} for {body}", answer.status);
    }
}
