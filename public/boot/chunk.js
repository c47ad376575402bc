// Starts a chunk of the program. The build bundles this with the script that binds the wasm, not with the boot script.
// It must never start a chunk that was given up: a second start would undo what the first has done since.

import { compile } from './wasm.js';

/** A download that has not ended by then will not; asking again may find a better connection. */
const PATIENCE_MS = 60_000;

export async function instantiateChunk(asked, imports) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(reject, PATIENCE_MS, new Error('a part of the program did not come in time'));
  });
  try {
    const module = await Promise.race([asked.then(compile), late]);
    return await WebAssembly.instantiate(module, imports);
  } finally {
    clearTimeout(timer);
  }
}
