// "Tried from this browser": every attempt on an order with its time and its end, for the one person who made it.

import { type Desk, deed } from './support/desk';
import type { Sample, Sandbox } from './support/sandbox';
import { expect, start, test } from './support/test';

const HOLD = deed('holdOrder');
const REACTIVATE = deed('reactivateOrder');
const SETTLE_MS = 4_000;

test.describe('“Tried from this browser”', () => {
  /** Operation and outcome of each, newest first. */
  const entries = (desk: Desk) => desk.tried.locator('.entry').allInnerTexts();
  const TRIED = ['Reactivating the order: carried out', 'Reactivating the order: refused', 'Putting the order on hold: carried out'];

  /** A hold whose answer is lost, a reactivation that is refused, and one that works. */
  async function tryThrice(desk: Desk, sandbox: Sandbox, order: Sample): Promise<void> {
    await desk.signInAt('operations', order);
    await sandbox.lose('holdOrder', 'after');
    await desk.do(HOLD);
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
    await sandbox.answer('reactivateOrder', 422, { code: 'not_processable', detail: 'The access code is missing.' });
    await desk.do(REACTIVATE);
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
    await desk.do(REACTIVATE);
    await expect(desk.toast).toContainText(REACTIVATE.done);
  }

  test('tells operation, time and outcome of each attempt on an order, also after a reload', async ({ desk, sandbox, samples }) => {
    const order = start(samples, HOLD);
    const began = Date.now();
    await tryThrice(desk, sandbox, order);
    for (const visit of ['first', 'after a reload']) {
      await expect.poll(() => entries(desk), visit).toEqual(TRIED);
      await expect(desk.tried.nth(1)).toContainText('The access code is missing.');
      await expect(desk.tried.nth(0)).toContainText('Olivia Grant');
      const times = await desk.tried.locator('time').evaluateAll((nodes) => nodes.map((node) => Date.parse(node.getAttribute('datetime') ?? '')));
      expect(times).toEqual([...times].sort((a, b) => b - a));
      for (const time of times) expect(time).toBeGreaterThanOrEqual(began - 1_000);
      for (const time of times) expect(time).toBeLessThanOrEqual(Date.now() + 1_000);
      await desk.reload();
      await desk.settled();
    }
    await desk.open(start(samples, HOLD, 1));
    await expect(desk.tried, 'of this order only').toHaveCount(0);
  });

  test('is one person’s: the next user sees none of it, and the first one finds it again', async ({ desk, sandbox, samples }) => {
    const order = start(samples, HOLD);
    await tryThrice(desk, sandbox, order);
    await expect(desk.tried).toHaveCount(3);
    await desk.signOut();
    await desk.signInAt('admin', order);
    await expect(desk.history).toContainText('Olivia Grant');
    await expect(desk.tried).toHaveCount(0);
    await expect(desk.tray).toHaveCount(0);
    await desk.signOut();
    await desk.signInAt('operations', order);
    await expect.poll(() => entries(desk)).toEqual(TRIED);
  });

  test('an attempt that is open when another user signs in waits for its own', async ({ desk, sandbox, samples, wire }) => {
    await sandbox.settings({ settleWindowMs: SETTLE_MS });
    const order = start(samples, HOLD);
    await desk.signInAt('operations', order);
    await sandbox.lose('holdOrder', 'before');
    await desk.do(HOLD);
    await expect(desk.verifying).toBeVisible();
    await desk.page.locator('header.topbar details.menu:not(.tray) summary').click();
    await desk.page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await desk.page.getByRole('button', { name: 'Sign out all the same' }).click();
    await expect(desk.page.locator('main.signin')).toBeVisible();
    await desk.enter(desk.page.locator('main.signin'), 'admin');
    await desk.settled();
    await expect(desk.tray).toHaveCount(0);
    await expect(desk.verifying).toHaveCount(0);
    await expect(desk.action(HOLD.button), 'another person may act: the platform arbitrates').toBeVisible();
    await desk.signOut();
    await desk.enter(desk.page.locator('main.signin'), 'operations');
    await expect(desk.verifying.or(desk.outcome)).toBeVisible();
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done', { timeout: 20_000 });
    expect(wire.sent('holdOrder')).toHaveLength(1);
    expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toEqual([]);
  });
});
