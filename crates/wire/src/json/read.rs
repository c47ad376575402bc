//! From text to a value, as RFC 8259 has it: strict about the text, so that a cut or garbled answer is never half an answer.

use super::{Unreadable, Value};

/// Hostile bodies must not exhaust the stack.
const DEEPEST: usize = 127;

/// Parses an answer's body.
pub fn parse(body: &str) -> Result<Value, Unreadable> {
    let mut reader = Reader { text: body, at: 0 };
    let value = reader.value(0).filter(|_| reader.next_token().is_none());
    value.ok_or(Unreadable("readable JSON"))
}

/// Invariant: `at` is at most the length of `text`, and on the boundary of a character wherever text is cut out.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes the next byte if it is the wanted one.
    fn take(&mut self, wanted: u8) -> bool {
        let found = self.byte() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// The next byte that is no white space, left where it is.
    fn next_token(&mut self) -> Option<u8> {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        self.byte()
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        match self.next_token()? {
            b'n' => self.word("null", Value::Null),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'"' => self.string().map(Value::Text),
            b'[' if depth < DEEPEST => self.list(depth + 1),
            b'{' if depth < DEEPEST => self.object(depth + 1),
            b'-' | b'0'..=b'9' => self.number(),
            _ => None,
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        let found = self.text.get(self.at..)?.starts_with(word);
        self.at += word.len();
        found.then_some(value)
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        let mut items = Vec::new();
        self.at += 1;
        if self.next_token()? == b']' {
            self.at += 1;
            return Some(Value::List(items));
        }
        loop {
            items.push(self.value(depth)?);
            if !self.goes_on(b']')? {
                return Some(Value::List(items));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        let mut fields = Vec::new();
        self.at += 1;
        if self.next_token()? == b'}' {
            self.at += 1;
            return Some(Value::Object(fields));
        }
        loop {
            if self.next_token()? != b'"' {
                return None;
            }
            let name = self.string()?;
            self.next_token()?;
            if !self.take(b':') {
                return None;
            }
            fields.push((name, self.value(depth)?));
            if !self.goes_on(b'}')? {
                return Some(Value::Object(fields));
            }
        }
    }

    /// After an item: a comma, or the end.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        let found = self.next_token()?;
        self.at += 1;
        (found == b',' || found == end).then_some(found == b',')
    }

    fn string(&mut self) -> Option<String> {
        let mut text = String::new();
        self.at += 1;
        loop {
            let from = self.at;
            while !matches!(self.byte()?, b'"' | b'\\' | 0..0x20) {
                self.at += 1;
            }
            text.push_str(self.text.get(from..self.at)?);
            if self.take(b'"') {
                return Some(text);
            }
            if !self.take(b'\\') {
                return None;
            }
            text.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let sign = self.byte()?;
        self.at += 1;
        Some(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                let pair = if (0xD800..0xDC00).contains(&unit) && self.take(b'\\') && self.take(b'u') {
                    [unit, self.unit()?]
                } else {
                    [unit, 0]
                };
                // A half of a pair is no character.
                char::decode_utf16(pair).next()?.ok()?
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| plain)
    }

    fn number(&mut self) -> Option<Value> {
        let from = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        let whole = self.at;
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _sign = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        let number = self.text.get(from..self.at)?;
        Some(Value::Number(number.parse().ok().filter(|_| whole == self.at)))
    }

    /// At least one.
    fn digits(&mut self) -> Option<()> {
        let from = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > from).then_some(())
    }
}
