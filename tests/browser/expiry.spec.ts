// A session that ends under the operator's hands costs nothing but a password: one refresh however many asked, no write replayed,
// nothing that was typed lost.

import { FORM, REASON, deed, queuePath } from './support/desk';
import { keepWaiting } from './support/held';
import { expect, pick, test } from './support/test';

const HOLD = deed('holdOrder');

for (const transport of ['cookie', 'body'] as const) {
  test.describe(`refresh token by ${transport}`, () => {
    test.beforeEach(async ({ sandbox }) => {
      await sandbox.settings({ refreshTransport: transport, settleWindowMs: 3_000 });
    });

    test('expiry in mid-read: one shared refresh for all that ask at once, one retry each', async ({ desk, sandbox, samples, wire }) => {
      await desk.signInAt('operations', pick(samples.byStatus['10']));
      const before = wire.exchanges.length;
      await sandbox.arm('getOrder', { kind: 'expireAccessTokens' });
      await desk.history.getByRole('button', { name: 'Read order and history again' }).click();
      await expect.poll(() => wire.exchanges.slice(before).filter(({ status }) => status === 200).length).toBe(4);
      const since = wire.exchanges.slice(before);
      const of = (operation: string) => since.filter((exchange) => exchange.operation === operation);
      expect(of('refreshSession'), 'one refresh').toHaveLength(1);
      for (const operation of ['getOrder', 'listHistory', 'listPayments']) {
        expect(of(operation).at(-1)?.status, operation).toBe(200);
        expect(of(operation).length, `${operation} at most twice`).toBeLessThanOrEqual(2);
      }
      await expect(desk.page.getByRole('alert')).toHaveCount(0);
      expect(await sandbox.ledger({ operation: 'refreshSession' })).toHaveLength(1);
    });

    test('expiry in mid-write: no replay, verified, and only then the button returns', async ({ desk, sandbox, samples, wire }) => {
      const order = pick(samples.drafts.complete);
      await desk.signInAt('operations', order);
      await sandbox.arm('activateOrder', { kind: 'expireAccessTokens' });
      const letGo = await keepWaiting(desk.page, 'listHistory', 'before');
      await desk.do(deed('activateOrder'));
      await expect(desk.verifying).toContainText('the session had expired');
      expect(await desk.openActions(), 'not before it is verified').toEqual([]);
      letGo();
      await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
      await expect(desk.action(/^Activate…$/)).toBeVisible();
      expect(wire.sent('activateOrder')).toHaveLength(1);
      expect(wire.sent('refreshSession')).toHaveLength(1);
      expect(await sandbox.ledger({ orderId: order.id, operation: 'activateOrder' })).toEqual([]);
      await desk.do(deed('activateOrder'));
      await expect(desk.toast).toContainText('The order was activated');
      expect(await sandbox.ledger({ orderId: order.id, operation: 'activateOrder' })).toHaveLength(1);
    });

    test('refresh refused under an open dialog: sign in in place, the reason is kept, go on', async ({ desk, sandbox, samples, wire }) => {
      const order = pick(samples.byStatus['10']);
      await desk.signInAt('operations', order);
      const confirm = await desk.prepare(HOLD);
      await sandbox.arm('holdOrder', { kind: 'revokeSession' });
      await confirm.click();
      await expect(desk.signInAgain).toBeVisible();
      await expect(desk.signInAgain.getByLabel('User name')).toHaveValue('operations');
      await expect(desk.signInAgain.getByLabel('Password')).toBeFocused();
      await desk.signInInPlace();
      await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
      expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toEqual([]);
      await desk.action(HOLD.button).click();
      await expect(desk.dialog.getByRole('textbox', { name: 'Reason' }), 'what was typed is still there').toHaveValue(REASON);
      await desk.dialog.locator('.dialog-foot').getByRole('button', { name: HOLD.confirm }).click();
      await expect(desk.toast).toContainText(HOLD.done);
      expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
      expect(wire.sent('holdOrder')).toHaveLength(2);
    });

    test('refresh refused under a draft form: sign in in place, every field is kept, created once', async ({ desk, sandbox, wire }) => {
      await desk.signIn('operations', queuePath());
      await desk.page.getByRole('link', { name: 'New order' }).click();
      await desk.page.getByRole('list', { name: 'Loans' }).getByRole('button').first().click();
      await desk.field('productId').selectOption({ index: 1 });
      await desk.field('property.type').selectOption('condo');
      for (const [path, text] of Object.entries(FORM)) await desk.field(path).fill(text);
      await sandbox.arm('createDraft', { kind: 'revokeSession' });
      await desk.create();
      await expect(desk.signInAgain).toBeVisible();
      await desk.signInInPlace();
      for (const [path, text] of Object.entries(FORM)) await expect(desk.field(path)).toHaveValue(text);
      await expect(desk.page.getByRole('alert').filter({ hasText: 'The draft was not created' })).toBeVisible();
      expect(await sandbox.ledger({ operation: 'createDraft' })).toEqual([]);
      await desk.create();
      await desk.settled();
      expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
      expect(wire.sent('createDraft')).toHaveLength(2);
    });

    test('a refresh whose answer was lost never sends its spent token blindly, and ends in a word or a sign-in', async ({ desk, sandbox, samples, wire }) => {
      await desk.signInAt('operations', pick(samples.byStatus['10']));
      await sandbox.arm('getOrder', { kind: 'expireAccessTokens' });
      await sandbox.arm('refreshSession', { kind: 'loseRefreshAnswer' });
      await desk.history.getByRole('button', { name: 'Read order and history again' }).click();
      await expect.poll(() => wire.sent('refreshSession').length).toBeGreaterThanOrEqual(1);
      await expect(desk.signInAgain.or(desk.page.getByRole('alert')).first()).toBeVisible({ timeout: 20_000 });
      expect(wire.sent('refreshSession').length, 'at most one bounded probe').toBeLessThanOrEqual(2);
    });
  });
}

test('another user who signs in in place starts afresh, without the first one’s words', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.byStatus['10']);
  await desk.signInAt('operations', order);
  await (await desk.prepare(HOLD)).focus();
  await desk.page.keyboard.press('Escape');
  await sandbox.arm('getOrder', { kind: 'revokeSession' });
  await desk.history.getByRole('button', { name: 'Read order and history again' }).click();
  await expect(desk.signInAgain).toBeVisible();
  await desk.signInInPlace('operations2');
  await expect(desk.page.locator('header.topbar .who')).not.toHaveText('Olivia Grant');
  await desk.settled();
  await desk.action(HOLD.button).click();
  await expect(desk.dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue('');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toEqual([]);
});

test('signing out instead of signing in again leaves the page', async ({ desk, sandbox, samples }) => {
  await desk.signInAt('operations', pick(samples.byStatus['10']));
  await sandbox.arm('getOrder', { kind: 'revokeSession' });
  await desk.history.getByRole('button', { name: 'Read order and history again' }).click();
  await desk.signInAgain.getByRole('button', { name: 'Sign out instead' }).click();
  await expect(desk.page.locator('main.signin')).toBeVisible();
  await expect(desk.page.getByRole('dialog')).toHaveCount(0);
});

test('a sign-in in place cannot be closed away, and a wrong password there is told', async ({ desk, sandbox, samples }) => {
  await desk.signInAt('operations', pick(samples.byStatus['10']));
  await sandbox.arm('getOrder', { kind: 'revokeSession' });
  await desk.history.getByRole('button', { name: 'Read order and history again' }).click();
  await expect(desk.signInAgain).toBeVisible();
  for (let presses = 0; presses < 3; presses += 1) await desk.page.keyboard.press('Escape');
  await expect(desk.signInAgain).toBeVisible();
  await desk.enter(desk.signInAgain, undefined, 'wrong');
  await expect(desk.signInAgain.getByRole('alert')).toContainText('not right');
  await desk.signInInPlace();
  await desk.settled();
});

test('expiry while the answer is already lost: the verdict waits for the sign-in, and is right', async ({ desk, sandbox, samples, wire }) => {
  await sandbox.settings({ settleWindowMs: 3_000 });
  const order = pick(samples.byStatus['10']);
  await desk.signInAt('operations', order);
  await sandbox.lose('holdOrder', 'after');
  await sandbox.arm('getOrder', { kind: 'revokeSession' });
  await desk.do(HOLD);
  await expect(desk.signInAgain).toBeVisible();
  await expect(desk.outcome).toHaveCount(0);
  await desk.signInInPlace();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
  expect(wire.sent('holdOrder')).toHaveLength(1);
});
