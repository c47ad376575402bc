// Wherever the console lies, it finds that out from the address that it was opened under, and asks for nothing elsewhere.

import { type Page, test as base, expect } from '@playwright/test';
import { type Host, startHost } from './support/host';

const test = base.extend<{ host: (...how: Parameters<typeof startHost>) => Promise<Host>; complaints: string[] }>({
  host: async ({}, use) => {
    const hosts: Host[] = [];
    await use(async (...how) => {
      const host = await startHost(...how);
      hosts.push(host);
      return host;
    });
    for (const host of hosts) await host.stop();
  },
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => void (['error', 'warning'].includes(message.type()) && complaints.push(message.text())));
    page.on('pageerror', (error) => void complaints.push(error.message));
    await use(complaints);
  },
});

/** Nobody is signed in, so the sign-in page stands under every address. */
async function started(page: Page, where: string): Promise<void> {
  await expect(page.locator('main.signin')).toBeVisible();
  await expect(page.locator('#boot')).toHaveCount(0);
  const found = await page.evaluate(() => ({
    base: (window as unknown as { omnival: { base: string } }).omnival.base,
    links: [...document.querySelectorAll('link')].map((link) => new URL(link.href).pathname),
  }));
  expect(found.base).toBe(where);
  expect(found.links).toEqual(expect.arrayContaining([`${where}manifest.webmanifest`, `${where}favicon.svg`]));
  expect(found.links.filter((link) => !link.startsWith(where))).toEqual([]);
  await expect(page.locator('main.signin'), 'with its style').toHaveCSS('display', 'grid');
}

const bootScripts = ({ asked }: Host) => asked.filter((path) => path.includes('/boot-'));

for (const [opened, where] of [
  ['/', '/'],
  ['/index.html', '/'],
  ['/c/cl-1/orders', '/'],
  ['/c/cl-1/orders/', '/'],
  ['/c/cl-1/orders/ord-9/edit', '/'],
  ['/c/cl-1/orders/ord-9/no-such-part', '/'],
  ['/c/caf%C3%A9%2Fbar/orders/a%20b%2Fc', '/'],
  ['/c/c/orders/c', '/'],
  ['/c/orders/orders/new', '/'],
  ['//c/cl-1/orders', '/'],
  ['/orders/', '/orders/'],
  ['/orders/index.html', '/orders/'],
  ['/orders/?view=closed', '/orders/'],
  ['/orders/c/x/orders/new', '/orders/'],
  ['/orders//c/x/orders/new', '/orders/'],
  ['/orders/c/x/orders?search=/c/y/orders/', '/orders/'],
  ['/a/b/c/cl-1/orders', '/a/b/'],
  ['/c/c/cl-1/orders/ord-9', '/c/'],
  ['/c/shop/orders/c/cl-1/orders/new', '/c/shop/orders/'],
  ['/caf%C3%A9%20(1)/c/cl-1/orders', '/caf%C3%A9%20(1)/'],
] as const) {
  test(`opened under ${opened}, it lies in ${where}, and asks for nothing elsewhere`, async ({ page, host, complaints }) => {
    const { origin, ...rest } = await host(where);
    await page.goto(origin + opened);
    await started(page, where);
    expect(rest.asked.slice(1).filter((path) => !path.startsWith(where))).toEqual([]);
    expect(bootScripts({ origin, ...rest })).toHaveLength(1);
    expect(complaints).toEqual([]);
  });
}

for (const [opened, where] of [
  ['/no/such/page', '/'],
  ['/orders/no/such/page/', '/orders/'],
  ['/orders', '/orders/'],
  // Where it lies is itself an address that a console at the root would know.
  ['/c/shop/orders/', '/c/shop/orders/'],
] as const) {
  for (const [answered, fallsBack] of [
    ['by 404', undefined],
    ['with the page', () => true],
  ] as const) {
    test(`opened under ${opened}, it looks for ${where}, where missing files are answered ${answered}`, async ({ page, host }) => {
      const { origin, asked } = await host(where, { ...(fallsBack && { fallsBack }) });
      await page.goto(origin + opened);
      await started(page, where);
      expect(asked.filter((path) => path.endsWith('/config.json')), 'it is started once').toEqual([`${where}config.json`]);
    });
  }
}

test('two slashes in front of the path never name another host', async ({ page, host, context }) => {
  const elsewhere: string[] = [];
  const { origin } = await host('/');
  context.on('request', (request) => void (request.url().startsWith(origin) || elsewhere.push(request.url())));
  await page.goto(`${origin}//evil.example/c/x/orders`);
  await started(page, '/');
  expect(elsewhere).toEqual([]);
});

test('a boot script that is there before the page’s end waits for it', async ({ page, host, complaints }) => {
  let release = () => {};
  const { origin } = await host('/', { rest: new Promise((resolve) => (release = resolve)) });
  const [boot] = await Promise.all([page.waitForResponse(/\/boot-/), page.goto(origin, { waitUntil: 'commit' })]);
  await boot.finished();
  await page.evaluate(async (url) => {
    await fetch(url);
    await new Promise((later) => setTimeout(later));
    if (document.body) throw new Error('the page’s end is there already');
  }, boot.url());
  release();
  await started(page, '/');
  expect(complaints).toEqual([]);
});
