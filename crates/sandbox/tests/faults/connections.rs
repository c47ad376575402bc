//! The accept loop: which connections live, which end, and what a hostile client can do.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use omnival_sandbox::api::serve::serve;
use omnival_sandbox::state::connections::Connections;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};

use super::support::{DEADLINE, Outcome, Reply, Sandbox, finish};

const KEEP_ALIVE: &[u8] = b"GET /api/auth/me HTTP/1.1\r\nHost: sandbox\r\n\r\n";

/// Reads one answer from a connection that stays open.
async fn one_answer(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| {
                    line.to_ascii_lowercase()
                        .strip_prefix("content-length:")?
                        .trim()
                        .parse()
                        .ok()
                })
                .unwrap_or(0);
            if body.len() >= length {
                return head.to_ascii_lowercase();
            }
        }
        let mut chunk = [0; 4096];
        let read = stream.read(&mut chunk).await.unwrap();
        assert_ne!(read, 0, "ended in the middle of an answer");
        bytes.extend_from_slice(&chunk[..read]);
    }
}

#[tokio::test]
async fn while_a_closing_fault_is_armed_no_connection_is_used_twice() {
    let sandbox = Sandbox::start().await;
    let mut old = TcpStream::connect(sandbox.address).await.unwrap();
    for _ in 0..2 {
        old.write_all(KEEP_ALIVE).await.unwrap();
        assert!(
            !one_answer(&mut old).await.contains("connection: close"),
            "connections are kept"
        );
    }
    let mut arming = TcpStream::connect(sandbox.address).await.unwrap();
    let fault = json!({"operation": "holdOrder", "fault": {"kind": "close", "when": "after"}});
    let fault = fault.to_string();
    let request = format!(
        "POST /sandbox/faults HTTP/1.1\r\nHost: sandbox\r\nContent-Length: {}\r\n\r\n{fault}",
        fault.len()
    );
    arming.write_all(request.as_bytes()).await.unwrap();
    let armed = one_answer(&mut arming).await;
    assert!(armed.starts_with("http/1.1 201") && armed.contains("connection: close"));
    // Closed before the arming was answered, so that nobody walks into it.
    let ended = tokio::time::timeout(DEADLINE, old.read(&mut [0; 1])).await;
    assert_eq!(ended.expect("the idle connection is closed").unwrap(), 0);
    let mut new = TcpStream::connect(sandbox.address).await.unwrap();
    new.write_all(KEEP_ALIVE).await.unwrap();
    assert!(one_answer(&mut new).await.contains("connection: close"));
    sandbox.send("DELETE", "/sandbox/faults", "", "").await.whole();
    let mut newest = TcpStream::connect(sandbox.address).await.unwrap();
    newest.write_all(KEEP_ALIVE).await.unwrap();
    assert!(!one_answer(&mut newest).await.contains("connection: close"));
}

/// Holds for every refusal, whoever made it.
fn assert_problem(reply: &Reply, status: u16, code: &str, request: &str) {
    let body = reply.json();
    assert_eq!(
        (reply.status, body["code"].as_str()),
        (status, Some(code)),
        "{request:.40}"
    );
    assert_eq!(reply.header("content-type"), "application/problem+json");
    assert_eq!(
        reply.headers("x-correlation-id"),
        [body["correlationId"].as_str().unwrap()]
    );
    assert_eq!(reply.header("connection"), "close", "{request:.40}");
}

#[tokio::test]
async fn requests_that_are_no_http_or_beyond_its_limits_get_a_problem_and_end_alone() {
    let sandbox = Sandbox::start().await;
    let long = "a".repeat(400_000);
    let address_of = |length: usize| format!("GET /?{} HTTP/1.1\r\nHost: a\r\n\r\n", "a".repeat(length));
    let many = "X-Header: 1\r\n".repeat(500);
    for (request, status, code) in [
        ("\x16\x03\x01 not http\r\n\r\n".to_owned(), 400, "validation_failed"),
        ("GET / HTTP/9.9\r\n\r\n".to_owned(), 400, "validation_failed"),
        (
            "POST /api/auth/sign-in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n".to_owned(),
            400,
            "validation_failed",
        ),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n".to_owned(),
            400,
            "validation_failed",
        ),
        (
            format!("GET / HTTP/1.1\r\nHost: a\r\nX-Long: {long}\r\n\r\n"),
            431,
            "headers_too_large",
        ),
        (
            format!("GET / HTTP/1.1\r\nHost: a\r\n{many}\r\n"),
            431,
            "headers_too_large",
        ),
        (address_of(400_000), 431, "headers_too_large"),
        (address_of(20_000), 414, "uri_too_long"),
        (address_of(70_000), 414, "uri_too_long"),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n".to_owned(),
            400,
            "validation_failed",
        ),
    ] {
        let mut stream = TcpStream::connect(sandbox.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        assert_problem(&finish(stream).await.whole(), status, code, &request);
        assert_eq!(sandbox.get("/api/auth/me", "").await.status, 401, "the server lives");
    }
}

#[tokio::test]
async fn a_refusal_follows_good_answers_on_the_same_connection() {
    let sandbox = Sandbox::start().await;
    let mut stream = TcpStream::connect(sandbox.address).await.unwrap();
    stream.write_all(KEEP_ALIVE).await.unwrap();
    assert!(one_answer(&mut stream).await.starts_with("http/1.1 401"));
    stream.write_all(b"BAD\x00\r\n\r\n").await.unwrap();
    assert_problem(&finish(stream).await.whole(), 400, "validation_failed", "BAD");
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_with_a_problem() {
    let sandbox = Sandbox::start().await;
    let body = "x".repeat(omnival_sandbox::api::serve::MAX_BODY_BYTES + 1);
    for path in ["/api/auth/sign-in", "/sandbox/faults", "/"] {
        let correlation = "X-Correlation-Id: far-too-large\r\n";
        let reply = sandbox.send("POST", path, correlation, &body).await.whole();
        assert_eq!(reply.status, 413, "{path}");
        assert_eq!(reply.header("content-type"), "application/problem+json");
        assert_eq!(reply.headers("x-correlation-id"), ["far-too-large"]);
        assert_eq!(reply.json()["code"], "payload_too_large");
    }
    let promise = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n";
    let mut stream = TcpStream::connect(sandbox.address).await.unwrap();
    stream.write_all(promise.as_bytes()).await.unwrap();
    let Outcome::Whole(reply) = finish(stream).await else {
        panic!("no answer")
    };
    assert_eq!(reply.status, 413, "a promise is enough to be refused");
}

async fn alone(
    app: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> (TcpStream, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(serve(listener, app, Connections::default(), stop));
    (TcpStream::connect(address).await.unwrap(), server)
}

/// The clock stands still and jumps ahead whenever nothing else is to be done, so that deadlines
/// pass at once.
#[tokio::test(start_paused = true)]
async fn slow_heads_and_bodies_lose_their_connection() {
    for start in [
        "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc",
        "",
    ] {
        let (mut stream, _server) = alone(Router::new(), std::future::pending()).await;
        stream.write_all(start.as_bytes()).await.unwrap();
        let begun = tokio::time::Instant::now();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        assert!(begun.elapsed() <= Duration::from_secs(60), "{start:?}");
        assert!(!String::from_utf8_lossy(&answer).contains("200 OK"));
    }
}

#[tokio::test]
async fn stopping_lets_a_request_finish_and_then_ends() {
    let (arrived, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let handler = {
        let (arrived, release) = (Arc::clone(&arrived), Arc::clone(&release));
        async move || {
            arrived.notify_one();
            release.notified().await;
            "finished"
        }
    };
    let (stop, stopped) = oneshot::channel::<()>();
    let app = Router::new().route("/", get(handler));
    let (mut stream, server) = alone(app, async { stopped.await.unwrap() }).await;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    arrived.notified().await;
    stop.send(()).unwrap();
    release.notify_one();
    let Outcome::Whole(reply) = finish(stream).await else {
        panic!("cut off")
    };
    assert_eq!((reply.status, reply.body.as_slice()), (200, b"finished".as_slice()));
    tokio::time::timeout(DEADLINE, server)
        .await
        .expect("the server ends")
        .unwrap();
}
