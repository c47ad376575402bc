//! Faults and hostile senders on the way of a file.

use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::{DEADLINE, Sample, Sandbox, finish};

const BODY: &str = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\
    Content-Type: application/pdf\r\n\r\n%PDF-1.4 tiny\r\n--edge--\r\n";

fn head(order: &Sample, token: &str, framing: &str) -> String {
    format!(
        "POST {} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n{token}\
         Content-Type: multipart/form-data; boundary=edge\r\n{framing}\r\n\r\n",
        order.path("/reports")
    )
}

async fn upload(sandbox: &Sandbox, order: &Sample, token: &str) -> TcpStream {
    let mut stream = TcpStream::connect(sandbox.address).await.unwrap();
    let head = head(order, token, &format!("Content-Length: {}", BODY.len()));
    stream.write_all(format!("{head}{BODY}").as_bytes()).await.unwrap();
    stream
}

async fn reports(sandbox: &Sandbox, order: &Sample, token: &str) -> usize {
    let list = sandbox.get(&order.path("/reports"), token).await.json();
    list["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn an_upload_whose_answer_is_lost_is_there_all_the_same() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    let order = sandbox.sample("15").await;
    for (when, expected) in [("before", 0), ("after", 1)] {
        let fault = json!({"operation": "submitReport", "fault": {"kind": "close", "when": when}});
        sandbox.arm(fault).await;
        let stream = upload(&sandbox, &order, &token).await;
        assert!(finish(stream).await.is_nothing());
        assert_eq!(reports(&sandbox, &order, &token).await, expected, "{when}");
    }
    assert_eq!(sandbox.effects(&order).await, ["submitReport"]);
}

#[tokio::test]
async fn a_faulted_answer_to_an_upload_can_be_anything() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    let order = sandbox.sample("15").await;
    let fault = json!({"operation": "submitReport", "fault": {"kind": "answer", "when": "after", "status": 500}});
    sandbox.arm(fault).await;
    let reply = finish(upload(&sandbox, &order, &token).await).await.whole();
    assert_eq!(reply.status, 500);
    assert_eq!(reports(&sandbox, &order, &token).await, 1);
}

#[tokio::test]
async fn a_part_without_end_takes_nothing_along() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    let order = sandbox.sample("15").await;
    // Promises more than it sends, and goes.
    let mut stream = TcpStream::connect(sandbox.address).await.unwrap();
    let head = head(&order, &token, "Content-Length: 20000000");
    let start = &BODY[..BODY.len() - 12];
    stream.write_all(format!("{head}{start}").as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    tokio::time::timeout(DEADLINE, finish(stream)).await.expect("an end");

    // Never stops: cut off, told why, or both.
    let mut stream = TcpStream::connect(sandbox.address).await.unwrap();
    let head = self::head(&order, &token, "Transfer-Encoding: chunked");
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let mut sent = 0_usize;
    while sent < 80 * 1024 * 1024 && stream.write_all(chunk.as_bytes()).await.is_ok() {
        sent += chunk.len();
    }
    let outcome = tokio::time::timeout(DEADLINE, finish(stream)).await.expect("an end");
    if let crate::support::Outcome::Whole(reply) = outcome {
        assert_eq!(reply.status, 413);
    }
    assert_eq!(reports(&sandbox, &order, &token).await, 0);
    assert!(sandbox.effects(&order).await.is_empty());
}
