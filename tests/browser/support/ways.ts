// The way of an order from its draft to its completion, in legs from which every whole way is put together. A leg is walked on the
// screen alone, by whatever hand, and knows what the ledger has to hold of it.

import type { Locator } from '@playwright/test';
import { CLIENT, type Desk, FORM, VENDOR, deed, queuePath } from './desk';
import type { Hand } from './hands';
import type { OrderWrite, Sample, Sandbox, Samples, Settings } from './sandbox';
import { STEPS, type Step, pdf } from './steps';
import { expect, test } from './test';
import type { Wire } from './wire';

/** The page looks every few seconds. */
const WATCHED_MS = 30_000;

export interface Road {
  readonly desk: Desk;
  readonly sandbox: Sandbox;
  readonly hand: Hand;
  /** The number of the loan that is appraised. */
  readonly loan: string;
  /** The order, once its draft is there. */
  order: string;
}

export interface Leg {
  readonly name: string;
  /** What the ledger holds of it, in this order. */
  readonly effects: readonly string[];
  /** The step of a part that it is, if it is one. */
  readonly step?: Step;
  walk(road: Road): Promise<void>;
}

/** A loan of this kind that is billed in the end; what was ordered for it before came to nothing. */
export async function loanOf(kind: 'conventional' | 'fha' | 'va', sandbox: Sandbox, samples: Samples): Promise<string> {
  const idle: Sample[] = ['8', '7', 'draft', '16', '9'].flatMap((status) => samples.byStatus[status] ?? []);
  for (const { id } of idle) {
    const { loan, payment } = (await sandbox.order(CLIENT, id)) as unknown as { loan: { number: string; type: string }; payment: { scenario: string } | null };
    if (loan.type === kind && payment?.scenario === 'invoice') return loan.number;
  }
  throw new Error(`the seed has no idle ${kind} loan that is billed in the end`);
}

export const draft: Leg = {
  name: 'a draft is written and created',
  effects: ['createDraft'],
  async walk(road) {
    const { desk, hand, loan } = road;
    await hand.press(desk.page.getByRole('link', { name: 'New order' }));
    await hand.type(desk.field('loanId'), loan);
    await hand.press(desk.page.getByRole('list', { name: 'Loans' }).getByRole('button').filter({ hasText: loan }));
    const product = desk.field('productId');
    await hand.select(product, await product.locator('option:enabled').first().innerText());
    for (const [path, text] of Object.entries(FORM).filter(([path]) => path.startsWith('property'))) await hand.type(desk.field(path), text);
    await hand.select(desk.field('property.type'), await desk.field('property.type').locator('option[value="condo"]').innerText());
    for (const [path, text] of Object.entries(FORM).filter(([path]) => !path.startsWith('property'))) await hand.type(desk.field(path), text);
    await hand.press(desk.page.getByRole('button', { name: 'Create draft' }));
    await desk.settled();
    await expect(desk.toast).toContainText('The draft was created');
    road.order = new URL(desk.page.url()).pathname.split('/').at(-1) ?? '';
  },
};

/** A deed of the order's head. `fill` is what its dialog asks for. */
function act(operation: OrderWrite, status: string, fill: (road: Road) => Promise<void> = async () => {}): Leg {
  const what = deed(operation);
  return {
    name: operation,
    effects: [operation],
    async walk(road) {
      const { desk, hand } = road;
      await hand.press(desk.action(what.button));
      await fill(road);
      await hand.press(desk.dialog.locator('.dialog-foot').getByRole('button', { name: what.confirm }));
      await expect(desk.toast).toContainText(what.done);
      await expect(desk.status).toHaveText(status);
    },
  };
}

export const activate = act('activateOrder', 'Unassigned');

export const assign = act('assignVendor', 'Assigned', ({ desk, hand }) => hand.tick(desk.dialog.locator(`#vendor-${VENDOR}`)));

/** Somebody who has not declined. */
export const assignAnother: Leg = {
  ...act('assignVendor', 'Assigned', async ({ desk, hand }) => {
    await expect(desk.dialog.locator(`#vendor-${VENDOR}`), 'who declined is not offered again').toBeDisabled();
    await hand.tick(desk.dialog.getByRole('radio').and(desk.dialog.locator(':enabled')).first());
  }),
  name: 'assignVendor, another one',
};

function roomOf({ desk }: Road, name: string): Locator {
  return desk.page.locator('section.room').filter({ has: desk.page.locator('h2', { hasText: new RegExp(`^${name}$`) }) });
}

/** The part of the page, opened. */
async function room(road: Road, name: string): Promise<Locator> {
  const { hand } = road;
  const part = roomOf(road, name);
  const head = part.locator('h2 button');
  if ((await head.getAttribute('aria-expanded')) !== 'true') await hand.press(head);
  await expect(part.locator('.room-body')).toBeVisible();
  return part;
}

type Asked = Pick<Step, 'fields' | 'choices' | 'files'>;

/** A step of a part, by its button, and the status in which it leaves the order. `asked` takes the place of what the step's own table says. */
export function step(button: string, status: string, asked: Asked & { operation?: string; then?: readonly string[] } = {}): Leg {
  const { operation, then = [], ...given } = asked;
  const known = STEPS.find((one) => one.button === button && one.operation === (operation ?? one.operation));
  if (!known) throw new Error(`no step is called ${button}`);
  const what = { ...known, ...given };
  return {
    name: `${what.operation} (${button})`,
    effects: [what.operation, ...then],
    step: known,
    async walk(road) {
      const { desk, hand } = road;
      await hand.press((await room(road, what.part)).getByRole('button', { name: button, exact: true }));
      for (const [name, label] of Object.entries(what.choices ?? {})) await hand.select(desk.field(name), label);
      for (const [name, text] of Object.entries(what.fields ?? {})) await hand.type(desk.field(name), text);
      for (const [name, file] of Object.entries(what.files ?? {})) await hand.give(desk.field(name), file);
      if (what.operation === 'scheduleInspection') await hand.tick(desk.dialog.getByRole('radio').first());
      await hand.press(desk.dialog.locator('.dialog-foot').getByRole('button', { name: what.confirm, exact: true }));
      await expect(desk.toast).toContainText(what.done);
      await expect(desk.status).toHaveText(status);
    },
  };
}

/** The vendor hands in a version of the report, each another file. */
export function report(version: number): Leg {
  return step('Submit report…', 'Report submitted', { files: { file: pdf(`Appraisal v${version}.pdf`, `Version ${version} of the report.`) } });
}

function before(leg: Leg, walk: Leg['walk']): Leg {
  return { ...leg, walk: async (road) => (await walk(road), leg.walk(road)) };
}

function after(leg: Leg, walk: Leg['walk']): Leg {
  return { ...leg, walk: async (road) => (await leg.walk(road), walk(road)) };
}

/** What the world does from here on, beside the operator. */
export function from(settings: Partial<Settings>, leg: Leg): Leg {
  return before(leg, async ({ sandbox }) => void (await sandbox.settings(settings)));
}

/** The check ends by itself, and the page watches until it has. */
export const crossCheck: Leg = after(step('Run CrossCheck…', 'Report submitted', { then: ['automation:crosscheckEnds'] }), async (road) => {
  const runs = (await room(road, 'Report and QC')).locator('.record-list').filter({ has: road.desk.page.getByRole('heading', { name: 'CrossCheck', exact: true }) });
  await expect(runs.locator('.records li').first()).toContainText('Completed');
});

/** The appraisal goes to its portal, and the page watches until the result is there. */
export function submission(operation: 'submitToUcdp' | 'submitToEad', result: string): Leg {
  return watched(step('Submit…', 'Report accepted', { operation, then: ['automation:portalStarts', 'automation:portalAnswers'] }), result);
}

export function override(operation: 'overrideUcdpHardStops' | 'overrideEadHardStops', result: string): Leg {
  return watched(step('Override findings…', 'Report accepted', { operation, then: ['automation:portalAnswers'] }), result);
}

function watched(leg: Leg, result: string): Leg {
  const seen = after(leg, async (road) => {
    // The order is read again with the result: there is something to override, or nothing is left to do here.
    const part = roomOf(road, 'Agency submission');
    if (result === 'Not successful') await expect(part.getByRole('button', { name: 'Override findings…' })).toBeVisible({ timeout: WATCHED_MS });
    else await expect(part).not.toHaveAttribute('data-turn', { timeout: WATCHED_MS });
    await expect((await room(road, 'Agency submission')).locator('.records').first().locator('li').first()).toContainText(result);
  });
  return { ...seen, name: `${leg.name}: ${result}` };
}

/** From a hard stop, by the page's own lead, to the request that it has written. */
export const correction: Leg = before(step('Client revision…', 'Revision requested by client', { fields: {} }), (road) =>
  road.hand.press(roomOf(road, 'Agency submission').getByRole('button', { name: 'Go to the revision request' })),
);

/** From the queue to the end: walked, and judged by the wire, the ledger, and the order as the platform has it. */
export async function walk(legs: readonly Leg[], road: Omit<Road, 'order'>, wire: Wire): Promise<void> {
  const { desk, sandbox } = road;
  const here: Road = { ...road, order: '' };
  for (const leg of legs) await test.step(leg.name, () => leg.walk(here));
  await expect(desk.status).toHaveText('Completed');
  const all = legs.flatMap((leg) => leg.effects);
  const sent = wire.exchanges.filter(({ method, path }) => method !== 'GET' && path.includes('/loans/'));
  expect(sent.map(({ operation }) => operation), 'each step sent once, in this order').toEqual(all.filter((effect) => !effect.startsWith('automation:')));
  const effects = await sandbox.ledger({ orderId: here.order });
  expect(effects.map(({ operation }) => operation), 'and carried out once').toEqual(all);
  expect(await sandbox.order(CLIENT, here.order)).toMatchObject({ statusCode: 6 });
}

/** Signed in, before the order list. */
export const START = queuePath();
