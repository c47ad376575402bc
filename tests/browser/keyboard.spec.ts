// The main way without a mouse: everything is reached by Tab, shows that it is, and gives the focus back when it goes.

import { type Locator, expect } from '@playwright/test';
import { CLIENT, type Desk, VENDOR, orderPath, queuePath } from './support/desk';
import { pick, test } from './support/test';

const FAR = 80;

/** Presses Tab until the element has the focus, and sees that the focus can be seen. */
async function tabTo(desk: Desk, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < FAR; presses += 1) {
    if (await target.evaluate((node) => node === document.activeElement)) {
      const ring = await target.evaluate((node) => {
        const seen = (element: Element) => {
          const style = getComputedStyle(element);
          return (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
        };
        // A field inside a box may let the box show it.
        for (let element: Element | null = node; element && element !== document.body; element = element.parentElement) if (seen(element)) return true;
        return false;
      });
      expect(ring, 'the focus can be seen').toBe(true);
      return;
    }
    await desk.page.keyboard.press('Tab');
  }
  throw new Error(`not reached within ${FAR} presses of Tab: ${target}`);
}

test('sign in, find, activate, assign, hold: by keyboard alone', async ({ desk, sandbox, samples }) => {
  const draft = pick(samples.drafts.complete);
  const { loan } = await sandbox.order(CLIENT, draft.id);
  const { keyboard } = desk.page;

  await desk.page.goto(queuePath('?view=drafts'));
  await tabTo(desk, desk.page.getByLabel('User name'));
  await keyboard.type('operations');
  await keyboard.press('Tab');
  await keyboard.type('sandbox');
  await keyboard.press('Enter');
  await expect(desk.rows.first()).toBeVisible();

  await tabTo(desk, desk.page.locator('form.toolbar').getByRole('searchbox'));
  await keyboard.type(loan.number);
  await expect(desk.page).toHaveURL(/search=/);
  const link = desk.rows.locator(`a[href="${orderPath(draft.id)}"]`);
  await tabTo(desk, link);
  await keyboard.press('Enter');
  await desk.settled();

  await tabTo(desk, desk.action(/^Activate…$/));
  await keyboard.press('Enter');
  await tabTo(desk, desk.dialog.getByRole('button', { name: /^Activate$/ }));
  await keyboard.press('Enter');
  await expect(desk.status).toHaveText('Unassigned');

  await tabTo(desk, desk.action(/^Assign vendor…$/));
  await keyboard.press('Enter');
  await expect(desk.dialog.locator(`#vendor-${VENDOR}`)).toBeVisible();
  await tabTo(desk, desk.dialog.getByRole('radio').and(desk.dialog.locator(':enabled')).first());
  await keyboard.press('Space');
  await tabTo(desk, desk.dialog.getByRole('button', { name: /^Assign\b/ }));
  await keyboard.press('Enter');
  await expect(desk.status).toHaveText('Assigned');

  await tabTo(desk, desk.action(/^Put on hold…$/));
  await keyboard.press('Enter');
  await expect(desk.dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused();
  await keyboard.type('By keyboard');
  await tabTo(desk, desk.dialog.getByRole('button', { name: /^Put on hold$/ }));
  await keyboard.press('Enter');
  await expect(desk.status).toHaveText('On hold');

  const effects = await sandbox.ledger({ orderId: draft.id });
  expect(effects.map(({ operation }) => operation)).toEqual(['activateOrder', 'assignVendor', 'holdOrder']);
});

test('a draft is written and created by keyboard alone', async ({ desk, sandbox }) => {
  await desk.signIn('operations', `${queuePath()}/new`);
  const { keyboard } = desk.page;
  await tabTo(desk, desk.page.getByRole('list', { name: 'Loans' }).getByRole('button').first());
  await keyboard.press('Enter');
  await expect(desk.page.getByRole('button', { name: 'Change' })).toBeVisible();
  await tabTo(desk, desk.field('productId'));
  await keyboard.press('ArrowDown');
  await expect(desk.field('productId')).not.toHaveValue('');
  await tabTo(desk, desk.field('contacts[0].phone'));
  await keyboard.press('Control+A');
  await keyboard.type('512 555 0100');
  await tabTo(desk, desk.page.getByRole('button', { name: 'Create draft' }));
  await keyboard.press('Enter');
  await desk.settled();
  expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
});

test('Esc closes a dialog, sends nothing, and the focus returns to its button', async ({ desk, samples, wire }) => {
  await desk.signInAt('operations', pick(samples.byStatus['10']));
  const button = desk.action(/^Put on hold…$/);
  await tabTo(desk, button);
  await desk.page.keyboard.press('Enter');
  await desk.page.keyboard.type('A reason');
  await desk.page.keyboard.press('Escape');
  await expect(desk.dialog).toHaveCount(0);
  await expect(button).toBeFocused();
  expect(wire.sent('holdOrder')).toEqual([]);
});

test('the focus stays inside an open dialog', async ({ desk, samples }) => {
  await desk.signInAt('operations', pick(samples.byStatus['10']));
  await desk.action(/^Cancel order…$/).click();
  await expect(desk.dialog).toBeVisible();
  for (let presses = 0; presses < 25; presses += 1) {
    await desk.page.keyboard.press('Tab');
    expect(await desk.page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null)).toBe(true);
  }
});

test('the first Tab offers to skip to the content', async ({ desk }) => {
  await desk.signIn('operations', queuePath());
  await expect(desk.rows.first()).toBeVisible();
  await desk.page.reload();
  await expect(desk.rows.first()).toBeVisible();
  await desk.page.keyboard.press('Tab');
  const skip = desk.page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await desk.page.keyboard.press('Enter');
  await desk.page.keyboard.press('Tab');
  expect(await desk.page.evaluate(() => document.activeElement?.closest('main') !== null), 'the next Tab is in the content').toBe(true);
});

test('an outcome takes the focus, so that it is read out', async ({ desk, sandbox, samples }) => {
  await desk.signInAt('operations', pick(samples.byStatus['16']));
  await sandbox.answer('assignVendor', 400, { code: 'vendor_not_eligible', detail: 'x' });
  await desk.action(/^Assign vendor…$/).click();
  await desk.dialog.locator(`#vendor-${VENDOR}`).check();
  await desk.dialog.getByRole('button', { name: /^Assign\b/ }).click();
  await expect(desk.outcome).toBeFocused();
});
