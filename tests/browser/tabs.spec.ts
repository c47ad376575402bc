// The tabs of one browser are one session and one operator: who signs in, signs out, or is asked to wait in one of them does so in
// all, and nobody meets another person's work.

import { type Desk, PASSWORD, REASON, deed, orderPath, queuePath } from './support/desk';
import { keepWaiting } from './support/held';
import { expect, pick, start, test } from './support/test';

const HOLD = deed('holdOrder');
const PAUSE = { code: 'too_many_requests', detail: 'Slow down.' };
const sessionCalls = new Set(['signIn', 'refreshSession', 'signOut']);

test.describe('the refresh token in the body, in memory only', () => {
  test.beforeEach(async ({ sandbox }) => {
    await sandbox.settings({ refreshTransport: 'body' });
  });

  test('a new tab opened while another is signed in is signed in too, and asks the platform for nothing to get there', async ({ desk, secondTab, wire }) => {
    await desk.signIn('operations', queuePath());
    const other = await secondTab();
    await other.page.goto(queuePath('?view=closed'));
    await expect(other.rows.first()).toBeVisible();
    await expect(other.page.locator('header.topbar .who')).toHaveText('Olivia Grant');
    expect(wire.sent('signIn')).toHaveLength(1);
    expect(wire.sent('refreshSession')).toEqual([]);
  });

  test('a reload of one of two tabs keeps it signed in, and the renewal is one for both, by either', async ({ desk, secondTab, sandbox, wire }) => {
    await desk.signIn('operations', queuePath());
    const other = await secondTab();
    await other.page.goto(queuePath());
    await expect(other.rows.first()).toBeVisible();
    await desk.page.reload();
    await expect(desk.rows.first()).toBeVisible();
    for (const [index, tab] of [desk, other, desk].entries()) {
      await sandbox.endAccessTokens();
      await tab.page.getByRole('button', { name: 'Read again' }).click();
      await expect.poll(() => wire.sent('refreshSession').map(({ status }) => status)).toEqual(Array(index + 1).fill(200));
      await expect(tab.page.locator('table.orders')).toHaveAttribute('aria-busy', 'false');
    }
    for (const tab of [desk, other]) await expect(tab.signInAgain).toHaveCount(0);
    expect(wire.sent('signIn')).toHaveLength(1);
  });

  test('when all tabs were closed, the next one asks to sign in', async ({ desk, secondTab, wire }) => {
    await desk.signIn('operations', queuePath());
    await desk.page.close();
    const next = await secondTab();
    await next.page.goto(queuePath());
    await expect(next.page.locator('main.signin')).toBeVisible();
    expect(wire.sent('refreshSession')).toEqual([]);
  });
});

for (const transport of ['cookie', 'body'] as const) {
  test(`signed out in one tab while another one’s refresh is on its way: out is out (${transport})`, async ({ desk, secondTab, sandbox, wire }) => {
    await sandbox.settings({ refreshTransport: transport });
    await desk.signIn('operations', queuePath());
    const other = await secondTab();
    await other.page.goto(queuePath());
    await expect(other.rows.first()).toBeVisible();
    const before = wire.sent('refreshSession').length;
    await sandbox.endAccessTokens();
    const letGo = await keepWaiting(desk.page, 'refreshSession', 'after');
    await desk.page.getByRole('button', { name: 'Read again' }).click();
    await expect.poll(() => sandbox.ledger({ operation: 'refreshSession' }), 'the refresh has arrived').toHaveLength(before + 1);
    await other.signOut();
    await expect(desk.page.locator('main.signin')).toBeVisible();
    letGo();
    await expect.poll(() => wire.sent('refreshSession').slice(before).map(({ status }) => status), 'its answer comes after all').toEqual([200]);
    for (const tab of [desk, other]) await expect(tab.page.locator('main.signin')).toBeVisible();
    const asked = wire.exchanges.length;
    for (const tab of [desk, other]) {
      await tab.page.reload();
      await expect(tab.page.locator('main.signin')).toBeVisible();
    }
    expect(wire.exchanges.slice(asked), 'and nobody tries the session again').toEqual([]);
    expect(await sandbox.ledger({ operation: 'signOut' })).toHaveLength(1);
  });
}

/** Reads until the console has noticed that the session is over; it may notice by itself. */
async function lapse(tab: Desk): Promise<void> {
  await expect(async () => {
    if ((await tab.signInAgain.count()) === 0) await tab.history.getByRole('button', { name: 'Read order and history again' }).click({ timeout: 1_000 });
    await expect(tab.signInAgain).toBeVisible({ timeout: 1_500 });
  }).toPass({ timeout: 20_000 });
}

test('signing in in place in one tab opens all lapsed tabs of the same user, with what they had typed, without further requests', async ({ desk, secondTab, sandbox, samples, wire }) => {
  const [order, elsewhere] = [start(samples, HOLD), start(samples, HOLD, 1)];
  await desk.signInAt('operations', order);
  const others = [await secondTab(), await secondTab()];
  const [typing, resting] = [pick(others), pick(others, 1)];
  await typing.open(elsewhere);
  await resting.open(order);
  await typing.prepare(HOLD);
  await typing.page.keyboard.press('Escape');
  await sandbox.arm('getOrder', { kind: 'revokeSession' });
  for (const tab of [desk, ...others]) await lapse(tab);
  const before = wire.exchanges.length;
  await desk.signInInPlace();
  for (const tab of others) {
    await expect(tab.signInAgain).toHaveCount(0);
    await tab.settled();
  }
  const calls = wire.exchanges.slice(before).map(({ operation }) => operation ?? '').filter((operation) => sessionCalls.has(operation));
  expect(calls).toEqual(['signIn']);
  await expect(typing.action(HOLD.button)).toBeVisible();
  await typing.action(HOLD.button).click();
  await expect(typing.dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue(REASON);
  await typing.dialog.locator('.dialog-foot').getByRole('button', { name: HOLD.confirm }).click();
  await expect(typing.toast).toContainText(HOLD.done);
  expect(await sandbox.ledger({ orderId: elsewhere.id, operation: 'holdOrder' })).toHaveLength(1);
});

test('another user who signs in in one tab sees none of the first one’s work, and the first one’s tabs get none of theirs', async ({ desk, secondTab, sandbox, samples, wire }) => {
  const order = start(samples, HOLD);
  await desk.signInAt('operations', order);
  const other = await secondTab();
  await other.open(order);
  await desk.prepare(HOLD);
  await desk.page.keyboard.press('Escape');
  await desk.do(HOLD);
  await expect(desk.toast).toContainText(HOLD.done);
  await expect(desk.tried).toHaveCount(1);
  await sandbox.arm('getOrder', { kind: 'revokeSession' });
  await lapse(desk);
  await desk.signInInPlace('operations2');
  await desk.settled();
  await expect(desk.page.locator('header.topbar .who')).not.toHaveText('Olivia Grant');
  await expect(desk.tried).toHaveCount(0);
  const theirs = pick(wire.sent('listHistory').slice(-1)).headers.authorization;
  await lapse(other);
  await expect(other.page.locator('header.topbar .who')).toHaveText('Olivia Grant');
  // Her own password opens her own tab again, and takes nothing from the other one.
  const before = wire.exchanges.length;
  await other.enter(other.signInAgain, undefined, PASSWORD);
  await expect(other.signInAgain).toHaveCount(0);
  await other.settled();
  await expect(other.page.locator('header.topbar .who')).toHaveText('Olivia Grant');
  await expect(other.tried).toHaveCount(1);
  const read = wire.exchanges.slice(before).filter(({ operation }) => operation === 'getOrder' || operation === 'listHistory');
  expect(read.length).toBeGreaterThan(0);
  for (const { headers } of read) expect(headers.authorization).not.toBe(theirs);
  await expect(desk.page.locator('header.topbar .who'), 'the other tab is still the other user’s').not.toHaveText('Olivia Grant');
  await expect(desk.tried).toHaveCount(0);
});

test('another user who signs in after a sign-out finds every tab of the first one left', async ({ desk, secondTab, samples }) => {
  const order = start(samples, HOLD);
  await desk.signInAt('operations', order);
  const other = await secondTab();
  await other.open(order);
  await desk.signOut();
  await expect(other.page.locator('main.signin')).toBeVisible();
  await desk.enter(desk.page.locator('main.signin'), 'admin');
  for (const tab of [desk, other]) {
    await tab.settled();
    await expect(tab.page.locator('header.topbar .who')).not.toHaveText('Olivia Grant');
  }
});

test.describe('the platform asks for a pause', () => {
  test('in one tab: all tabs wait, each says so, and go on by themselves', async ({ desk, secondTab, sandbox, wire }) => {
    await desk.signIn('operations', queuePath());
    const other = await secondTab();
    await other.page.goto(queuePath());
    for (const tab of [desk, other]) await expect(tab.rows.first()).toBeVisible();
    await sandbox.answer('listOrders', 429, PAUSE, { headers: { 'retry-after': '4' } });
    const before = wire.sent('listOrders').length;
    await desk.page.getByRole('button', { name: 'Read again' }).click();
    for (const tab of [desk, other]) await expect(tab.banner).toContainText('too many requests');
    await other.page.getByRole('button', { name: 'Read again' }).click();
    await expect.poll(() => wire.sent('listOrders').slice(before).map(({ status }) => status)).toEqual([429, 200, 200]);
    const [refused, ...again] = wire.sent('listOrders').slice(before).map(({ startedAt }) => startedAt);
    for (const at of again) expect(at - (refused ?? 0), 'nobody asked before').toBeGreaterThanOrEqual(4_000);
    for (const tab of [desk, other]) await expect(tab.banner).toHaveCount(0);
  });

  for (const presser of ['the tab that was refused', 'the other tab'] as const) {
    test(`“Go on now” in ${presser} ends it there`, async ({ desk, secondTab, sandbox, wire }) => {
      await desk.signIn('operations', queuePath());
      const other = await secondTab();
      await other.page.goto(queuePath());
      for (const tab of [desk, other]) await expect(tab.rows.first()).toBeVisible();
      await sandbox.answer('listOrders', 429, PAUSE, { headers: { 'retry-after': '50' } });
      const before = wire.sent('listOrders').length;
      await desk.page.getByRole('button', { name: 'Read again' }).click();
      for (const tab of [desk, other]) await expect(tab.banner).toContainText('too many requests');
      await other.page.getByRole('button', { name: 'Read again' }).click();
      const tab = presser === 'the other tab' ? other : desk;
      await tab.banner.getByRole('button', { name: 'Go on now' }).click();
      await expect(tab.banner).toHaveCount(0);
      await expect(tab.page.locator('table.orders')).toHaveAttribute('aria-busy', 'false');
      expect(wire.sent('listOrders').slice(before).map(({ status }) => status)).toContain(200);
    });
  }

  test('a write in another tab meanwhile is not sent, is told so, and works afterwards with the same reason', async ({ desk, secondTab, sandbox, samples, wire }) => {
    const order = start(samples, HOLD);
    await desk.signIn('operations', queuePath());
    const other = await secondTab();
    await other.open(order);
    const confirm = await other.prepare(HOLD);
    await sandbox.answer('listOrders', 429, PAUSE, { headers: { 'retry-after': '50' } });
    await desk.page.getByRole('button', { name: 'Read again' }).click();
    await expect(other.banner).toContainText('too many requests');
    await confirm.click();
    await expect(other.outcome).toHaveAttribute('data-verdict', 'not-done');
    await expect(other.outcome).toContainText('the platform asked for a pause, so nothing was sent');
    expect(wire.sent('holdOrder')).toEqual([]);
    await other.banner.getByRole('button', { name: 'Go on now' }).click();
    await other.action(HOLD.button).click();
    await expect(other.dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue(REASON);
    await other.dialog.locator('.dialog-foot').getByRole('button', { name: HOLD.confirm }).click();
    await expect(other.toast).toContainText(HOLD.done);
    expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
  });
});

test('what strangers say on the channel of the tabs is nothing', async ({ desk, samples, wire }) => {
  const order = start(samples, HOLD);
  await desk.signInAt('operations', order);
  const before = wire.exchanges.length;
  await desk.page.evaluate(() => {
    const channel = new BroadcastChannel('omnival');
    const deep = `renewed ${'['.repeat(50_000)}`;
    for (const word of ['', 'renewed', 'renewed {}', 'renewed null', 'token {"accessToken":""}', 'token {"accessToken":"x","user":{"id":"usr-admin"}}', 'signed-in {"accessToken":"stolen-stolen","expiresIn":1e99,"user":{"id":"usr-admin","name":"Admin"}}', 'pause', 'pause -5', 'pause 99999999999999999999999', 'none', 'none', 'ask now', deep, 'journal', 'x'.repeat(1_000_000)]) channel.postMessage(word);
    for (const odd of [null, 7, { signedOut: true }, ['signed-out'], new Uint8Array(9)]) channel.postMessage(odd);
    channel.close();
  });
  await expect(desk.page.locator('header.topbar .who')).toHaveText('Olivia Grant');
  await expect(desk.banner).toHaveCount(0);
  await desk.do(HOLD);
  await expect(desk.toast).toContainText(HOLD.done);
  for (const { headers } of wire.exchanges.slice(before)) expect(headers.authorization ?? '').not.toContain('stolen');
  expect(desk.page.url()).toContain(orderPath(order.id));
});
