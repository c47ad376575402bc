// The boot script's check of config.json, held to the same cases as the program's (crates/wire/tests/decoding/sessions.rs).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

// What the boot script finds in its page, as far as it looks while it is loaded.
globalThis.location = new URL('https://console.example/');
globalThis.document = {
  readyState: 'complete',
  querySelector: () => ({ content: 'app.js', dataset: { wasm: 'app.wasm', screens: 'screens.wasm', style: 'screens.css' } }),
  getElementById: () => null,
};
const { faults } = await import('../../public/boot/config.js');

const delivered = () => read('../../public/config.json');

/** The delivered file with another value at `field`. */
function changed(field, value) {
  const config = delivered();
  const path = field.split('.');
  const last = path.pop();
  path.reduce((object, key) => object[key], config)[last] = value;
  return config;
}

test('the delivered file has no fault', () => {
  assert.deepEqual(faults(delivered()), []);
});

test('each value is judged as the program judges it', () => {
  const cases = read('config-cases.json');
  assert.ok(cases.length > 40);
  for (const { field, value, good } of cases) {
    const found = faults(changed(field, value));
    const says = JSON.stringify({ field, value, found });
    assert.equal(found.length, good ? 0 : 1, says);
    assert.ok(good || found[0].startsWith(`${field} must be`), says);
  }
});

test('a missing field is named, and nothing is guessed for it', () => {
  for (const config of [{}, null, [], 7]) {
    const found = faults(config);
    assert.equal(found.length, 7);
    assert.equal(found[2], 'abilities.fence is missing; it must be true or false.');
  }
});
