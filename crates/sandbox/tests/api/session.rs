//! Sign-in, rotation, reuse, expiry, sign-out.

use axum::http::Method;
use omnival_sandbox::store::tokens;
use serde_json::{Value, json};

use crate::world::{Answer, World, request};

const SIGN_IN: &str = "/api/auth/sign-in";
const REFRESH: &str = "/api/auth/refresh";
const SIGN_OUT: &str = "/api/auth/sign-out";
const ME: &str = "/api/auth/me";

async fn sign_in(world: &World, password: &str) -> Answer {
    let body = json!({ "username": "operations", "password": password });
    world.ask(Method::POST, SIGN_IN, Some(body)).await
}

/// The cookie pair of a `Set-Cookie`, as a browser would send it back.
fn cookie(answer: &Answer) -> String {
    let header = answer.header("set-cookie").expect("a cookie");
    header.split(';').next().unwrap().to_owned()
}

async fn refresh(world: &World, cookie: &str) -> Answer {
    let headers = [("cookie", cookie)];
    world.send(request(Method::POST, REFRESH, &headers, None)).await
}

async fn me(world: &World, token: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    world.send(request(Method::GET, ME, &headers, None)).await
}

fn token(answer: &Answer) -> &str {
    answer.body["accessToken"].as_str().unwrap()
}

#[tokio::test]
async fn a_session_holds_user_scope_and_a_cookie_no_script_can_read() {
    let world = World::new();
    let answer = sign_in(&world, "sandbox").await.expect(200);
    assert_eq!(answer.body["expiresIn"], 300);
    assert_eq!(answer.body["user"]["role"], "operations");
    assert_eq!(answer.body["user"]["clients"].as_array().unwrap().len(), 3);
    assert_eq!(answer.body.get("refreshToken"), None);
    let cookie = answer.header("set-cookie").unwrap();
    for part in [
        "omnival_refresh=",
        "HttpOnly",
        "SameSite=Strict",
        "Path=/api/auth",
        "Max-Age=28800",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let who = me(&world, token(&answer)).await.expect(200);
    assert_eq!(who.body, answer.body["user"]);
}

#[tokio::test]
async fn a_wrong_password_and_a_wrong_name_are_refused_alike() {
    let world = World::new();
    let wrong = sign_in(&world, "nonsense").await.refused(401, "invalid_credentials");
    let body = json!({ "username": "nobody", "password": "sandbox" });
    let unknown = world.ask(Method::POST, SIGN_IN, Some(body)).await;
    let unknown = unknown.refused(401, "invalid_credentials");
    assert_eq!(wrong.body["detail"], unknown.body["detail"]);
    assert!(world.ledger(None).await.is_empty());
}

#[tokio::test]
async fn sign_in_names_every_missing_field() {
    let world = World::new();
    let answer = world.ask(Method::POST, SIGN_IN, Some(json!({}))).await;
    assert_eq!(
        answer.refused(400, "validation_failed").fields(),
        ["username", "password"]
    );
    world
        .ask(Method::POST, SIGN_IN, None)
        .await
        .refused(400, "validation_failed");
}

#[tokio::test]
async fn ten_failures_in_a_minute_make_a_user_wait_and_only_that_user() {
    let world = World::new();
    for _ in 0..10 {
        sign_in(&world, "guess").await.refused(401, "invalid_credentials");
        world.advance(1_000);
    }
    let answer = sign_in(&world, "sandbox").await.refused(429, "too_many_requests");
    assert_eq!(answer.header("retry-after"), Some("50"));
    world.sign_in("admin").await;
    world.advance(50_000);
    sign_in(&world, "sandbox").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_guesses_at_once_do_not_slip_through_together() {
    let world = World::new();
    let guesses: Vec<_> = (0..30)
        .map(|_| {
            let body = json!({ "username": "operations", "password": "guess" });
            let guess = request(Method::POST, SIGN_IN, &[], Some(body));
            let app = world.app.clone();
            tokio::spawn(async move { tower::ServiceExt::oneshot(app, guess).await.unwrap().status().as_u16() })
        })
        .collect();
    let mut statuses = Vec::new();
    for guess in guesses {
        statuses.push(guess.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [[401; 10].as_slice(), &[429; 20]].concat());
}

#[tokio::test]
async fn requests_without_a_good_token_are_told_why() {
    let world = World::new();
    let answer = world.ask(Method::GET, ME, None).await.refused(401, "token_missing");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    me(&world, "0123456789abcdef").await.refused(401, "token_invalid");
    let session = sign_in(&world, "sandbox").await;
    world.advance(299_999);
    me(&world, token(&session)).await.expect(200);
    world.advance(1);
    me(&world, token(&session)).await.refused(401, "token_expired");
}

#[tokio::test]
async fn refresh_rotates_and_a_spent_token_ends_the_whole_family() {
    let world = World::new();
    let first = sign_in(&world, "sandbox").await;
    let second = refresh(&world, &cookie(&first)).await.expect(200);
    assert_ne!(cookie(&first), cookie(&second));
    me(&world, token(&second)).await.expect(200);

    let reused = refresh(&world, &cookie(&first)).await.refused(401, "refresh_reused");
    assert!(reused.header("set-cookie").unwrap().contains("Max-Age=0"));
    me(&world, token(&second)).await.refused(401, "session_revoked");
    refresh(&world, &cookie(&second)).await.refused(401, "session_revoked");

    let effects = world.ledger(None).await;
    let operations: Vec<&Value> = effects.iter().map(|effect| &effect["operation"]).collect();
    assert_eq!(operations, ["signIn", "refreshSession"]);
}

#[tokio::test]
async fn one_session_ending_leaves_the_others_of_that_user_alone() {
    let world = World::new();
    let here = sign_in(&world, "sandbox").await;
    let there = sign_in(&world, "sandbox").await;
    refresh(&world, &cookie(&here)).await.expect(200);
    refresh(&world, &cookie(&here)).await.refused(401, "refresh_reused");
    me(&world, token(&there)).await.expect(200);
}

#[tokio::test]
async fn refresh_tokens_run_out() {
    let world = World::new();
    refresh(&world, "other=1").await.refused(401, "refresh_missing");
    let session = sign_in(&world, "sandbox").await;
    world.advance(8 * 3_600_000);
    refresh(&world, &cookie(&session)).await.refused(401, "refresh_expired");
    refresh(&world, "omnival_refresh=invented")
        .await
        .refused(401, "refresh_expired");
}

#[tokio::test]
async fn the_body_transport_hands_the_token_to_the_script_and_takes_no_cookie() {
    let world = World::new();
    let by_cookie = sign_in(&world, "sandbox").await;
    world.set(json!({ "refreshTransport": "body" }));
    refresh(&world, &cookie(&by_cookie))
        .await
        .refused(401, "refresh_missing");

    let session = sign_in(&world, "sandbox").await.expect(200);
    assert_eq!(session.header("set-cookie"), None);
    let body = json!({ "refreshToken": session.body["refreshToken"] });
    let next = world.ask(Method::POST, REFRESH, Some(body.clone())).await.expect(200);
    assert_ne!(next.body["refreshToken"], session.body["refreshToken"]);
    world
        .ask(Method::POST, REFRESH, Some(body))
        .await
        .refused(401, "refresh_reused");
    let answer = world
        .ask(Method::POST, REFRESH, Some(json!({ "refreshToken": 7 })))
        .await;
    assert_eq!(answer.refused(400, "validation_failed").fields(), ["refreshToken"]);
}

#[tokio::test]
async fn sign_out_ends_the_session_however_often_and_by_whatever_names_it() {
    let world = World::new();
    let session = sign_in(&world, "sandbox").await;
    let cookie = cookie(&session);
    for _ in 0..2 {
        let headers = [("cookie", cookie.as_str())];
        let answer = world.send(request(Method::POST, SIGN_OUT, &headers, None)).await;
        assert!(answer.expect(204).header("set-cookie").unwrap().contains("Max-Age=0"));
    }
    me(&world, token(&session)).await.refused(401, "session_revoked");
    refresh(&world, &cookie).await.refused(401, "session_revoked");

    let other = sign_in(&world, "sandbox").await;
    let bearer = format!("Bearer {}", token(&other));
    let headers = [("authorization", bearer.as_str())];
    world
        .send(request(Method::POST, SIGN_OUT, &headers, None))
        .await
        .expect(204);
    me(&world, token(&other)).await.refused(401, "session_revoked");
    world.ask(Method::POST, SIGN_OUT, None).await.expect(204);
}

#[tokio::test]
async fn access_can_be_expired_and_users_revoked_from_outside() {
    let world = World::new();
    let session = sign_in(&world, "sandbox").await;
    world.state.db.write(tokens::expire_all_access).await.unwrap();
    me(&world, token(&session)).await.refused(401, "token_expired");
    let session = refresh(&world, &cookie(&session)).await.expect(200);
    let now = world.state.clock.now();
    let revoke = world
        .state
        .db
        .write(move |tx| tokens::revoke_user(tx, "usr-operations", now));
    revoke.await.unwrap();
    me(&world, token(&session)).await.refused(401, "session_revoked");
    refresh(&world, &cookie(&session)).await.refused(401, "session_revoked");
}

#[tokio::test]
async fn only_hashes_of_tokens_and_passwords_are_stored() {
    let world = World::new();
    let session = sign_in(&world, "sandbox").await;
    let (access, refresh) = (token(&session).to_owned(), cookie(&session));
    let stored: Vec<String> = world
        .state
        .db
        .read(|connection| {
            let sql = "SELECT hash FROM access_tokens UNION SELECT hash FROM refresh_tokens
                       UNION SELECT password_hash FROM users";
            let rows = connection
                .prepare(sql)?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            Ok(rows)
        })
        .await
        .unwrap();
    assert!(stored.len() >= 3);
    let secrets = [access.as_str(), refresh.split_once('=').unwrap().1, "sandbox"];
    assert!(stored.iter().all(|text| !secrets.contains(&text.as_str())));
}
