// What was tried from this browser is written down before it is sent, and outlives the page: a reload takes it up, every tab knows of
// it, damage is shown, and where nothing can be written down nothing is sent unsaid.

import { type Desk, PASSWORD, REASON, VENDOR, deed } from './support/desk';
import { kept, plant, uproot, written } from './support/journal';
import type { Sample, Sandbox } from './support/sandbox';
import { expect, pick, start, test } from './support/test';
import { TRIALS } from './support/trials';

const HOLD = deed('holdOrder');
const REACTIVATE = deed('reactivateOrder');
/** Longer than any test: a window of this length is not over before the test is. */
const NEVER_MS = 600_000;
const SETTLE_MS = 4_000;
const USER = 'usr-operations';
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

/** What a stranger's script, a later version or a broken disk could leave there; each with something by which it is known again. */
const HOSTILE: readonly (readonly [name: string, value: unknown, shows: string])[] = [
  ['nothing at all', '', ''],
  ['no JSON', '{"v":1,"id":"half a rec', 'half a rec'],
  ['markup', '<img src=x onerror="window.struck = true"><script>window.struck = true</script>', '<img src=x onerror='],
  ['JSON that is no record', '[null, 7, {"v": 1}]', '[null, 7'],
  ['a later version', '{"v": 2, "id": "x", "from the": "future"}', 'future'],
  ['a record without what a verdict needs', '{"v": 1, "id": "x", "owner": "o", "user": "u", "stage": {"is": "opened"}}', '"opened"'],
  ['names of the language itself', '{"__proto__": {"polluted": true}, "constructor": null, "v": 1}', '__proto__'],
  ['deep nesting', '['.repeat(50_000), '[[[['],
  ['half characters', '{"v":1,"id":"\ud800\udfff\udc00"}', '"v":1'],
  ['no text', { a: [1, 2, 3] }, ''],
  ['a number', 1e300, ''],
];

test.describe('a damaged record', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  const under = (order: Sample, rest = 'x') => `${USER}/order/${order.id}|${rest}`;

  /** Signed in at the order, with these in the journal. */
  async function meet(desk: Desk, order: Sample, entries: readonly (readonly [string, unknown])[]): Promise<void> {
    await desk.signInAt('operations', order);
    await expect.poll(() => desk.page.evaluate(async () => (await indexedDB.databases()).length), 'the console has opened its journal').toBeGreaterThan(0);
    await plant(desk.page, entries);
    await desk.page.reload();
    await desk.settled();
  }

  test('the operator’s id is the one that these tests put into keys', async ({ sandbox }) => {
    expect(await sandbox.userId('operations')).toBe(USER);
  });

  test('is shown on its order and in the tray, blocks, can be copied, and goes when it is put away', async ({ desk, sandbox, samples, wire }) => {
    const order = start(samples, HOLD);
    const text = '{"v":1,"id":"int-42","goal":{"is":"hold"},"asked":[["Reas';
    await meet(desk, order, [[under(order), text]]);
    await expect(desk.elsewhere).toHaveAttribute('data-elsewhere', 'damaged');
    expect(await desk.openActions()).toEqual([]);
    expect((await desk.closedActions()).get('Put on hold')).toContain('is damaged');
    await desk.tray.locator('summary').click();
    await expect(desk.tray).toContainText('Damaged record');
    await desk.tray.locator('summary').click();
    await desk.elsewhere.getByRole('button', { name: 'Copy the record' }).click();
    await expect(desk.elsewhere.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await desk.page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    expect((await kept(desk.page)).map(({ key }) => key), 'it is still there').toContain(under(order));
    await desk.elsewhere.getByRole('button', { name: 'I made sure: put it away' }).click();
    await expect(desk.elsewhere).toHaveCount(0);
    await expect(desk.tray).toHaveCount(0);
    expect(await kept(desk.page)).toEqual([]);
    await desk.do(HOLD);
    await expect(desk.toast).toContainText(HOLD.done);
    expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
    expect(wire.sent('holdOrder')).toHaveLength(1);
  });

  test('of another order is in the tray of the order list, and can be copied and put away from there', async ({ desk, samples }) => {
    const order = start(samples, HOLD);
    await meet(desk, order, [[under(pick(samples.byStatus['10'], 1)), 'torn']]);
    await expect(desk.action(HOLD.button), 'this order is not meant').toBeVisible();
    await desk.toQueue();
    await desk.tray.locator('summary').click();
    await desk.tray.getByRole('button', { name: 'Copy the record' }).click();
    await expect(desk.tray.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await desk.page.evaluate(() => navigator.clipboard.readText())).toBe('torn');
    await desk.tray.getByRole('button', { name: 'Put it away' }).click();
    await expect(desk.tray).toHaveCount(0);
    expect(await kept(desk.page)).toEqual([]);
  });

  test('whatever it holds: shown as text, one after the other, and nothing breaks', async ({ desk, samples }) => {
    const order = start(samples, HOLD);
    const name = (index: number) => under(order, `hostile-${String(index).padStart(2, '0')}`);
    await meet(desk, order, HOSTILE.map(([, value], index) => [name(index), value]));
    await expect(desk.tray.locator('.num').first()).toHaveText(String(HOSTILE.length));
    const seen: string[] = [];
    for (let left = HOSTILE.length; left > 0; left -= 1) {
      await expect(desk.elsewhere).toHaveAttribute('data-elsewhere', 'damaged');
      expect(await desk.openActions()).toEqual([]);
      seen.push((await desk.elsewhere.locator('pre').textContent()) ?? '');
      await desk.elsewhere.getByRole('button', { name: 'I made sure: put it away' }).click();
      if (left > 1) await expect(desk.tray.locator('.num').first()).toHaveText(String(left - 1));
    }
    for (const [what, , shows] of HOSTILE) expect(seen.some((text) => text.includes(shows)), what).toBe(true);
    await expect(desk.elsewhere).toHaveCount(0);
    await expect(desk.action(HOLD.button)).toBeVisible();
    expect(await desk.page.evaluate(() => 'struck' in window || 'polluted' in {})).toBe(false);
  });

  for (const [name, text] of [
    ['one word', 'x'.repeat(2_000_000)],
    ['a million words', '1 '.repeat(1_000_000)],
  ] as const) {
    test(`of two megabytes, ${name}, costs no more than its own place`, async ({ desk, samples }) => {
      const order = start(samples, HOLD);
      await meet(desk, order, [[under(order), text]]);
      await expect(desk.elsewhere).toHaveAttribute('data-elsewhere', 'damaged');
      await desk.elsewhere.getByRole('button', { name: 'I made sure: put it away' }).click();
      await expect(desk.action(HOLD.button)).toBeVisible();
    });
  }

  test('a sound record under a foreign key is damage too, and moves nothing', async ({ desk, sandbox, samples, wire }) => {
    const [order, foreign] = [start(samples, HOLD), start(samples, HOLD, 1)];
    await sandbox.settings({ settleWindowMs: NEVER_MS });
    await desk.signInAt('operations', order);
    await sandbox.lose('holdOrder', 'before');
    await desk.do(HOLD);
    await expect(desk.verifying).toBeVisible();
    const { key, text } = pick(await kept(desk.page));
    await uproot(desk.page, [key]);
    await plant(desk.page, [[under(foreign, 'int-1'), text]]);
    // The page that follows it notes it down again, under its own key.
    await desk.page.goto('about:blank');
    await desk.open(foreign);
    await expect(desk.elsewhere).toHaveAttribute('data-elsewhere', 'damaged');
    expect(await desk.openActions()).toEqual([]);
    expect(wire.sent('holdOrder')).toHaveLength(1);
    expect(await sandbox.ledger({ operation: 'holdOrder' })).toEqual([]);
  });

  test('of another user is none of this one’s business', async ({ desk, samples }) => {
    const order = start(samples, HOLD);
    await meet(desk, order, [[`usr-operations2/order/${order.id}|x`, 'theirs']]);
    await expect(desk.action(HOLD.button)).toBeVisible();
    await expect(desk.elsewhere).toHaveCount(0);
    await expect(desk.tray).toHaveCount(0);
    expect(await kept(desk.page), 'and it stays').toHaveLength(1);
  });
});

test.describe('no journal', () => {
  for (const [name, take] of [
    ['a browser without one', () => Object.defineProperty(window, 'indexedDB', { value: undefined })],
    ['a browser that refuses it', () => Object.defineProperty(IDBFactory.prototype, 'open', { value: () => { throw new DOMException('no', 'SecurityError'); } })],
  ] as const) {
    test(`${name}: it is said, and a write is still judged`, async ({ desk, sandbox, samples, wire }) => {
      const order = start(samples, HOLD);
      await desk.page.addInitScript(take);
      await desk.signInAt('operations', order);
      await expect(desk.banner).toContainText('This browser keeps no records for this page');
      await sandbox.lose('holdOrder', 'after');
      await desk.do(HOLD);
      await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
      await expect(desk.outcome).toContainText(HOLD.done);
      await desk.do(REACTIVATE);
      await expect(desk.toast).toContainText(REACTIVATE.done);
      expect(await sandbox.ledger({ orderId: order.id })).toHaveLength(2);
      expect(wire.sent('holdOrder')).toHaveLength(1);
      expect(wire.sent('reactivateOrder')).toHaveLength(1);
    });
  }

  for (const [name, breakOnce] of [
    [
      'it cannot be opened',
      () => {
        const whole = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function () {
          IDBDatabase.prototype.transaction = whole;
          throw new DOMException('no', 'UnknownError');
        };
      },
    ],
    [
      'the disk is full',
      () => {
        const whole = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...given) {
          IDBObjectStore.prototype.put = whole;
          const request = whole.apply(this, given);
          this.transaction.abort();
          return request;
        };
      },
    ],
  ] as const) {
    test(`${name} at the press: nothing is sent, it is said, what was typed is kept, and the next press works`, async ({ desk, sandbox, samples, wire }) => {
      const order = start(samples, HOLD);
      await desk.signInAt('operations', order);
      const confirm = await desk.prepare(HOLD);
      await desk.page.evaluate(breakOnce);
      await confirm.click();
      await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done');
      await expect(desk.outcome).toContainText('this browser could not write it down first, so nothing was sent');
      expect(wire.sent('holdOrder')).toEqual([]);
      expect(await sandbox.ledger({ orderId: order.id })).toEqual([]);
      await desk.action(HOLD.button).click();
      await expect(desk.dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue(REASON);
      await desk.dialog.locator('.dialog-foot').getByRole('button', { name: HOLD.confirm }).click();
      await expect(desk.toast).toContainText(HOLD.done);
      expect(wire.sent('holdOrder')).toHaveLength(1);
      expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
    });
  }

  test('a store that takes too long: what was decided long ago is not sent any more', async ({ desk, secondTab, sandbox, samples, wire }) => {
    const order = start(samples, HOLD);
    await desk.signInAt('operations', order);
    const confirm = await desk.prepare(HOLD);
    const other = await secondTab();
    await other.page.goto('/favicon.svg');
    // Another page keeps the store to itself, for longer than an operator's decision is good.
    const holding = await other.page.evaluateHandle(
      () =>
        new Promise<{ let: Promise<void> }>((resolve) => {
          const request = indexedDB.open('omnival');
          request.onsuccess = () => {
            const transaction = request.result.transaction('journal', 'readwrite');
            const until = performance.now() + 11_500;
            const again = () => {
              if (performance.now() < until) transaction.objectStore('journal').count().onsuccess = again;
              else request.result.close();
            };
            transaction.objectStore('journal').count().onsuccess = () => {
              resolve({ let: Promise.resolve() });
              again();
            };
          };
        }),
    );
    await confirm.click();
    await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done', { timeout: 25_000 });
    await expect(desk.outcome).toContainText('nothing was sent');
    await holding.dispose();
    expect(wire.sent('holdOrder')).toEqual([]);
    expect(await sandbox.ledger({ orderId: order.id })).toEqual([]);
  });
});

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
