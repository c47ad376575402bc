// The support bundle has every item of `support/checklist` (docs/sources.md), for every failure, and never a token or a secret.

import type { Locator } from '@playwright/test';
import { CLIENT, type Desk, deed, queuePath } from './support/desk';
import { expect, pick, test } from './support/test';
import type { Wire } from './support/wire';

const ISO = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z`;
const SECRETS = ['hunter2hunter2', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', '4111 1111 1111 1111', '4111-1111-1111-1111'];

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** One click: what stands in the clipboard then, which is what the details show. */
async function copied(desk: Desk, within: Locator): Promise<string> {
  const shown = await desk.bundle(within);
  await within.locator('details.bundle summary').click();
  await within.getByRole('button', { name: 'Copy support details' }).click();
  await expect(within.getByRole('button', { name: 'Copied' })).toBeVisible();
  const text = await desk.page.evaluate(() => navigator.clipboard.readText());
  expect(text.trim()).toBe(shown.trim());
  return text;
}

function free(text: string, wire: Wire): void {
  expect(wire.tokens.size, 'tokens were seen on the wire').toBeGreaterThan(0);
  for (const secret of [...wire.tokens, ...SECRETS]) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/Bearer\s+(?!\[removed\])\S/);
}

test('of a write in doubt: every item, while it is checked and when it is judged', async ({ desk, sandbox, samples, wire }) => {
  await sandbox.settings({ settleWindowMs: 3_000 });
  const order = pick(samples.byStatus['16']);
  const { orderNumber } = await sandbox.order(CLIENT, order.id);
  await desk.signInAt('operations', order);
  await sandbox.answer('assignVendor', 500, { code: 'internal', detail: 'Boom.', correlationId: 'corr-12345678' });
  await desk.do(deed('assignVendor'));
  await expect(desk.verifying.locator('details.bundle')).toBeVisible();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done');
  const text = await copied(desk, desk.outcome);
  for (const item of [
    `Client ID: ${CLIENT}`,
    `Order ID: ${order.id}`,
    `Order number: ${orderNumber}`,
    /User: Olivia Grant \(usr-operations\)/,
    new RegExp(`Timestamp \\(UTC\\): ${ISO}`),
    /Time zone: America\/Chicago/,
    /Operation: assigning the vendor/,
    `Endpoint: POST /api/clients/${CLIENT}/loans/${order.loanId}/orders/${order.id}/assign`,
    /HTTP status: 500/,
    /Message: \S+/,
    /Correlation ID: \S{8,}/,
    /Attempt ID: [0-9a-f-]{36}/,
    /Retried by the user: no/,
    /Order now: Unassigned, version \d+/,
    new RegExp(`Order history now, newest first:[\\s\\S]*${ISO} activated by .+ \\(evt-`),
  ]) {
    if (typeof item === 'string') expect(text).toContain(item);
    else expect(text).toMatch(item);
  }
  const [sent] = wire.sent('assignVendor');
  expect(text).toContain(sent?.headers['idempotency-key'] ?? 'no key was sent');
  free(text, wire);
});

test('it tells that the user retried', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.drafts.complete);
  await desk.signInAt('operations', order);
  await sandbox.answer('activateOrder', 400, { code: 'business_rule', detail: 'The loan is locked.' }, { count: 2 });
  await desk.do(deed('activateOrder'));
  await expect(desk.outcome).toContainText('The loan is locked.');
  expect(await desk.bundle(desk.outcome)).toContain('Retried by the user: no');
  await desk.outcome.getByRole('button', { name: /^Activate…$/ }).click();
  await desk.dialog.locator('.dialog-foot').getByRole('button', { name: /^Activate$/ }).click();
  await expect.poll(async () => (await sandbox.left()).length).toBe(0);
  await expect(desk.dialog).toHaveCount(0);
  await expect(desk.outcome).toContainText('The loan is locked.');
  expect(await desk.bundle(desk.outcome)).toMatch(/Retried by the user: yes/);
});

test('of a read: client, user, time, endpoint, status, correlation', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations', queuePath('?search=secret-borrower'));
  await expect(desk.page.getByRole('heading', { name: 'No orders match' })).toBeVisible();
  await sandbox.answer('listOrders', 403, { code: 'forbidden', detail: 'No.' });
  await desk.page.getByRole('button', { name: 'Read again' }).click();
  const text = await copied(desk, desk.page.locator('.queue-main'));
  for (const item of [`Client ID: ${CLIENT}`, 'usr-operations', 'Time zone: America/Chicago', `Endpoint: GET /api/clients/${CLIENT}/orders`, 'HTTP status: 403', 'Operation: ']) expect(text).toContain(item);
  expect(text).toMatch(new RegExp(`Timestamp \\(UTC\\): ${ISO}`));
  expect(text, 'what was searched for is nobody’s business').not.toContain('secret-borrower');
  free(text, wire);
});

test('of an order that cannot be read: the order’s id', async ({ desk, wire }) => {
  await desk.signIn('operations', `/c/${CLIENT}/orders/ord-999999`);
  await expect(desk.page.getByRole('alert')).toBeVisible();
  const text = await copied(desk, desk.page.locator('main'));
  expect(text).toContain('Order ID: ord-999999');
  expect(text).toContain('HTTP status: 404');
  free(text, wire);
});

test('of a crash after an attempt: the last attempt’s facts, also after a reload and a second crash', async ({ desk, samples, wire }) => {
  const order = pick(samples.byStatus['10']);
  await desk.signInAt('operations', order);
  await desk.do(deed('holdOrder'));
  await expect(desk.toast).toBeVisible();
  for (const round of [1, 2]) {
    await desk.page.evaluate(() => (window as unknown as { omnival: { crashed(text: string): void } }).omnival.crashed('panicked: token=hunter2hunter2'));
    const crash = desk.page.getByRole('alert').filter({ hasText: 'The console stopped working' });
    await crash.getByRole('button', { name: 'Copy support details' }).click();
    await expect(crash.getByRole('button', { name: 'Copied' })).toBeVisible();
    const text = await desk.page.evaluate(() => navigator.clipboard.readText());
    for (const item of [`Client ID: ${CLIENT}`, `Order ID: ${order.id}`, 'Olivia Grant', 'Operation: putting the order on hold', 'Endpoint: POST ', 'America/Chicago', 'Correlation ID: ']) expect(text, `round ${round}`).toContain(item);
    for (const token of wire.tokens) expect(text).not.toContain(token);
    if (round === 1) {
      await crash.getByRole('button', { name: 'Reload' }).click();
      await desk.settled();
    }
  }
});

test('secrets in a server’s words reach neither the page nor the bundle', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.drafts.complete);
  await desk.signInAt('operations', order);
  const [token] = [...wire.tokens];
  const detail = `Refused: Bearer ${token} and password=hunter2hunter2, card 4111-1111-1111-1111, ${SECRETS[1]}.`;
  await sandbox.answer('activateOrder', 400, { code: 'business_rule', detail, errors: [{ field: 'x', message: `token ${token}` }] });
  await desk.do(deed('activateOrder'));
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  free(await copied(desk, desk.outcome), wire);
  free(await desk.page.locator('body').innerText(), wire);
});

test('of a refused write: also what the order and its history show now', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.byStatus['16']);
  await desk.signInAt('operations', order);
  await sandbox.answer('assignVendor', 400, { code: 'vendor_not_eligible', detail: 'x' });
  await desk.do(deed('assignVendor'));
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  await expect(async () => {
    const text = await desk.bundle(desk.outcome);
    expect(text).toMatch(/Order now: Unassigned, version \d+/);
    expect(text).toMatch(new RegExp(`Order history now, newest first:[\\s\\S]*${ISO} activated by`));
    expect(text).toContain('HTTP status: 400');
    free(text, wire);
  }).toPass({ timeout: 5_000 });
});

test('where copying is refused, it says so, and the text can be selected', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.drafts.complete);
  await desk.signInAt('operations', order);
  await sandbox.answer('activateOrder', 400, { code: 'business_rule', detail: 'Locked.' });
  await desk.do(deed('activateOrder'));
  await desk.outcome.locator('details.bundle summary').click();
  await desk.page.evaluate(() => {
    Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject(new DOMException('no', 'NotAllowedError')) });
    document.execCommand = () => false;
  });
  await desk.outcome.getByRole('button', { name: 'Copy support details' }).click();
  await expect(desk.outcome.getByRole('button', { name: /Not copied: select it/ })).toBeVisible();
  await expect(desk.outcome.locator('pre')).toBeVisible();
});
