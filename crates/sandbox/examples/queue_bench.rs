//! How fast the queue is over many orders: seeds, then asks for pages as two busy operators would,
//! and reports percentiles per kind of question.
//!
//! `cargo run --release -p omnival-sandbox --example queue_bench -- 100000`

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use omnival_sandbox::state::Options;
use serde_json::{Value, json};
use tower::ServiceExt;

const ROUNDS: usize = 150;
const LIST: &str = "/api/clients/cli-aspen/orders";

/// Kinds of question; `{}` stands for a number from 1 to 9 that changes with each.
const QUESTIONS: &[(&str, &str)] = &[
    ("first page", ""),
    ("pages 31 to 39", "?page=3{}"),
    ("last pages, 200 each", "?pageSize=200&page=24{}"),
    ("a view", "?view=vendor-working&page={}"),
    ("past due", "?view=past-due&sort=dueDate&page={}"),
    ("two statuses by borrower", "?status=6,8&sort=borrower&page={}"),
    ("due before", "?dueBefore=2026-11-2{}&sort=-orderNumber"),
    ("rare search", "?search=OV-10{}77"),
    ("search for a name", "?search=ramirez&page={}"),
    ("search for one letter", "?search=a&page={}&sort=vendor"),
    ("search without hits", "?search=zzzz{}"),
];

#[tokio::main]
async fn main() {
    let argument = std::env::args().nth(1);
    let orders = argument.and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let started = Instant::now();
    let options = Options {
        orders,
        ..Options::default()
    };
    let state = tokio::task::spawn_blocking(|| omnival_sandbox::open(options))
        .await
        .unwrap()
        .unwrap();
    println!("{orders} orders seeded in {:.1} s", started.elapsed().as_secs_f64());
    let app = omnival_sandbox::app(state);

    let body = json!({ "username": "operations", "password": "sandbox" }).to_string();
    let sign_in = Request::post("/api/auth/sign-in")
        .header("content-type", "application/json")
        .body(Body::from(body))
        .unwrap();
    let answer = app.clone().oneshot(sign_in).await.unwrap();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    let session: Value = serde_json::from_slice(&body).unwrap();
    let bearer = format!("Bearer {}", session["accessToken"].as_str().unwrap());

    let mut all = Vec::new();
    println!("{:28} {:>8} {:>8} {:>8}", "milliseconds", "median", "p99", "worst");
    for (name, query) in QUESTIONS {
        let ask = |offset: usize| {
            let (app, bearer) = (app.clone(), bearer.clone());
            async move {
                let mut times = Vec::with_capacity(ROUNDS);
                for round in 0..ROUNDS {
                    let number = ((round * 2 + offset) % 9 + 1).to_string();
                    let uri = format!("{LIST}{}", query.replace("{}", &number));
                    let request = Request::get(uri).header("authorization", &bearer);
                    let request = request.body(Body::empty()).unwrap();
                    let asked = Instant::now();
                    let answer = app.clone().oneshot(request).await.unwrap();
                    let status = answer.status();
                    answer.into_body().collect().await.unwrap();
                    times.push(asked.elapsed());
                    assert_eq!(status, 200);
                }
                times
            }
        };
        let (mut times, more) = tokio::join!(tokio::spawn(ask(0)), tokio::spawn(ask(1)));
        let mut times: Vec<Duration> = times.as_mut().unwrap().drain(..).chain(more.unwrap()).collect();
        report(name, &mut times);
        all.extend(times);
    }
    report("all together", &mut all);
}

fn report(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1_000.0;
    println!("{name:28} {:8.1} {:8.1} {:8.1}", at(50), at(99), at(100));
}
