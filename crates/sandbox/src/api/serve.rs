//! The accept loop: every byte between the sandbox and its clients passes here.
//!
//! It is our own rather than axum's because faults must be able to drop a connection without a
//! single byte of an answer ([`CloseConnection`]), and because a request must be complete and
//! bounded before a handler sees it. Headers, bodies, the time they take to arrive and the number of
//! connections are all limited. It never answers 408: browsers repeat a request on that, even a POST.

use std::convert::Infallible;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, SemaphorePermit, watch};
use tokio::task::JoinSet;
use tower::Service;

mod refusal;

use crate::contract::address;
use crate::contract::headers::{CORRELATION_ID, correlation_of};
use crate::contract::operations::Payload;
use crate::input::form;
use crate::problem::Problem;
use crate::state::connections::{Connections, Idling};

use refusal::Worded;

const MAX_CONNECTIONS: usize = 1024;
/// More than the library's own limit for an address alone, so that one beyond it is told apart from
/// headers that are too large.
const MAX_HEAD_BYTES: usize = 128 * 1024;
const MAX_ADDRESS_BYTES: usize = 16 * 1024;
const MAX_HEADERS: usize = 100;
/// A connection that has sent no complete request head for this long is closed; idle ones too.
const HEAD_DEADLINE: Duration = Duration::from_secs(20);
/// The largest body that reaches a handler, but for uploads. Handlers may allow less.
pub const MAX_BODY_BYTES: usize = 2 * 1024 * 1024;
/// How many bodies larger than that may be in memory at a time.
static LARGE_BODIES: Semaphore = Semaphore::const_new(8);
/// An oversized body is read and thrown away up to here, because closing with unread bytes would reset the connection and
/// take the 413 with it.
const MAX_DISCARDED_BYTES: u64 = 64 * 1024 * 1024;
const BODY_DEADLINE: Duration = Duration::from_secs(30);
const SHUTDOWN_GRACE: Duration = Duration::from_secs(5);

/// Put into a response's extensions: nothing of the response is sent, the connection is dropped.
#[derive(Debug, Clone, Copy)]
pub struct CloseConnection;

/// Serves `app` until `shutdown` completes; requests in flight then have a few seconds to finish.
pub async fn serve(listener: TcpListener, app: Router, connections: Connections, shutdown: impl Future<Output = ()>) {
    let permits = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let stop = watch::Sender::new(false);
    let mut tasks = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = async {
            let permit = Arc::clone(&permits).acquire_owned().await;
            (accept(&listener).await, permit)
        };
        tokio::select! {
            (stream, permit) = accepted => {
                let connection =
                    connection(stream, app.clone(), connections.clone(), stop.subscribe());
                tasks.spawn(async move {
                    connection.await;
                    drop(permit);
                });
            }
            Some(_) = tasks.join_next() => {}
            () = &mut shutdown => break,
        }
    }
    drop(listener);
    stop.send_replace(true);
    // Who has not finished by then is cut off when the set is dropped.
    let _ = tokio::time::timeout(SHUTDOWN_GRACE, async { while tasks.join_next().await.is_some() {} }).await;
}

/// Errors of `accept` belong to the one connection, or mean that file handles are short: neither
/// may end the sandbox.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn connection(stream: TcpStream, app: Router, connections: Connections, mut stop: watch::Receiver<bool>) {
    // Without it small answers wait for the client's delayed ACK; a failure costs only time.
    let _ = stream.set_nodelay(true);
    // Dropped after `served`: who waits for an idle connection's end waits until it is closed.
    let idling = connections
        .is_reuse_allowed()
        .then(|| Arc::new(Idling::new(connections.clone())));
    let reusable = idling.is_some();
    let service = {
        let (idling, connections) = (idling.clone(), connections.clone());
        service_fn(move |request| {
            let (app, idling, connections) = (app.clone(), idling.clone(), connections.clone());
            async move {
                let _busy = idling.as_deref().map(Idling::busy);
                let mut response = answer(app, request).await?;
                if !connections.is_reuse_allowed() {
                    let close = HeaderValue::from_static("close");
                    response.headers_mut().insert(header::CONNECTION, close);
                }
                Ok::<_, Dropped>(response)
            }
        })
    };
    let mut served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_DEADLINE)
        .max_buf_size(MAX_HEAD_BYTES)
        .max_headers(MAX_HEADERS)
        .keep_alive(reusable)
        .serve_connection(TokioIo::new(Worded::new(stream)), service);
    let draining = async {
        tokio::select! {
            () = connections.reuse_forbidden(), if reusable => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    };
    let ended = tokio::select! {
        ended = &mut served => Some(ended),
        () = draining => None,
    };
    let ended = match ended {
        Some(ended) => ended,
        None => {
            Pin::new(&mut served).graceful_shutdown();
            (&mut served).await
        }
    };
    // Errors are the client's (gone, malformed, too slow) or our own drop: it is over. Only who was
    // refused has something to read.
    if ended.is_err_and(|error| error.is_parse()) {
        served.into_parts().io.into_inner().read_out().await;
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the connection was dropped")]
struct Dropped;

async fn answer(mut app: Router, request: Request<Incoming>) -> Result<Response, Dropped> {
    let (head, body) = request.into_parts();
    let most = match address::find(&head.method, head.uri.path()).map(|target| target.operation.route().payload) {
        Some(Payload::File) => form::MAX_REQUEST_BYTES,
        Some(Payload::Empty | Payload::Json) | None => MAX_BODY_BYTES,
    };
    let (body, permit) = match tokio::time::timeout(BODY_DEADLINE, read(body, most)).await {
        Ok(Ok(read)) => read,
        Ok(Err(Unread::TooLarge)) => return Ok(refused(&Problem::too_large(), &head.headers)),
        Ok(Err(Unread::Broken)) => return Ok(refused(&refusal::malformed(), &head.headers)),
        Err(_) => return Err(Dropped),
    };
    let address = head.uri.path_and_query().map_or("", |address| address.as_str());
    if address.len() > MAX_ADDRESS_BYTES {
        return Ok(refused(&refusal::address_too_long(), &head.headers));
    }
    let response: Result<Response, Infallible> = app.call(Request::from_parts(head, Body::from(body))).await;
    drop(permit);
    match response {
        Ok(response) if response.extensions().get::<CloseConnection>().is_some() => Err(Dropped),
        Ok(response) => Ok(response),
    }
}

/// What never reaches the app is answered like what does.
fn refused(problem: &Problem, headers: &HeaderMap) -> Response {
    let correlation = correlation_of(headers);
    let mut response = problem.respond(&correlation);
    let headers = response.headers_mut();
    headers.insert(CORRELATION_ID, correlation.to_header());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

enum Unread {
    TooLarge,
    Broken,
}

/// The whole body; one larger than usual comes with its right to be in memory.
async fn read(mut body: Incoming, most: usize) -> Result<(Bytes, Option<SemaphorePermit<'static>>), Unread> {
    use hyper::body::Body as _;
    if body.size_hint().lower() > MAX_DISCARDED_BYTES {
        return Err(Unread::TooLarge);
    }
    let mut kept = Vec::new();
    let mut permit = None;
    let mut total = 0_u64;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Unread::Broken)?;
        let Some(data) = frame.data_ref() else {
            continue;
        };
        total = total.saturating_add(data.len() as u64);
        if total > MAX_DISCARDED_BYTES {
            break;
        }
        if total > MAX_BODY_BYTES as u64 && total <= most as u64 && permit.is_none() {
            permit = LARGE_BODIES.acquire().await.ok();
        }
        if total <= most as u64 {
            kept.extend_from_slice(data);
        }
    }
    if total > most as u64 {
        Err(Unread::TooLarge)
    } else {
        Ok((Bytes::from(kept), permit))
    }
}
