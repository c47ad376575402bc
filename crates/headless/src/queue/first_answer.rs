//! The boot script's first read of the queue, as far as it answers what the console asks.

use omnival_core::queue::Query;
use omnival_wire::order::{self as decode, Page};

use crate::platform::BootOrders;

/// What the script asked, and what it was answered.
pub struct FirstAnswer(BootOrders);

impl From<BootOrders> for FirstAnswer {
    fn from(orders: BootOrders) -> Self {
        Self(orders)
    }
}

impl FirstAnswer {
    /// Its rows, if it asked just what would be asked now, at the address `url`, for this question.
    pub fn page(&self, url: &str, query: &Query) -> Option<Page> {
        let Self(orders) = self;
        let ((path, asked), (wanted_path, wanted)) = orders.url.split_once('?').zip(url.split_once('?'))?;
        let is_it = orders.status == 200
            && decode_part(path) == decode_part(wanted_path)
            && is_same(pairs(asked), pairs(wanted), query);
        if is_it { decode::page(&orders.body).ok() } else { None }
    }
}

type Pairs = Vec<(String, String)>;

fn pairs(params: &str) -> Pairs {
    let pairs = params.split('&').filter(|pair| !pair.is_empty());
    let pair = |pair: &str| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode_value(key), decode_value(value))
    };
    pairs.map(pair).collect()
}

/// Do these parameters ask for the same? The script takes them from the address as they stand there: one may say what is
/// asked anyway, but none may say anything else, since nobody knows what the platform made of it.
fn is_same(asked: Pairs, mut wanted: Pairs, query: &Query) -> bool {
    for pair in asked {
        let known = wanted.iter().position(|wanted| *wanted == pair);
        match known {
            Some(at) => drop(wanted.swap_remove(at)),
            None if is_said_anyway(&pair, query) => {}
            None => return false,
        }
    }
    wanted.is_empty()
}

/// Is this what the question means also where it leaves the parameter out?
fn is_said_anyway((key, value): &(String, String), query: &Query) -> bool {
    match key.as_str() {
        "view" => value == query.view,
        "sort" => *value == query.sort,
        "page" => *value == query.page.to_string(),
        _ => false,
    }
}

/// A value of a query, where a space may be written as `+`.
fn decode_value(text: &str) -> String {
    decode_part(&text.replace('+', " "))
}

/// Without percent signs; what is malformed stays as it is.
fn decode_part(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        match (first, after) {
            (b'%', [high, low, after @ ..]) => {
                let Some(byte) = hex(*high).zip(hex(*low)) else {
                    return text.to_owned();
                };
                bytes.push(byte.0 << 4 | byte.1);
                rest = after;
            }
            (b'%', _) => return text.to_owned(),
            (byte, after) => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

const fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
