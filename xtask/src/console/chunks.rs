//! The program in parts: what the queue needs, and the chunk of the screens behind it, fetched later.
//!
//! The cut is made before wasm-bindgen binds the first part, at the function that the console marks with `wasm_split`.
//! The script that loads the chunk is bundled into the one that binds the first part, so it costs no fetch of its own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

use super::wasm::GLUE;

/// The chunk's name in the console's source.
const CHUNK: &str = "screens";

/// What the loading script calls to fetch and start a chunk, and what `public/boot/chunk.js` puts in its place.
const INSTANTIATE: (&str, &str) = ("WebAssembly.instantiateStreaming(", "instantiateChunk(");

#[derive(Debug)]
pub struct Parts {
    /// For wasm-bindgen.
    pub main: PathBuf,
    pub chunk: PathBuf,
    loader: PathBuf,
}

/// Where the cut leaves the chunk.
pub fn chunk(work: &Path) -> PathBuf {
    work.join(format!("split_{CHUNK}.wasm"))
}

pub fn cut(compiled: &Path, work: &Path) -> Result<Parts> {
    let program = fs::read(compiled).with_context(|| compiled.display().to_string())?;
    let parts = Parts {
        main: work.join("main.wasm"),
        chunk: chunk(work),
        loader: work.join("chunks.js"),
    };
    let glue = format!("./{GLUE}.js");
    let mut options = Options::new(&program);
    options.output_dir = work;
    options.main_out_path = &parts.main;
    options.main_module = &glue;
    options.link_name = "./chunks.js";
    let cut = transform(options).map_err(|report| anyhow!("cutting the program: {report:#}"))?;
    ensure!(
        cut.split_modules == [parts.chunk.as_path()],
        "one chunk was expected, not {:?}",
        cut.split_modules
    );
    Ok(parts)
}

impl Parts {
    /// Makes the loading script fetch the chunk and its style by their addresses, the last parts of which are their
    /// names: both are deployed beside the script.
    pub fn load_from(&self, chunk: &str, style: &str) -> Result<()> {
        let script = fs::read_to_string(&self.loader)?;
        fs::write(&self.loader, loader(&script, chunk, style)?)?;
        Ok(())
    }
}

fn loader(script: &str, chunk: &str, style: &str) -> Result<String> {
    let beside = |address: &str| format!("\"./{}\"", address.rsplit('/').next().unwrap_or_default());
    let (fetched, named) = (format!("\"./split_{CHUNK}.wasm\""), beside(chunk));
    let (theirs, ours) = INSTANTIATE;
    let ours = format!("{ours}new URL({}, import.meta.url), ", beside(style));
    for expected in [fetched.as_str(), theirs] {
        ensure!(
            script.matches(expected).count() == 1,
            "the loading script does not say {expected} once"
        );
    }
    Ok(script.replace(&fetched, &named).replace(theirs, &ours))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SCRIPT: &str = "const src = fetch(new URL(\"./split_screens.wasm\", import.meta.url));\n\
        return async (imports) => (WebAssembly.instantiateStreaming(src, imports));";

    #[test]
    fn the_loader_asks_for_the_deployed_name_beside_itself() {
        let script = loader(SCRIPT, "assets/screens-0123456789ab.wasm", "assets/screens-1.css").unwrap();
        assert!(script.contains("new URL(\"./screens-0123456789ab.wasm\", import.meta.url)"));
        assert!(script.contains("=> (instantiateChunk(new URL(\"./screens-1.css\", import.meta.url), src, imports))"));
    }

    #[test]
    fn a_loader_of_another_shape_stops_the_build() {
        for (part, other) in [("split_screens", "chunk_1"), ("Streaming", "")] {
            let said = loader(&SCRIPT.replace(part, other), "/a.wasm", "/a.css").unwrap_err();
            assert!(said.to_string().contains("does not say"), "{said}");
        }
    }
}
