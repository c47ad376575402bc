// Two operators, one order: whoever comes second is told what was tried, what is true now, who did it and when, and is offered only
// what is possible now. Nothing of theirs is carried out behind their back.

import { CLIENT, type Deed, REASON, deed } from './support/desk';
import type { Operation, Sample, Samples } from './support/sandbox';
import { expect, pick, test } from './support/test';

interface Collision {
  readonly mine: Deed;
  readonly from: (samples: Samples) => Sample;
  readonly theirs: Operation;
  readonly body?: object;
  readonly verdict: 'moved' | 'done-by-other';
  readonly now: RegExp;
  readonly offered: string[];
}

const COLLISIONS: readonly Collision[] = [
  { mine: deed('activateOrder'), from: (it) => pick(it.drafts.complete), theirs: 'activateOrder', verdict: 'done-by-other', now: /^Unassigned$/, offered: ['Assign vendor', 'Put on hold', 'Cancel order'] },
  { mine: deed('activateOrder'), from: (it) => pick(it.drafts.complete), theirs: 'saveDraftVendor', body: { vendorId: 'ven-02' }, verdict: 'moved', now: /^Draft$/, offered: ['Edit draft', 'Activate', 'Delete draft'] },
  { mine: deed('assignVendor'), from: (it) => pick(it.byStatus['16']), theirs: 'assignVendor', body: { vendorId: 'ven-02' }, verdict: 'moved', now: /^Assigned$/, offered: ['Reassign vendor', 'Put on hold', 'Cancel order'] },
  { mine: deed('assignVendor'), from: (it) => pick(it.byStatus['16']), theirs: 'assignVendor', body: { vendorId: 'ven-01' }, verdict: 'done-by-other', now: /^Assigned$/, offered: ['Reassign vendor', 'Put on hold', 'Cancel order'] },
  { mine: deed('assignVendor'), from: (it) => pick(it.byStatus['16']), theirs: 'holdOrder', verdict: 'moved', now: /^On hold$/, offered: ['Reactivate', 'Cancel order'] },
  { mine: deed('holdOrder'), from: (it) => pick(it.byStatus['10']), theirs: 'holdOrder', verdict: 'done-by-other', now: /^On hold$/, offered: ['Reactivate', 'Cancel order'] },
  { mine: deed('holdOrder'), from: (it) => pick(it.byStatus['10']), theirs: 'cancelOrder', verdict: 'moved', now: /^Cancelled$/, offered: [] },
  { mine: deed('reactivateOrder'), from: (it) => pick(it.byStatus['9']), theirs: 'cancelOrder', verdict: 'moved', now: /^Cancelled$/, offered: [] },
  { mine: deed('cancelOrder'), from: (it) => pick(it.byStatus['3']), theirs: 'cancelOrder', verdict: 'done-by-other', now: /^Cancelled$/, offered: [] },
];

for (const { mine, from, theirs, body, verdict, now, offered } of COLLISIONS) {
  test(`${mine.operation} after a colleague’s ${theirs}: ${verdict}${body ? ` (${JSON.stringify(body)})` : ''}`, async ({ desk, sandbox, samples, wire }) => {
    const order = from(samples);
    await desk.signInAt('operations', order);
    const before = await desk.status.innerText();
    const confirm = await desk.prepare(mine);
    await sandbox.act('admin', theirs, order.id, body);
    await confirm.click();

    await expect(desk.outcome).toHaveAttribute('data-verdict', verdict);
    await expect(desk.status).toHaveText(now);
    const status = desk.outcome.getByRole('row', { name: /^Status/ });
    await expect(status.getByRole('cell').first(), 'what it was').toHaveText(before);
    await expect(status.getByRole('cell').last(), 'what it is now').toHaveText(now);
    if (mine.operation === 'assignVendor') await expect(desk.outcome.getByRole('row', { name: /^Vendor/ }).getByRole('cell').nth(1), 'what was tried').not.toHaveText('—');

    // Who and when, from the history entry that made the difference; a draft leaves none.
    if (theirs !== 'saveDraftVendor') {
      const entry = desk.outcome.locator('.timeline > li').filter({ hasText: /by .+, admin/ });
      expect((await sandbox.ledger({ orderId: order.id, user: 'admin' })).map(({ operation }) => operation)).toEqual([theirs]);
      await expect(entry.locator('time')).toHaveText(/\d{1,2}:\d{2}:\d{2}.*\b(CST|CDT|GMT|UTC)/);
    }

    expect((await desk.openActions()).sort(), 'only what is possible now').toEqual([...offered].sort());

    const own = await sandbox.ledger({ orderId: order.id, operation: mine.operation, user: 'operations' });
    expect(own, 'nothing of mine was carried out').toEqual([]);
    expect(wire.sent(mine.operation)).toHaveLength(1);
  });
}

for (const move of ['assign', 'hold', 'cancel', 'accept'] as const) {
  test(`a colleague who is quicker by a moment (${move}) is met by the conflict screen`, async ({ desk, sandbox, samples, wire }) => {
    const order = pick(samples.byStatus['1'], 1);
    await desk.signInAt('operations', order);
    await sandbox.arm('cancelOrder', { kind: 'otherUserMoves', move });
    await desk.do(deed('cancelOrder'));
    await expect(desk.outcome).toHaveAttribute('data-verdict', move === 'cancel' ? 'done-by-other' : 'moved');
    await expect(desk.outcome.locator('.timeline > li').first()).toBeVisible();
    expect(wire.sent('cancelOrder').map(({ status }) => status)).toEqual([409]);
    expect(await sandbox.ledger({ orderId: order.id, operation: 'cancelOrder', user: 'operations' })).toEqual([]);
  });
}

test('the reason that was typed is kept after a conflict, and goes with the next press', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.byStatus['1'], 1);
  await desk.signInAt('operations', order);
  await sandbox.arm('cancelOrder', { kind: 'otherUserMoves', move: 'accept' });
  const cancel = deed('cancelOrder');
  await desk.do(cancel);
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'moved');
  await desk.outcome.getByRole('button', { name: cancel.button }).click();
  await expect(desk.dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue(REASON);
  await desk.dialog.locator('.dialog-foot').getByRole('button', { name: cancel.confirm }).click();
  await expect(desk.toast).toContainText(cancel.done);
  expect(await sandbox.ledger({ orderId: order.id, operation: 'cancelOrder', user: 'operations' })).toHaveLength(1);
});

test('without the fence, the platform’s own state machine still catches the second one', async ({ desk, sandbox, samples, wire }) => {
  await sandbox.settings({ fence: false });
  const order = pick(samples.drafts.complete);
  await desk.signInAt('operations', order);
  const confirm = await desk.prepare(deed('activateOrder'));
  await sandbox.act('admin', 'activateOrder', order.id);
  await confirm.click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'done-by-other');
  expect(JSON.parse(wire.sent('activateOrder')[0]?.body ?? '{}'), 'no fence is sent where none is offered').not.toHaveProperty('expectedVersion');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'activateOrder' })).toHaveLength(1);
});

test('the fence is the version that was seen when the dialog opened, not one read since', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.byStatus['1'], 1);
  await desk.signInAt('operations', order);
  const seen = await sandbox.order(CLIENT, order.id);
  const confirm = await desk.prepare(deed('cancelOrder'));
  await sandbox.act('admin', 'acceptOrder', order.id);
  await desk.page.evaluate(() => document.querySelector<HTMLButtonElement>('[aria-label="Read order and history again"]')?.click());
  await expect(desk.dialog.getByRole('alert')).toContainText('The order changed while this was open');
  await confirm.click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'moved');
  expect(JSON.parse(wire.sent('cancelOrder')[0]?.body ?? '{}')).toMatchObject({ expectedVersion: seen.version });
  expect(await sandbox.ledger({ orderId: order.id, operation: 'cancelOrder' })).toEqual([]);
});

test('two desks press at the same time: one is carried out, the other is told who did it', async ({ desk, elsewhere, sandbox, samples }) => {
  const order = pick(samples.drafts.complete);
  const colleague = await elsewhere();
  await Promise.all([desk.signInAt('operations', order), colleague.signInAt('admin', order)]);
  const presses = await Promise.all([desk.prepare(deed('activateOrder')), colleague.prepare(deed('activateOrder'))]);
  await Promise.all(presses.map((press) => press.click()));
  await expect(desk.status).toHaveText('Unassigned');
  await expect(colleague.status).toHaveText('Unassigned');
  const effects = await sandbox.ledger({ orderId: order.id, operation: 'activateOrder' });
  expect(effects).toHaveLength(1);
  const second = effects[0]?.username === 'operations' ? colleague : desk;
  await expect(second.outcome).toHaveAttribute('data-verdict', 'done-by-other');
});
