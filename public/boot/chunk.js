// Starts a chunk of the program. The build bundles this with the script that binds the wasm, not with the boot script.
// It must never start a chunk that was given up: a second start would undo what the first has done since. Nor one without its
// style: what it shows would fall apart.

import { compile } from './wasm.js';

/** A download that has not ended by then will not; asking again may find a better connection. */
const PATIENCE_MS = 60_000;

let sheet;

/** Fulfilled when the page has the style, which it keeps. */
function dress(href) {
  if (sheet) return Promise.resolve();
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = href;
  return new Promise((resolve, reject) => {
    link.onload = () => resolve((sheet = link));
    link.onerror = () => reject(new Error('the style of a part of the program did not come'));
    document.head.append(link);
  }).finally(() => sheet === link || link.remove());
}

export async function instantiateChunk(style, asked, imports) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(reject, PATIENCE_MS, new Error('a part of the program did not come in time'));
  });
  try {
    const [module] = await Promise.race([Promise.all([asked.then(compile), dress(style)]), late]);
    return await WebAssembly.instantiate(module, imports);
  } finally {
    clearTimeout(timer);
  }
}
