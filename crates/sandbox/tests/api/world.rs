//! A small seeded server and hands to work it with.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request};
use http_body_util::BodyExt;
use omnival_sandbox::base::time::Clock;
use omnival_sandbox::control::colleague::{self, Change};
use omnival_sandbox::problem::Problem;
use omnival_sandbox::state::{AppState, Options};
use omnival_sandbox::store::{ledger, samples};
use serde_json::{Value, json};
use tower::ServiceExt;

/// 2026-11-22T15:04:05Z.
const START: i64 = 1_795_359_845_000;

pub struct World {
    pub state: AppState,
    pub app: Router,
    clock: Arc<AtomicI64>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// `Null` unless the body is JSON.
    pub body: Value,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or("")
    }

    /// The fields named in `errors`, in order.
    pub fn fields(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().map_or(&[][..], Vec::as_slice);
        errors.iter().map(|error| error["field"].as_str().unwrap()).collect()
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:#}", self.body);
        self
    }

    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.code()), (status, code), "{:#}", self.body);
        let kind = self.header("content-type").unwrap();
        assert_eq!(kind, "application/problem+json");
        assert_eq!(self.body["correlationId"].as_str(), self.header("x-correlation-id"));
        self
    }
}

impl World {
    /// Enough orders for every status, and few enough for one page of the first client.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut Options)) -> Self {
        let clock = Arc::new(AtomicI64::new(START));
        let mut options = Options {
            orders: 390,
            clock: Clock::Manual(Arc::clone(&clock)),
            ..Options::default()
        };
        change(&mut options);
        let state = omnival_sandbox::open(options).unwrap();
        let app = omnival_sandbox::app(state.clone());
        Self { state, app, clock }
    }

    pub fn advance(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            bytes: bytes.to_vec(),
        }
    }

    /// A request without a session.
    pub async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.send(request(method, path, &[], body)).await
    }

    pub async fn sign_in(&self, username: &str) -> Person<'_> {
        let body = json!({ "username": username, "password": "sandbox" });
        let answer = self
            .ask(Method::POST, "/api/auth/sign-in", Some(body))
            .await
            .expect(200);
        Person {
            world: self,
            token: answer.body["accessToken"].as_str().unwrap().to_owned(),
        }
    }

    pub async fn samples(&self) -> Value {
        self.state.db.read(samples::read).await.unwrap()
    }

    /// The path of the first client's nth order in a status ("draft", "16", …).
    pub async fn nth_in(&self, status: &str, n: usize) -> String {
        path_of(&self.samples().await, &["byStatus", status], n)
    }

    pub async fn one_in(&self, status: &str) -> String {
        self.nth_in(status, 0).await
    }

    /// The path of a draft: "complete", "incomplete", "charged" or "declined".
    pub async fn draft(&self, kind: &str) -> String {
        path_of(&self.samples().await, &["drafts", kind], 0)
    }

    /// The effects on an order (or all) as the ledger has them.
    pub async fn ledger(&self, path: Option<&str>) -> Vec<Value> {
        let filter = ledger::Filter {
            order_id: path.map(|path| path.rsplit('/').next().unwrap().to_owned()),
            ..Default::default()
        };
        let read = self.state.db.read(move |connection| ledger::list(connection, &filter));
        let page = read.await.unwrap();
        assert_eq!(page.total, page.items.len());
        page.items
            .iter()
            .map(|item| serde_json::to_value(item).unwrap())
            .collect()
    }

    /// The path of an order whose report stands accepted: "fha", "collectable", … of the samples.
    pub async fn accepted(&self, kind: &str) -> String {
        path_of(&self.samples().await, &["accepted", kind], 0)
    }

    /// A colleague does something; answers the order, or the refusal.
    pub async fn try_act(&self, user: &str, operation: &str, path: &str, body: Value) -> Result<Value, Problem> {
        let id = path.rsplit('/').next().unwrap();
        let body = (!body.is_null()).then_some(body);
        let change = Change::by_id(operation).expect("an operation that writes to an order");
        colleague::perform(&self.state, user, change, id, body).await
    }

    #[track_caller]
    pub fn act(&self, user: &str, operation: &str, path: &str, body: Value) -> impl Future<Output = Value> {
        let at = std::panic::Location::caller();
        async move {
            match self.try_act(user, operation, path, body).await {
                Ok(order) => order,
                Err(problem) => panic!("{at}: {operation}: {problem}"),
            }
        }
    }

    /// The path of an order that stands at 11, its report by the vendor, and the report's id.
    pub async fn under_review(&self) -> (String, String) {
        let path = self.one_in("15").await;
        self.act("operations", "submitReport", &path, Value::Null).await;
        let person = self.sign_in("admin").await;
        let report = person.get(&format!("{path}/reports/latest")).await.expect(200).body;
        (path, report["id"].as_str().unwrap().to_owned())
    }

    pub fn set(&self, change: Value) {
        self.state.change_settings(&change).unwrap();
    }
}

/// The path of the nth sample of a kind.
pub fn path_of(samples: &Value, keys: &[&str], n: usize) -> String {
    let client = samples["clientId"].as_str().unwrap();
    let sample = keys.iter().fold(samples, |value, key| &value[*key])[n].clone();
    let part = |name: &str| {
        sample[name]
            .as_str()
            .unwrap_or_else(|| panic!("no {keys:?}"))
            .to_owned()
    };
    format!("/api/clients/{client}/loans/{}/orders/{}", part("loanId"), part("id"))
}

pub fn request(method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Request<Body> {
    let mut builder = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    match body {
        None => builder.body(Body::empty()).unwrap(),
        Some(body) => builder
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap(),
    }
}

/// Someone who is signed in.
pub struct Person<'w> {
    pub world: &'w World,
    pub token: String,
}

impl Person<'_> {
    pub async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let mut all = vec![("authorization", bearer.as_str())];
        all.extend_from_slice(headers);
        self.world.send(request(method, path, &all, body)).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, &[], Some(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::PUT, path, &[], Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::PATCH, path, &[], Some(body)).await
    }

    /// The items of a list under the order's path.
    pub async fn items(&self, path: &str) -> Vec<Value> {
        let answer = self.get(path).await.expect(200);
        assert!(answer.body["asOf"].is_string(), "{path} does not say when");
        answer.body["items"].as_array().unwrap().clone()
    }

    /// Sends a form of one file and some texts.
    pub async fn upload(&self, path: &str, file: (&str, &str, &[u8]), texts: &[(&str, &str)]) -> Answer {
        let (kind, body) = form(&[file], texts);
        self.send_form(path, &kind, body, &[]).await
    }

    pub async fn send_form(&self, path: &str, kind: &str, body: Vec<u8>, headers: &[(&str, &str)]) -> Answer {
        let mut builder = Request::post(path)
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", kind);
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        self.world.send(builder.body(Body::from(body)).unwrap()).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.ask(Method::DELETE, path, &[], None).await
    }

    pub async fn order(&self, path: &str) -> Value {
        self.get(path).await.expect(200).body
    }

    pub async fn history(&self, path: &str) -> Vec<Value> {
        let answer = self.get(&format!("{path}/history")).await.expect(200);
        answer.body["items"].as_array().unwrap().clone()
    }

    pub async fn payments(&self, path: &str) -> Vec<Value> {
        let answer = self.get(&format!("{path}/payment-history")).await.expect(200);
        answer.body["items"].as_array().unwrap().clone()
    }

    /// The first eligible vendor that does not have the order.
    pub async fn eligible_vendor(&self, path: &str) -> String {
        let holder = self.order(path).await["vendor"]["id"].clone();
        let answer = self.get(&format!("{path}/suggested-vendors")).await.expect(200);
        let vendors = answer.body["items"].as_array().unwrap().clone();
        vendors
            .iter()
            .find(|vendor| vendor["eligible"] == true && vendor["id"] != holder)
            .and_then(|vendor| vendor["id"].as_str())
            .expect("an eligible vendor")
            .to_owned()
    }
}

pub const PDF: &[u8] = b"%PDF-1.4\n% a report\n%%EOF\n";

/// A multipart body of files (name, type, bytes) and texts, with its content type.
pub fn form(files: &[(&str, &str, &[u8])], texts: &[(&str, &str)]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, text) in texts {
        let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    for (name, kind, bytes) in files {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: {kind}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    ("multipart/form-data; boundary=edge".to_owned(), body)
}

pub fn money(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "USD" })
}

/// An amount in cents.
pub fn cents(money: &Value) -> i64 {
    let amount = money["amount"].as_str().unwrap_or_else(|| panic!("no money: {money}"));
    amount.replace('.', "").parse().unwrap()
}

pub fn dollars(cents: i64) -> Value {
    money(&format!("{}.{:02}", cents / 100, cents % 100))
}

/// The types of history entries, newest first.
pub fn kinds(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["type"].as_str().unwrap()).collect()
}
