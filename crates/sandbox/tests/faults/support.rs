//! A sandbox on a port of its own, and a client that sees exactly what bytes arrive.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use omnival_sandbox::state::Options;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Far longer than anything here takes; only a failing test waits for it.
pub const DEADLINE: Duration = Duration::from_secs(20);

pub struct Sandbox {
    pub address: SocketAddr,
}

/// What came back before the connection ended.
#[derive(Debug)]
pub enum Outcome {
    /// Not one byte.
    Nothing,
    /// A head, and less of a body than it promised.
    Broken(Reply),
    Whole(Reply),
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Outcome {
    pub fn whole(self) -> Reply {
        match self {
            Outcome::Whole(reply) => reply,
            other => panic!("no complete answer: {other:?}"),
        }
    }

    pub fn is_nothing(&self) -> bool {
        matches!(self, Outcome::Nothing)
    }
}

impl Reply {
    /// Header lines of this name, in order.
    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .filter(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
            .collect()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers(name).first().copied().unwrap_or_default()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }
}

/// One order of the seeded world.
#[derive(Clone, Debug)]
pub struct Sample {
    pub client: String,
    pub loan: String,
    pub id: String,
}

impl Sample {
    pub fn path(&self, rest: &str) -> String {
        format!(
            "/api/clients/{}/loans/{}/orders/{}{rest}",
            self.client, self.loan, self.id
        )
    }
}

pub const REASON: &str = r#"{"reason":"The borrower asked to wait."}"#;

impl Sandbox {
    pub async fn start() -> Self {
        let options = Options {
            orders: 300,
            ..Options::default()
        };
        let state = omnival_sandbox::open(options).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = state.faults.connections();
        let app = omnival_sandbox::app(state);
        tokio::spawn(omnival_sandbox::api::serve::serve(
            listener,
            app,
            connections,
            std::future::pending(),
        ));
        Self { address }
    }

    /// Sends one request on a connection of its own and reads until the connection ends.
    pub async fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> Outcome {
        let stream = self.begin(method, path, headers, body).await;
        tokio::time::timeout(DEADLINE, finish(stream))
            .await
            .expect("an end of the connection")
    }

    /// Sends one request and leaves the answer in the connection.
    pub async fn begin(&self, method: &str, path: &str, headers: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n{headers}\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }

    pub async fn get(&self, path: &str, token: &str) -> Reply {
        self.send("GET", path, token, "").await.whole()
    }

    /// An `Authorization` line for a demo user.
    pub async fn token(&self, username: &str) -> String {
        bearer(&self.sign_in(username).await.json())
    }

    pub async fn sign_in(&self, username: &str) -> Reply {
        let body = json!({ "username": username, "password": "sandbox" }).to_string();
        let reply = self.send("POST", "/api/auth/sign-in", "", &body).await.whole();
        assert_eq!(reply.status, 200, "{:?}", reply.head);
        reply
    }

    pub async fn arm(&self, fault: Value) -> Value {
        let outcome = self.send("POST", "/sandbox/faults", "", &fault.to_string()).await;
        let reply = outcome.whole();
        assert_eq!(reply.status, 201, "{}", String::from_utf8_lossy(&reply.body));
        reply.json()
    }

    pub async fn faults(&self) -> Value {
        self.get("/sandbox/faults", "").await.json()
    }

    /// How many faults have met their request so far.
    pub async fn fired(&self) -> usize {
        self.faults().await["fired"].as_array().unwrap().len()
    }

    /// The operations that took effect on an order, oldest first.
    pub async fn effects(&self, order: &Sample) -> Vec<String> {
        self.ledger(&format!("orderId={}", order.id))
            .await
            .iter()
            .map(|effect| effect["operation"].as_str().unwrap().to_owned())
            .collect()
    }

    pub async fn ledger(&self, query: &str) -> Vec<Value> {
        let page = self.get(&format!("/sandbox/ledger?{query}"), "").await.json();
        page["items"].as_array().unwrap().clone()
    }

    /// The first seeded order in this status (`draft` or a code).
    pub async fn sample(&self, status: &str) -> Sample {
        let samples = self.get("/sandbox/samples", "").await.json();
        let order = &samples["byStatus"][status][0];
        let text = |value: &Value| value.as_str().expect("a sample of this status").to_owned();
        Sample {
            client: text(&samples["clientId"]),
            loan: text(&order["loanId"]),
            id: text(&order["id"]),
        }
    }

    pub async fn order(&self, order: &Sample, token: &str) -> Value {
        let reply = self.get(&order.path(""), token).await;
        assert_eq!(reply.status, 200);
        reply.json()
    }
}

pub fn bearer(session: &Value) -> String {
    format!("Authorization: Bearer {}\r\n", session["accessToken"].as_str().unwrap())
}

/// Asks again and again until the answer is yes; the questions themselves take the time.
pub async fn until<F: Future<Output = bool>>(what: &str, mut question: impl FnMut() -> F) {
    let start = Instant::now();
    while !question().await {
        assert!(start.elapsed() < DEADLINE, "did not happen in time: {what}");
    }
}

/// Reads until the connection ends, in peace or not.
pub async fn finish(mut stream: TcpStream) -> Outcome {
    let mut bytes = Vec::new();
    // A reset after some bytes is an end like any other; what arrived is kept.
    let _ = stream.read_to_end(&mut bytes).await;
    if bytes.is_empty() {
        return Outcome::Nothing;
    }
    let split = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .expect("a complete head");
    let head = String::from_utf8(bytes[..split].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let reply = Reply {
        status,
        head,
        body: bytes[split + 4..].to_vec(),
    };
    let promised: usize = reply.header("content-length").parse().unwrap_or(0);
    assert!(reply.body.len() <= promised, "more than was promised");
    if reply.body.len() < promised {
        Outcome::Broken(reply)
    } else {
        Outcome::Whole(reply)
    }
}
