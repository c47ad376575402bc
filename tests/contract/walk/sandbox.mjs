// Starts the real sandbox binary on a port of its own with data of its own, and stops it again.
// It must never touch a sandbox that somebody else started.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const executable = process.platform === 'win32' ? 'omnival-sandbox.exe' : 'omnival-sandbox';
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 10_000;

/** `{url, control(method, path, body), stop()}` of a freshly seeded sandbox. */
export async function startSandbox({ orders = 300 } = {}) {
  const binary = process.env.OMNIVAL_SANDBOX_BIN ?? path.join(root, 'target', 'debug', executable);
  if (!existsSync(binary)) {
    throw new Error(`There is no sandbox at ${binary}. Build it with "cargo build -p omnival-sandbox", or name it in OMNIVAL_SANDBOX_BIN.`);
  }
  const data = await mkdtemp(path.join(tmpdir(), 'omnival-contract-'));
  const child = spawn(binary, ['--port', '0', '--orders', String(orders), '--data', path.join(data, 'sandbox.sqlite')], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill();
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(limit);
    await rm(data, { recursive: true, force: true });
  };
  try {
    const url = await address(child);
    return { url, stop, control: (method, target, body) => control(url, method, target, body) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function address(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why) => reject(new Error(`The sandbox ${why}. It said:\n${output}`));
    const limit = setTimeout(() => fail(`did not listen within ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS);
    const settle = (finish) => (value) => {
      clearTimeout(limit);
      finish(value);
    };
    const read = (chunk) => {
      output += chunk;
      const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(output);
      if (found) settle(resolve)(found[1]);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('error', settle((error) => fail(`could not be started: ${error.message}`)));
    child.once('exit', settle((code) => fail(`ended with ${code} before it listened`)));
  });
}

/** One call of the sandbox's own controls, which are no part of the contract. */
async function control(url, method, target, body) {
  const response = await fetch(url + target, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${target} answered ${response.status}: ${text}`);
  return text ? JSON.parse(text) : null;
}
