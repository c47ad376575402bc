// Slow is not failed: a write that the platform carries out long after the console stopped waiting still ends in "done", with one
// effect, and so does one whose history entry appears late.

import { deed } from './support/desk';
import { expect, pick, test } from './support/test';

test('processing that takes longer than the console waits ends in done', async ({ desk, sandbox, samples, wire }) => {
  await sandbox.settings({ settleWindowMs: 15_000, requestTimeoutMs: 1_500 });
  const order = pick(samples.drafts.complete);
  await desk.signInAt('operations', order);
  await sandbox.delay('activateOrder', 'before', 4_000);
  await desk.do(deed('activateOrder'));
  await expect(desk.verifying).toContainText('No answer came in time');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'activateOrder' }), 'not carried out yet').toEqual([]);
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'done', { timeout: 20_000 });
  await expect(desk.outcome).toContainText('The order was activated');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'activateOrder' })).toHaveLength(1);
  expect(wire.sent('activateOrder')).toHaveLength(1);
});

test('a history that lags behind the order keeps the verdict open until it has caught up', async ({ desk, sandbox, samples, wire }) => {
  await sandbox.settings({ settleWindowMs: 15_000, historyLagMs: 3_000 });
  const order = pick(samples.byStatus['10']);
  await desk.signInAt('operations', order);
  await sandbox.lose('holdOrder', 'after');
  await desk.do(deed('holdOrder'));
  await expect(desk.verifying).toBeVisible();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'done', { timeout: 20_000 });
  expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
  expect(wire.sent('holdOrder')).toHaveLength(1);
});

test('the settle window is counted from the dispatch: a slow refresh before it takes nothing away', async ({ desk, sandbox, samples, wire }) => {
  // The platform is through with it three seconds after it was sent, but nearly four after it was pressed.
  await sandbox.settings({ settleWindowMs: 3_000, requestTimeoutMs: 1_500, accessTokenTtlSeconds: 11 });
  const order = pick(samples.byStatus['10']);
  await desk.signInAt('operations', order);
  const confirm = await desk.prepare(deed('holdOrder'));
  await expect.poll(() => Date.now() - pick(wire.sent('signIn')).startedAt, 'the token is near its end, so it is renewed before it is used').toBeGreaterThan(2_000);
  await sandbox.delay('refreshSession', 'after', 1_200);
  await sandbox.delay('holdOrder', 'before', 2_500);
  await confirm.click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'done', { timeout: 20_000 });
  expect(pick(await desk.sent('/hold')) - pick(await desk.sent('/refresh')), 'the write waited for the refresh').toBeGreaterThan(1_000);
  expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
  expect(wire.sent('holdOrder')).toHaveLength(1);
});

test('an attempt is followed to its end while the operator works elsewhere', async ({ desk, sandbox, samples, wire }) => {
  await sandbox.settings({ settleWindowMs: 15_000, requestTimeoutMs: 1_500 });
  const order = pick(samples.byStatus['10']);
  await desk.signInAt('operations', order);
  await sandbox.delay('holdOrder', 'before', 4_000);
  await desk.do(deed('holdOrder'));
  await expect(desk.verifying).toBeVisible();
  await desk.page.getByRole('navigation', { name: 'Back' }).getByRole('link', { name: 'Orders' }).click();
  await expect(desk.rows.first()).toBeVisible();
  const tray = desk.page.locator('details.tray');
  await expect(tray).toContainText('1 attempt without a known end');
  await tray.locator('summary').click();
  await tray.getByRole('link').click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'done', { timeout: 20_000 });
  expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
  expect(wire.sent('holdOrder')).toHaveLength(1);
  await expect(tray).toHaveCount(0);
});
