// The session's refresh and the queue's first read, while the wasm is still on its way. The refresh is sent once, alone among
// the tabs, and never again by itself: a spent token shown twice would end the session everywhere. No token goes to a storage.

import { CLIENT_KEY, ORDERS_PATH, PAGE_SIZE, QUEUE_PARAMETERS, REFRESH_LOCK, REFRESH_PATH, SESSION_KEY } from './constants.js';
import { queue, stored } from './page.js';

const REFRESH_MS = 10_000;
const PATIENCE_MS = 15_000; // longer than any holder keeps the lock

async function send(url) {
  const answer = await fetch(url, {
    method: 'POST',
    credentials: 'include',
    cache: 'no-store',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(REFRESH_MS),
  });
  return { status: answer.status, body: await answer.text() };
}

/** {status, body} · {error} sent, and its answer lost; or "lock": not sent · null: no session is known here. */
export async function refreshSession(config) {
  if (config.refreshTransport !== 'cookie' || stored('localStorage', SESSION_KEY) !== '1') return null;
  const refresh = () => send(config.apiBase + REFRESH_PATH).catch((error) => ({ error: String(error?.name ?? error) }));
  if (!navigator.locks) return refresh();
  try {
    return await navigator.locks.request(REFRESH_LOCK, { signal: AbortSignal.timeout(PATIENCE_MS) }, refresh);
  } catch {
    return { error: 'lock' };
  }
}

/** The client of the address, else the one last worked for, else the user's first; only one that is theirs. */
function clientFor(user) {
  const ids = user.clients.map((client) => client.id);
  const last = stored('localStorage', CLIENT_KEY);
  const wanted = queue.client ?? (ids.includes(last) ? last : ids[0]);
  return ids.includes(wanted) ? wanted : null;
}

/** {url, status, body}, asked for as the console would · null: there is nothing to take, and the console asks for itself. */
export async function readOrders(config, session) {
  if (!queue || session?.status !== 200) return null;
  try {
    const { accessToken, user } = JSON.parse(session.body);
    const client = clientFor(user);
    if (client === null) return null;
    const here = new URLSearchParams(location.search);
    const query = new URLSearchParams();
    for (const name of QUEUE_PARAMETERS) if (here.get(name)) query.set(name, here.get(name));
    query.set('pageSize', PAGE_SIZE);
    const url = `${config.apiBase}${ORDERS_PATH.replace('{client}', () => encodeURIComponent(client))}?${query}`;
    const answer = await fetch(url, {
      headers: { Authorization: `Bearer ${accessToken}`, Accept: 'application/json' },
      cache: 'no-store',
      signal: AbortSignal.timeout(config.requestTimeoutMs),
    });
    return { url, status: answer.status, body: await answer.text() };
  } catch {
    return null;
  }
}
