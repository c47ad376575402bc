// Starts the real sandbox on a port and with data of its own, arms its faults, counts what arrives and reads the ledger.
// It must never touch a sandbox that somebody else started.

import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';
import { until } from './until.mjs';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const BINARY = process.env.OMNIVAL_SANDBOX_BIN ?? path.join(ROOT, 'target', 'debug', process.platform === 'win32' ? 'omnival-sandbox.exe' : 'omnival-sandbox');
const DIST = process.env.OMNIVAL_DIST ?? path.join(ROOT, 'dist');
const ORDERS = 300;
const START_LIMIT_MS = 60_000;
/** As many as the sandbox takes for one fault. */
const ALWAYS = 100_000;

/** The platform as its public pages print it: no fence, no idempotency key. */
const AS_PRINTED = { fence: false, idempotencyKey: false };

export async function startSandbox() {
  const folder = await mkdtemp(path.join(tmpdir(), 'omnival-side-by-side-'));
  // The console and the contenders' pages side by side, so that all are of one origin with the API. The copy keeps a build that
  // happens meanwhile out of the run.
  const dist = path.join(folder, 'dist');
  await cp(DIST, dist, { recursive: true });
  await bundle(path.join(dist, 'side-by-side'));
  const child = spawn(BINARY, ['--port', '0', '--orders', String(ORDERS), '--dist', dist, '--data', path.join(folder, 'sandbox.sqlite')], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return new Sandbox(await address(child), stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

function address(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why) => reject(new Error(`The sandbox ${why}. It said:\n${output}`));
    const limit = setTimeout(() => fail('did not listen in time'), START_LIMIT_MS);
    const read = (chunk) => {
      output += chunk;
      const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(output);
      if (!found) return;
      clearTimeout(limit);
      resolve(found[1]);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
}

class Sandbox {
  constructor(url, stop) {
    this.url = url;
    this.stop = stop;
  }

  /** Everything anew: data, faults, ledger. `settings` go over the platform as printed. */
  async reset(settings = {}) {
    await this.call('POST', '/sandbox/reset');
    await this.call('PATCH', '/sandbox/settings', { ...AS_PRINTED, ...settings });
    this.samples = await this.call('GET', '/sandbox/samples');
  }

  async arm(selector, fault, { nth = 1, count = 1 } = {}) {
    const which = typeof selector === 'string' ? { operation: selector } : selector;
    const { id } = await this.call('POST', '/sandbox/faults', { ...which, nth, count, fault });
    return id;
  }

  disarm(id) {
    return this.call('DELETE', `/sandbox/faults/${id}`);
  }

  /** From now on, counts what arrives for an operation, whatever becomes of it. */
  async count(selector) {
    const id = await this.arm(selector, { kind: 'delay', when: 'before', ms: 0 }, { count: ALWAYS });
    return async () => (await this.faults()).items.find((armed) => armed.id === id).seen;
  }

  /** For good, until it is disarmed. */
  armForGood(selector, fault) {
    return this.arm(selector, fault, { count: ALWAYS });
  }

  faults() {
    return this.call('GET', '/sandbox/faults');
  }

  /** Waits until a fault has struck, and tells when, by this machine's clock. One that had no effect proves nothing. */
  async struck(id) {
    const fired = await until(`the fault ${id} strikes`, async () => (await this.faults()).fired.findLast(({ faultId }) => faultId === id));
    if (fired.note) throw new Error(`the fault ${id} had no effect: ${fired.note}`);
    return Date.parse(fired.at);
  }

  /** Every access token of everybody expires. */
  async expireAccessTokens() {
    const id = await this.arm('whoAmI', { kind: 'expireAccessTokens' });
    await fetch(`${this.url}/api/auth/me`);
    await this.struck(id);
  }

  async effects(filter) {
    return (await this.call('GET', `/sandbox/ledger?${new URLSearchParams(filter)}`)).items;
  }

  /** The first product of a client: a draft needs one. */
  async product(clientId) {
    const { accessToken } = await this.call('POST', '/api/auth/sign-in', { username: 'admin', password: 'sandbox' });
    const { items } = await this.call('GET', `/api/clients/${clientId}/products`, undefined, { authorization: `Bearer ${accessToken}` });
    return items[0].id;
  }

  async call(method, address, body, headers = {}) {
    const answer = await fetch(this.url + address, {
      method,
      headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${address} answered ${answer.status}: ${text}`);
    return text ? JSON.parse(text) : null;
  }
}
