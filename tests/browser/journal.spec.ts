// What was tried from this browser is written down before it is sent, and outlives the page: a reload takes it up, every tab knows of
// it, and an end that nobody knows stays until somebody has made sure. No secret is ever written there.

import { type Desk, PASSWORD, REASON, VENDOR, deed } from './support/desk';
import { kept, lateReadings, plant, uproot, written } from './support/journal';
import type { Sample, Sandbox } from './support/sandbox';
import { expect, pick, start, test } from './support/test';
import { TRIALS } from './support/trials';

const HOLD = deed('holdOrder');
const REACTIVATE = deed('reactivateOrder');
/** Longer than any test: a window of this length is not over before the test is. */
const NEVER_MS = 600_000;
const SETTLE_MS = 4_000;
const UNKNOWN = 'It is not known what became of an earlier attempt on this order';

const signIn = (desk: Desk) => (at: string) => desk.signIn('operations', at);

/** The records cannot be read for now, by anybody; what is refused is not tried again by itself. */
const blind = (sandbox: Sandbox) => sandbox.answer('listHistory', 403, { code: 'forbidden', detail: 'x' }, { count: 10_000 });

/** A hold that was carried out, and of which the console could not find that out. */
async function leaveUnknown(desk: Desk, sandbox: Sandbox, order: Sample): Promise<void> {
  await sandbox.settings({ settleWindowMs: 300 });
  await desk.signInAt('operations', order);
  const confirm = await desk.prepare(HOLD);
  await sandbox.lose('holdOrder', 'after');
  await blind(sandbox);
  await confirm.click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'unknown');
}

test.describe('a reload in the middle of the check', () => {
  for (const trial of TRIALS) {
    test(`${trial.name}: carried out, its answer lost: the new page finds it done`, async ({ desk, sandbox, samples, wire }) => {
      await sandbox.settings({ settleWindowMs: NEVER_MS });
      const begun = await trial.approach({ desk, sandbox, samples }, signIn(desk));
      const press = await trial.prepare(desk);
      await sandbox.lose(trial.operation, 'after');
      await sandbox.delay(trial.read, 'before', NEVER_MS);
      await press();
      await expect(desk.verifying).toHaveAttribute('data-operation', trial.operation);
      await expect.poll(() => sandbox.left(), 'the first page waits for the records').toEqual([]);
      await desk.reload();
      await trial.seenDone(desk);
      await expect(desk.tray).toHaveCount(0);
      expect(await sandbox.ledger(begun.effects)).toHaveLength(1);
      expect(wire.sent(trial.operation)).toHaveLength(1);
    });

    test(`${trial.name}: lost on its way: the new page says so when it is certain, and not before`, async ({ desk, sandbox, samples, wire }) => {
      await sandbox.settings({ settleWindowMs: SETTLE_MS });
      const begun = await trial.approach({ desk, sandbox, samples }, signIn(desk));
      const press = await trial.prepare(desk);
      await sandbox.lose(trial.operation, 'before');
      await press();
      await expect(desk.verifying).toBeVisible();
      await desk.reload();
      await expect(desk.verifying).toHaveAttribute('data-operation', trial.operation);
      expect(await desk.openActions(), 'nothing can be begun while it is being checked').toEqual([]);
      await trial.seenNotDone(desk);
      await expect(desk.tray).toHaveCount(0);
      expect(await sandbox.ledger(begun.effects)).toEqual([]);
      expect(wire.sent(trial.operation)).toHaveLength(1);
    });
  }

  for (const [name, skew] of [
    ['and the clock on the wall is right', 0],
    ['and the clock on the wall has been set a day ahead', 86_400_000],
    ['and the clock on the wall has been set a day back', -86_400_000],
  ] as const) {
    test(`what was watched of the window counts, and nothing else, ${name}`, async ({ desk, sandbox, samples }) => {
      const window = 9_000;
      const watched = 3_000;
      await sandbox.settings({ settleWindowMs: window });
      const order = start(samples, HOLD);
      await desk.signInAt('operations', order);
      await sandbox.lose('holdOrder', 'before');
      await desk.do(HOLD);
      const noted = async () => pick(await written(desk.page)).stage.watchedMs ?? 0;
      await expect.poll(noted, 'the first page notes how long it has watched').toBeGreaterThanOrEqual(watched);
      await desk.page.addInitScript((shift) => {
        const real = Date;
        const shifted = class extends real {
          constructor(...given: unknown[]) {
            if (given.length === 0) super(real.now() + shift);
            else super(...(given as [number]));
          }
          static override now = () => real.now() + shift;
        };
        Object.defineProperty(globalThis, 'Date', { value: shifted });
      }, skew);
      await desk.reload();
      await expect(desk.verifying).toBeVisible();
      const before = await noted();
      await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done', { timeout: 20_000 });
      const reads = await desk.sent('/history');
      const lasted = Math.max(...reads) - Math.min(...reads);
      expect(lasted, 'what the first page had watched was not watched again').toBeLessThan(window - watched / 2);
      expect(lasted + before, 'both together watched the whole window').toBeGreaterThanOrEqual(window - 250);
      expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toEqual([]);
    });
  }
});

test.describe('another tab on the same order', () => {
  test('sees the check, offers nothing, and goes on by itself with its verdict', async ({ desk, secondTab, sandbox, samples, wire }) => {
    await sandbox.settings({ settleWindowMs: NEVER_MS, historyLagMs: 4_000 });
    const order = start(samples, HOLD);
    await desk.signInAt('operations', order);
    const other = await secondTab();
    await other.open(order);
    expect(await other.openActions()).toContain('Put on hold');
    await sandbox.lose('holdOrder', 'after');
    await desk.do(HOLD);
    await expect(other.elsewhere).toHaveAttribute('data-elsewhere', 'open');
    await expect(other.elsewhere).toContainText('is being checked in another tab');
    expect(await other.openActions()).toEqual([]);
    expect((await other.closedActions()).get('Put on hold')).toContain('being checked in another tab');
    await expect(other.tray).toContainText('1 attempt without a known end');
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
    await expect(other.elsewhere).toHaveCount(0);
    await expect(other.tray).toHaveCount(0);
    await expect(other.status, 'it shows what became of it').toHaveText('On hold');
    expect(await other.openActions()).toContain('Reactivate');
    expect(await other.openActions()).not.toContain('Put on hold');
    expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
    expect(wire.sent('holdOrder')).toHaveLength(1);
  });

  test('opened during the check, it sees the same', async ({ desk, secondTab, sandbox, samples }) => {
    await sandbox.settings({ settleWindowMs: 8_000 });
    const order = start(samples, HOLD);
    await desk.signInAt('operations', order);
    await sandbox.lose('holdOrder', 'before');
    await desk.do(HOLD);
    await expect(desk.verifying).toBeVisible();
    const other = await secondTab();
    await other.open(order);
    await expect(other.elsewhere).toHaveAttribute('data-elsewhere', 'open');
    expect(await other.openActions()).toEqual([]);
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done');
    await expect(other.elsewhere).toHaveCount(0);
    await expect(other.action(HOLD.button)).toBeVisible();
  });

  test('a dialog that was open there already sends nothing while the first one is being checked, and keeps what was typed', async ({ desk, secondTab, sandbox, samples, wire }) => {
    await sandbox.settings({ settleWindowMs: NEVER_MS });
    const order = start(samples, HOLD);
    await desk.signInAt('operations', order);
    const other = await secondTab();
    await other.open(order);
    const late = await other.prepare(HOLD);
    await sandbox.lose('holdOrder', 'before');
    await desk.do(HOLD);
    await expect(desk.verifying).toBeVisible();
    await late.click();
    await expect(other.outcome).toHaveAttribute('data-verdict', 'not-done');
    await expect(other.outcome).toContainText('an earlier attempt from this browser has not ended');
    expect(wire.sent('holdOrder')).toHaveLength(1);
    expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toEqual([]);
    expect(await other.openActions(), 'and it cannot be begun now').toEqual([]);
    const texts = await other.page.evaluate(() => Object.values(localStorage));
    expect(texts).toContain(REASON);
  });
});

test.describe('an end that nobody knows', () => {
  test('survives a reload, blocks every tab, and is settled by watching on when the records can be read again', async ({ desk, secondTab, sandbox, samples, wire }) => {
    const order = start(samples, HOLD);
    await leaveUnknown(desk, sandbox, order);
    await sandbox.calm();
    await desk.reload();
    const other = await secondTab();
    await other.open(order);
    for (const tab of [desk, other]) {
      await expect(tab.elsewhere).toHaveAttribute('data-elsewhere', 'unsettled');
      await expect(tab.elsewhere).toContainText('It is not known whether your attempt was carried out');
      await tab.settled();
      expect(await tab.openActions()).toEqual([]);
      await expect(tab.tray).toContainText('1 attempt without a known end');
    }
    expect((await other.closedActions()).get('Reactivate')).toContain(UNKNOWN);
    await other.elsewhere.getByRole('button', { name: 'Keep watching' }).click();
    await expect(other.outcome.filter({ hasText: HOLD.done })).toHaveAttribute('data-verdict', 'done');
    await expect(desk.elsewhere).toHaveCount(0);
    for (const tab of [desk, other]) {
      await expect(tab.action(REACTIVATE.button)).toBeVisible();
      await expect(tab.tray).toHaveCount(0);
    }
    expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
    expect(wire.sent('holdOrder')).toHaveLength(1);
  });

  test('is settled by watching on in the page that tried it', async ({ desk, secondTab, sandbox, samples, wire }) => {
    const order = start(samples, HOLD);
    await leaveUnknown(desk, sandbox, order);
    await sandbox.calm();
    const other = await secondTab();
    await other.open(order);
    await expect(other.elsewhere).toHaveAttribute('data-elsewhere', 'unsettled');
    await desk.outcome.getByRole('button', { name: 'Keep watching' }).click();
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
    await expect(other.elsewhere).toHaveCount(0);
    for (const tab of [desk, other]) await expect(tab.action(REACTIVATE.button)).toBeVisible();
    expect(wire.sent('holdOrder')).toHaveLength(1);
  });

  test('“I made sure” in the page that tried it frees the actions in every tab, also after a reload', async ({ desk, secondTab, sandbox, samples, wire }) => {
    const order = start(samples, HOLD);
    await leaveUnknown(desk, sandbox, order);
    await sandbox.calm();
    const other = await secondTab();
    await other.open(order);
    await expect(other.elsewhere).toHaveAttribute('data-elsewhere', 'unsettled');
    expect(await other.openActions()).toEqual([]);
    expect(await desk.openActions()).toEqual([]);
    await desk.outcome.getByRole('button', { name: 'I made sure: let me act again' }).click();
    for (const tab of [desk, other]) {
      await expect(tab.action(REACTIVATE.button)).toBeVisible();
      await expect(tab.tray).toHaveCount(0);
    }
    await other.reload();
    await expect(other.action(REACTIVATE.button)).toBeVisible();
    await expect(other.elsewhere).toHaveCount(0);
    expect(wire.sent('holdOrder')).toHaveLength(1);
  });

  test('is not taken for a dead page’s by the page that tried it, however late it reads the journal', async ({ desk, sandbox, samples, wire }) => {
    const order = start(samples, HOLD);
    const late = await lateReadings(desk.page, 'section.outcome[data-verdict="unknown"]');
    await leaveUnknown(desk, sandbox, order);
    await sandbox.calm();
    await expect.poll(late, 'readings from before the end arrived after it').toBeGreaterThan(0);
    await desk.outcome.getByRole('button', { name: 'Keep watching' }).click();
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
    await expect(desk.verifying).toHaveCount(0);
    await expect(desk.tray).toHaveCount(0);
    await expect(desk.action(REACTIVATE.button)).toBeVisible();
    expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
    expect(wire.sent('holdOrder')).toHaveLength(1);
  });

  test('is settled by “I made sure” before the journal could be read again, too', async ({ desk, sandbox, samples }) => {
    const order = start(samples, HOLD);
    await lateReadings(desk.page, 'section.never');
    await leaveUnknown(desk, sandbox, order);
    await sandbox.calm();
    await desk.outcome.getByRole('button', { name: 'I made sure: let me act again' }).click();
    await expect(desk.action(REACTIVATE.button)).toBeVisible();
    await expect.poll(async () => pick(await written(desk.page)).stage.unsettled, 'nothing stands against a new attempt').toBe(false);
  });

  test('is settled by watching on in another tab, for the page that tried it, too', async ({ desk, secondTab, sandbox, samples, wire }) => {
    const order = start(samples, HOLD);
    await leaveUnknown(desk, sandbox, order);
    await sandbox.calm();
    const other = await secondTab();
    await other.open(order);
    await other.elsewhere.getByRole('button', { name: 'Keep watching' }).click();
    await expect(other.outcome).toHaveAttribute('data-verdict', 'done');
    await desk.history.getByRole('button', { name: 'Read order and history again' }).click();
    await expect(desk.action(REACTIVATE.button)).toBeVisible();
    await expect(desk.tray).toHaveCount(0);
    expect(wire.sent('holdOrder')).toHaveLength(1);
  });

  test('“I made sure” in another tab frees the page that tried it, too', async ({ desk, secondTab, sandbox, samples }) => {
    const order = start(samples, HOLD);
    await leaveUnknown(desk, sandbox, order);
    await sandbox.calm();
    const other = await secondTab();
    await other.open(order);
    await other.elsewhere.getByRole('button', { name: 'I made sure: let me act again' }).click();
    await expect(other.action(REACTIVATE.button)).toBeVisible();
    await desk.history.getByRole('button', { name: 'Read order and history again' }).click();
    await expect(desk.action(REACTIVATE.button)).toBeVisible();
  });
});

test('no token and no password is in the journal, and a look for them would find them there', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.byStatus['16']);
  await sandbox.settings({ refreshTransport: 'body' });
  await desk.signInAt('operations', order);
  const [token] = [...wire.tokens];
  await sandbox.answer('assignVendor', 400, { code: 'business_rule', detail: `Refused: Bearer ${token}.`, errors: [{ field: 'vendorId', message: `token ${token}` }] });
  await desk.do(deed('assignVendor'));
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  await expect.poll(async () => (await kept(desk.page)).map(({ text }) => text).join()).toContain(VENDOR);
  await expect.poll(async () => pick(await written(desk.page)).stage.is).toBe('ended');
  expect(await wire.leaks()).toEqual([]);
  await plant(desk.page, [['token', token], ['password', JSON.stringify({ secret: PASSWORD })]]);
  expect(await wire.leaks()).toHaveLength(2);
  await uproot(desk.page, ['token', 'password']);
});
