// The status guide (`errors/…` in docs/sources.md), row by row, for a P0 write: what happened, what to do next, never a replay, and
// state read again where it is due.

import { type Desk, VENDOR, deed } from './support/desk';
import type { Sandbox, Samples } from './support/sandbox';
import { expect, pick, test } from './support/test';
import type { Wire } from './support/wire';

const ACTIVATE = deed('activateOrder');
const SETTLE_MS = 3_000;

interface Stage {
  desk: Desk;
  sandbox: Sandbox;
  samples: Samples;
  wire: Wire;
}

/** Activates a draft while the platform answers with `status`, and waits for the verdict. */
async function activate({ desk, sandbox, samples }: Stage, status: number, problem?: object, headers?: Record<string, string>): Promise<string> {
  const order = pick(samples.drafts.complete);
  await sandbox.settings({ settleWindowMs: SETTLE_MS });
  await desk.signInAt('operations', order);
  await sandbox.answer('activateOrder', status, problem, headers ? { headers } : {});
  await desk.do(ACTIVATE);
  await expect(desk.outcome).toHaveAttribute('data-operation', 'activateOrder');
  return order.id;
}

/** Nothing happened, and nothing was repeated. */
async function untouched({ desk, sandbox, wire }: Stage, id: string): Promise<void> {
  expect(wire.sent('activateOrder')).toHaveLength(1);
  expect(await sandbox.ledger({ orderId: id, operation: 'activateOrder' })).toEqual([]);
  await expect(desk.action(ACTIVATE.button), 'the operator may decide again').toBeVisible();
}

test('200: done, said in passing, shown at once', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.drafts.complete);
  await desk.signInAt('operations', order);
  await desk.do(ACTIVATE);
  await expect(desk.toast).toHaveText('The order was activated.');
  await expect(desk.status).toHaveText('Unassigned');
  await expect(desk.history.locator('.timeline > li').first()).toBeVisible();
  expect(wire.sent('activateOrder').map(({ status }) => status)).toEqual([200]);
  expect(await sandbox.ledger({ orderId: order.id, operation: 'activateOrder' })).toHaveLength(1);
});

test('201: the created draft is opened', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations');
  await desk.fillDraft();
  await desk.create();
  await desk.settled();
  expect(wire.sent('createDraft').map(({ status }) => status)).toEqual([201]);
  expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
});

for (const { status, code, detail, happened, next } of [
  { status: 400, code: 'business_rule', detail: 'The loan is locked by its underwriter.', happened: 'The loan is locked by its underwriter.', next: 'Complete the draft' },
  { status: 403, code: 'forbidden', detail: 'No.', happened: 'you are signed in, but not allowed to do this', next: 'Ask an administrator' },
  { status: 404, code: 'not_found', detail: 'No.', happened: 'does not exist, or is not visible to you', next: 'Check the address' },
  { status: 422, code: 'not_processable', detail: 'A due date is needed.', happened: 'A due date is needed.', next: 'Complete the draft' },
]) {
  test(`${status}: refused, in words, once`, async ({ desk, sandbox, samples, wire }) => {
    const stage = { desk, sandbox, samples, wire };
    const id = await activate(stage, status, { code, detail });
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
    await expect(desk.outcome).toContainText('The order was not activated');
    await expect(desk.outcome).toContainText(happened);
    await expect(desk.outcome.locator('.next').first()).toContainText(next);
    await untouched(stage, id);
  });
}

test('422: the fields that the platform names are shown', async ({ desk, sandbox, samples, wire }) => {
  const stage = { desk, sandbox, samples, wire };
  await activate(stage, 422, { code: 'not_processable', detail: 'The draft is not complete.', errors: [{ field: 'property.county', message: 'The county is not known.' }] });
  await expect(desk.outcome).toContainText('The county is not known.');
});

test('400 for a vendor: the platform’s better sentence, and the suggestions are read anew', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.byStatus['16']);
  await desk.signInAt('operations', order);
  await sandbox.answer('assignVendor', 400, { code: 'vendor_not_eligible', detail: 'x' });
  await desk.do(deed('assignVendor'));
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  await expect(desk.outcome).toContainText('The vendor is no longer eligible for this order.');
  await expect(desk.outcome).toContainText('Choose another vendor or update the panel.');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'assignVendor' })).toEqual([]);
  const asked = wire.sent('listSuggestedVendors').length;
  await desk.action(deed('assignVendor').button).click();
  await expect(desk.dialog.locator(`#vendor-${VENDOR}`)).toBeVisible();
  expect(wire.sent('listSuggestedVendors')).toHaveLength(asked + 1);
});

test('401: no replay; order and history are read before the button returns', async ({ desk, sandbox, samples, wire }) => {
  const stage = { desk, sandbox, samples, wire };
  const id = await activate(stage, 401, { code: 'token_expired', detail: 'x' });
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  await expect(desk.outcome).toContainText('your session had expired');
  await expect(desk.outcome).toContainText('Order and history have been read again');
  expect(wire.sent('refreshSession')).toHaveLength(1);
  await untouched(stage, id);
  const sent = pick(wire.sent('activateOrder')).startedAt;
  for (const read of ['getOrder', 'listHistory', 'listPayments']) {
    expect(wire.sent(read).some(({ startedAt, status }) => startedAt > sent && status === 200), `${read} was read again`).toBe(true);
  }
});

test('409 without a change: told, read again, the legal actions are offered', async ({ desk, sandbox, samples, wire }) => {
  const stage = { desk, sandbox, samples, wire };
  const id = await activate(stage, 409, { code: 'state_conflict', detail: 'The order is locked for a moment.' });
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  await expect(desk.outcome).toContainText('The order is locked for a moment.');
  await expect(desk.outcome.getByRole('button', { name: ACTIVATE.button })).toBeVisible();
  await untouched(stage, id);
});

test('429: refused, with the countdown; a press during the pause sends nothing', async ({ desk, sandbox, samples, wire }) => {
  const stage = { desk, sandbox, samples, wire };
  const id = await activate(stage, 429, { code: 'too_many_requests', detail: 'Slow down.' }, { 'retry-after': '40' });
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  await expect(desk.outcome).toContainText('too many requests');
  await expect(desk.banner.locator('.countdown')).toHaveText(/^0:(40|3\d)$/);
  await desk.banner.getByRole('button', { name: 'Go on now' }).click();
  await untouched(stage, id);
});

test('429 with a pause that runs: the next press is not sent, and says so', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.byStatus['10']);
  await desk.signInAt('operations', order);
  await sandbox.answer('holdOrder', 429, { code: 'too_many_requests', detail: 'Slow down.' }, { headers: { 'retry-after': '40' } });
  const hold = deed('holdOrder');
  await desk.do(hold);
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  await desk.outcome.getByRole('button', { name: hold.button }).click();
  await desk.dialog.locator('.dialog-foot').getByRole('button', { name: hold.confirm }).click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done');
  await expect(desk.outcome).toContainText('the platform asked for a pause, so nothing was sent');
  expect(wire.sent('holdOrder')).toHaveLength(1);
  expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toEqual([]);
});

test('500: unknown until it is certain, then not done, never replayed', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.drafts.complete);
  await sandbox.settings({ settleWindowMs: SETTLE_MS });
  await desk.signInAt('operations', order);
  await sandbox.answer('activateOrder', 500);
  await desk.do(ACTIVATE);
  await expect(desk.verifying).toContainText('answered with an error of its own (500)');
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done');
  await untouched({ desk, sandbox, samples, wire }, order.id);
});

for (const status of [503, 408]) {
  test(`${status}: in doubt like a 500`, async ({ desk, sandbox, samples, wire }) => {
    const stage = { desk, sandbox, samples, wire };
    const id = await activate(stage, status, { code: 'unavailable', detail: 'x' }, { 'retry-after': '1' });
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done');
    await untouched(stage, id);
  });
}
