// The boot script, which the page's inline script starts (boot/base_path.js). It starts the wasm and the first API read together,
// keeps the skeleton honest while they come, and owns the pages that must work without wasm. It must never put a token into a
// storage, send a write, send the refresh twice, or let foreign text become markup.
//
// `window.omnival`, which it hands to the console:
//   base           the base path: the path of the folder that everything is served from, with a slash at both ends
//   configText     config.json as it was read, checked          config         the same, parsed
//   session        Promise: {status, body} the refresh's answer · {error} it was sent and its answer lost ("lock": it was not
//                  sent, another tab kept the lock) · null it was not sent, since no session is known here
//   firstOrders    Promise: {url, status, body} the queue's first read · null there is none to take
//                  (session holds a token: the console takes both once and sets them to null)
//   ready          Promise: the four above stand; the wasm is not started before
//   mounted()      the console shows itself: the skeleton goes
//   crashed(text)  the panic hook's last word: the crash screen comes
//   tab, alive     this page's id among the others; Promise: whether the lock that tells of its life is held
//   journal()      the journal's store (see boot/journal.js)
//   startedAt      performance.now() at the first line
// What the console keeps for it: localStorage "omnival.session" ("1" between sign-in and sign-out), "omnival.client" (last worked
// for), "omnival.theme" ("light" or "dark"; else the system's), "omnival.draft.*" (counted only); sessionStorage "omnival.last"
// (for support: see boot/support.js).

import { readConfig } from './boot/config.js';
import { SESSION_KEY, THEME_KEY } from './boot/constants.js';
import { readOrders, refreshSession } from './boot/first_read.js';
import { journal } from './boot/journal.js';
import { alive, tab } from './boot/life.js';
import { base, el, program, queue, screens, screensStyle, skeleton, stored, wasm } from './boot/page.js';
import { hasEnded, loaded, showConfigFault, showCrash, showLoadFault } from './boot/screens.js';
import { compile } from './boot/wasm.js';

const omnival = {
  base: base.pathname,
  config: null,
  configText: null,
  session: null,
  firstOrders: null,
  ready: null,
  mounted: loaded,
  crashed: showCrash,
  journal,
  tab,
  alive,
  startedAt: performance.now(),
};
window.omnival = omnival;

/** The first paint: the operator's theme, and the skeleton of what is coming. */
function dress() {
  const theme = stored('localStorage', THEME_KEY);
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  const known = stored('localStorage', SESSION_KEY) === '1';
  if (skeleton) skeleton.dataset.at = !known ? 'plain' : queue ? 'queue' : 'order';
  // Behind the queue, the chunk is wanted as soon as the program runs: it comes beside it instead of after it.
  if (known && !queue) {
    document.head.append(
      el('link', { rel: 'preload', as: 'fetch', type: 'application/wasm', crossorigin: '', href: screens }),
      el('link', { rel: 'preload', as: 'style', href: screensStyle }),
    );
  }
}

async function prepare() {
  const { problem, config, text } = await readConfig();
  if (problem) {
    showConfigFault(problem);
    return;
  }
  omnival.config = config;
  omnival.configText = text;
  const session = refreshSession(config);
  omnival.session = session;
  omnival.firstOrders = session.then((answer) => readOrders(config, answer));
}

async function run() {
  const [{ default: start }, module] = await Promise.all([import(program), fetch(wasm).then(compile), omnival.ready]);
  if (hasEnded()) return;
  await start({ module_or_path: module });
  loaded();
}

/** Real deaths only: a trap, or a stack that overflowed inside the wasm. Any other error is the console's own to report. */
function died(error) {
  if (typeof WebAssembly === 'undefined') return false;
  const overflowed = ['RangeError', 'InternalError'].includes(error?.name) && /wasm-function/.test(error.stack);
  return overflowed || error instanceof WebAssembly.RuntimeError;
}

function watch(error) {
  if (died(error)) showCrash(error.message);
}

dress();
addEventListener('error', (event) => watch(event.error));
addEventListener('unhandledrejection', (event) => watch(event.reason));
omnival.ready = prepare();
run().catch((error) => (died(error) ? showCrash : showLoadFault)(`${error?.name ?? 'Error'}: ${error?.message ?? error}`));
