// The journal lies where other scripts, other versions and broken disks can reach it. What is damaged is kept, shown as text and put
// away by the operator only; where nothing can be written down, that is said, and nothing is sent in silence.

import { type Desk, REASON, deed } from './support/desk';
import { kept, plant, uproot } from './support/journal';
import type { Sample } from './support/sandbox';
import { expect, pick, start, test } from './support/test';

const HOLD = deed('holdOrder');
const REACTIVATE = deed('reactivateOrder');
/** Longer than any test: a window of this length is not over before the test is. */
const NEVER_MS = 600_000;
const USER = 'usr-operations';

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
