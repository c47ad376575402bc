//! Uploads: `multipart/form-data` taken apart, and whether a file is what it says it is.
//!
//! A file's name is kept as text and never used as a path; its content is kept and never opened.

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use http_body_util::{BodyDataStream, Full};
use serde_json::{Map, Value};

use super::checks::is_filled;
use crate::problem::{Code, Problem};

/// The largest file, in bytes.
pub const MAX_FILE_BYTES: usize = 20 * 1024 * 1024;
/// The largest body that holds one; beyond it nothing is kept in memory.
pub const MAX_REQUEST_BYTES: usize = MAX_FILE_BYTES + 1024 * 1024;
const MAX_PARTS: usize = 16;
const MAX_TEXT_BYTES: usize = 64 * 1024;
const MAX_NAME_CHARS: usize = 200;

/// A file as it arrived.
#[derive(Clone, Debug)]
pub struct Upload {
    pub name: String,
    /// Lower case, without parameters; empty if the part named none.
    pub content_type: String,
    pub bytes: Bytes,
}

/// A whole form: at most one file, and the other parts as the members of a JSON object.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub file: Option<Upload>,
    pub fields: Map<String, Value>,
}

/// Reads a form; 415 if the body is none, 400 if it is broken, 413 if a part is too large.
pub async fn read(headers: &HeaderMap, body: Bytes) -> Result<Form, Problem> {
    let boundary = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .map(multer::parse_boundary);
    let boundary = match boundary {
        Some(Ok(boundary)) => boundary,
        Some(Err(multer::Error::NoBoundary)) => return Err(Problem::field("", "The form names no boundary.")),
        Some(Err(_)) | None => {
            return Err(Problem::new(
                Code::UnsupportedMediaType,
                "The body must be sent as multipart/form-data.",
            ));
        }
    };
    let mut parts = multer::Multipart::new(BodyDataStream::new(Full::new(body)), boundary);
    let mut form = Form::default();
    for _ in 0..MAX_PARTS {
        let Some(part) = parts.next_field().await.map_err(|_| broken())? else {
            return Ok(form);
        };
        add(&mut form, part).await?;
    }
    Err(Problem::field("", "The form has too many parts."))
}

async fn add(form: &mut Form, part: multer::Field<'_>) -> Result<(), Problem> {
    let name = part.name().unwrap_or_default().to_owned();
    if name == "file" {
        if form.file.is_some() {
            return Err(Problem::field("file", "Send one file with a request."));
        }
        let file_name = part.file_name().unwrap_or_default().to_owned();
        let content_type = part
            .content_type()
            .map(|kind| kind.essence_str().to_ascii_lowercase())
            .unwrap_or_default();
        let bytes = part.bytes().await.map_err(|_| broken())?;
        if bytes.len() > MAX_FILE_BYTES {
            return Err(Problem::too_large());
        }
        form.file = Some(Upload {
            name: file_name,
            content_type,
            bytes,
        });
        return Ok(());
    }
    let bytes = part.bytes().await.map_err(|_| broken())?;
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(Problem::too_large());
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| Problem::field(name.clone(), "This is not UTF-8 text."))?;
    // A form knows no numbers; a version is one.
    let value = match text.parse::<i64>() {
        Ok(number) if name == "expectedVersion" => Value::from(number),
        _ => Value::from(text),
    };
    if form.fields.insert(name.clone(), value).is_some() {
        return Err(Problem::field(name, "Send this part once."));
    }
    Ok(())
}

fn broken() -> Problem {
    Problem::field("", "The form is broken or not complete. Send it again.")
}

/// A kind of file that is taken: its types (the first is the one it is kept under) and how it begins.
pub struct Kind {
    types: &'static [&'static str],
    magic: &'static [u8],
}

pub const PDF: Kind = Kind {
    types: &["application/pdf"],
    magic: b"%PDF-",
};
pub const ZIP: Kind = Kind {
    // The second is what browsers on Windows say.
    types: &["application/zip", "application/x-zip-compressed"],
    magic: b"PK",
};
pub const PNG: Kind = Kind {
    types: &["image/png"],
    magic: b"\x89PNG\r\n\x1a\n",
};
pub const JPEG: Kind = Kind {
    types: &["image/jpeg"],
    magic: b"\xff\xd8\xff",
};
pub const DOCX: Kind = Kind {
    types: &["application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    magic: b"PK",
};

impl Upload {
    /// The type it is kept under; 413, 415 or 400 if it cannot be one of `kinds`.
    pub fn check(&self, kinds: &[Kind]) -> Result<&'static str, Problem> {
        if self.bytes.len() > MAX_FILE_BYTES {
            return Err(Problem::too_large());
        }
        let kind = kinds
            .iter()
            .find(|kind| kind.types.contains(&self.content_type.as_str()))
            .ok_or_else(|| {
                let taken: Vec<&str> = kinds.iter().map(|kind| kind.types[0]).collect();
                Problem::new(
                    Code::UnsupportedMediaType,
                    format!("This type of file is not taken here. Send one of {}.", taken.join(", ")),
                )
            })?;
        if !is_plain_name(&self.name) {
            return Err(Problem::field(
                "file",
                "Give the file a name of 1 to 200 characters, without path and control characters.",
            ));
        }
        if self.bytes.is_empty() {
            return Err(Problem::field("file", "The file is empty."));
        }
        if !self.bytes.starts_with(kind.magic) {
            return Err(Problem::field("file", "The file is not what its type says."));
        }
        Ok(kind.types[0])
    }
}

/// No path, no control characters, nothing that turns the direction of the text around it.
fn is_plain_name(name: &str) -> bool {
    let turns =
        |char: char| matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_plain = |char: char| !char.is_control() && !turns(char) && !matches!(char, '/' | '\\');
    is_filled(name, MAX_NAME_CHARS) && name.chars().all(is_plain) && !matches!(name.trim(), "." | "..")
}
