// How long it takes, reported and never judged: the first rows on a cold browser, and a page change over 100,000 orders.

import { type Browser, type BrowserContext, type Page, expect, test as base } from '@playwright/test';
import { Desk, queuePath } from './support/desk';
import { note } from './support/figures';
import { type Server, startServer } from './support/server';

const ORDERS = 100_000;
const SEEDING_MS = 240_000;
const COLD_LOADS = 5;
const PAGES = 20;
/** 10 Mbit/s, and the way to a server in the same country. */
const NETWORK = { offline: false, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000, latency: 40 };
const CPU_SLOWER = 4;

const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await startServer(ORDERS, SEEDING_MS);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: SEEDING_MS + 10_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});

test.use({ trace: 'off' });
test.describe.configure({ mode: 'serial', timeout: SEEDING_MS });

/** Milliseconds from the start of the navigation until the first rows are painted. */
async function coldLoad(page: Page): Promise<number> {
  await page.addInitScript(() => {
    const look = new MutationObserver(() => {
      if (!document.querySelector('table.orders tbody tr:not(.skeleton)')) return;
      look.disconnect();
      requestAnimationFrame(() => setTimeout(() => Object.assign(window, { firstRows: performance.now() })));
    });
    look.observe(document, { childList: true, subtree: true });
  });
  await page.goto(queuePath());
  const seen = await page.waitForFunction(() => (window as { firstRows?: number }).firstRows, undefined, { timeout: 60_000 });
  return (await seen.jsonValue()) ?? Number.NaN;
}

/** Signed in, with an empty cache. The session is handed from load to load, since each one renews it. */
async function coldLoads(browser: Browser, baseURL: string, dress: (page: Page) => Promise<void>): Promise<number[]> {
  let state: Awaited<ReturnType<BrowserContext['storageState']>> | undefined;
  const times: number[] = [];
  for (let load = 0; load <= COLD_LOADS; load += 1) {
    const context = await browser.newContext({ baseURL, ...(state && { storageState: state }) });
    const page = await context.newPage();
    if (!state) {
      await new Desk(page).signIn('operations', queuePath());
      await expect(new Desk(page).rows.first()).toBeVisible();
    } else {
      await dress(page);
      times.push(await coldLoad(page));
    }
    state = await context.storageState();
    await context.close();
  }
  return times;
}

test('cold load to the first rows', async ({ browser, baseURL }) => {
  const ms = await coldLoads(browser, baseURL ?? '', async () => {});
  expect(ms).toHaveLength(COLD_LOADS);
  note({ what: `cold load to the first rows, ${ORDERS.toLocaleString('en')} orders`, ms, aim: 'under 800' });
});

test('cold load on a slow machine and network', async ({ browser, baseURL }) => {
  const ms = await coldLoads(browser, baseURL ?? '', async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', NETWORK);
    await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWER });
  });
  expect(ms).toHaveLength(COLD_LOADS);
  note({ what: 'the same, 4x slower CPU, 10 Mbit/s, 40 ms away', ms });
});

test('page change over 100,000 orders', async ({ page }) => {
  const desk = new Desk(page);
  await desk.signIn('operations', queuePath());
  await expect(desk.rows).toHaveCount(50);
  const ms: number[] = [];
  for (let turn = 0; turn < PAGES; turn += 1) {
    const next = page.getByRole('link', { name: 'Next', exact: true });
    await expect(next).toHaveAttribute('href', /page=/);
    // From the click to the painted rows of the next page, by the page's own clock.
    ms.push(
      await next.evaluate(
        (link: HTMLAnchorElement) =>
          new Promise<number>((resolve) => {
            const first = () => document.querySelector('table.orders tbody tr:not(.skeleton) a')?.getAttribute('href');
            const before = first();
            const began = performance.now();
            const look = new MutationObserver(() => {
              if (first() === undefined || first() === before) return;
              look.disconnect();
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
            });
            look.observe(document.body, { childList: true, subtree: true, attributes: true });
            link.click();
          }),
      ),
    );
  }
  await expect(page.locator('.pager')).toContainText(`${PAGES * 50 + 1}`);
  note({ what: 'page change in the queue, click to painted rows', ms, aim: 'under 100' });
});
