// Every write that is sent once, through every way it can end: the verdict is right by the ledger, what was typed is kept until it has
// arrived, nothing is sent by the program a second time, and nobody is told that a stranger did what they did themselves.

import { type Desk, FORM } from './support/desk';
import { holdUp } from './support/held';
import type { Operation, Sandbox } from './support/sandbox';
import { expect, test } from './support/test';
import { WRITES } from './support/writes';

const SETTLE_MS = 600;
/** Within the settle window, as a platform has to promise. */
const LAG_MS = 400;
const DETAIL = 'The order is under review by compliance.';

interface End {
  readonly name: string;
  readonly verdict: 'refused' | 'not-done';
  readonly told: string;
  arm(sandbox: Sandbox, operation: Operation): Promise<void>;
  after?(desk: Desk): Promise<void>;
}

/** The ends in which nothing was carried out. */
const NOTHING: readonly End[] = [
  { name: '422', verdict: 'refused', told: DETAIL, arm: (sandbox, operation) => sandbox.answer(operation, 422, { code: 'not_processable', detail: DETAIL }) },
  {
    name: '429',
    verdict: 'refused',
    told: 'too many requests',
    arm: (sandbox, operation) => sandbox.answer(operation, 429, { code: 'too_many_requests', detail: 'Slow down.' }, { headers: { 'retry-after': '40' } }),
    after: (desk) => desk.banner.getByRole('button', { name: 'Go on now' }).click(),
  },
  { name: '500', verdict: 'not-done', told: 'The platform\'s answer left it open', arm: (sandbox, operation) => sandbox.answer(operation, 500) },
  { name: '401', verdict: 'refused', told: 'your session had expired', arm: (sandbox, operation) => sandbox.answer(operation, 401, { code: 'token_expired', detail: 'x' }) },
  { name: 'lost on its way there', verdict: 'not-done', told: 'No answer came', arm: (sandbox, operation) => sandbox.lose(operation, 'before') },
];

test.beforeEach(async ({ sandbox }) => {
  await sandbox.settings({ settleWindowMs: SETTLE_MS });
});

for (const write of WRITES) {
  const { operation, colleague } = write;

  test(`${write.name}: 422, 429, 500, 401, lost; then lost after it was carried out, with a late history`, async ({ desk, sandbox, samples, wire }) => {
    const order = await write.order(sandbox, samples);
    await desk.signInAt('admin', order);
    for (const [tries, end] of NOTHING.entries()) {
      await test.step(end.name, async () => {
        await end.arm(sandbox, operation);
        const dialog = await write.open(desk);
        await (tries === 0 ? write.fill(dialog) : write.expectFilled(dialog));
        await write.confirm(dialog).click();
        await expect(desk.outcome).toContainText(end.told);
        await expect(desk.outcome).toContainText(write.notDone);
        await expect(desk.outcome).toHaveAttribute('data-verdict', end.verdict);
        expect(wire.sent(operation)).toHaveLength(tries + 1);
        expect(await sandbox.ledger({ orderId: order.id, operation, user: 'admin' })).toEqual([]);
        await end.after?.(desk);
      });
    }
    await test.step('lost after it was carried out', async () => {
      await sandbox.arm(operation, { kind: 'historyLag', ms: LAG_MS });
      await sandbox.lose(operation, 'after');
      const dialog = await write.open(desk);
      await write.expectFilled(dialog);
      await write.confirm(dialog).click();
      await expect(desk.outcome).toContainText(`${write.done}. The answer was lost on the way`);
      await expect(desk.outcome).toContainText('do not repeat it');
      await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
      expect(wire.sent(operation)).toHaveLength(NOTHING.length + 1);
      expect(await sandbox.left(), 'every fault has struck').toEqual([]);
      expect(await sandbox.ledger({ orderId: order.id, operation, user: 'admin' })).toHaveLength(1);
    });
  });

  test(`${write.name}: 409 by a colleague, who moved the order, or did the same`, async ({ desk, sandbox, samples, wire }) => {
    const order = await write.order(sandbox, samples);
    await desk.signInAt('admin', order);
    const before = await desk.status.innerText();
    const conflict = async () => {
      if (write.unfenced) await sandbox.answer(operation, 409, { code: 'state_conflict', detail: DETAIL });
    };
    await test.step('moved', async () => {
      const dialog = await write.open(desk);
      await write.fill(dialog);
      await conflict();
      await sandbox.act(colleague.username === 'finance' ? 'operations' : colleague.username, write.moves.operation, order.id, write.moves.body);
      await write.confirm(dialog).click();
      await expect(desk.outcome).toContainText(write.notDone);
      await expect(desk.outcome).toHaveAttribute('data-verdict', write.unfenced ? 'refused' : 'moved');
      expect(await sandbox.ledger({ orderId: order.id, user: 'admin' })).toEqual([]);
    });
    if (write.back) {
      await sandbox.act('operations', write.back.operation, order.id, write.back.body);
      await desk.history.getByRole('button', { name: 'Read order and history again' }).click();
      await expect(desk.status).toHaveText(before);
    }
    await test.step('did the same', async () => {
      const dialog = await write.open(desk);
      await write.expectFilled(dialog);
      await conflict();
      await sandbox.act(colleague.username, write.same.operation, order.id, write.same.body);
      await write.confirm(dialog).click();
      await expect(desk.outcome).toContainText(`${colleague.name} ${write.byOther} before your attempt arrived`);
      await expect(desk.outcome).toHaveAttribute('data-verdict', 'done-by-other');
      expect(await sandbox.ledger({ orderId: order.id, user: 'admin' })).toEqual([]);
      expect(wire.sent(operation).map(({ status }) => status)).toEqual([409, 409]);
    });
  });

  test(`${write.name}: 409 by one’s own earlier attempt, which was held up on its way`, async ({ desk, sandbox, samples, wire }) => {
    const order = await write.order(sandbox, samples);
    await desk.signInAt('admin', order);
    const held = await holdUp(desk.page, operation);
    const first = await write.open(desk);
    await write.fill(first);
    await write.confirm(first).click();
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done');
    expect(await sandbox.ledger({ orderId: order.id, user: 'admin' })).toEqual([]);
    const again = await write.open(desk);
    await write.expectFilled(again);
    await held.deliver();
    if (write.unfenced) await sandbox.answer(operation, 409, { code: 'state_conflict', detail: DETAIL });
    await write.confirm(again).click();
    await expect(desk.outcome).toContainText(`${write.done} by your own earlier attempt`);
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
    expect(await sandbox.ledger({ orderId: order.id, operation, user: 'admin' })).toHaveLength(1);
    expect(wire.sent(operation)).toHaveLength(2);
  });
}

test('createDraft: 422, 429, 500, 401, lost; then lost after it was carried out', async ({ desk, sandbox, wire }) => {
  await desk.signIn('admin');
  await desk.fillDraft();
  const told = desk.page.getByRole('alert').filter({ hasText: 'The draft was not created' });
  for (const [tries, end] of NOTHING.entries()) {
    await test.step(end.name, async () => {
      await end.arm(sandbox, 'createDraft');
      await desk.create();
      await expect(told).toContainText(end.told);
      for (const [path, text] of Object.entries(FORM)) await expect(desk.field(path)).toHaveValue(text);
      expect(wire.sent('createDraft')).toHaveLength(tries + 1);
      expect(await sandbox.ledger({ operation: 'createDraft' })).toEqual([]);
      await end.after?.(desk);
    });
  }
  await sandbox.lose('createDraft', 'after');
  await desk.create();
  await desk.settled();
  await expect(desk.page.locator('main')).toContainText(FORM['property.street']);
  expect(wire.sent('createDraft')).toHaveLength(NOTHING.length + 1);
  expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
});
