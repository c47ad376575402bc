// Renderers die in the middle of a write, without a last word. Whatever was on its way then is carried out at most once, is found out
// by another page of this browser, and is never sent again.

import type { Dialog } from '@playwright/test';
import { type Desk, deed, queuePath } from './support/desk';
import type { Sandbox } from './support/sandbox';
import { expect, pick, start, test } from './support/test';
import { TRIALS, type Trial } from './support/trials';

const HOLD = deed('holdOrder');
/** Longer than any test. */
const NEVER_MS = 600_000;
/** Longer than the sandbox keeps a request waiting here, shorter than a test's patience. */
const SETTLE_MS = 7_000;
/** How long the first look of whoever takes the attempt up takes, so that it is seen to look. */
const LOOK_MS = 3_000;

interface Moment {
  readonly name: string;
  /** What happens to the request. */
  arm(sandbox: Sandbox, trial: Trial): Promise<void>;
  /** Ready when the moment has come. */
  come(desk: Desk, sandbox: Sandbox, effects: object): Promise<void>;
  readonly done: boolean;
}

const MOMENTS: readonly Moment[] = [
  {
    name: 'before the platform has carried it out',
    arm: (sandbox, { operation }) => sandbox.delay(operation, 'before', 1_500),
    come: async (_, sandbox) => expect.poll(() => sandbox.left(), 'it has arrived').toEqual([]),
    done: true,
  },
  {
    name: 'before the answer has come',
    arm: (sandbox, { operation }) => sandbox.delay(operation, 'after', NEVER_MS),
    come: async (_, sandbox, effects) => expect.poll(() => sandbox.ledger(effects), 'it is carried out').toHaveLength(1),
    done: true,
  },
  {
    name: 'while it is being checked',
    arm: (sandbox, { operation }) => sandbox.lose(operation, 'before'),
    come: async (desk) => expect(desk.verifying).toBeVisible(),
    done: false,
  },
];

const signIn = (desk: Desk) => (at: string) => desk.signIn('operations', at);

test.describe('another tab lives on the order list', () => {
  for (const trial of TRIALS) {
    for (const moment of MOMENTS) {
      test(`${trial.name}: the page dies ${moment.name}; the other one finds out what became of it`, async ({ desk, secondTab, sandbox, samples, wire }) => {
        await sandbox.settings({ settleWindowMs: SETTLE_MS });
        const begun = await trial.approach({ desk, sandbox, samples }, signIn(desk));
        const press = await trial.prepare(desk);
        const other = await secondTab();
        await other.page.goto(queuePath());
        await expect(other.rows.first()).toBeVisible();
        await moment.arm(sandbox, trial);
        await press();
        await moment.come(desk, sandbox, begun.effects);
        await expect(other.tray, 'it knows before').toContainText('1 attempt without a known end');
        await sandbox.delay(trial.read, 'before', LOOK_MS);
        await desk.die();
        await expect(other.tray.locator('.sub')).toContainText('being checked');
        await expect(other.tray.locator('.sub'), 'it takes it up itself').not.toContainText('in another tab');
        const item = other.tray.getByRole('link');
        await other.tray.locator('summary').click();
        if (begun.effects.orderId) await item.click();
        else await other.page.getByRole('link', { name: 'New order' }).click();
        if (moment.done) await trial.seenDone(other);
        else await trial.seenNotDone(other);
        await expect(other.tray).toHaveCount(0);
        expect(await sandbox.ledger(begun.effects)).toHaveLength(moment.done ? 1 : 0);
        expect(wire.sent(trial.operation)).toHaveLength(1);
      });
    }
  }
});

test.describe('no other page lives', () => {
  for (const [index, trial] of TRIALS.entries()) {
    const moment = pick(MOMENTS, index % MOMENTS.length);
    test(`${trial.name}: the page dies ${moment.name}; the next one finds out what became of it`, async ({ desk, secondTab, sandbox, samples, wire }) => {
      await sandbox.settings({ settleWindowMs: SETTLE_MS });
      const begun = await trial.approach({ desk, sandbox, samples }, signIn(desk));
      const press = await trial.prepare(desk);
      await moment.arm(sandbox, trial);
      await press();
      await moment.come(desk, sandbox, begun.effects);
      await desk.die();
      const next = await secondTab();
      await next.page.goto(begun.path);
      if (moment.done) await trial.seenDone(next);
      else await trial.seenNotDone(next);
      await expect(next.tray).toHaveCount(0);
      expect(await sandbox.ledger(begun.effects)).toHaveLength(moment.done ? 1 : 0);
      expect(wire.sent(trial.operation)).toHaveLength(1);
    });
  }

  test('the session died with it: after the sign-in, before anything else, it is found out', async ({ desk, secondTab, sandbox, samples, wire }) => {
    await sandbox.settings({ settleWindowMs: SETTLE_MS, refreshTransport: 'body' });
    const order = start(samples, HOLD);
    await desk.signInAt('operations', order);
    const confirm = await desk.prepare(HOLD);
    await sandbox.delay('holdOrder', 'after', NEVER_MS);
    await confirm.click();
    await expect.poll(() => sandbox.ledger({ operation: 'holdOrder' })).toHaveLength(1);
    await desk.die();
    const next = await secondTab();
    await next.signInAt('operations', order);
    await expect(next.outcome).toHaveAttribute('data-verdict', 'done');
    await expect(next.outcome).toContainText(HOLD.done);
    await expect(next.status).toHaveText('On hold');
    expect(wire.sent('holdOrder')).toHaveLength(1);
    expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
  });
});

test('pages die one after the other, each in the middle of the check: the last one has the verdict, with one effect', async ({ desk, secondTab, sandbox, samples, wire }) => {
  await sandbox.settings({ settleWindowMs: NEVER_MS });
  const order = start(samples, HOLD);
  await desk.signInAt('operations', order);
  const confirm = await desk.prepare(HOLD);
  await sandbox.lose('holdOrder', 'after');
  await sandbox.delay('listHistory', 'before', NEVER_MS);
  await confirm.click();
  let page = desk;
  for (let lives = 2; lives >= 0; lives -= 1) {
    await expect(page.verifying).toBeVisible();
    await expect.poll(() => sandbox.left(), 'it waits for the records').toEqual([]);
    const next = await secondTab();
    await next.open(order);
    await expect(next.elsewhere).toHaveAttribute('data-elsewhere', 'open');
    // Of the page that takes it up, both read: the attempt, and the screen that it was shown on as another's.
    if (lives > 0) await sandbox.delay('listHistory', 'before', NEVER_MS, { count: 2 });
    await page.die();
    page = next;
  }
  await expect(page.outcome).toHaveAttribute('data-verdict', 'done');
  await expect(page.outcome).toContainText(HOLD.done);
  expect(wire.sent('holdOrder')).toHaveLength(1);
  expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
});

test('of several tabs that see a page die, one takes its attempt up', async ({ desk, secondTab, sandbox, samples, wire }) => {
  await sandbox.settings({ settleWindowMs: NEVER_MS });
  const order = start(samples, HOLD);
  await desk.signInAt('operations', order);
  const others = [await secondTab(), await secondTab(), await secondTab()];
  for (const other of others) await other.open(order);
  await sandbox.lose('holdOrder', 'before');
  await desk.do(HOLD);
  for (const other of others) await expect(other.elsewhere).toHaveAttribute('data-elsewhere', 'open');
  await desk.die();
  const checking = async () => {
    const shown = await Promise.all(others.map(async (other) => [await other.verifying.and(other.page.locator('[data-operation]')).count(), await other.elsewhere.count()]));
    return shown.map((pair) => pair.join()).sort();
  };
  await expect.poll(checking, 'one checks, the others see that').toEqual(['0,1', '0,1', '1,0']);
  for (const other of others) expect(await other.openActions()).toEqual([]);
  expect(wire.sent('holdOrder')).toHaveLength(1);
});

test.describe('the crash screen', () => {
  const crash = (desk: Desk) => desk.page.evaluate(() => (window as unknown as { omnival: { crashed(text: string): void } }).omnival.crashed('panicked at the disco'));
  const screen = (desk: Desk) => desk.page.getByRole('alert').filter({ hasText: 'The console stopped working' });

  test('says that nothing is open when nothing is', async ({ desk, sandbox, samples }) => {
    const order = start(samples, HOLD);
    await desk.signInAt('operations', order);
    await desk.do(HOLD);
    await expect(desk.toast).toContainText(HOLD.done);
    await expect(desk.tried).toHaveCount(1);
    await crash(desk);
    await expect(screen(desk)).toContainText('Nothing that you sent is without its outcome.');
    expect(await sandbox.ledger({ orderId: order.id })).toHaveLength(1);
  });

  test('says how many actions have not ended, and after the reload each is found out', async ({ desk, secondTab, sandbox, samples, wire }) => {
    await sandbox.settings({ settleWindowMs: SETTLE_MS });
    const orders = [start(samples, HOLD), start(samples, HOLD, 1)];
    await desk.signInAt('operations', pick(orders));
    const other = await secondTab();
    await other.open(pick(orders, 1));
    const presses = [await desk.prepare(HOLD), await other.prepare(HOLD)];
    await sandbox.arm('holdOrder', { kind: 'close', when: 'before' }, { count: 2 });
    await presses[0]?.click();
    await expect(desk.verifying).toBeVisible();
    await crash(desk);
    await expect(screen(desk)).toContainText('One action that you sent had not ended');
    await expect(screen(desk)).toContainText('sends nothing again');
    await presses[1]?.click();
    await expect(other.verifying).toBeVisible();
    await crash(other);
    await expect(screen(other)).toContainText('2 actions that you sent had not ended');
    for (const tab of [desk, other]) {
      const accept = (dialog: Dialog) => dialog.accept();
      tab.page.on('dialog', accept);
      await screen(tab).getByRole('button', { name: 'Reload' }).click();
      await tab.settled();
    }
    for (const tab of [desk, other]) await expect(tab.tried.locator('.entry')).toHaveText('Putting the order on hold: not carried out', { timeout: 25_000 });
    expect(wire.sent('holdOrder')).toHaveLength(2);
    expect(await sandbox.ledger({ operation: 'holdOrder' })).toEqual([]);
  });

  test('keeps no other tab waiting: a page whose program has ended follows nothing any more', async ({ desk, secondTab, sandbox, samples, wire }) => {
    await sandbox.settings({ settleWindowMs: SETTLE_MS });
    const order = start(samples, HOLD);
    await desk.signInAt('operations', order);
    const other = await secondTab();
    await other.open(order);
    await sandbox.lose('holdOrder', 'before');
    await desk.do(HOLD);
    await expect(other.elsewhere).toHaveAttribute('data-elsewhere', 'open');
    await crash(desk);
    await expect(other.verifying.and(other.page.locator('[data-operation]')), 'it takes the attempt up').toBeVisible({ timeout: 5_000 });
    await expect(other.outcome).toHaveAttribute('data-verdict', 'not-done');
    expect(wire.sent('holdOrder')).toHaveLength(1);
  });
});
