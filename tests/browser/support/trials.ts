// Every write that has a screen and is sent once, as one table: how to come to its last press, and how its end is read off the
// screen by a page that did not press it.

import { type Page, expect } from '@playwright/test';
import { CLIENT, DEEDS, type Deed, Desk, VENDOR, deed, orderPath, queuePath } from './desk';
import type { Operation, Sample, Sandbox, Samples } from './sandbox';
import { start } from './test';

export interface Stage {
  readonly desk: Desk;
  readonly sandbox: Sandbox;
  readonly samples: Samples;
}

/** What the ledger is asked for, and where the end is shown. */
export interface Begun {
  readonly effects: { readonly operation: Operation; readonly orderId?: string };
  readonly path: string;
}

export interface Trial {
  readonly name: string;
  readonly operation: Operation;
  /** The record without which nothing is concluded. */
  readonly read: Operation;
  /** Goes, signed in, to where it is pressed. */
  approach(stage: Stage, signIn: (at: string) => Promise<void>): Promise<Begun>;
  /** Up to the last press; what is answered is that press. */
  prepare(desk: Desk): Promise<() => Promise<void>>;
  /** The page that took it up says that it was carried out. */
  seenDone(desk: Desk): Promise<void>;
  /** It says that it was not, and offers it again. */
  seenNotDone(desk: Desk): Promise<void>;
}

function onOrder(name: string, what: Deed, choose: (stage: Stage) => Promise<Sample>): Trial {
  return {
    name,
    operation: what.operation,
    read: 'listHistory',
    async approach(stage, signIn) {
      const order = await choose(stage);
      await signIn(orderPath(order.id));
      await stage.desk.settled();
      return { effects: { operation: what.operation, orderId: order.id }, path: orderPath(order.id) };
    },
    async prepare(desk) {
      const confirm = await desk.prepare(what);
      return () => confirm.click();
    },
    async seenDone(desk) {
      await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
      await expect(desk.outcome).toHaveAttribute('data-operation', what.operation);
      await expect(desk.outcome).toContainText(what.done);
      await expect(desk.outcome).toContainText('do not repeat it');
    },
    async seenNotDone(desk) {
      await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done');
      await expect(desk.outcome).toHaveAttribute('data-operation', what.operation);
      await expect(desk.outcome).toContainText(what.notDone);
      await expect(desk.outcome).toContainText('You can try again now');
      await expect(desk.action(what.button), 'the button is back').toBeVisible();
    },
  };
}

/** An order at work whose vendor is another than the one that it is given to. */
async function withAnotherVendor({ sandbox, samples }: Stage): Promise<Sample> {
  for (const sample of samples.byStatus['10'] ?? []) {
    const { vendor } = await sandbox.order(CLIENT, sample.id);
    if (vendor && vendor.id !== VENDOR) return sample;
  }
  throw new Error('the seed has no order at work with another vendor');
}

const createButton = (page: Page) => page.getByRole('button', { name: 'Create draft' });

const CREATE: Trial = {
  name: 'createDraft',
  operation: 'createDraft',
  read: 'listLoanOrders',
  async approach({ desk }, signIn) {
    await signIn(queuePath());
    await desk.fillDraft();
    return { effects: { operation: 'createDraft' }, path: `${queuePath()}/new` };
  },
  prepare: async (desk) => () => desk.create(),
  async seenDone(desk) {
    // On the form, or on the draft itself where the form was still waiting for it.
    const told = desk.outcome.filter({ hasText: 'The draft was created' }).and(desk.page.locator('[data-verdict="done"]'));
    await expect(desk.page.getByText('This draft was created already.').or(told).first()).toBeVisible();
    await expect(desk.page.getByRole('button', { name: 'Create draft', disabled: false }), 'it is not offered again').toHaveCount(0);
  },
  async seenNotDone(desk) {
    await expect(desk.page.getByRole('alert').filter({ hasText: 'The draft was not created' })).toBeVisible();
    await expect(createButton(desk.page), 'the button is back').toBeEnabled();
  },
};

const REASSIGN: Deed = { ...deed('assignVendor'), from: '10' };

export const TRIALS: readonly Trial[] = [
  ...DEEDS.map((what) => onOrder(what.operation, what, async ({ samples }) => start(samples, what))),
  onOrder('assignVendor, to another vendor', REASSIGN, withAnotherVendor),
  CREATE,
];
