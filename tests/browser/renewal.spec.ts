// A session is renewed once for all tabs of a browser, however many notice at the same moment that their token has ended, and
// whatever becomes of the answer. Nobody is signed out by it, and no spent refresh token is shown again blindly.

import { type Desk, REASON, deed, queuePath } from './support/desk';
import type { Sandbox } from './support/sandbox';
import { expect, pick, start, test } from './support/test';
import type { Exchange, Wire } from './support/wire';

const HOLD = deed('holdOrder');
const START = 'a test gives the start signal';

/** That many tabs on the order list, all at rest. */
async function tabsOnQueue(desk: Desk, secondTab: () => Promise<Desk>, count: number): Promise<Desk[]> {
  await desk.signIn('operations', queuePath());
  const tabs = [desk];
  while (tabs.length < count) tabs.push(await secondTab());
  for (const tab of tabs.slice(1)) await tab.page.goto(queuePath(), { waitUntil: 'commit' });
  for (const tab of tabs) await expect(tab.rows.first()).toBeVisible();
  return tabs;
}

/** All of them read again, at the same moment: a signal from page to page, not one click after the other. */
async function readTogether(tabs: readonly Desk[]): Promise<void> {
  for (const tab of tabs) {
    await tab.page.evaluate((name) => {
      const channel = new BroadcastChannel(name);
      channel.onmessage = () => {
        channel.close();
        document.querySelector<HTMLButtonElement>('[aria-label="Read again"]')?.click();
      };
    }, START);
  }
  const [first] = tabs;
  await first?.page.evaluate((name) => {
    // Another channel object of the same page hears it as well.
    const channel = new BroadcastChannel(name);
    channel.postMessage('go');
    channel.close();
  }, START);
}

const since = (wire: Wire, operation: string, before: number): Exchange[] => wire.sent(operation).slice(before);
const statuses = (exchanges: readonly Exchange[]) => exchanges.map(({ status }) => status);

/** Nobody is signed out, and every tab has its rows, without a word of failure. */
async function allWell(tabs: readonly Desk[]): Promise<void> {
  for (const tab of tabs) {
    await expect(tab.page.locator('table.orders')).toHaveAttribute('aria-busy', 'false');
    await expect(tab.rows.first()).toBeVisible();
    await expect(tab.page.getByRole('alert')).toHaveCount(0);
    await expect(tab.signInAgain).toHaveCount(0);
  }
}

interface Expiry {
  readonly refreshes: Exchange[];
  readonly effects: number;
  /** Of each tab: how often it was refused. */
  readonly refusals: number[];
}

/** All tabs read at once, with a token that has ended for each of them; what it took until all were answered. */
async function expireTogether(tabs: readonly Desk[], sandbox: Sandbox, wire: Wire): Promise<Expiry> {
  await sandbox.clearLedger();
  const [refreshed, read] = [wire.sent('refreshSession').length, wire.sent('listOrders').length];
  await sandbox.endAccessTokens();
  await readTogether(tabs);
  // A tab may also read by itself meanwhile: each is asked about separately.
  const answered = (status: number) => tabs.map((tab) => since(wire, 'listOrders', read).filter((exchange) => exchange.page === tab.page && exchange.status === status).length);
  await expect.poll(() => answered(200).filter((count) => count === 0).length, { message: 'tabs without an answer', timeout: 60_000 }).toBe(0);
  await allWell(tabs);
  return { refreshes: since(wire, 'refreshSession', refreshed), effects: (await sandbox.ledger({ operation: 'refreshSession' })).length, refusals: answered(401) };
}

test.describe('the token of all tabs ends at once', () => {
  for (const count of [1, 2, 5]) {
    for (const transport of ['cookie', 'body'] as const) {
      test(`${count} tabs, refresh token by ${transport}: one refresh, and one more for the next end`, async ({ desk, secondTab, sandbox, wire }) => {
        await sandbox.settings({ refreshTransport: transport });
        const tabs = await tabsOnQueue(desk, secondTab, count);
        for (const round of ['first', 'second']) {
          const { refreshes, effects, refusals } = await expireTogether(tabs, sandbox, wire);
          expect(statuses(refreshes), round).toEqual([200]);
          expect(effects, round).toBe(1);
          // Tabs that came up at the same moment may hold different tokens; each of them is tried once at the most.
        expect(Math.max(...refusals), 'no token is tried twice').toBeLessThanOrEqual(tabs.length);
        }
      });
    }
  }

  test('20 tabs: one refresh', async ({ desk, secondTab, sandbox, wire }) => {
    // Twenty programs start on one machine.
    test.setTimeout(400_000);
    const tabs = await tabsOnQueue(desk, secondTab, 20);
    const { refreshes, effects } = await expireTogether(tabs, sandbox, wire);
    expect(statuses(refreshes)).toEqual([200]);
    expect(effects).toBe(1);
  });

  for (const ms of [200, 2_000]) {
    for (const when of ['before', 'after'] as const) {
      test(`5 tabs, and the refresh takes ${ms} ms ${when} it is carried out: one refresh, for which all wait`, async ({ desk, secondTab, sandbox, wire }) => {
        const tabs = await tabsOnQueue(desk, secondTab, 5);
        await sandbox.delay('refreshSession', when, ms);
        const { refreshes, effects, refusals } = await expireTogether(tabs, sandbox, wire);
        expect(statuses(refreshes)).toEqual([200]);
        expect(effects).toBe(1);
        // Tabs that came up at the same moment may hold different tokens; each of them is tried once at the most.
        expect(Math.max(...refusals), 'no token is tried twice').toBeLessThanOrEqual(tabs.length);
      });
    }
  }

  test('tabs that hold different tokens, all of which have ended: what another tab has is no better, and a refresh follows', async ({ desk, secondTab, sandbox, wire }) => {
    await desk.signIn('operations', queuePath());
    await expect(desk.rows.first()).toBeVisible();
    const other = await secondTab();
    // A word from tab to tab may be lost: the first tab does not hear of the second one's own renewal at its start.
    await other.page.addInitScript(() => {
      const post = BroadcastChannel.prototype.postMessage;
      BroadcastChannel.prototype.postMessage = function (message) {
        if (!String(message).startsWith('renewed ')) post.call(this, message);
      };
    });
    await other.page.goto(queuePath());
    await expect(other.rows.first()).toBeVisible();
    expect(new Set(wire.sent('listOrders').map(({ headers }) => headers.authorization)).size, 'each has a token of its own').toBe(2);
    const before = wire.sent('refreshSession').length;
    await sandbox.endAccessTokens();
    await desk.page.getByRole('button', { name: 'Read again' }).click();
    await expect.poll(() => statuses(since(wire, 'refreshSession', before))).toEqual([200]);
    await allWell([desk]);
    await other.page.getByRole('button', { name: 'Read again' }).click();
    await allWell([desk, other]);
    expect(statuses(since(wire, 'refreshSession', before)), 'one for both').toEqual([200]);
  });

  test('5 tabs whose token is near its end: renewed once before it is used, and nobody is refused', async ({ desk, secondTab, sandbox, wire }) => {
    await sandbox.settings({ accessTokenTtlSeconds: 13 });
    const tabs = await tabsOnQueue(desk, secondTab, 5);
    const last = () => pick([...wire.sent('signIn'), ...wire.sent('refreshSession')].map(({ startedAt }) => startedAt).sort((a, b) => b - a));
    await expect.poll(() => Date.now() - last(), { message: 'less than the console’s margin is left', timeout: 20_000 }).toBeGreaterThan(4_000);
    const [refreshed, read] = [wire.sent('refreshSession').length, wire.sent('listOrders').length];
    await readTogether(tabs);
    await expect.poll(() => tabs.filter(({ page }) => since(wire, 'listOrders', read).some((exchange) => exchange.page === page && exchange.status === 200)).length).toBe(5);
    await allWell(tabs);
    expect(statuses(since(wire, 'refreshSession', refreshed))).toEqual([200]);
    expect(statuses(since(wire, 'listOrders', read))).not.toContain(401);
  });

  test('a write among them is refused once, not repeated, and judged', async ({ desk, secondTab, sandbox, samples, wire }) => {
    const order = start(samples, HOLD);
    const tabs = await tabsOnQueue(desk, secondTab, 3);
    const writer = await secondTab();
    await writer.open(order);
    const confirm = await writer.prepare(HOLD);
    await sandbox.clearLedger();
    const before = wire.sent('refreshSession').length;
    await sandbox.endAccessTokens();
    await Promise.all([confirm.click(), readTogether(tabs)]);
    await expect(writer.outcome).toHaveAttribute('data-verdict', 'refused');
    await allWell(tabs);
    expect(statuses(since(wire, 'refreshSession', before))).toEqual([200]);
    expect(statuses(wire.sent('holdOrder'))).toEqual([401]);
    expect(await sandbox.ledger({ orderId: order.id })).toEqual([]);
  });
});

test.describe('the answer to a refresh is lost', () => {
  /** Sign-in in place, or a word of failure and another try that works; either way with the page as it was. */
  async function usableAgain(tabs: readonly Desk[], sandbox: Sandbox): Promise<void> {
    await sandbox.calm();
    const [first, ...others] = tabs;
    if (!first) throw new Error('there is no tab');
    await expect(async () => {
      const lapsed = await first.signInAgain.count();
      if (lapsed === 0) await first.page.getByRole('button', { name: 'Read again' }).click({ timeout: 2_000 });
      expect(lapsed + (await first.page.locator('table.orders[aria-busy="false"]').count())).toBeGreaterThan(0);
      expect(lapsed > 0 || (await first.page.getByRole('alert').count()) === 0).toBe(true);
    }).toPass({ timeout: 30_000 });
    if ((await first.signInAgain.count()) > 0) await first.signInInPlace();
    for (const tab of [first, ...others]) {
      await expect(tab.signInAgain).toHaveCount(0);
      await tab.page.getByRole('button', { name: 'Read again' }).click();
    }
    await allWell(tabs);
  }

  for (const [name, lose, timeout] of [
    ['the connection breaks after it was carried out', (sandbox: Sandbox) => sandbox.arm('refreshSession', { kind: 'loseRefreshAnswer' }), 30_000],
    ['the connection breaks before it was carried out', (sandbox: Sandbox) => sandbox.lose('refreshSession', 'before'), 30_000],
    ['it is carried out and never answered', (sandbox: Sandbox) => sandbox.delay('refreshSession', 'after', 600_000), 1_500],
    ['it is never answered and not carried out', (sandbox: Sandbox) => sandbox.delay('refreshSession', 'before', 600_000), 1_500],
  ] as const) {
    for (const count of [1, 3]) {
      test(`${count} tabs, ${name}: one further refresh at the most, in all, and all are usable afterwards`, async ({ desk, secondTab, sandbox, wire }) => {
        await sandbox.settings({ requestTimeoutMs: timeout });
        const tabs = await tabsOnQueue(desk, secondTab, count);
        const [before, read] = [wire.sent('refreshSession').length, wire.sent('listOrders').length];
        await sandbox.endAccessTokens();
        await lose(sandbox);
        await readTogether(tabs);
        for (const tab of tabs) {
          const ended = async () => {
            const answered = since(wire, 'listOrders', read).some(({ page, status }) => page === tab.page && status === 200);
            return answered || (await tab.signInAgain.or(tab.page.getByRole('alert')).count()) > 0;
          };
          await expect.poll(ended, { message: 'the tab has its rows, or a word', timeout: 40_000 }).toBe(true);
          await expect(tab.rows.first(), 'what was there stays there').toBeVisible();
        }
        const bounded = () => expect(since(wire, 'refreshSession', before).length, 'one that was lost, and one further').toBeLessThanOrEqual(2);
        bounded();
        await usableAgain(tabs, sandbox);
        bounded();
      });
    }
  }

  test('every answer to every refresh is lost: two are sent, then the operator is asked to sign in, and what was typed is kept', async ({ desk, secondTab, sandbox, samples, wire }) => {
    const order = start(samples, HOLD);
    await desk.signInAt('operations', order);
    const other = await secondTab();
    await other.page.goto(queuePath());
    await expect(other.rows.first()).toBeVisible();
    const confirm = await desk.prepare(HOLD);
    const before = wire.sent('refreshSession').length;
    await sandbox.endAccessTokens();
    await sandbox.arm('refreshSession', { kind: 'close', when: 'before' }, { count: 1_000 });
    await readTogether([other]);
    await confirm.click();
    await expect(desk.outcome.or(desk.signInAgain).first()).toBeVisible({ timeout: 30_000 });
    const ask = async () => {
      if ((await desk.signInAgain.count()) === 0) await desk.history.getByRole('button', { name: 'Read order and history again' }).click({ timeout: 1_000 });
      await expect(desk.signInAgain).toBeVisible({ timeout: 1_500 });
    };
    await expect(ask).toPass({ timeout: 40_000 });
    expect(since(wire, 'refreshSession', before).length, 'no third time').toBeLessThanOrEqual(2);
    await sandbox.calm();
    await desk.signInInPlace();
    await desk.settled();
    await expect(other.signInAgain).toHaveCount(0);
    expect(await sandbox.ledger({ orderId: order.id })).toEqual([]);
    await desk.action(HOLD.button).click();
    await expect(desk.dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue(REASON);
    await desk.dialog.locator('.dialog-foot').getByRole('button', { name: HOLD.confirm }).click();
    await expect(desk.toast).toContainText(HOLD.done);
    expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
  });

  test('a platform that puts a refresh off (503) is asked again later, and nobody is signed out', async ({ desk, secondTab, sandbox, wire }) => {
    const tabs = await tabsOnQueue(desk, secondTab, 2);
    const before = wire.sent('refreshSession').length;
    await sandbox.endAccessTokens();
    await sandbox.answer('refreshSession', 503, { code: 'unavailable', detail: 'x' });
    await readTogether(tabs);
    await expect.poll(() => statuses(since(wire, 'refreshSession', before)), { timeout: 30_000 }).toEqual([503, 200]);
    for (const tab of tabs) await expect(tab.signInAgain).toHaveCount(0);
    for (const tab of tabs) await tab.page.getByRole('button', { name: 'Read again' }).click();
    await allWell(tabs);
    expect(statuses(since(wire, 'refreshSession', before))).toEqual([503, 200]);
  });
});
