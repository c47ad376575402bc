// The pages that stand when the console does not: wrong configuration, failed load, crash, and the hint that loading is slow.

import { openAttempts } from './journal.js';
import { die } from './life.js';
import { el, icon, skeleton } from './page.js';
import { keptWork, supportDetails } from './support.js';

const SLOW_MS = 8_000;
const slow = setTimeout(showSlow, SLOW_MS);
let ended = false;

/** Whether one of these pages has the last word; nothing is started after it. */
export const hasEnded = () => ended;

/** The console shows itself. */
export function loaded() {
  clearTimeout(slow);
  skeleton?.remove();
}

/** Takes the whole page over, once: the first word on what went wrong is the one that explains the others. */
function end(sign, title, paragraphs, ...rest) {
  if (ended) return;
  ended = true;
  clearTimeout(slow);
  // An open modal dialog would keep everything else inert, even when it is hidden.
  for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
  for (const child of document.body.children) if (!child.matches('svg, script')) child.hidden = child.inert = true;
  const page = el('section', { class: 'whole crash', role: 'alert', tabindex: '-1' },
    icon(sign), el('h1', {}, title), ...paragraphs.map((text) => el('p', text.startsWith('Next: ') ? { class: 'next' } : {}, text)), ...rest);
  document.body.append(page);
  document.title = title;
  page.focus();
}

const reloadButton = () => el('button', { class: 'btn primary', type: 'button', click: () => location.reload() }, icon('refresh'), 'Reload');

/** Reload, copy, and the details themselves, so that they can be read and selected where copying is refused. */
function support(message) {
  const text = el('pre', {}, supportDetails(message));
  const details = el('details', { class: 'disclosure' }, el('summary', {}, icon('chevron'), 'Support details'), text);
  const label = el('span', {}, 'Copy support details');
  const said = el('span', { class: 'vh', role: 'status' });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      label.textContent = 'Copied';
    } catch {
      details.open = true;
      getSelection().selectAllChildren(text);
      label.textContent = 'Selected: now press Ctrl+C';
    }
    said.textContent = label.textContent;
  };
  return [el('div', { class: 'row' }, reloadButton(), el('button', { class: 'btn', type: 'button', click: copy }, icon('copy'), label), said), details];
}

export function showConfigFault(problem) {
  const faults = problem.map((text) => el('li', { class: 'note', 'data-tone': 'danger' }, icon('alert'), el('div', {}, text)));
  end('alert', 'The console is not set up correctly',
    ['Its configuration file, config.json, cannot be used. Nothing was sent or changed.'],
    el('ul', { class: 'stack' }, ...faults),
    el('p', { class: 'next' }, 'Next: correct config.json, which lies beside the console’s index.html, then reload. If that is not your task, send this page to whoever runs the console.'),
    el('div', { class: 'row' }, reloadButton()));
}

export function showLoadFault(message) {
  const offline = !navigator.onLine;
  const why = offline ? 'This device is offline.'
    : typeof WebAssembly === 'undefined' ? 'This browser does not run WebAssembly. Use a current one, or ask for it to be allowed.'
      : 'A part of the program did not arrive, or could not be started. A newer version may have been published meanwhile.';
  end(offline ? 'offline' : 'alert', 'The console could not be loaded', [
    why,
    keptWork(),
    offline ? 'Next: connect. The page then reloads by itself.' : 'Next: reload. If it stays like this, send the support details.',
  ], ...support(message));
  if (offline) addEventListener('online', () => location.reload(), { once: true });
}

export function showCrash(message) {
  die();
  end('alert', 'The console stopped working', [
    'An error in the program ended it. What the server holds is not touched by that.',
    keptWork(),
    'Next: reload. If you had just pressed a button that changes an order, read that order’s history before you press it again: the change may have been made.',
  ], ...support(message));
  openAttempts().then(sayAttempts, () => {});
}

/** Where the journal can be read, it tells more than a general warning. */
function sayAttempts(count) {
  const next = document.querySelector('.crash .next');
  if (!next) return;
  next.textContent = count === 0
    ? 'Next: reload. Nothing that you sent is without its outcome.'
    : `Next: reload. ${count === 1 ? 'One action that you sent had' : `${count} actions that you sent had`} not ended; after the reload the console finds out what became of ${count === 1 ? 'it' : 'them'} before anything else, and sends nothing again.`;
}

function showSlow() {
  const words = () => (navigator.onLine
    ? 'The connection is slow. Nothing is lost: loading goes on by itself.'
    : 'This device is offline. Loading goes on when it is connected again.');
  const text = el('p', {}, words());
  for (const event of ['online', 'offline']) addEventListener(event, () => { text.textContent = words(); });
  const again = el('button', { class: 'btn small', type: 'button', click: () => location.reload() }, 'Try again');
  skeleton?.append(el('div', { class: 'boot-hint' }, el('div', { class: 'note', role: 'status' },
    icon('clock'), el('div', {}, el('p', { class: 'strong' }, 'Still loading'), text), el('div', { class: 'row' }, again))));
}
