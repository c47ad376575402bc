// The screens behind the queue come as a chunk of the program of its own. One that does not come costs the screen that wanted it,
// and nothing else; one that came is not fetched again.

import { type Desk, queuePath } from './support/desk';
import { expect, pick, test } from './support/test';

const CHUNK = '**/screens-*.wasm';
const STYLE = '**/screens-*.css';

const missing = (desk: Desk) => desk.page.getByRole('alert').filter({ hasText: 'This screen could not be loaded' });
const tryAgain = (desk: Desk) => desk.page.getByRole('button', { name: 'Try again' });

/** The program's own files that the page has fetched, in their order. */
const fetched = (desk: Desk) => desk.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => /(app|screens)-[^/]*\.wasm$/.exec(name)?.[1]).filter(Boolean));

test('the chunk comes after the rows, once, and opening an order fetches no more of the program', async ({ desk }) => {
  await desk.signIn('operations', queuePath());
  await expect(desk.rows.first()).toBeVisible();
  await expect.poll(() => fetched(desk)).toEqual(['app', 'screens']);
  await desk.rows.first().getByRole('link').click();
  await desk.settled();
  await desk.page.goBack();
  await desk.page.getByRole('link', { name: 'New order' }).click();
  await expect(desk.title).toHaveText('New order');
  expect(await fetched(desk)).toEqual(['app', 'screens']);
});

test('behind the queue, the chunk comes beside the program and not after it', async ({ desk, samples }) => {
  await desk.signInAt('operations', pick(samples.byStatus['10']));
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await desk.page.route('**/app-*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  const asked = desk.page.waitForRequest(CHUNK);
  await desk.page.reload({ waitUntil: 'commit' });
  await asked;
  release();
  await desk.settled();
  expect(await fetched(desk)).toHaveLength(2);
});

for (const [name, answer] of [
  ['is lost', null],
  ['is gone after a new version was published', { status: 404, body: 'gone' }],
  ['is a page in place of a missing file', { status: 200, contentType: 'text/html', body: '<!doctype html><p>hello' }],
  ['is cut', { status: 200, contentType: 'application/wasm', body: Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1]) }],
] as const) {
  test(`a chunk that ${name}: the screen says so, the rest works, and another try is a real one`, async ({ desk, wire }) => {
    wire.expectComplaint(/Failed to (load|fetch)|answered|wasm|WebAssembly/);
    let tries = 0;
    await desk.page.route(CHUNK, (route) => {
      tries += 1;
      return answer ? route.fulfill(answer) : route.abort();
    });
    await desk.signIn('operations', queuePath());
    await desk.rows.first().getByRole('link').click();
    await expect(missing(desk)).toBeVisible();
    const before = tries;
    await tryAgain(desk).click();
    await expect.poll(() => tries).toBe(before + 1);
    await expect(missing(desk)).toBeVisible();

    await desk.page.goBack();
    await expect(desk.rows.first()).toBeVisible();
    await desk.rows.first().getByRole('link').click();
    await expect(missing(desk)).toBeVisible();
    await desk.page.unroute(CHUNK);
    await tryAgain(desk).click();
    await desk.settled();
    await expect(desk.page.locator('.crash')).toHaveCount(0);
  });
}

test('a chunk that was missing while offline comes by itself when the connection does', async ({ desk, context, wire }) => {
  // Whichever of the two is missed first, its program or its style.
  wire.expectComplaint(/Failed to (load|fetch)|the style of a part of the program did not come/);
  await desk.page.route(CHUNK, (route) => route.abort());
  await desk.signIn('operations', queuePath());
  await expect(desk.rows.first()).toBeVisible();
  await context.setOffline(true);
  await desk.rows.first().getByRole('link').click();
  await expect(missing(desk)).toBeVisible();
  await desk.page.unroute(CHUNK);
  await context.setOffline(false);
  await desk.settled();
});

test('leaving a screen whose chunk is on its way harms nothing', async ({ desk }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await desk.page.route(CHUNK, async (route) => {
    await held;
    await route.continue();
  });
  await desk.signIn('operations', queuePath());
  await desk.rows.first().getByRole('link').click();
  await expect(desk.page.getByText('Loading this screen')).toBeAttached();
  await desk.page.goBack();
  await expect(desk.rows.first()).toBeVisible();
  release();
  await expect.poll(() => fetched(desk)).toContain('screens');
  await desk.rows.first().getByRole('link').click();
  await desk.settled();
});

test('without its style the chunk is not shown, and another try fetches the style again', async ({ desk, wire }) => {
  wire.expectComplaint(/Failed to load|did not come/);
  await desk.page.route(STYLE, (route) => route.abort());
  await desk.signIn('operations', queuePath());
  await desk.rows.first().getByRole('link').click();
  await expect(missing(desk)).toBeVisible();
  await desk.page.unroute(STYLE);
  await tryAgain(desk).click();
  await desk.settled();
  await expect(desk.page.locator('link[rel="stylesheet"][href*="screens-"]')).toHaveCount(1);
});
