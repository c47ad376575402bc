// What came out, as the tables of docs/side-by-side.md. No figure stands there that was not measured in this run.

import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { playwrightVersion, version } from './bundle.mjs';

const DOCUMENT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'docs', 'side-by-side.md');
const [BEGIN, END] = ['<!-- measured: begin -->', '<!-- measured: end -->'];
const PACKAGES = ['axios', 'axios-auth-refresh', 'axios-retry', '@tanstack/query-core', '@tanstack/query-persist-client-core', '@tanstack/query-sync-storage-persister', 'ky'];

const sum = (all, field) => all.reduce((total, one) => total + (one[field] ?? 0), 0);
const of = (field, whole) => (all) => (all.some((one) => whole in one) ? `${sum(all, field)} of ${sum(all, whole)}` : '');
const per = (field, whole) => (all) => (sum(all, field) / sum(all, whole)).toFixed(2).replace(/\.00$/, '');
const worst = (all) => {
  const told = all.flatMap(({ slowest }) => slowest ?? []);
  return told.length > 0 ? `${Math.max(...told).toFixed(1)} s` : '';
};

/** Each with the scripts that it sums up; without them, all. A wish is one thing the operator wants done once. */
const MEASURES = [
  ['Duplicates, of wishes', of('duplicates', 'wishes')],
  ['Wishes with a false “done” or “failed”', of('falseVerdicts', 'wishes')],
  ['Wishes whose end was never told', of('silent', 'wishes')],
  ['Wishes left at “unknown”', of('unknown', 'wishes')],
  ['Presses of the button, of wishes', of('presses', 'wishes')],
  ['Slowest word on a wish', worst],
  ['Refreshes per expiry: 5 tabs', per('refreshes', 'expiries'), ['tabs']],
  ['Refreshes per expiry: 2 requests of one tab', per('refreshes', 'expiries'), ['requests']],
  ['Tabs signed out by an expiry', of('signedOutTabs', 'tabs'), ['tabs', 'requests']],
  ['Reads that failed, of reads', of('failedReads', 'reads')],
  ['Requests while told to wait (429)', (all) => `${sum(all, 'earlySends')}`, ['limited']],
  ['Attempts per request in a minute’s outage', per('outageAttempts', 'outageRequests'), ['outage']],
  ['Typed characters lost', of('lostCharacters', 'typedCharacters')],
];

/** `results`: for each contender, by the key of each script it ran, a list of what came of it. */
export function tables({ results, browser, contenders, variants, scripts }) {
  const gather = (contender, keys) => [...results.get(contender)].filter(([key]) => !keys || keys.includes(key)).flatMap(([, all]) => all);
  const summary = MEASURES.map(([name, figure, keys]) => [
    name,
    ...contenders.map((contender) => {
      const all = gather(contender, keys);
      return all.length > 0 ? figure(all) : '';
    }),
  ]);
  const details = scripts.map((script) => [script.title, ...contenders.map((contender) => cell(results.get(contender).get(script.key)))]);
  const others = variants.flatMap((variant) =>
    scripts.filter(({ key }) => results.get(variant).has(key)).map((script, index) => [index === 0 ? variant.name : '', script.title, cell(results.get(variant).get(script.key))]),
  );
  const names = contenders.map(({ name }) => name);
  const parts = [];
  if (contenders.length > 0) parts.push(table(['', ...names], summary), '### Script by script', table(['', ...names], details));
  if (others.length > 0) parts.push('### Other ways to set them up', table(['', '', ''], others));
  return [...parts, provenance(browser)].join('\n\n');
}

function cell(all) {
  return all.map(({ operation, note }) => (all.length > 1 ? `${operation}: ${note}` : note)).join('<br>');
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function provenance(browser) {
  const packages = PACKAGES.map((name) => `${name} ${version(name)}`).join(', ');
  return `Measured ${new Date().toISOString().slice(0, 10)} with ${packages}; Chromium ${browser}, Playwright ${playwrightVersion()}, Node ${process.versions.node}, ${os.cpus().length} cores.`;
}

/** Puts the tables between the markers of the document, and touches nothing else of it. */
export function writeInto(text) {
  const document = readFileSync(DOCUMENT, 'utf8');
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${path.basename(DOCUMENT)} lacks its markers ${BEGIN} and ${END}`);
  writeFileSync(DOCUMENT, `${document.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${document.slice(end)}`);
}
