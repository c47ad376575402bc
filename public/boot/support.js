// What support asks for, gathered without wasm. Only named items are taken, so that no token and no search text can come along.

import { DRAFT_PREFIX, LAST_KEY, QUEUE_PARAMETERS } from './constants.js';
import { program, stored } from './page.js';

/** The items of what the console keeps of the last attempt (JSON), in the order in which they are shown. */
const LAST = {
  clientId: 'Client ID',
  orderId: 'Order ID',
  user: 'User',
  operation: 'Operation',
  endpoint: 'Endpoint',
  status: 'HTTP status',
  message: 'Message',
  correlationId: 'Correlation ID',
  retried: 'User retried',
  history: 'History shows',
  at: 'Attempted at',
};
const LONGEST = 300;

/** One plain line, without control or direction characters. */
function plain(value) {
  const known = ['string', 'number', 'boolean'].includes(typeof value) && value !== '';
  return known ? String(value).replace(/\p{C}+/gu, ' ').slice(0, LONGEST) : 'not known';
}

function lastAttempt() {
  try {
    return JSON.parse(stored('sessionStorage', LAST_KEY)) ?? {};
  } catch {
    return {};
  }
}

function address() {
  const shown = (name) => name !== 'search' && QUEUE_PARAMETERS.includes(name);
  const parts = [...new URLSearchParams(location.search)].map(([name, value]) => `${plain(name)}=${shown(name) ? plain(value) : '…'}`);
  return location.origin + location.pathname + (parts.length > 0 ? `?${parts.join('&')}` : '');
}

/** The text to copy. */
export function supportDetails(message) {
  const now = new Date();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const last = lastAttempt();
  return [
    `Time: ${now.toLocaleString('en-GB', { timeZoneName: 'short' })} (${zone}), ${now.toISOString()}`,
    ...Object.entries(LAST).map(([key, label]) => `${label}: ${plain(last[key])}`),
    `What failed: ${plain(message)}`,
    `Address: ${address()}`,
    `Build: ${program.pathname.split('/').pop()}`,
    `Browser: ${navigator.userAgent}${navigator.onLine ? '' : ' (offline)'}`,
  ].join('\n');
}

/** The truth about what was typed: the drafts are counted, not assumed. */
export function keptWork() {
  let count;
  try {
    count = Object.keys(localStorage).filter((key) => key.startsWith(DRAFT_PREFIX)).length;
  } catch {
    return 'This browser keeps nothing for this page, so what you typed last may be lost.';
  }
  if (count === 0) return 'Nothing that you typed was waiting to be sent.';
  return `What you typed is kept on this device (${count === 1 ? 'one draft' : `${count} drafts`}); you will find it again after the reload.`;
}
