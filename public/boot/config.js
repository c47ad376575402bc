// config.json: read, checked field by field, and if it cannot be used, said in words. Nothing is guessed for a missing field.

import { base } from './page.js';

const READ_MS = 30_000;
const DAY_MS = 86_400_000;

const isWhole = (least) => (value) => Number.isSafeInteger(value) && value >= least && value <= DAY_MS;
const isBoolean = (value) => typeof value === 'boolean';

function isApiBase(value) {
  if (value === '') return true;
  if (typeof value !== 'string' || /[/?#\s]$/.test(value)) return false;
  try {
    const url = new URL(value);
    return /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password;
  } catch {
    return false;
  }
}

/** [field, what it must satisfy, the same in words] */
const SHAPE = [
  ['apiBase', isApiBase, 'must be "" (this same address) or an address such as "https://api.example.com", without a slash at its end'],
  ['refreshTransport', (value) => value === 'cookie' || value === 'body', 'must be "cookie" or "body"'],
  ['abilities.fence', isBoolean, 'must be true or false'],
  ['abilities.idempotencyKey', isBoolean, 'must be true or false'],
  ['settleWindowMs', isWhole(0), 'must be a whole number of milliseconds, such as 120000'],
  ['requestTimeoutMs', isWhole(1), 'must be a whole number of milliseconds, such as 30000'],
  ['brand.name', (value) => typeof value === 'string' && value.trim() !== '' && value.length <= 60, 'must be a name of at most 60 characters'],
];

/** What is wrong, a sentence per field; unknown fields are no fault. */
export function faults(config) {
  const at = (field) => field.split('.').reduce((value, key) => value?.[key], config);
  return SHAPE.filter(([field, fits]) => !fits(at(field)))
    .map(([field, , must]) => `${field} ${at(field) === undefined ? 'is missing; it ' : ''}${must}.`);
}

/** {config, text}, or {problem: sentences}. */
export async function readConfig() {
  const url = new URL('config.json', base);
  let text;
  try {
    const answer = await fetch(url, { cache: 'no-cache', signal: AbortSignal.timeout(READ_MS) });
    if (!answer.ok) return { problem: [`${url} answered ${answer.status}. The file is missing, or it may not be read.`] };
    text = await answer.text();
  } catch {
    return { problem: [`${url} could not be read: no answer came. Check the connection, then reload.`] };
  }
  try {
    const config = JSON.parse(text);
    const problem = faults(config);
    return problem.length > 0 ? { problem } : { config, text };
  } catch {
    return { problem: [`${url} is not JSON. It may be a page that the web server sends in place of a missing file.`] };
  }
}
