// The status guide (`errors/…` in docs/sources.md), row by row, for reads: what happened, what to do next, how often it was asked,
// and that rows which were there stay there.

import { deed, queuePath } from './support/desk';
import { expect, pick, test } from './support/test';

/** Those that are told at once, after one request. */
const REFUSALS = [
  { status: 400, code: 'validation_failed', detail: 'The view is not known.', happened: 'The view is not known.', next: 'Correct what is marked' },
  { status: 403, code: 'forbidden', detail: 'No.', happened: 'you are signed in, but not allowed', next: 'Ask an administrator to confirm your role, client scope, or ownership' },
  { status: 404, code: 'not_found', detail: 'No.', happened: 'it does not exist, or it is not visible to you', next: 'Check the address and the client' },
  { status: 409, code: 'state_conflict', detail: 'The list is being rebuilt.', happened: 'The list is being rebuilt.', next: 'Reload to see its current state' },
  { status: 422, code: 'not_processable', detail: 'That combination makes no sense.', happened: 'That combination makes no sense.', next: 'Correct what is marked' },
];

for (const { status, code, detail, happened, next } of REFUSALS) {
  test(`${status}: told in words, asked once, the rows stay`, async ({ desk, sandbox, wire }) => {
    await desk.signIn('operations', queuePath());
    await expect(desk.rows).toHaveCount(50);
    const before = wire.sent('listOrders').length;
    await sandbox.answer('listOrders', status, { code, detail });
    await desk.page.getByRole('button', { name: 'Read again' }).click();
    const note = desk.page.getByRole('alert');
    await expect(note).toContainText(happened);
    await expect(note).toContainText(next);
    await expect(desk.rows).toHaveCount(50);
    expect(wire.sent('listOrders').length - before).toBe(1);
    await note.getByRole('button', { name: 'Try again' }).click();
    await expect(note).toHaveCount(0);
    expect(wire.sent('listOrders').length - before).toBe(2);
  });
}

test('200: the order list is shown', async ({ desk, wire }) => {
  await desk.signIn('operations', queuePath());
  await expect(desk.rows).toHaveCount(50);
  expect(wire.sent('listOrders').map(({ status }) => status)).toEqual([200]);
});

test('401: one refresh, one retry, and the operator notices nothing', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations', queuePath());
  await expect(desk.rows).toHaveCount(50);
  await sandbox.arm('listOrders', { kind: 'expireAccessTokens' });
  await desk.page.getByRole('button', { name: 'Read again' }).click();
  await expect.poll(() => wire.sent('listOrders').map(({ status }) => status)).toEqual([200, 401, 200]);
  await expect(desk.page.getByRole('alert')).toHaveCount(0);
  expect(wire.sent('refreshSession')).toHaveLength(1);
});

test('401 that a fresh token does not mend: not asked a third time, sign-in in place', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations', queuePath());
  await expect(desk.rows).toHaveCount(50);
  await sandbox.answer('listOrders', 401, { code: 'token_invalid', detail: 'Not this one.' }, { count: 2 });
  await desk.page.getByRole('button', { name: 'Read again' }).click();
  await expect(desk.signInAgain).toBeVisible();
  expect(wire.sent('listOrders').map(({ status }) => status)).toEqual([200, 401, 401]);
  await desk.signInInPlace();
  await expect(desk.rows).toHaveCount(50);
  await expect(desk.page.locator('table.orders')).toHaveAttribute('aria-busy', 'false');
});

test('429: the whole tab waits as long as it was told to, with a countdown, then goes on by itself', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations', queuePath());
  await expect(desk.rows).toHaveCount(50);
  await sandbox.answer('listOrders', 429, { code: 'too_many_requests', detail: 'Slow down.' }, { headers: { 'retry-after': '3' } });
  await desk.page.getByRole('button', { name: 'Read again' }).click();
  await expect(desk.banner).toContainText('too many requests');
  await expect(desk.banner.locator('.countdown')).toHaveText(/^0:0[1-3]$/);
  await expect.poll(() => wire.sent('listOrders').map(({ status }) => status)).toEqual([200, 429, 200]);
  const [, refused, again] = wire.sent('listOrders').map(({ startedAt }) => startedAt);
  expect((again ?? 0) - (refused ?? 0)).toBeGreaterThanOrEqual(3_000);
  await expect(desk.banner).toHaveCount(0);
});

test('429: the operator may end the pause', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations', queuePath());
  await expect(desk.rows).toHaveCount(50);
  await sandbox.answer('listOrders', 429, { code: 'too_many_requests', detail: 'Slow down.' }, { headers: { 'retry-after': '50' } });
  await desk.page.getByRole('button', { name: 'Read again' }).click();
  await desk.banner.getByRole('button', { name: 'Go on now' }).click();
  await expect(desk.banner).toHaveCount(0);
  await expect.poll(() => wire.sent('listOrders').map(({ status }) => status)).toEqual([200, 429, 200]);
});

test('500 once: asked again, and the operator notices nothing', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations', queuePath());
  await expect(desk.rows).toHaveCount(50);
  await sandbox.answer('listOrders', 500);
  await desk.page.getByRole('button', { name: 'Read again' }).click();
  await expect.poll(() => wire.sent('listOrders').map(({ status }) => status)).toEqual([200, 500, 200]);
  await expect(desk.page.getByRole('alert')).toHaveCount(0);
});

test('500 for good: told after a bounded number of requests, with what support needs', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations', queuePath());
  await expect(desk.rows).toHaveCount(50);
  await sandbox.answer('listOrders', 500, undefined, { count: 20 });
  await desk.page.getByRole('button', { name: 'Read again' }).click();
  const note = desk.page.getByRole('alert');
  await expect(note).toContainText('the platform reported an error of its own');
  await expect(note).toContainText('contact support with the details below');
  await expect(desk.rows, 'what was read stays').toHaveCount(50);
  expect(wire.sent('listOrders').filter(({ status }) => status === 500)).toHaveLength(4);
  expect(await desk.bundle(desk.page.locator('.queue-main'))).toContain('HTTP status: 500');
});

for (const kind of ['truncate', 'html', 'hostile'] as const) {
  test(`a ${kind} body never reaches the screen`, async ({ desk, sandbox }) => {
    await desk.signIn('operations', queuePath());
    await expect(desk.rows).toHaveCount(50);
    await sandbox.arm('listOrders', { kind }, { count: 10 });
    await desk.page.getByRole('button', { name: 'Read again' }).click();
    const note = desk.page.getByRole('alert');
    await expect(note).toContainText(/could not be read|connection broke/);
    await expect(note).toContainText(/try again/i);
    await expect(desk.rows).toHaveCount(50);
  });
}

test('a server’s words are shown only as plain text', async ({ desk, sandbox }) => {
  await desk.signIn('operations', queuePath());
  const detail = 'Pay\u202Ement \u0007due. Ask\u200B your <b>admin</b> now.';
  await sandbox.answer('listOrders', 400, { code: 'validation_failed', detail });
  await desk.page.getByRole('button', { name: 'Read again' }).click();
  const note = desk.page.getByRole('alert');
  await expect(note).toBeVisible();
  expect(await note.innerText()).not.toMatch(/[\u202E\u0007\u200B]/u);
  await expect(note.locator('b')).toHaveCount(0);
});

test('an order that is not there: told, with the support details, and no action', async ({ desk }) => {
  await desk.signIn('operations', '/c/cli-aspen/orders/ord-999999');
  const note = desk.page.getByRole('alert');
  await expect(note).toContainText('it does not exist, or it is not visible to you');
  expect(await desk.bundle(desk.page.locator('main'))).toMatch(/HTTP status: 404[\s\S]*Correlation ID: \S+/);
  await expect(desk.actions).toHaveCount(0);
});

test('a history that cannot be read closes the actions, and says why', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.byStatus['10']);
  await sandbox.answer('listHistory', 500, undefined, { count: 4 });
  await desk.signIn('operations', `/c/cli-aspen/orders/${order.id}`);
  await expect(desk.history.getByRole('alert')).toBeVisible();
  expect(await desk.openActions()).toEqual([]);
  expect((await desk.closedActions()).get('Put on hold')).toContain('history could not be read');
  await desk.history.getByRole('button', { name: 'Try again' }).click();
  await expect(desk.action(deed('holdOrder').button)).toBeVisible();
});
