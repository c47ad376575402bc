// The steps of an order's work after its activation, as the screen offers them: each opened in its part of the page, filled in with
// what it needs, and sent by its last button.

import { type Locator, type Page, expect } from '@playwright/test';
import type { Sample, Samples } from './sandbox';
import { pick } from './test';

export interface Step {
  readonly operation: string;
  /** The part of the page. */
  readonly part: string;
  readonly button: string;
  readonly confirm: string;
  /** An order on which it is legal. */
  readonly order: (samples: Samples) => Sample;
  readonly fields?: Readonly<Record<string, string>>;
  /** Selects, by the label of what is chosen. */
  readonly choices?: Readonly<Record<string, string>>;
  /** The first words of the good news. */
  readonly done: string;
}

type Accepted = NonNullable<Samples['accepted']>;
const at = (status: string, index = 0) => (samples: Samples) => pick(samples.byStatus[status], index);
const accepted = (kind: keyof Accepted, index = 0) => (samples: Samples) => pick(samples.accepted?.[kind], index);

const REASON = 'The adjustments of the second comparable are not explained.';

export const STEPS: readonly Step[] = [
  { operation: 'updateOrderStatus', part: 'Vendor', button: 'Vendor accepts…', confirm: 'Record acceptance', order: at('1'), done: 'The vendor\'s acceptance was recorded' },
  { operation: 'updateOrderStatus', part: 'Vendor', button: 'Vendor declines…', confirm: 'Record refusal', order: at('1', 1), fields: { reason: 'Out of area' }, done: 'The vendor\'s refusal was recorded' },
  { operation: 'updateOrderStatus', part: 'Vendor', button: 'Vendor sets conditions…', confirm: 'Record conditions', order: at('1', 2), fields: { fee: '1,250.00' }, done: 'The vendor\'s conditions were recorded' },
  { operation: 'acceptConditions', part: 'Vendor', button: 'Accept conditions…', confirm: 'Accept conditions', order: at('4'), done: 'The vendor\'s conditions were accepted' },
  { operation: 'counterConditions', part: 'Vendor', button: 'Counter…', confirm: 'Make counter-offer', order: at('4', 1), fields: { fee: '455' }, done: 'The counter-offer was made' },
  { operation: 'updateOrderStatus', part: 'Vendor', button: 'Begin work…', confirm: 'Record start', order: at('3'), done: 'The start of the work was recorded' },
  { operation: 'scheduleInspection', part: 'Inspection', button: 'Schedule inspection…', confirm: 'Schedule', order: at('3', 1), done: 'The inspection was scheduled' },
  { operation: 'completeInspection', part: 'Inspection', button: 'Inspection completed…', confirm: 'Record completion', order: at('14'), done: 'The inspection was completed' },
  { operation: 'runCrossCheck', part: 'Report and QC', button: 'Run CrossCheck…', confirm: 'Run CrossCheck', order: at('11'), done: 'CrossCheck was started' },
  { operation: 'acceptReport', part: 'Report and QC', button: 'Accept report…', confirm: 'Accept report', order: at('11', 1), done: 'The report was accepted' },
  { operation: 'requestRevision', part: 'Report and QC', button: 'Request revision…', confirm: 'Request revision', order: at('11', 2), fields: { reason: REASON }, done: 'The revision was requested' },
  { operation: 'requestClientRevision', part: 'Report and QC', button: 'Client revision…', confirm: 'Request revision', order: at('13'), fields: { reason: REASON }, done: 'The client revision was requested' },
  { operation: 'submitRov', part: 'Report and QC', button: 'Reconsideration of value…', confirm: 'Submit', order: at('13', 1), fields: { reason: REASON }, done: 'The reconsideration of value was submitted' },
  { operation: 'decideRov', part: 'Report and QC', button: 'Decide reconsideration…', confirm: 'Decide', order: at('18'), fields: { note: 'The sales support the value.' }, done: 'The reconsideration of value was decided' },
  { operation: 'sendToBorrower', part: 'Delivery', button: 'Send to borrower…', confirm: 'Send to borrower', order: accepted('undelivered'), fields: { email: 'maria@mail.example' }, done: 'The report was sent to the borrower' },
  { operation: 'sendReport', part: 'Delivery', button: 'Send to others…', confirm: 'Send report', order: at('13', 2), fields: { name: 'Ann Agent', email: 'ann@mail.example' }, done: 'The report was sent' },
  { operation: 'submitToUcdp', part: 'Agency submission', button: 'Submit…', confirm: 'Submit', order: accepted('conventional'), fields: { businessUnit: '123456' }, done: 'The appraisal was submitted to UCDP' },
  { operation: 'submitToEad', part: 'Agency submission', button: 'Submit…', confirm: 'Submit', order: accepted('fha'), fields: { fhaCaseNumber: '123-4567890' }, done: 'The appraisal was submitted to EAD' },
  { operation: 'createInvoice', part: 'Invoice and payment', button: 'Create invoice…', confirm: 'Create invoice', order: accepted('collectable'), done: 'The invoice was created' },
  { operation: 'collectPayment', part: 'Invoice and payment', button: 'Collect payment…', confirm: 'Collect payment', order: accepted('collectable', 1), choices: { methodId: 'Card on file' }, done: 'Payment was collected' },
  { operation: 'sendPaymentLink', part: 'Invoice and payment', button: 'Send payment link…', confirm: 'Send link', order: accepted('collectable', 2), fields: { email: 'maria@mail.example' }, done: 'The payment link was sent' },
  { operation: 'recordPayment', part: 'Invoice and payment', button: 'Record payment…', confirm: 'Record payment', order: accepted('collectable', 3), fields: { reference: 'CHK-4711', receivedOn: '2026-01-15' }, done: 'The payment was recorded' },
  { operation: 'markPaid', part: 'Invoice and payment', button: 'Mark as paid…', confirm: 'Mark as paid', order: accepted('collectable', 4), fields: { note: 'Settled by statement' }, done: 'The order was marked as paid' },
  { operation: 'updateOrder', part: 'Terms and notes', button: 'Change fee or due date…', confirm: 'Save changes', order: at('10'), fields: { dueDate: '2027-03-15' }, done: 'The order\'s terms were changed' },
  { operation: 'addComment', part: 'Terms and notes', button: 'Add note…', confirm: 'Add note', order: at('10', 1), fields: { text: 'The borrower prefers mornings.' }, done: 'The note was added' },
];

/** The part of the page, opened. */
export async function part(page: Page, name: string): Promise<Locator> {
  const room = page.locator('section.room').filter({ has: page.locator('h2', { hasText: new RegExp(`^${name}$`) }) });
  const head = room.locator('h2 button');
  if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
  await expect(room.locator('.room-body')).toBeVisible();
  return room;
}

/** Up to the last button: the dialog is open and filled in. */
export async function prepare(page: Page, step: Step): Promise<Locator> {
  await (await part(page, step.part)).getByRole('button', { name: step.button, exact: true }).click();
  const dialog = page.getByRole('dialog');
  for (const [name, label] of Object.entries(step.choices ?? {})) await dialog.locator(`[id="${name}"]`).selectOption({ label });
  for (const [name, text] of Object.entries(step.fields ?? {})) await dialog.locator(`[id="${name}"]`).fill(text);
  if (step.operation === 'scheduleInspection') await dialog.getByRole('radio').first().check();
  return dialog.locator('.dialog-foot').getByRole('button', { name: step.confirm, exact: true });
}
