// Six roles, one console: what a role may not do is explained, never merely absent, and what the console does not know it only reads.

import { CLIENT, VENDOR, orderPath, queuePath } from './support/desk';
import { STEPS, part, prepare } from './support/steps';
import { expect, pick, test } from './support/test';

const DRAFT = ['Edit draft', 'Activate', 'Delete draft'];
const UNASSIGNED = ['Assign vendor', 'Put on hold', 'Cancel order'];
const HELD = ['Reactivate', 'Cancel order'];

interface Role {
  readonly username: string;
  readonly draft: string[];
  readonly unassigned: string[];
  readonly held: string[];
}

const ROLES: readonly Role[] = [
  { username: 'admin', draft: DRAFT, unassigned: UNASSIGNED, held: HELD },
  { username: 'operations', draft: DRAFT, unassigned: UNASSIGNED, held: HELD },
  { username: 'client', draft: DRAFT, unassigned: ['Put on hold', 'Cancel order'], held: HELD },
  { username: 'finance', draft: [], unassigned: [], held: [] },
  { username: 'qc', draft: [], unassigned: [], held: [] },
];

for (const { username, ...may } of ROLES) {
  test(`${username}: what may be done is offered, and the rest says why not`, async ({ desk, samples }) => {
    const cases = [
      { order: pick(samples.drafts.complete), open: may.draft, all: DRAFT },
      { order: pick(samples.byStatus['16']), open: may.unassigned, all: UNASSIGNED },
      { order: pick(samples.byStatus['9']), open: may.held, all: HELD },
    ];
    await desk.signIn(username);
    for (const { order, open, all } of cases) {
      await desk.open(order);
      expect(await desk.openActions()).toEqual(open);
      const closed = await desk.closedActions();
      expect(open.length + closed.size, 'every action is either open or explained').toBe(7);
      for (const action of all.filter((label) => !open.includes(label))) {
        expect(closed.get(action), action).toMatch(new RegExp(`^Your role \\(${username}\\) does not include “orders\\.\\w+”\\. Ask an administrator`));
      }
      for (const reason of closed.values()) expect(reason.length).toBeGreaterThan(20);
    }
    const link = desk.page.getByRole('link', { name: 'New order' });
    await desk.page.goto(queuePath());
    await expect(desk.rows.first()).toBeVisible();
    await expect(link).toHaveCount(may.draft.length > 0 ? 1 : 0);
    if (may.draft.length === 0) {
      await desk.page.goto(`${queuePath()}/new`);
      await expect(desk.page.getByRole('heading', { name: 'Creating orders is not part of your role' })).toBeVisible();
    }
  });
}

test('vendor: sees only its own orders, may change none of them here, and another’s is not there', async ({ desk, sandbox, samples }) => {
  await desk.signIn('vendor', queuePath());
  await expect(desk.rows.first()).toBeVisible();
  const vendors = await desk.rows.locator('.c-vendor').allTextContents();
  const [own] = vendors;
  expect(new Set(vendors), 'one vendor').toEqual(new Set([own]));
  await desk.rows.first().getByRole('link').click();
  await desk.settled();
  expect(await desk.openActions()).toEqual([]);
  const orders = await Promise.all((samples.byStatus['3'] ?? []).map(({ id }) => sandbox.order(CLIENT, id)));
  const other = orders.find((order) => order.vendor?.name !== own);
  if (!other) throw new Error('the seed holds no other vendor’s order');
  await desk.page.goto(orderPath(other.id));
  await expect(desk.page.getByRole('alert')).toContainText('it does not exist, or it is not visible to you');
});

test('client: another client’s queue is not there, and says so', async ({ desk }) => {
  await desk.signIn('client3', queuePath());
  await expect(desk.page.getByRole('alert')).toContainText('it does not exist, or it is not visible to you');
});

test('a status that the console does not know is shown as it is, and only read', async ({ desk, sandbox, samples }) => {
  const sample = pick(samples.byStatus['10']);
  const order = await sandbox.order(CLIENT, sample.id);
  const body = JSON.stringify({ ...order, statusCode: 77 });
  await sandbox.arm('getOrderById', { kind: 'answer', when: 'before', status: 200, body, contentType: 'application/json' });
  await desk.signIn('operations', orderPath(sample.id));
  await desk.settled();
  await expect(desk.status).toContainText('77');
  expect(await desk.openActions()).toEqual([]);
  const closed = await desk.closedActions();
  expect(closed.size).toBe(7);
  for (const reason of closed.values()) expect(reason).toContain('a status that the console does not know (77)');
});

test('members that the console does not know harm nothing, in the order and in the queue', async ({ desk, sandbox, samples }) => {
  const sample = pick(samples.byStatus['10']);
  const order = await sandbox.order(CLIENT, sample.id);
  const strange = { ...order, tomorrow: { nested: [1, null, 'x'] }, contacts: [{ role: 'astrologer', name: 'New Role', email: null, phone: null, sign: 'leo' }] };
  await sandbox.arm('getOrderById', { kind: 'answer', when: 'before', status: 200, body: JSON.stringify(strange), contentType: 'application/json' });
  await desk.signIn('operations', orderPath(sample.id));
  await desk.settled();
  await expect(desk.page.locator('main')).toContainText('Astrologer');
  expect(await desk.openActions()).toContain('Put on hold');
});

test('what the role may not do is refused by the platform too', async ({ desk, sandbox, samples, wire }) => {
  // The console believes the permissions that it was given; here the platform has changed its mind since.
  const order = pick(samples.byStatus['10']);
  await desk.signInAt('operations', order);
  await sandbox.answer('holdOrder', 403, { code: 'forbidden', detail: 'Your role was changed.' });
  await desk.action(/^Put on hold…$/).click();
  await desk.dialog.getByRole('textbox', { name: 'Reason' }).fill('A good reason');
  await desk.dialog.locator('.dialog-foot').getByRole('button', { name: 'Put on hold' }).click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  await expect(desk.outcome).toContainText('Ask an administrator');
  expect(wire.sent('holdOrder')).toHaveLength(1);
  expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toEqual([]);
});

test('vendor: does its own part of the work, and nothing else is asked for or shown', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.byStatus['16']);
  const refused: string[] = [];
  desk.page.on('response', (response) => {
    if (response.status() === 403) refused.push(response.url());
  });
  await sandbox.act('operations', 'assignVendor', order.id, { vendorId: VENDOR });
  await desk.signInAt('vendor', order);
  const rooms = desk.page.locator('section.room h2');
  await expect(rooms).toHaveText(['Vendor', 'Inspection', 'Report and documents', 'Terms and notes']);
  const accept = STEPS.find(({ operation, button }) => operation === 'updateOrderStatus' && button.startsWith('Vendor accepts'))!;
  await (await prepare(desk.page, accept)).click();
  await expect(desk.toast).toContainText(accept.done);
  await part(desk.page, 'Report and documents');
  await expect(desk.page.getByRole('button', { name: 'Schedule inspection…' })).toBeVisible();
  expect(await sandbox.ledger({ orderId: order.id, operation: 'updateOrderStatus' })).toHaveLength(1);
  expect(refused).toEqual([]);
});
