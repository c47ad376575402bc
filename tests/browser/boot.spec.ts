// Before the console runs, and after it has died, the page still says what happened and what to do next; the work is kept.

import { createHash } from 'node:crypto';
import { DEEDS, FORM, REASON, deed, orderPath, queuePath } from './support/desk';
import { expect, pick, test } from './support/test';

const CRASH = (window: Window) => (window as unknown as { omnival: { crashed(text: string): void } }).omnival.crashed('panicked at the disco');

const GOOD = { apiBase: '', refreshTransport: 'cookie', abilities: { fence: true, idempotencyKey: true }, settleWindowMs: 120_000, requestTimeoutMs: 30_000, brand: { name: 'Test Brand' } };

for (const [name, answer, says] of [
  ['is missing', { status: 404, body: 'nothing here' }, 'answered 404'],
  ['is a page in place of a missing file', { status: 200, contentType: 'text/html', body: '<!doctype html><p>hello' }, 'is not JSON'],
  ['lacks a field', { status: 200, body: JSON.stringify({ ...GOOD, settleWindowMs: undefined }) }, 'settleWindowMs is missing'],
  ['names an unknown transport', { status: 200, body: JSON.stringify({ ...GOOD, refreshTransport: 'pigeon' }) }, 'refreshTransport must be "cookie" or "body"'],
  ['names a wrong address', { status: 200, body: JSON.stringify({ ...GOOD, apiBase: 'api.example.com/' }) }, 'apiBase must be'],
  ['holds null', { status: 200, body: 'null' }, 'apiBase is missing'],
] as const) {
  test(`a config.json that ${name} is a clear page`, async ({ desk, wire }) => {
    await desk.page.route('**/config.json', (route) => route.fulfill({ contentType: 'application/json', ...answer }));
    await desk.page.goto('/');
    const page = desk.page.getByRole('alert');
    await expect(page.getByRole('heading')).toHaveText('The console is not set up correctly');
    await expect(page).toContainText(says);
    await expect(page).toContainText('Next: correct config.json');
    await expect(page).toBeFocused();
    expect(wire.exchanges).toEqual([]);
    await desk.page.unroute('**/config.json');
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(desk.page.locator('main.signin')).toBeVisible();
  });
}

test('the brand comes from config.json, without a rebuild', async ({ desk }) => {
  await desk.page.route('**/config.json', (route) => route.fulfill({ json: GOOD }));
  await desk.page.goto('/');
  await expect(desk.page.getByRole('heading', { name: 'Sign in to Test Brand' })).toBeVisible();
});

for (const [name, pattern, answer] of [
  ['wasm is missing', '**/*.wasm', { status: 404, body: 'gone' }],
  ['wasm is garbage', '**/*.wasm', { status: 200, contentType: 'application/wasm', body: 'hello' }],
  ['glue script is missing', '**/app-*.js', { status: 404, contentType: 'text/plain', body: 'gone' }],
] as const) {
  test(`when the ${name}, the page says so and offers help`, async ({ desk, wire }) => {
    wire.expectComplaint(/wasm|Failed to load|MIME type/);
    await desk.page.route(pattern, (route) => route.fulfill(answer));
    await desk.page.goto('/');
    const page = desk.page.getByRole('alert');
    await expect(page.getByRole('heading')).toHaveText('The console could not be loaded');
    await expect(page).toContainText('Next: reload');
    await expect(page.getByRole('button', { name: 'Copy support details' })).toBeVisible();
    await page.locator('summary').click();
    await expect(page.locator('pre')).toContainText('What failed:');
  });
}

test('when the screens behind the queue do not come, the queue still works, and another try brings them', async ({ desk, samples, wire }) => {
  const order = pick(samples.byStatus['10']);
  wire.expectComplaint(/screens-|wasm/);
  let asked = 0;
  await desk.page.route('**/screens-*.wasm', (route) => {
    asked += 1;
    return route.fulfill({ status: 404, body: 'gone' });
  });
  await desk.signIn('operations', queuePath());
  await expect(desk.rows.first()).toBeVisible();
  await desk.rows.first().getByRole('link').click();
  const note = desk.page.getByRole('alert');
  await expect(note).toContainText('This screen could not be loaded');
  await expect(note).toContainText('you are still signed in');
  expect(asked).toBeGreaterThan(0);
  await desk.page.goBack();
  await expect(desk.rows.first()).toBeVisible();
  await desk.page.unroute('**/screens-*.wasm');
  await desk.page.goto(orderPath(order.id));
  await desk.settled();
  expect(await desk.openActions()).toContain('Put on hold');
  expect(wire.sent('signIn')).toHaveLength(1);
});

test('another try in place brings the screen that did not come', async ({ desk, samples, wire }) => {
  wire.expectComplaint(/screens-|wasm/);
  await desk.page.route('**/screens-*.wasm', (route) => route.abort());
  await desk.signIn('operations', orderPath(pick(samples.byStatus['10']).id));
  const note = desk.page.getByRole('alert');
  await expect(note).toContainText('This screen could not be loaded');
  await desk.page.unroute('**/screens-*.wasm');
  await note.getByRole('button', { name: 'Try again' }).click();
  await desk.settled();
  expect(wire.sent('signIn')).toHaveLength(1);
});

test('a wasm with the wrong type still starts', async ({ desk }) => {
  await desk.page.route('**/*.wasm', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } });
  });
  await desk.page.goto('/');
  await expect(desk.page.locator('main.signin')).toBeVisible();
});

test('the skeleton of the queue stands before the program does', async ({ desk }) => {
  await desk.signIn('operations', queuePath());
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await desk.page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await desk.page.reload({ waitUntil: 'commit' });
  await expect(desk.page.locator('#boot')).toBeVisible();
  await expect(desk.page.locator('#boot')).toHaveAttribute('data-at', 'queue');
  release();
  await expect(desk.rows.first()).toBeVisible();
  await expect(desk.page.locator('#boot')).toHaveCount(0);
});

test('the first rows are asked for once, while the program is still on its way', async ({ desk, wire }) => {
  await desk.signIn('operations', queuePath('?view=closed'));
  await expect(desk.rows.first()).toBeVisible();
  const before = wire.sent('listOrders').length;
  await desk.page.reload();
  await expect(desk.rows.first()).toBeVisible();
  await expect(desk.page.locator('table.orders')).toHaveAttribute('aria-busy', 'false');
  expect(wire.sent('listOrders').length - before).toBe(1);
  expect(wire.sent('listOrders').at(-1)?.query.get('view')).toBe('closed');
});

test('an address that leads nowhere says so', async ({ desk, wire }) => {
  // The console looks for its folder first; the browser tells where it was not.
  wire.expectComplaint(/Refused to apply style from .*\/no\/such\/assets\//);
  await desk.signIn('operations', '/no/such/page');
  await expect(desk.page.getByRole('heading', { name: 'No such page' })).toBeVisible();
  await desk.page.getByRole('link', { name: 'Go to orders' }).click();
  await expect(desk.rows.first()).toBeVisible();
});

test('a crash over an open dialog: the screen tells of kept work, and the reload brings it back', async ({ desk, samples }) => {
  const order = pick(samples.byStatus['10']);
  await desk.signInAt('operations', order);
  await desk.prepare(deed('holdOrder'));
  await desk.page.evaluate(CRASH, await desk.page.evaluateHandle(() => window));
  const crash = desk.page.getByRole('alert');
  await expect(crash.getByRole('heading')).toHaveText('The console stopped working');
  await expect(crash).toBeFocused();
  await expect(crash).toContainText('What you typed is kept on this device (one draft)');
  await expect(crash).toContainText('Nothing that you sent is without its outcome');
  await expect(desk.page.getByRole('dialog')).toHaveCount(0);
  await crash.getByRole('button', { name: 'Reload' }).click();
  await desk.settled();
  await desk.action(deed('holdOrder').button).click();
  await expect(desk.dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue(REASON);
});

test('a crash in the middle of a form: every field is back after the reload', async ({ desk }) => {
  await desk.signIn('operations');
  await desk.fillDraft();
  await desk.page.evaluate(CRASH, await desk.page.evaluateHandle(() => window));
  const crash = desk.page.getByRole('alert').filter({ hasText: 'The console stopped working' });
  await expect(crash).toContainText('kept on this device');
  desk.page.once('dialog', (dialog) => dialog.accept());
  await crash.getByRole('button', { name: 'Reload' }).click();
  await expect(desk.page.getByText('What you typed earlier is back.')).toBeVisible();
  for (const [path, text] of Object.entries(FORM)) await expect(desk.field(path)).toHaveValue(text);
});

test('a mere script error is no crash', async ({ desk, wire }) => {
  wire.expectComplaint(/a stranger’s error/);
  await desk.signIn('operations', queuePath());
  const seen = desk.page.waitForEvent('pageerror');
  await desk.page.evaluate(() => setTimeout(() => {
    throw new Error('a stranger’s error');
  }));
  await seen;
  await expect(desk.rows.first()).toBeVisible();
  await expect(desk.page.getByText('The console stopped working')).toHaveCount(0);
});

test('no inline script runs but the page’s own: the policy is as strict as it says', async ({ desk, wire }) => {
  wire.expectComplaint(/Content Security Policy|Refused to execute|TrustedHTML|TrustedScript/i);
  const answer = await desk.page.goto('/');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  const own = /<script>(.*?)<\/script>/s.exec((await answer?.text()) ?? '')?.[1] ?? '';
  const hash = createHash('sha256').update(own).digest('base64');
  const allowed = /script-src ([^;]*)/.exec(policy)?.[1]?.split(' ').sort();
  expect(allowed).toEqual(["'self'", `'sha256-${hash}'`, "'wasm-unsafe-eval'"].sort());
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'/);
  await expect(desk.page.locator('main.signin')).toBeVisible();
  await desk.page.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.textContent = 'window.ran = true';
      document.head.append(script);
    } catch {
      // Trusted Types refuse it already.
    }
  });
  expect(await desk.page.evaluate(() => 'ran' in window)).toBe(false);
});

test('every write of the console is one that these tests know', async ({ desk, samples }) => {
  // If a seventh deed appears on an order, the tables of these specs have to grow with it.
  await desk.signInAt('admin', pick(samples.byStatus['16']));
  const known = [...DEEDS.map(({ button }) => button), /^Edit draft…$/, /^Delete draft…$/];
  const open = (await desk.actions.locator('.row').locator('button, a').allInnerTexts()).map((label) => label.replace('…', '').trim());
  const shown = [...open, ...(await desk.closedActions()).keys()];
  for (const label of shown) expect(known.some((pattern) => pattern.test(`${label}…`)), label).toBe(true);
  expect(shown).toHaveLength(known.length);
});
