// Plays the seeded sessions of the rules' tests in WebAssembly: node tests/trace.mjs <module> <first seed> <how many>.
// Prints the seed and the hash of its trace, as crates/core/examples/trace.rs does natively.

import { readFile } from 'node:fs/promises';

const [path, first, count] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(await readFile(path), {});
for (let seed = BigInt(first); seed < BigInt(first) + BigInt(count); seed += 1n) {
  const hash = BigInt.asUintN(64, instance.exports.trace(seed));
  console.log(`${seed} ${hash.toString(16).padStart(16, '0')}`);
}
