// The operator's own earlier attempt is recognised as their own: nobody is told that "someone else" did what they did themselves.

import { deed } from './support/desk';
import { expect, pick, start, test } from './support/test';

for (const operation of ['activateOrder', 'holdOrder', 'cancelOrder'] as const) {
  test(`${operation} from a second tab that has not noticed the first`, async ({ desk, secondTab, sandbox, samples }) => {
    const what = deed(operation);
    const order = start(samples, what);
    await desk.signInAt('operations', order);
    const other = await secondTab();
    await other.open(order);
    const [first, second] = [await desk.prepare(what), await other.prepare(what)];
    await first.click();
    await expect(desk.toast).toContainText(what.done);
    await second.click();
    await expect(other.outcome).toHaveAttribute('data-verdict', 'done');
    await expect(other.outcome).toContainText(`${what.done} by your own earlier attempt`);
    await expect(other.outcome).not.toContainText(/someone else|colleague/i);
    expect(await sandbox.ledger({ orderId: order.id, operation })).toHaveLength(1);
  });
}

test('pressed in both tabs at once: one effect, and neither tab blames a stranger', async ({ desk, secondTab, sandbox, samples }) => {
  const what = deed('activateOrder');
  const order = pick(samples.drafts.complete);
  await desk.signInAt('operations', order);
  const other = await secondTab();
  await other.open(order);
  const presses = [await desk.prepare(what), await other.prepare(what)];
  await Promise.all(presses.map((press) => press.click()));
  for (const tab of [desk, other]) {
    await expect(tab.status).toHaveText('Unassigned');
    await expect(tab.page.locator('main')).not.toContainText('before your attempt arrived');
  }
  expect(await sandbox.ledger({ orderId: order.id, operation: what.operation })).toHaveLength(1);
});

test('a press after an answer that was lost meets the earlier one, and says so', async ({ desk, secondTab, sandbox, samples }) => {
  const what = deed('holdOrder');
  const order = start(samples, what);
  await desk.signInAt('operations', order);
  const other = await secondTab();
  await other.open(order);
  const again = await other.prepare(what);
  await sandbox.lose(what.operation, 'after');
  await desk.do(what);
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
  await again.click();
  await expect(other.outcome).toContainText('by your own earlier attempt');
  expect(await sandbox.ledger({ orderId: order.id, operation: what.operation })).toHaveLength(1);
});
