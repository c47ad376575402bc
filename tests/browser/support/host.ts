// The plainest host that a console needs: the built files below one folder, the page for every other address below it, and the
// policy that the build wrote. It knows no API, and nothing of what it serves.

import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { dist } from './server';

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Where the page is cut when it comes in two pieces. */
const CUT = '<body>';

interface Ways {
  /** Which missing files are answered with the page: as a rule, those whose name has no ending. */
  fallsBack?: (name: string) => boolean;
  /** What comes after the page's head comes when this is fulfilled. */
  rest?: Promise<void>;
}

export interface Host {
  readonly origin: string;
  /** The paths that were asked for, in their order. */
  readonly asked: string[];
  stop(): Promise<void>;
}

/** `base` begins and ends with a slash. */
export async function startHost(base: string, { fallsBack = (name) => !name.includes('.'), rest }: Ways = {}): Promise<Host> {
  const folder = dist();
  const policy = readFileSync(path.join(folder, 'csp.txt'), 'utf8').trim();
  const asked: string[] = [];
  const isFile = (file: string) => existsSync(file) && statSync(file).isFile();

  const answer = async (response: ServerResponse, below: string | null) => {
    const candidates = below === null ? [] : [below, ...(fallsBack(path.posix.basename(below)) ? ['index.html'] : [])];
    const file = candidates.map((name) => path.join(folder, name)).find(isFile);
    if (!file) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such file.');
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'text/plain', 'content-security-policy': policy, 'x-content-type-options': 'nosniff' });
    const content = readFileSync(file);
    const cut = rest && file.endsWith('.html') ? content.indexOf(CUT) : 0;
    response.write(content.subarray(0, cut));
    if (cut > 0) await rest;
    response.end(content.subarray(cut));
  };

  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/[?#].*/, '');
    asked.push(path);
    // As many hosts do, it reads several slashes as one.
    const plain = path.replace(/\/+/g, '/');
    void answer(response, plain.startsWith(base) ? plain.slice(base.length) : `${plain}/` === base ? '' : null);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
