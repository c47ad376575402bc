// The fixtures of every spec. A test that passes has kept the contract, shown no token, and made the page complain of nothing.

import { type BrowserContext, test as base, expect } from '@playwright/test';
import { type Deed, Desk } from './desk';
import { type Sample, Sandbox, type Samples } from './sandbox';
import { type Server, startServer } from './server';
import { Wire } from './wire';

const ORDERS = 600;

interface PerTest {
  /** Freshly seeded for each test. */
  sandbox: Sandbox;
  samples: Samples;
  wire: Wire;
  desk: Desk;
  /** A desk in another tab of the same browser. */
  secondTab: () => Promise<Desk>;
  /** A desk on another machine: no storage, no cookie in common. */
  elsewhere: () => Promise<Desk>;
}

export const test = base.extend<PerTest, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await startServer(ORDERS);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  sandbox: async ({ server }, use) => {
    const sandbox = new Sandbox(server.url);
    await sandbox.reset();
    await use(sandbox);
  },
  samples: async ({ sandbox }, use) => use(await sandbox.samples()),
  wire: [
    async ({ context, sandbox }, use) => {
      const wire = new Wire();
      wire.watch(context);
      await use(wire);
      expect(await wire.problems(sandbox.broken), 'what went wrong on the wire and in the page').toEqual([]);
    },
    { auto: true },
  ],
  desk: async ({ page }, use) => use(new Desk(page)),
  secondTab: async ({ context }, use) => use(async () => new Desk(await context.newPage())),
  elsewhere: async ({ browser, baseURL, wire }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext(baseURL ? { baseURL } : {});
      contexts.push(context);
      wire.watch(context);
      return new Desk(await context.newPage());
    });
    for (const context of contexts) await context.close();
  },
});

/** Of a sample list, one that is there: an empty list would make a test prove nothing. */
export function pick<T>(list: readonly T[] | undefined, index = 0): T {
  const found = list?.[index];
  if (found === undefined) throw new Error(`the seed has no sample number ${index} of this kind`);
  return found;
}

/** An order from which the deed is legal. */
export function start(samples: Samples, what: Deed, index = 0): Sample {
  return pick(what.from === 'draft' ? samples.drafts.complete : samples.byStatus[what.from], index);
}

export { expect };
