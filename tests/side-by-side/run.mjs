// The same faults for everybody: what others would use for the job, and the console, on the same sandbox, judged by its ledger.
//
//   node tests/side-by-side/run.mjs                       everything; prints the tables and writes them into docs/side-by-side.md
//   node tests/side-by-side/run.mjs --only ours,ky        some of them; prints, writes nothing
//   node tests/side-by-side/run.mjs --script tabs,crash   the scripts whose key or title holds one of these; prints, writes nothing

import { parseArgs } from 'node:util';
import { ConsoleDesk } from './desks/console.mjs';
import { ContenderDesk } from './desks/contender.mjs';
import { CLIENT } from './desks/desk.mjs';
import { newContext, startBrowser } from './harness/browser.mjs';
import { tables, writeInto } from './harness/tables.mjs';
import { startSandbox } from './harness/sandbox.mjs';
import { ENDINGS } from './scripts/endings.mjs';
import { READS } from './scripts/reads.mjs';
import { SESSIONS } from './scripts/sessions.mjs';
import { WRITES, placeOf } from './scripts/writes.mjs';

const SCRIPTS = [...WRITES, ...SESSIONS, ...ENDINGS, ...READS];

const CONTENDERS = [
  { key: 'axios', name: 'axios + auth-refresh + retry', Desk: ContenderDesk, client: 'axios' },
  { key: 'tanstack', name: 'TanStack Query, persisted', Desk: ContenderDesk, client: 'tanstack' },
  { key: 'ky', name: 'ky', Desk: ContenderDesk, client: 'ky' },
  { key: 'ours', name: 'OmniVal Orders', Desk: ConsoleDesk },
];

/** Other ways to set the same libraries up, run where they differ. */
const VARIANTS = [
  { key: 'axios-first', name: 'axios-retry with its default condition', Desk: ContenderDesk, client: 'axios', variant: 'first-example', scripts: ['lost-after', 'lost-before'] },
  { key: 'tanstack-first', name: 'TanStack Query with `retry: 3` for mutations', Desk: ContenderDesk, client: 'tanstack', variant: 'first-example', scripts: ['lost-after', 'error-after', 'network-and-tab'] },
  { key: 'axios-each', name: 'axios-auth-refresh with `deduplicateRefresh: false`', Desk: ContenderDesk, client: 'axios', variant: 'each', scripts: ['requests'] },
  { key: 'ky-first', name: 'ky with one refresh for each 401', Desk: ContenderDesk, client: 'ky', variant: 'first-example', scripts: ['requests'] },
  {
    key: 'ky-keyed',
    name: 'ky with an idempotency key added by hand, on a platform that honours it',
    Desk: ContenderDesk,
    client: 'ky',
    variant: 'keyed',
    settings: { idempotencyKey: true },
    scripts: ['lost-after', 'error-after', 'crash-before'],
  },
];

/** Everything one script needs of one contender. A script leaves nothing to the next. */
class Stage {
  constructor(browser, sandbox, contender) {
    Object.assign(this, { browser, sandbox, contender });
  }

  async reset(settings) {
    await this.leave();
    await this.sandbox.reset({ ...settings, ...this.contender.settings });
    this.context = await newContext(this.browser, this.sandbox);
  }

  async place(operation) {
    const place = placeOf(this.sandbox.samples, operation);
    return operation === 'createDraft' ? { ...place, productId: await this.sandbox.product(CLIENT) } : place;
  }

  desk() {
    return this.contender.Desk.in(this.context, this.sandbox, this.contender);
  }

  async leave() {
    await this.context?.close();
    this.context = null;
  }
}

/** A script that breaks has measured nothing; the others are still worth seeing. */
async function attempt(script, stage) {
  try {
    return await script.run(stage);
  } catch (error) {
    process.exitCode = 1;
    return [{ note: `not measured: ${error.message.split('\n')[0]}` }];
  } finally {
    await stage.leave();
  }
}

/** @returns for each contender, for each of its scripts, what came of it. */
async function run(contenders, scripts) {
  const sandbox = await startSandbox();
  const browser = await startBrowser();
  const results = new Map();
  try {
    for (const contender of contenders) {
      const of = new Map();
      results.set(contender, of);
      for (const script of scripts.filter(({ key }) => !contender.scripts || contender.scripts.includes(key))) {
        const stage = new Stage(browser, sandbox, contender);
        const began = Date.now();
        of.set(script.key, await attempt(script, stage));
        const notes = of.get(script.key).map(({ operation, note }) => [operation, note].filter(Boolean).join(': '));
        console.log(`${contender.key.padEnd(15)} ${script.title.padEnd(58)} ${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${notes.join(' | ')}`);
      }
    }
    return { results, browser: browser.version() };
  } finally {
    await browser.close();
    await sandbox.stop();
  }
}

const { values } = parseArgs({ options: { only: { type: 'string' }, script: { type: 'string' } } });
const only = values.only?.split(',');
const among = (list) => list.filter(({ key }) => !only || only.includes(key));
const [contenders, variants] = [among(CONTENDERS), among(VARIANTS)];
const wanted = values.script?.split(',');
const scripts = SCRIPTS.filter(({ key, title }) => !wanted || wanted.some((part) => `${key} ${title}`.includes(part)));
const began = Date.now();
const { results, browser } = await run([...contenders, ...variants], scripts);
const text = tables({ results, browser, contenders, variants, scripts });
console.log(`\n${text}\n\n${Math.round((Date.now() - began) / 1000)} s`);
if (process.exitCode) console.error('Something could not be measured, so nothing is written.');
else if (!only && !values.script) writeInto(text);
