// The session: kept over a reload, ended in every tab at once, and never begun by a visit that has none.

import { PASSWORD, queuePath } from './support/desk';
import { expect, test } from './support/test';

test('a first visit shows the sign-in and asks the API for nothing', async ({ desk, wire }) => {
  await desk.page.goto('/');
  await expect(desk.page.getByRole('heading', { name: /^Sign in to/ })).toBeVisible();
  await expect(desk.page.getByLabel('User name')).toBeFocused();
  expect(wire.exchanges).toEqual([]);
});

test('a wrong password is told in words, and the right one then works', async ({ desk, sandbox }) => {
  await desk.page.goto('/');
  await desk.enter(desk.page.locator('main.signin'), 'operations', 'wrong');
  await expect(desk.page.getByRole('alert')).toContainText('The user name or password is not right.');
  expect(await sandbox.ledger({ operation: 'signIn' })).toEqual([]);
  await desk.enter(desk.page.locator('main.signin'), 'operations', PASSWORD);
  await expect(desk.rows.first()).toBeVisible();
});

test('empty fields are named, and nothing is sent', async ({ desk, wire }) => {
  await desk.page.goto('/');
  await desk.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(desk.page.getByText('Enter your user name.')).toBeVisible();
  await expect(desk.page.getByText('Enter your password.')).toBeVisible();
  expect(wire.exchanges).toEqual([]);
});

test('with the cookie, the session is kept over a reload, by one refresh', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations', queuePath());
  await expect(desk.rows.first()).toBeVisible();
  await desk.page.reload();
  await expect(desk.rows.first()).toBeVisible();
  expect(wire.sent('refreshSession')).toHaveLength(1);
  expect(wire.sent('signIn')).toHaveLength(1);
  expect(await sandbox.ledger({ operation: 'refreshSession' })).toHaveLength(1);
});

test('with the token in the body, a reload asks to sign in again, and nothing is left in a storage', async ({ desk, sandbox, wire }) => {
  await sandbox.settings({ refreshTransport: 'body' });
  await desk.signIn('operations', queuePath());
  await expect(desk.rows.first()).toBeVisible();
  expect((await desk.page.context().cookies()).map(({ name }) => name)).not.toContain('omnival_refresh');
  await desk.page.reload();
  await expect(desk.page.locator('main.signin')).toBeVisible();
  expect(wire.sent('refreshSession')).toEqual([]);
});

test('signing out reaches every tab, and the platform', async ({ desk, secondTab, sandbox, wire }) => {
  await desk.signIn('operations', queuePath());
  const other = await secondTab();
  await other.page.goto(queuePath('?view=drafts'));
  await expect(other.rows.first()).toBeVisible();
  await desk.signOut();
  await expect(other.page.locator('main.signin')).toBeVisible();
  await expect.poll(() => sandbox.ledger({ operation: 'signOut' })).toHaveLength(1);
  await other.page.reload();
  await expect(other.page.locator('main.signin')).toBeVisible();
  expect(wire.sent('refreshSession').filter(({ status }) => status === 401), 'nobody tries the ended session').toEqual([]);
});

test('signing in in one tab opens the other', async ({ desk, secondTab }) => {
  const other = await secondTab();
  await other.page.goto('/');
  await expect(other.page.locator('main.signin')).toBeVisible();
  await desk.signIn('operations');
  await expect(other.rows.first()).toBeVisible();
});

test('two tabs that open together keep one session between them', async ({ desk, secondTab, sandbox }) => {
  await desk.signIn('operations', queuePath());
  const other = await secondTab();
  await Promise.all([desk.page.reload(), other.page.goto(queuePath())]);
  await expect(desk.rows.first()).toBeVisible();
  await expect(other.rows.first()).toBeVisible();
  expect(await sandbox.ledger({ operation: 'refreshSession' })).toHaveLength(2);
});

test('signing out warns of unsent drafts, and removes them only when told to', async ({ desk }) => {
  await desk.signIn('operations');
  await desk.fillDraft();
  await desk.page.locator('header.topbar details.menu summary').click();
  await desk.page.getByRole('button', { name: 'Sign out' }).click();
  await expect(desk.page.getByText('unsent text(s) of yours')).toBeVisible();
  await desk.page.getByRole('button', { name: 'Sign out all the same' }).click();
  await expect(desk.page.locator('main.signin')).toBeVisible();
  expect(await desk.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('omnival.draft.')))).toEqual([]);
});
