//! What the HTTP library refuses by itself (bytes that are no HTTP, an address or headers beyond its
//! limits), worded as the problem that every other refusal is.
//!
//! Such a request never reaches a handler: the library writes a bare head and closes. [`Worded`]
//! stands under it, knows such a head as it is written, and sends a whole answer in its place. It
//! must never touch an answer of ours: those have a body's type or name their request.
//!
//! Two ends stay without a word: HTTP/2's preface, whose sender could not read HTTP/1.1, and heads
//! or bodies that are too slow, because the answer to those, 408, makes browsers send a POST again.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::contract::headers::CORRELATION_ID;
use crate::problem::{Code, CorrelationId, Problem};

/// Longer than any bare head the library writes.
const MAX_BARE_HEAD: usize = 512;
/// How long a refused client may take to stop sending.
const LINGER: Duration = Duration::from_secs(2);

/// A stream on which bare refusals become problems.
pub struct Worded {
    stream: TcpStream,
    /// What is left to write of a refusal; written before anything else.
    refusal: Vec<u8>,
}

impl Worded {
    pub fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            refusal: Vec::new(),
        }
    }

    /// Reads what a refused client still sends, because closing with unread bytes would reset the
    /// connection and take the answer along.
    pub async fn read_out(self) {
        let discard = async {
            let mut buffer = vec![0; 64 * 1024];
            while self.stream.readable().await.is_ok() {
                match self.stream.try_read(&mut buffer) {
                    Ok(0) => break,
                    Err(error) if error.kind() != io::ErrorKind::WouldBlock => break,
                    _ => {}
                }
            }
        };
        let _ = tokio::time::timeout(LINGER, discard).await;
    }

    fn poll_refusal(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.refusal.is_empty() {
            let written = ready!(Pin::new(&mut self.stream).poll_write(context, &self.refusal))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.refusal.drain(..written);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Worded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Worded {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        ready!(self.poll_refusal(context))?;
        match worded(bytes) {
            Some(refusal) => {
                self.refusal = refusal;
                Poll::Ready(Ok(bytes.len()))
            }
            None => Pin::new(&mut self.stream).poll_write(context, bytes),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        // A bare head has nothing beside it.
        if let [only] = slices {
            return self.poll_write(context, only);
        }
        ready!(self.poll_refusal(context))?;
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_refusal(context))?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_refusal(context))?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// The whole answer for a bare head; `None` for anything else.
fn worded(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() > MAX_BARE_HEAD || !bytes.starts_with(b"HTTP/1.") {
        return None;
    }
    let head = std::str::from_utf8(bytes).ok()?.strip_suffix("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let status_line = lines.next()?;
    let problem = problem(status_line.split(' ').nth(1)?)?;
    let correlation = CorrelationId::fresh();
    let body = problem.body(&correlation);
    let mut answer = format!(
        "{status_line}\r\ncontent-type: application/problem+json\r\ncontent-length: {}\r\n\
         cache-control: no-store\r\n{}: {}\r\n",
        body.len(),
        CORRELATION_ID,
        correlation.as_str()
    );
    for line in lines {
        let (name, _) = line.split_once(':')?;
        if name.eq_ignore_ascii_case("content-type") || name.eq_ignore_ascii_case(CORRELATION_ID.as_str()) {
            return None;
        }
        if !name.eq_ignore_ascii_case("content-length") {
            answer.push_str(line);
            answer.push_str("\r\n");
        }
    }
    answer.push_str("\r\n");
    let mut answer = answer.into_bytes();
    answer.extend_from_slice(&body);
    Some(answer)
}

/// 400, for heads and bodies that are not framed as HTTP.
pub fn malformed() -> Problem {
    Problem::new(Code::ValidationFailed, "What arrived is not a valid HTTP/1.1 request.")
}

/// 414, for the library's limit and for our own.
pub fn address_too_long() -> Problem {
    Problem::new(
        Code::UriTooLong,
        "The address is longer than this server takes. Ask for less at a time.",
    )
}

fn problem(status: &str) -> Option<Problem> {
    Some(match status {
        "400" => malformed(),
        "414" => address_too_long(),
        "431" => Problem::new(
            Code::HeadersTooLarge,
            "The address and headers together are larger than this server takes.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_bare_refusal_becomes_a_problem_and_keeps_its_other_headers() {
        let bare = b"HTTP/1.1 414 URI Too Long\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
        let text = String::from_utf8(worded(bare).unwrap()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 414 URI Too Long\r\n"), "{head}");
        assert!(head.contains("connection: close"), "{head}");
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!((&body["status"], &body["code"]), (&414.into(), &"uri_too_long".into()));
        let correlation = body["correlationId"].as_str().unwrap();
        assert!(head.contains(&format!("x-correlation-id: {correlation}")), "{head}");
    }

    #[test]
    fn answers_of_our_own_pass_untouched() {
        for bytes in [
            "HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\nx-correlation-id: of-ours-1\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\nno",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\nHTTP/1.1 400 Bad Request\r\n\r\n",
            "HTTP/1.1 400",
            "",
        ] {
            assert_eq!(worded(bytes.as_bytes()), None, "{bytes}");
        }
    }
}
