// Every face of the console, one after the other, for promises that hold on all of them. Each scene leaves the page as it is to be
// looked at, with nothing moving any more.

import { expect } from '@playwright/test';
import { CLIENT, type Desk, deed, orderPath, queuePath } from './desk';
import { type Sample, type Samples, Sandbox } from './sandbox';
import { STEPS, part, prepare } from './steps';
import { pick } from './test';

export interface Stage {
  readonly desk: Desk;
  readonly sandbox: Sandbox;
  readonly samples: Samples;
}

export interface Scene {
  readonly name: string;
  show(stage: Stage): Promise<void>;
}

const NEVER_MS = 600_000;

async function refused({ desk, sandbox, samples }: Stage): Promise<void> {
  await desk.signInAt('operations', pick(samples.byStatus['16']));
  await sandbox.answer('assignVendor', 400, { code: 'vendor_not_eligible', detail: 'x' });
  await desk.do(deed('assignVendor'));
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  await desk.outcome.locator('details.bundle summary').click();
}

async function conflict({ desk, sandbox, samples }: Stage): Promise<void> {
  const order = pick(samples.byStatus['16']);
  await desk.signInAt('operations', order);
  await sandbox.arm('assignVendor', { kind: 'otherUserMoves', move: 'hold' });
  await desk.do(deed('assignVendor'));
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'moved');
}

async function verifying({ desk, sandbox, samples }: Stage): Promise<void> {
  await sandbox.settings({ settleWindowMs: NEVER_MS });
  await desk.signInAt('operations', pick(samples.byStatus['16']));
  await sandbox.lose('assignVendor', 'before');
  await desk.do(deed('assignVendor'));
  await expect(desk.verifying).toBeVisible();
}

const dialog = (name: string, status: string | null, button: RegExp): Scene => ({
  name: `dialog: ${name}`,
  async show({ desk, samples }) {
    await desk.signInAt('operations', pick(status === null ? samples.drafts.charged : samples.byStatus[status]));
    await desk.action(button).click();
    await expect(desk.dialog.locator('.dialog-foot')).toBeVisible();
    await expect(desk.dialog.locator('.skel')).toHaveCount(0);
  },
});

const order = (name: string, status: string): Scene => ({
  name: `order: ${name}`,
  async show({ desk, samples }) {
    await desk.signInAt('operations', pick(samples.byStatus[status]));
    await desk.actions.locator('details summary').click();
  },
});

/** Every part of the work open at once, and the life of the order drawn. */
const work = (name: string, sample: (samples: Samples) => Sample): Scene => ({
  name: `order: ${name}, every part open`,
  async show({ desk, samples }) {
    await desk.signInAt('admin', sample(samples));
    const closed = desk.page.locator('.room h2 button[aria-expanded="false"]');
    while ((await closed.count()) > 0) await closed.first().click();
    await desk.page.locator('main details:not([open]) > summary').first().click();
    await expect(desk.page.locator('main .skel')).toHaveCount(0);
  },
});

/** The dialog of a step, filled in. */
const step = (operation: string): Scene => ({
  name: `dialog: ${operation}`,
  async show({ desk, sandbox, samples }) {
    const step = pick(STEPS.filter((step) => step.operation === operation));
    const order = step.order(samples);
    await step.ready?.(sandbox, order);
    await desk.signInAt('admin', order);
    await prepare(desk.page, step);
  },
});

export const SCENES: readonly Scene[] = [
  {
    name: 'sign-in, refused',
    async show({ desk }) {
      await desk.page.goto('/');
      await desk.enter(desk.page.locator('main.signin'), 'operations', 'wrong');
      await expect(desk.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'queue',
    async show({ desk }) {
      await desk.signIn('operations', queuePath());
      await expect(desk.rows.first()).toBeVisible();
    },
  },
  {
    name: 'queue, nothing matches',
    async show({ desk }) {
      await desk.signIn('operations', queuePath('?search=nothing-like-this&status=9'));
      await expect(desk.page.getByRole('heading', { name: 'No orders match' })).toBeVisible();
    },
  },
  {
    name: 'queue, failed, with the pause of a 429',
    async show({ desk, sandbox }) {
      await desk.signIn('operations', queuePath());
      await expect(desk.rows.first()).toBeVisible();
      await sandbox.answer('listOrders', 403, { code: 'forbidden', detail: 'x' });
      await desk.page.getByRole('button', { name: 'Read again' }).click();
      await expect(desk.page.getByRole('alert')).toBeVisible();
      await sandbox.answer('listOrders', 429, { code: 'too_many_requests', detail: 'x' }, { headers: { 'retry-after': '59' } });
      await desk.page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
      await expect(desk.banner).toBeVisible();
    },
  },
  order('draft, with the reasons why not', 'draft'),
  order('at work', '14'),
  order('on hold', '9'),
  order('completed', '6'),
  order('cancelled', '8'),
  work('with an offer to answer', (samples) => pick(samples.byStatus['4'], 1)),
  work('in quality control', (samples) => pick(samples.byStatus['11'])),
  work('accepted and delivered', (samples) => pick(samples.accepted?.delivered)),
  work('with a reconsideration of value', (samples) => pick(samples.byStatus['18'])),
  {
    name: 'order: a report shown in the page',
    async show({ desk, samples }) {
      await desk.signInAt('admin', pick(samples.byStatus['11']));
      const room = await part(desk.page, 'Report and documents');
      await room.getByRole('button', { name: /^Show version/ }).first().click();
      await expect(room.locator('iframe')).toBeVisible();
    },
  },
  ...['submitReport', 'requestRevision', 'overrideUcdpHardStops', 'collectPayment', 'counterConditions'].map(step),
  {
    name: 'queue, with something unread and an attempt without a known end',
    async show({ desk, sandbox, samples }) {
      await sandbox.settings({ settleWindowMs: 300 });
      await desk.signInAt('operations', pick(samples.byStatus['10']));
      await sandbox.lose('holdOrder', 'after');
      await sandbox.answer('listHistory', 403, { code: 'forbidden', detail: 'x' }, { count: 10_000 });
      await desk.do(deed('holdOrder'));
      await expect(desk.verifying).toBeVisible();
      await desk.toQueue();
      await expect(desk.page.locator('[data-unread]')).toBeVisible();
      await desk.tray.locator('summary').click();
    },
  },
  {
    name: 'order that is not there',
    async show({ desk }) {
      await desk.signIn('operations', orderPath('ord-999999'));
      await expect(desk.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'new order, with every error',
    async show({ desk }) {
      await desk.signIn('operations', `${queuePath()}/new`);
      await expect(desk.page.getByRole('list', { name: 'Loans' }).getByRole('button').first()).toBeVisible();
      await desk.create();
      await expect(desk.page.locator('#error-summary')).toBeVisible();
    },
  },
  {
    name: 'new order, complete',
    async show({ desk }) {
      await desk.signIn('operations');
      await desk.fillDraft();
      await expect(desk.page.locator('main')).toContainText('No other order of this loan or at this address');
    },
  },
  {
    name: 'edit draft, with an overlap',
    async show({ desk, sandbox, samples }) {
      const { id } = pick(samples.drafts.complete);
      await desk.signIn('operations', `${orderPath(id)}/edit`);
      await desk.field('specialInstructions').fill('Mine.');
      const { product, dueDate } = (await sandbox.order(CLIENT, id)) as unknown as { product: { id: string }; dueDate: string };
      await sandbox.act('admin', 'saveDraftConditions', id, { productId: product.id, dueDate, specialInstructions: 'Theirs.' });
      await desk.page.getByRole('button', { name: 'Save draft' }).click();
      await expect(desk.page.getByRole('alert').filter({ hasText: 'Theirs.' })).toBeVisible();
    },
  },
  dialog('activate, with a charge', null, /^Activate…$/),
  dialog('delete', null, /^Delete draft…$/),
  dialog('assign', '16', /^Assign vendor…$/),
  dialog('hold', '10', /^Put on hold…$/),
  dialog('reactivate', '9', /^Reactivate…$/),
  dialog('cancel', '10', /^Cancel order…$/),
  {
    name: 'dialog: sign in again',
    async show({ desk, sandbox, samples }) {
      await desk.signInAt('operations', pick(samples.byStatus['10']));
      await sandbox.arm('getOrder', { kind: 'revokeSession' });
      await desk.history.getByRole('button', { name: 'Read order and history again' }).click();
      await expect(desk.signInAgain).toBeVisible();
    },
  },
  { name: 'outcome: refused, with its bundle', show: refused },
  { name: 'outcome: conflict', show: conflict },
  { name: 'outcome: being checked', show: verifying },
  {
    name: 'outcome: done after all',
    async show({ desk, sandbox, samples }) {
      await desk.signInAt('operations', pick(samples.byStatus['16']));
      await sandbox.lose('assignVendor', 'after');
      await desk.do(deed('assignVendor'));
      await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
    },
  },
  {
    name: 'no such page',
    async show({ desk }) {
      await desk.signIn('operations', `${queuePath()}/ord-1/no-such-part`);
      await expect(desk.page.getByRole('heading', { name: 'No such page' })).toBeVisible();
    },
  },
  {
    name: 'not set up',
    async show({ desk }) {
      await desk.page.route('**/config.json', (route) => route.fulfill({ json: { apiBase: 1 } }));
      await desk.page.goto('/');
      await expect(desk.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'crash',
    async show({ desk, samples }) {
      await desk.signInAt('operations', pick(samples.byStatus['10']));
      await desk.page.evaluate(() => (window as unknown as { omnival: { crashed(text: string): void } }).omnival.crashed('for the picture'));
      const crash = desk.page.getByRole('alert').filter({ hasText: 'The console stopped working' });
      await crash.locator('summary').click();
      await expect(crash.locator('pre')).toBeVisible();
    },
  },
];
