// The queue's question lives in the address and nowhere else: reload, back, and sharing a link all show the same rows, and what is
// shown is what the platform says.

import { CLIENT, type Desk, orderPath, queuePath } from './support/desk';
import { expect, pick, test } from './support/test';

test('view, search, sort and page stand in the address; reload and a shared link show the same', async ({ desk, elsewhere }) => {
  await desk.signIn('operations', queuePath());
  await desk.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^Closed/ }).click();
  await expect(desk.page).toHaveURL(/view=closed/);
  await desk.page.getByRole('columnheader', { name: 'Borrower' }).getByRole('button').click();
  await expect(desk.page).toHaveURL(/sort=borrower/);
  await expect(desk.page.getByRole('columnheader', { name: 'Borrower' })).toHaveAttribute('aria-sort', 'ascending');
  await desk.page.getByRole('link', { name: 'Next', exact: true }).click();
  await expect(desk.page).toHaveURL(/page=2/);
  await expect(desk.page.locator('table.orders')).toHaveAttribute('aria-busy', 'false');
  const address = desk.page.url();
  const shown = await desk.rows.getByRole('link').allInnerTexts();
  expect(shown.length).toBeGreaterThan(0);

  await desk.page.reload();
  await expect(desk.rows.getByRole('link')).toHaveText(shown);
  expect(desk.page.url()).toBe(address);

  const colleague = await elsewhere();
  await colleague.signIn('admin', new URL(address).pathname + new URL(address).search);
  await expect(colleague.rows.getByRole('link')).toHaveText(shown);
});

test('back leads through the pages as they were asked for', async ({ desk }) => {
  await desk.signIn('operations', queuePath());
  const first = await desk.rows.first().getByRole('link').innerText();
  await desk.page.getByRole('link', { name: 'Next', exact: true }).click();
  await expect(desk.page.locator('.pager')).toContainText('51–100');
  await desk.rows.first().getByRole('link').click();
  await expect(desk.title).toBeVisible();
  await desk.page.goBack();
  await expect(desk.page.locator('.pager')).toContainText('51–100');
  await desk.page.goBack();
  await expect(desk.rows.first().getByRole('link')).toHaveText(first);
  await expect(desk.page.locator('.pager')).toContainText('1–50');
});

test('every view shows as many orders as its count says', async ({ desk }) => {
  await desk.signIn('operations', queuePath());
  await expect(desk.rows.first()).toBeVisible();
  const views = desk.page.getByRole('navigation', { name: 'Views' }).getByRole('link');
  await expect(views).toHaveCount(14);
  for (const view of await views.all()) {
    const count = Number(await view.locator('.count').innerText());
    await view.click();
    await expect(view).toHaveAttribute('aria-current', 'page');
    await expect(desk.page.locator('.queue-head .count')).toHaveText(new RegExp(`^${count} orders?$`));
    await expect(desk.rows).toHaveCount(Math.min(count, 50));
  }
});

test('counts follow what happens to the orders', async ({ desk, sandbox, samples }) => {
  await desk.signIn('operations', queuePath('?view=on-hold'));
  const count = desk.page.getByRole('link', { name: /^On hold/ }).locator('.count');
  await expect(desk.rows.first()).toBeVisible();
  const before = Number(await count.innerText());
  await sandbox.act('admin', 'holdOrder', pick(samples.byStatus['10']).id);
  await desk.page.getByRole('button', { name: 'Read again' }).click();
  await expect(count).toHaveText(String(before + 1));
  await expect(desk.rows).toHaveCount(before + 1);
});

test('each column sorts both ways, as the platform sorts', async ({ desk, wire }) => {
  await desk.signIn('operations', queuePath());
  for (const [name, key] of [
    ['Order', 'orderNumber'],
    ['Borrower', 'borrower'],
    ['Status', 'status'],
    ['Vendor', 'vendor'],
    ['Due', 'dueDate'],
  ] as const) {
    const head = desk.page.getByRole('columnheader', { name, exact: true });
    for (const direction of ['ascending', 'descending'] as const) {
      if ((await head.getAttribute('aria-sort')) !== direction) await head.getByRole('button').click();
      await expect(head).toHaveAttribute('aria-sort', direction);
      const sort = direction === 'ascending' ? key : `-${key}`;
      await expect.poll(() => wire.sent('listOrders').at(-1)?.query.get('sort')).toBe(sort);
    }
  }
});

test('search finds by order number, loan, borrower, address and vendor, and says when nothing matches', async ({ desk, sandbox, samples }) => {
  const order = await sandbox.order(CLIENT, pick(samples.byStatus['10']).id);
  const words = [order.orderNumber, order.loan.number, order.loan.borrowers[0]?.name, (order.property as { street: string }).street, order.vendor?.name];
  await desk.signIn('operations', queuePath());
  const search = desk.page.locator('form.toolbar').getByRole('searchbox');
  for (const word of words) {
    if (!word) throw new Error('the sample lacks a word to search for');
    await search.fill(word);
    await expect(desk.page).toHaveURL((url) => url.searchParams.get('search') === word);
    await expect(desk.rows.first()).toContainText(new RegExp(escaped(word).slice(0, 12), 'i'));
  }
  await search.fill('no such order anywhere');
  await expect(desk.page.getByRole('heading', { name: 'No orders match' })).toBeVisible();
  await desk.page.getByRole('button', { name: 'Clear' }).click();
  await expect(desk.rows.first()).toBeVisible();
  expect(new URL(desk.page.url()).search).toBe('');
});

test('a status and a branch narrow the list', async ({ desk }) => {
  await desk.signIn('operations', queuePath());
  await choice(desk, 'Status').selectOption({ label: 'On hold' });
  await expect(desk.page).toHaveURL(/status=9/);
  await expect(desk.rows.first().locator('.badge')).toHaveText('On hold');
  await expect(desk.rows.locator('.badge')).toHaveText(Array((await desk.rows.count()) || 1).fill('On hold'));
  const all = await desk.rows.count();
  await choice(desk, 'Branch').selectOption({ index: 1 });
  await expect(desk.page).toHaveURL(/branchId=/);
  await expect.poll(() => desk.rows.count()).toBeLessThan(all);
});

test('a deep link survives sign-in, and an order’s id alone is enough', async ({ desk, sandbox, samples }) => {
  const order = await sandbox.order(CLIENT, pick(samples.byStatus['11']).id);
  await desk.signInAt('operations', order);
  await expect(desk.title).toHaveText(order.orderNumber ?? '');
  expect(new URL(desk.page.url()).pathname).toBe(orderPath(order.id));
});

test('the search in the bar finds from anywhere', async ({ desk, sandbox, samples }) => {
  const order = await sandbox.order(CLIENT, pick(samples.byStatus['11']).id);
  await desk.signInAt('operations', pick(samples.byStatus['16']));
  await desk.page.getByRole('searchbox', { name: 'Go to order' }).fill(order.orderNumber ?? '');
  await desk.page.keyboard.press('Enter');
  await expect(desk.rows).toHaveCount(1);
  await expect(desk.rows).toContainText(order.orderNumber ?? '');
});

test('another client is another queue, and the choice is remembered', async ({ desk, wire }) => {
  await desk.signIn('operations', queuePath());
  await expect(desk.rows.first()).toBeVisible();
  await desk.page.locator('label.client select').selectOption('cli-harbor');
  await expect(desk.page).toHaveURL(/\/c\/cli-harbor\/orders$/);
  await expect.poll(() => wire.sent('listOrders').at(-1)?.path).toBe('/api/clients/cli-harbor/orders');
  await desk.page.goto('/');
  await expect(desk.page).toHaveURL(/\/c\/cli-harbor\/orders$/);
});

test('the age of the rows is shown, with their zone, and coming back to the window reads them again', async ({ desk, sandbox, samples, wire }) => {
  await desk.page.clock.install();
  await desk.signIn('operations', queuePath('?view=on-hold'));
  await expect(desk.rows.first()).toBeVisible();
  await expect(desk.page.locator('.queue-head .asof')).toHaveText(/as of .*\b(CST|CDT|GMT|UTC)/);
  const [reads, rows] = [wire.sent('listOrders').length, await desk.rows.count()];
  await sandbox.act('admin', 'holdOrder', pick(samples.byStatus['10']).id);
  await desk.page.clock.runFor(6_000);
  await desk.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(desk.rows).toHaveCount(rows + 1);
  expect(wire.sent('listOrders').length).toBeGreaterThan(reads);
});

function choice(desk: Desk, name: string) {
  return desk.page.locator('label.pick').filter({ hasText: new RegExp(`^${name}`) }).locator('select');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
