// Puts the contenders' page together, and tells with which versions.

import { copyFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

const HERE = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

export async function bundle(folder) {
  await build({
    entryPoints: [path.join(HERE, 'contenders', 'page.js')],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'chrome120',
    // Libraries warn and check more in development; what is deployed is what counts.
    define: { 'process.env.NODE_ENV': '"production"' },
    outfile: path.join(folder, 'page.js'),
  });
  await copyFile(path.join(HERE, 'contenders', 'page.html'), path.join(folder, 'page.html'));
}

/** The version of an installed package, from the package itself. */
export function version(name) {
  const file = path.join(HERE, 'node_modules', ...name.split('/'), 'package.json');
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

export function playwrightVersion() {
  return createRequire(import.meta.url)('@playwright/test/package.json').version;
}
