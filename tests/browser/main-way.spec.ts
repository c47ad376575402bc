// The main way, from sign-in to a vendor at work, with every step in the ledger exactly once.

import { CLIENT, FORM, VENDOR, deed, queuePath } from './support/desk';
import { expect, pick, test } from './support/test';

test('sign in, find an order, create a draft, edit it, activate it, assign a vendor', async ({ desk, sandbox, samples, wire }) => {
  const known = await sandbox.order(CLIENT, pick(samples.byStatus['16']).id);
  await sandbox.clearLedger();

  await test.step('sign in', async () => {
    await desk.signIn('operations');
    await expect(desk.rows.first()).toBeVisible();
  });

  await test.step('find an order by its number', async () => {
    await desk.page.locator('form.toolbar').getByRole('searchbox').fill(known.orderNumber ?? '');
    await expect(desk.rows).toHaveCount(1);
    await expect(desk.rows).toContainText(known.loan.borrowers[0]?.name ?? '');
    await desk.rows.getByRole('link').click();
    await expect(desk.title).toHaveText(known.orderNumber ?? '');
  });

  const draft = await test.step('create a draft', async () => {
    await desk.fillDraft();
    await desk.create();
    await desk.settled();
    await expect(desk.toast).toContainText('The draft was created');
    const [effect] = await sandbox.ledger({ operation: 'createDraft' });
    if (!effect?.orderId) throw new Error('the ledger holds no draft');
    return effect.orderId;
  });

  await test.step('edit it', async () => {
    await desk.actions.getByRole('link', { name: 'Edit draft' }).click();
    await expect(desk.field('property.street')).toHaveValue(FORM['property.street']);
    await desk.field('property.unit').fill('12B');
    await desk.page.getByRole('button', { name: 'Save draft' }).click();
    await expect(desk.toast).toContainText('The draft was saved');
    await desk.settled();
    await expect(desk.page.locator('main')).toContainText('12B');
  });

  await test.step('activate it', async () => {
    const confirm = await desk.prepare(deed('activateOrder'));
    await expect(desk.dialog).toContainText('What becomes final');
    await expect(desk.dialog).toContainText('cannot become a draft again');
    await confirm.click();
    await expect(desk.toast).toContainText('The order was activated');
    await expect(desk.status).toHaveText('Unassigned');
    await expect(desk.history).toContainText('Olivia');
  });

  await test.step('assign a vendor', async () => {
    await desk.do(deed('assignVendor'));
    await expect(desk.toast).toContainText('The vendor was assigned');
    await expect(desk.status).toHaveText('Assigned');
  });

  const effects = await sandbox.ledger();
  expect(effects.map(({ operation }) => operation)).toEqual(['signIn', 'refreshSession', 'createDraft', 'saveDraftProperty', 'activateOrder', 'assignVendor']);
  expect(effects.filter(({ orderId }) => orderId).map(({ orderId }) => orderId)).toEqual(Array(4).fill(draft));
  const intents = effects.filter(({ operation }) => ['createDraft', 'activateOrder', 'assignVendor'].includes(operation)).map(({ intent }) => intent);
  expect(new Set(intents).size, 'each press has an intent of its own').toBe(3);
  const now = await sandbox.order(CLIENT, draft);
  expect(now).toMatchObject({ statusCode: 1, vendor: { id: VENDOR }, property: { unit: '12B', city: FORM['property.city'] }, dueDate: FORM.dueDate });
  for (const operation of ['createDraft', 'activateOrder', 'assignVendor']) expect(wire.sent(operation)).toHaveLength(1);
});

test('a vendor already at work is replaced, and told so first', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.byStatus['1'], 2);
  const before = await sandbox.order(CLIENT, order.id);
  await desk.signInAt('operations', order);
  await desk.action(/^Reassign vendor…$/).click();
  await expect(desk.dialog).toContainText(`${before.vendor?.name} loses the order`);
  const other = desk.dialog.locator('tbody tr:not(.off)').first();
  await other.getByRole('radio').check();
  await desk.dialog.getByRole('button', { name: /^Reassign\b/ }).click();
  await expect(desk.toast).toContainText('The vendor was assigned');
  const now = await sandbox.order(CLIENT, order.id);
  expect(now.vendor?.id).not.toBe(before.vendor?.id);
  expect(now).toMatchObject({ reassignmentCount: (before.reassignmentCount as number) + 1 });
  expect(await sandbox.ledger({ orderId: order.id, operation: 'assignVendor' })).toHaveLength(1);
});

test('hold, reactivate, cancel: each once, each with its reason in the history', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.byStatus['10']);
  await desk.signInAt('operations', order);
  for (const [operation, status] of [
    ['holdOrder', 'On hold'],
    ['reactivateOrder', /./],
    ['cancelOrder', 'Cancelled'],
  ] as const) {
    const what = deed(operation);
    await desk.do(what);
    await expect(desk.toast).toContainText(what.done);
    await expect(desk.status).toHaveText(status);
    expect(await sandbox.ledger({ orderId: order.id, operation })).toHaveLength(1);
  }
  await expect(desk.history.locator('.reason')).toHaveCount(3);
  expect(await desk.openActions(), 'a cancelled order can only be read').toEqual([]);
});

test('an activation that charges says so before, and shows the payment after', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.drafts.charged);
  await desk.signInAt('operations', order);
  const confirm = await desk.prepare(deed('activateOrder'));
  await expect(desk.dialog).toContainText(/Activating charges \$[\d,.]+ now/);
  await confirm.click();
  await expect(desk.toast).toContainText('The order was activated');
  await expect(desk.page.getByRole('heading', { name: 'Payment history' })).toBeVisible();
  const [effect] = await sandbox.ledger({ orderId: order.id, operation: 'activateOrder' });
  expect(Number(effect?.charge?.amount)).toBeGreaterThan(0);
});

test('an activation whose charge fails ends on hold, and the history tells why', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.drafts.declined);
  await desk.signInAt('operations', order);
  await desk.do(deed('activateOrder'));
  await expect(desk.status).toHaveText('On hold');
  await expect(desk.page.locator('main')).toContainText('Payment at activation failed');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'activateOrder' })).toHaveLength(1);
});

test('a draft is deleted once, and gone from the queue', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.drafts.incomplete);
  await desk.signInAt('operations', order);
  await desk.action(/^Delete draft…$/).click();
  await desk.dialog.getByRole('button', { name: 'Delete draft' }).click();
  await expect(desk.page).toHaveURL(new RegExp(`${queuePath('\\?view=drafts')}$`));
  await expect(desk.rows.first()).toBeVisible();
  await expect(desk.rows.locator(`a[href$="${order.id}"]`)).toHaveCount(0);
  expect(await sandbox.ledger({ orderId: order.id, operation: 'deleteDraft' })).toHaveLength(1);
});
