// config.json: read, checked field by field, and if it cannot be used, said in words. Nothing is guessed for a missing field.
// The rules are the program's own (constants.js); what a rule means is said here once more, and tests/boot holds both together.

import { CONFIG_RULES } from './constants.js';
import { base } from './page.js';

const READ_MS = 30_000;

const ADDRESS = /^https?:\/\/(?:\[[\dA-Fa-f:.]+\]|[^\s/?#\\@:[\]]+)(?::\d{1,5})?(?:\/[^\s/?#\\]+)*$/;

const FITS = {
  address: (value) => value === '' || (typeof value === 'string' && ADDRESS.test(value)),
  choice: (value, { choices }) => choices.includes(value),
  flag: (value) => typeof value === 'boolean',
  milliseconds: (value, { least, most }) => Number.isSafeInteger(value) && value >= least && value <= most,
  name: (value, { longest }) => typeof value === 'string' && value.trim() !== '' && [...value].length <= longest,
};

/** What is wrong, a sentence per field; unknown fields are no fault. */
export function faults(config) {
  const at = (field) => field.split('.').reduce((value, key) => value?.[key], config);
  return CONFIG_RULES.filter((rule) => !FITS[rule.kind](at(rule.field), rule))
    .map(({ field, must }) => `${field} ${at(field) === undefined ? 'is missing; it ' : ''}${must}.`);
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
