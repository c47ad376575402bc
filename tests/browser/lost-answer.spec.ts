// A lost answer is never a lost outcome, and never a second effect: whatever became of the request, the console finds out from the
// platform's own records, or waits until it can be sure.

import { DEEDS, FORM, VENDOR, deed } from './support/desk';
import { keepWaiting } from './support/held';
import { expect, pick, start, test } from './support/test';

const SETTLE_MS = 3_000;

test.beforeEach(async ({ sandbox }) => {
  await sandbox.settings({ settleWindowMs: SETTLE_MS });
});

for (const what of DEEDS) {
  test(`${what.operation}: lost after it was carried out is found done, once`, async ({ desk, sandbox, samples, wire }) => {
    const order = start(samples, what);
    await desk.signInAt('operations', order);
    await sandbox.lose(what.operation, 'after');
    await desk.do(what);
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
    await expect(desk.outcome).toHaveAttribute('data-operation', what.operation);
    await expect(desk.outcome).toContainText(what.done);
    await expect(desk.outcome).toContainText('do not repeat it');
    expect(await sandbox.ledger({ orderId: order.id, operation: what.operation })).toHaveLength(1);
    expect(wire.sent(what.operation)).toHaveLength(1);
  });

  test(`${what.operation}: lost before it was carried out is not done, and that is said only when it is certain`, async ({ desk, sandbox, samples, wire }) => {
    const order = start(samples, what);
    await desk.signInAt('operations', order);
    await sandbox.lose(what.operation, 'before');
    await desk.do(what);
    await expect(desk.verifying).toHaveAttribute('data-operation', what.operation);
    await expect(desk.verifying).toContainText('It is not sent again');
    expect(await desk.openActions(), 'nothing can be begun while it is being checked').toEqual([]);
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done');
    const certain = pick(await desk.sent(what.path)) + SETTLE_MS;
    for (const read of [`/orders/${order.id}`, '/history']) {
      expect(Math.max(...(await desk.sent(read))), `${read} was read after the settle window`).toBeGreaterThanOrEqual(certain);
    }
    await expect(desk.outcome).toContainText(what.notDone);
    await expect(desk.outcome).toContainText('You can try again now');
    expect(await sandbox.ledger({ orderId: order.id, operation: what.operation })).toEqual([]);
    expect(wire.sent(what.operation)).toHaveLength(1);
    await expect(desk.action(what.button), 'the button is back').toBeVisible();
  });
}

test('createDraft: lost after it was carried out, the draft is found by its reference and opened', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations');
  await desk.fillDraft();
  await sandbox.lose('createDraft', 'after');
  await desk.create();
  await desk.settled();
  await expect(desk.status).toHaveText('Draft');
  await expect(desk.page.locator('main')).toContainText(FORM['contacts[0].name']);
  const effects = await sandbox.ledger({ operation: 'createDraft' });
  expect(effects).toHaveLength(1);
  expect(desk.page.url()).toContain(`/orders/${effects[0]?.orderId}`);
  expect(wire.sent('createDraft')).toHaveLength(1);
});

test('createDraft: lost before it was carried out, the form stays and creates it once on the second press', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations');
  await desk.fillDraft();
  await sandbox.lose('createDraft', 'before');
  await desk.create();
  await expect(desk.verifying).toHaveAttribute('data-operation', 'createDraft');
  await expect(desk.page.getByRole('button', { name: 'Create draft' })).toBeDisabled();
  await expect(desk.page.getByRole('alert').filter({ hasText: 'The draft was not created' })).toBeVisible();
  expect(await sandbox.ledger({ operation: 'createDraft' })).toEqual([]);
  await expect(desk.field('property.street')).toHaveValue(FORM['property.street']);
  await desk.create();
  await desk.settled();
  expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
  const references = wire.sent('createDraft').map(({ body }) => JSON.parse(body ?? '{}').clientReference as string);
  expect(references).toHaveLength(2);
});

test('a reload in the middle of a lost creation finds the draft instead of creating it again', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations');
  await desk.fillDraft();
  await sandbox.delay('createDraft', 'after', 60_000);
  await desk.create();
  await expect.poll(() => sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
  desk.page.once('dialog', (dialog) => dialog.accept());
  await desk.page.reload();
  await expect(desk.page).toHaveURL(/\/orders\/ord-\d+$/);
  await desk.settled();
  expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
  expect(wire.sent('createDraft')).toHaveLength(1);
});

test('a 500 after the effect is found done', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.byStatus['16']);
  await desk.signInAt('operations', order);
  await sandbox.answer('assignVendor', 500, undefined, { when: 'after' });
  await desk.do(deed('assignVendor'));
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
  const effects = await sandbox.ledger({ orderId: order.id, operation: 'assignVendor' });
  expect(effects).toHaveLength(1);
  expect(wire.sent('assignVendor')).toHaveLength(1);
  expect(JSON.parse(wire.sent('assignVendor')[0]?.body ?? '{}')).toMatchObject({ vendorId: VENDOR });
});

for (const kind of ['truncate', 'html', 'hostile'] as const) {
  test(`a success whose body is ${kind} is done, and the order is read again`, async ({ desk, sandbox, samples, wire }) => {
    const order = pick(samples.byStatus['10']);
    const what = deed('holdOrder');
    await desk.signInAt('operations', order);
    const before = wire.sent('getOrder').length;
    await sandbox.arm(what.operation, { kind });
    await desk.do(what);
    await expect(desk.toast).toContainText(what.done);
    await expect(desk.status).toHaveText('On hold');
    expect(wire.sent('getOrder').length).toBeGreaterThan(before);
    expect(await sandbox.ledger({ orderId: order.id, operation: what.operation })).toHaveLength(1);
    expect(wire.sent(what.operation)).toHaveLength(1);
  });
}

test('createDraft with half a body is created, found and not created again', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations');
  await desk.fillDraft();
  await sandbox.arm('createDraft', { kind: 'truncate' });
  await desk.create();
  await expect(desk.page.getByText('This draft was created already.')).toBeVisible();
  await desk.page.getByRole('button', { name: 'Open the draft' }).click();
  await desk.settled();
  expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
  expect(wire.sent('createDraft')).toHaveLength(1);
});

test('two presses of one button are one attempt', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.drafts.complete);
  await desk.signInAt('operations', order);
  const letGo = await keepWaiting(desk.page, 'activateOrder', 'before');
  const confirm = await desk.prepare(deed('activateOrder'));
  await confirm.dblclick();
  letGo();
  await expect(desk.toast).toContainText('The order was activated');
  expect(wire.sent('activateOrder')).toHaveLength(1);
  expect(await sandbox.ledger({ orderId: order.id, operation: 'activateOrder' })).toHaveLength(1);
});
