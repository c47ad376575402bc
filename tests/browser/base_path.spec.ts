// The console below a folder of its host: whatever is done, it stays below it, and the API is where it always is.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deed, queuePath } from './support/desk';
import { type Server, dist, startServer } from './support/server';
import { expect, pick, test as base } from './support/test';

const ORDERS = 100;

/** Of an address that is none of the console's, it looks for its folder; the browser tells where it was not. */
const LOOKED_FOR = /Refused to apply style from .*\/no\/such\/assets\//;

for (const mount of ['/orders/', '/a/b/']) {
  const test = base.extend<object, { server: Server }>({
    server: [
      async ({}, use) => {
        const server = await startServer(ORDERS, { mount });
        await use(server);
        await server.stop();
      },
      { scope: 'worker', timeout: 90_000 },
    ],
  });
  const below = (address: string) => mount + address.slice(1);

  test.describe(`below ${mount}`, () => {
    test('the main way: sign-in, queue, order, dialog, reload, back, new order', async ({ desk, samples, sandbox, wire, context }) => {
      const { page } = desk;
      const outside: string[] = [];
      context.on('request', (request) => {
        const { pathname, origin } = new URL(request.url());
        const isOurs = pathname.startsWith(mount) || pathname.startsWith('/api/');
        if (!isOurs || origin !== new URL(sandbox.url).origin) outside.push(request.url());
      });
      const queue = below(queuePath());

      await test.step('the bare address leads to the queue', async () => {
        await desk.signIn('operations', mount);
        await expect(desk.rows.first()).toBeVisible();
        await expect(page).toHaveURL(new RegExp(`${queue}$`));
      });

      await test.step('a view and a search stand in the address, and outlive a reload', async () => {
        await page.locator('.views a[href*="view=closed"]').click();
        await expect(page).toHaveURL(new RegExp(`${queue}\\?view=closed$`));
        await expect(page.locator('table.orders')).toHaveAttribute('aria-busy', 'false');
        const before = wire.sent('listOrders').length;
        await page.reload();
        await expect(desk.rows.first()).toBeVisible();
        await expect(page.locator('table.orders')).toHaveAttribute('aria-busy', 'false');
        expect(wire.sent('listOrders').length - before, 'the boot script asks for the rows, and nobody else').toBe(1);
        expect(wire.sent('listOrders').at(-1)?.query.get('view')).toBe('closed');
      });

      await test.step('an order opens, with the chunk and its style, and back leads to the view', async () => {
        const link = desk.rows.first().getByRole('link');
        const address = await link.getAttribute('href');
        expect(address?.startsWith(`${queue}/`)).toBe(true);
        await link.click();
        await desk.settled();
        await expect(page).toHaveURL(new RegExp(`${address}$`));
        await expect(page.locator(`link[rel="stylesheet"][href*="${mount}assets/screens-"]`)).toHaveCount(1);
        await page.goBack();
        await expect(desk.rows.first()).toBeVisible();
        await expect(page).toHaveURL(new RegExp(`${queue}\\?view=closed$`));
      });

      await test.step('a deep link is loaded anew, and its step is carried out', async () => {
        const order = pick(samples.byStatus['10']);
        await page.goto(`${queue}/${order.id}`);
        await desk.settled();
        await page.reload();
        await desk.settled();
        await desk.do(deed('holdOrder'));
        await expect(desk.toast).toContainText(deed('holdOrder').done);
        expect(await sandbox.ledger({ operation: 'holdOrder', orderId: order.id })).toHaveLength(1);
        await page.getByRole('navigation', { name: 'Back' }).getByRole('link').click();
        await expect(page).toHaveURL(new RegExp(`${queue}(\\?.*)?$`));
      });

      await test.step('a new order', async () => {
        await page.getByRole('link', { name: 'New order' }).click();
        await expect(desk.title).toHaveText('New order');
        await expect(page).toHaveURL(new RegExp(`${queue}/new$`));
        await page.reload();
        await expect(desk.title).toHaveText('New order');
        await page.locator('header.topbar a.brand').click();
        await expect(desk.rows.first()).toBeVisible();
        await expect(page).toHaveURL(new RegExp(`${queue}$`));
      });

      expect(outside).toEqual([]);
    });

    test('an address that leads nowhere says so, and the way on stays below', async ({ desk, wire }) => {
      wire.expectComplaint(LOOKED_FOR);
      await desk.signIn('operations', below('/no/such/page'));
      await expect(desk.page.getByRole('heading', { name: 'No such page' })).toBeVisible();
      await desk.page.getByRole('link', { name: 'Go to orders' }).click();
      await expect(desk.rows.first()).toBeVisible();
      await expect(desk.page).toHaveURL(new RegExp(`${below(queuePath())}$`));
    });

    test('signs are drawn, the skip link works, and the manifest begins here', async ({ desk }) => {
      const { page } = desk;
      const at = below(queuePath());
      await desk.signIn('operations', at);
      await expect(desk.rows.first()).toBeVisible();
      for (const sign of await page.locator('header.topbar svg:visible > use').all()) {
        expect(await sign.evaluate((use: SVGUseElement) => use.getBBox().width), await sign.getAttribute('href') ?? '').toBeGreaterThan(0);
      }
      await page.locator('a.skip').focus();
      await page.keyboard.press('Enter');
      await expect(page.locator('main')).toBeFocused();
      expect(new URL(page.url()).pathname).toBe(at);
      const starts = await page.evaluate(async () => {
        const { href } = document.querySelector<HTMLLinkElement>('link[rel="manifest"]') ?? { href: '' };
        const manifest = (await (await fetch(href)).json()) as { start_url: string; icons: { src: string }[] };
        return [manifest.start_url, ...manifest.icons.map(({ src }) => src)].map((one) => new URL(one, href).pathname);
      });
      expect(starts).toEqual([mount, `${mount}favicon.svg`]);
    });

    test('the policy is the one that the build recommends', async ({ desk }) => {
      const answer = await desk.page.goto(mount);
      const recommended = readFileSync(path.join(dist(), 'csp.txt'), 'utf8');
      expect(answer?.headers()['content-security-policy']).toBe(recommended);
      await expect(desk.page.locator('main.signin')).toBeVisible();
    });
  });
}
