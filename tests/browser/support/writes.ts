// Every write on an order that is sent once, or guarded, and has a screen: the deeds of its head and the steps of its parts, as one
// table. Each knows how it is opened, typed and pressed, how it is spoken of, and what a colleague does who is quicker.

import { type Locator, expect } from '@playwright/test';
import { CLIENT, DEEDS, type Deed, type Desk, REASON, VENDOR, deed } from './desk';
import type { Operation, Sample, Samples, Sandbox } from './sandbox';
import { STEPS, type Step, confirmOf, expectFilled, fill, open } from './steps';
import { start } from './test';

/** What a colleague does, through the platform's own rules. */
export interface Act {
  readonly operation: Operation;
  readonly body?: object;
}

export interface Write {
  readonly name: string;
  readonly operation: Operation;
  readonly done: string;
  readonly notDone: string;
  readonly byOther: string;
  /** The colleague that may do the same, by user name and as history calls them. */
  readonly colleague: { readonly username: string; readonly name: string };
  readonly same: Act;
  /** What takes the order away from under the operator's hand, and what brings it back, if anything has to. */
  readonly moves: Act;
  readonly back?: Act;
  /** The platform takes it whatever became of the order meanwhile: it refuses only when it is made to. */
  readonly unfenced: boolean;
  /** An order on which it is legal, made ready. */
  order(sandbox: Sandbox, samples: Samples): Promise<Sample>;
  open(desk: Desk): Promise<Locator>;
  fill(dialog: Locator): Promise<void>;
  /** It is filled in as it was. */
  expectFilled(dialog: Locator): Promise<void>;
  confirm(dialog: Locator): Locator;
}

const OPERATIONS = { username: 'operations', name: 'Olivia Grant' };
const FINANCE = { username: 'finance', name: 'Farah Nasser' };
const HOLD: Act = { operation: 'holdOrder' };
const REACTIVATE: Act = { operation: 'reactivateOrder' };
/** Moves the order on, and leaves it where it is. */
const INSTRUCTIONS: Act = { operation: 'updateOrder', body: { specialInstructions: 'Call before you come.' } };
/** Is told, and moves nothing. */
const NOTE: Act = { operation: 'addComment', body: { text: 'Something else.' } };

function ofStep(step: Step): Write {
  const moves = step.unfenced ? { moves: NOTE } : { moves: HOLD, back: REACTIVATE };
  return {
    name: `${step.operation} (${step.button.replace('…', '')})`,
    operation: step.operation,
    done: step.done,
    notDone: step.notDone,
    byOther: step.byOther,
    colleague: step.part === 'Invoice and payment' ? FINANCE : OPERATIONS,
    same: { operation: step.operation, ...(step.same && { body: step.same }) },
    ...moves,
    unfenced: step.unfenced ?? false,
    async order(sandbox, samples) {
      const order = step.order(samples);
      await step.ready?.(sandbox, order);
      return order;
    },
    open: (desk) => open(desk.page, step),
    fill: (dialog) => fill(dialog, step),
    expectFilled: (dialog) => expectFilled(dialog, step),
    confirm: (dialog) => confirmOf(dialog, step),
  };
}

interface Told {
  readonly byOther: string;
  readonly moves: Act;
  readonly back?: Act;
}

const TOLD: Readonly<Record<Deed['operation'], Told>> = {
  activateOrder: { byOther: 'activated this order', moves: { operation: 'saveDraftVendor', body: { vendorId: 'ven-02' } } },
  assignVendor: { byOther: 'assigned the same vendor', moves: HOLD, back: REACTIVATE },
  holdOrder: { byOther: 'put this order on hold', moves: INSTRUCTIONS },
  reactivateOrder: { byOther: 'reactivated this order', moves: INSTRUCTIONS },
  cancelOrder: { byOther: 'cancelled this order', moves: HOLD, back: REACTIVATE },
};

function ofDeed(what: Deed, name: string = what.operation, order = async (_: Sandbox, samples: Samples) => start(samples, what)): Write {
  const { operation } = what;
  const asksWhy = operation !== 'activateOrder' && operation !== 'assignVendor';
  const vendor = (dialog: Locator) => dialog.locator(`#vendor-${VENDOR}`);
  const choose = async (dialog: Locator) => {
    if (operation === 'assignVendor') await vendor(dialog).check();
  };
  return {
    name,
    operation,
    done: what.done,
    notDone: what.notDone,
    ...TOLD[operation],
    colleague: OPERATIONS,
    same: { operation, ...(operation === 'assignVendor' && { body: { vendorId: VENDOR } }) },
    unfenced: false,
    order,
    async open(desk) {
      await desk.action(what.button).click();
      return desk.dialog;
    },
    async fill(dialog) {
      if (asksWhy) await dialog.getByRole('textbox', { name: 'Reason' }).fill(REASON);
      await choose(dialog);
    },
    async expectFilled(dialog) {
      if (asksWhy) await expect(dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue(REASON);
      await choose(dialog);
    },
    confirm: (dialog) => dialog.locator('.dialog-foot').getByRole('button', { name: what.confirm }),
  };
}

/** An order at work whose vendor is another than the one that it is given to. */
async function withAnotherVendor(sandbox: Sandbox, samples: Samples): Promise<Sample> {
  for (const sample of samples.byStatus['10'] ?? []) {
    const { vendor } = await sandbox.order(CLIENT, sample.id);
    if (vendor && vendor.id !== VENDOR) return sample;
  }
  throw new Error('the seed has no order at work with another vendor');
}

export const WRITES: readonly Write[] = [
  ...DEEDS.map((what) => ofDeed(what)),
  ofDeed({ ...deed('assignVendor'), from: '10' }, 'assignVendor, to another vendor', withAnotherVendor),
  ...STEPS.map(ofStep),
];
