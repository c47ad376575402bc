//! Precompressed copies beside every file that shrinks, so that the server never compresses.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::assets::{Dist, files_below};

const COMPRESSIBLE: [&str; 9] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml"];

/// Whoever deploys the console edits this one in place: a compressed copy would go stale.
const EDITED: &str = "config.json";

pub fn beside(dist: &Dist) -> Result<()> {
    for file in files_below(dist.folder())? {
        let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
        if file == EDITED || !COMPRESSIBLE.contains(&extension) {
            continue;
        }
        let content = fs::read(dist.folder().join(&file))?;
        let write = |suffix: &str, compressed: Result<Vec<u8>>| -> Result<()> {
            let path = dist.folder().join(format!("{file}{suffix}"));
            save(&path, &compressed?)
        };
        write(".br", brotli(&content))?;
        write(".gz", gzip(&content))?;
    }
    Ok(())
}

fn save(path: &Path, content: &[u8]) -> Result<()> {
    let mut file = File::create(path).with_context(|| path.display().to_string())?;
    file.write_all(content)?;
    Ok(())
}

pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_compressed_can_be_read_again_and_is_smaller() {
        let content = b"the same words, ".repeat(1_000);

        let mut by_brotli = Vec::new();
        let compressed = brotli(&content).unwrap();
        brotli::BrotliDecompress(&mut &compressed[..], &mut by_brotli).unwrap();
        assert_eq!(by_brotli, content);
        assert!(compressed.len() < content.len());

        let mut by_gzip = Vec::new();
        let compressed = gzip(&content).unwrap();
        let mut decoder = flate2::read::GzDecoder::new(&compressed[..]);
        decoder.read_to_end(&mut by_gzip).unwrap();
        assert_eq!(by_gzip, content);
        assert!(compressed.len() < content.len());
    }
}
