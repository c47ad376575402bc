// Starts the real sandbox on a port of its own, with data of its own, and stops it again. It must never touch a sandbox that
// somebody else started.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..', '..');
const EXECUTABLE = process.platform === 'win32' ? 'omnival-sandbox.exe' : 'omnival-sandbox';
const STOP_LIMIT_MS = 10_000;

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** The folder of the built console. */
export const dist = () => existing(process.env.OMNIVAL_DIST ?? path.join(ROOT, 'dist'), 'cargo xtask build');

/** A freshly seeded sandbox that serves the built console below `mount`. `limitMs` is for its start. */
export async function startServer(orders: number, { limitMs = 60_000, mount = '/' } = {}): Promise<Server> {
  const binary = existing(process.env.OMNIVAL_SANDBOX_BIN ?? path.join(ROOT, 'target', 'debug', EXECUTABLE), 'cargo build -p omnival-sandbox');
  const data = await mkdtemp(path.join(tmpdir(), 'omnival-browser-'));
  const options = ['--port', '0', '--orders', String(orders), '--dist', dist(), '--data', path.join(data, 'sandbox.sqlite'), '--mount', mount];
  const child = spawn(binary, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<unknown>((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill();
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(limit);
    await rm(data, { recursive: true, force: true });
  };
  try {
    return { url: await address(child, limitMs), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function existing(file: string, command: string): string {
  if (!existsSync(file)) throw new Error(`There is no ${file}. Make it with "${command}".`);
  return file;
}

function address(child: ChildProcess, limitMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) => {
      clearTimeout(limit);
      reject(new Error(`The sandbox ${why}. It said:\n${output}`));
    };
    const limit = setTimeout(() => fail(`did not listen within ${limitMs / 1000} s`), limitMs);
    const read = (chunk: string) => {
      output += chunk;
      const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(output);
      if (found?.[1]) {
        clearTimeout(limit);
        resolve(found[1]);
      }
    };
    child.stdout?.setEncoding('utf8').on('data', read);
    child.stderr?.setEncoding('utf8').on('data', read);
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('exit', (code) => fail(`ended with ${code} before it listened`));
  });
}
