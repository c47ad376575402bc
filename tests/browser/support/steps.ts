// The steps of an order's work after its activation, as the screen offers them: each opened in its part of the page, filled in with
// what it needs, and sent by its last button.

import { type Locator, type Page, expect } from '@playwright/test';
import type { Upload } from './hands';
import type { Sample, Samples, Sandbox } from './sandbox';
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
  readonly files?: Readonly<Record<string, Upload>>;
  /** The first words of the good news. */
  readonly done: string;
  /** The first words when it was not carried out. */
  readonly notDone: string;
  /** What a colleague did who was quicker. */
  readonly byOther: string;
  /** What a colleague sends to do the same; what is left out, the sandbox makes up as the screen does. */
  readonly same?: object;
  /** What the order needs first. */
  readonly ready?: (sandbox: Sandbox, order: Sample) => Promise<void>;
  /** The platform takes it whatever became of the order meanwhile. */
  readonly unfenced?: true;
}

type Accepted = NonNullable<Samples['accepted']>;
const at = (status: string, index = 0) => (samples: Samples) => pick(samples.byStatus[status], index);
const accepted = (kind: keyof Accepted, index = 0) => (samples: Samples) => pick(samples.accepted?.[kind], index);

const REASON = 'The adjustments of the second comparable are not explained.';
const NOTE = 'The borrower prefers mornings.';
/** Of the least that passes for a PDF. */
export const pdf = (name: string, text: string): Upload => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.4\n% ${text}\n%%EOF\n`) });
const REPORT = pdf('Appraisal.pdf', 'A report of two pages.');
const PLAN = pdf('Floor plan.pdf', 'The ground floor.');
/** As a colleague hands in the same file. */
const same = ({ name, mimeType, buffer }: Upload) => ({ name, contentType: mimeType, text: buffer.toString() });
const usd = (amount: string) => ({ amount, currency: 'USD' });

/** A portal has said no to it, and may be asked again. */
async function refused(sandbox: Sandbox, { id }: Sample): Promise<void> {
  await sandbox.settings({ agencyDelayMs: 0, agencyOutcome: 'notSuccessful' });
  await sandbox.act('operations', 'submitToEad', id);
}

export const STEPS: readonly Step[] = [
  { operation: 'updateOrderStatus', part: 'Vendor', button: 'Vendor accepts…', confirm: 'Record acceptance', order: at('1'), done: 'The vendor\'s acceptance was recorded', notDone: 'The vendor\'s acceptance was not recorded', byOther: 'recorded the vendor\'s acceptance', same: { statusCode: 3 } },
  { operation: 'updateOrderStatus', part: 'Vendor', button: 'Vendor declines…', confirm: 'Record refusal', order: at('1', 1), fields: { reason: 'Out of area' }, done: 'The vendor\'s refusal was recorded', notDone: 'The vendor\'s refusal was not recorded', byOther: 'recorded the vendor\'s refusal', same: { statusCode: 2, reason: 'Out of area' } },
  { operation: 'updateOrderStatus', part: 'Vendor', button: 'Vendor sets conditions…', confirm: 'Record conditions', order: at('1', 2), fields: { fee: '1,250.00' }, done: 'The vendor\'s conditions were recorded', notDone: 'The vendor\'s conditions were not recorded', byOther: 'recorded conditions of the vendor', same: { statusCode: 4, fee: usd('1250.00') } },
  { operation: 'acceptConditions', part: 'Vendor', button: 'Accept conditions…', confirm: 'Accept conditions', order: at('4'), done: 'The vendor\'s conditions were accepted', notDone: 'The vendor\'s conditions were not accepted', byOther: 'accepted the vendor\'s conditions' },
  { operation: 'counterConditions', part: 'Vendor', button: 'Counter…', confirm: 'Make counter-offer', order: at('4', 1), fields: { fee: '455' }, done: 'The counter-offer was made', notDone: 'The counter-offer was not made', byOther: 'made a counter-offer', same: { fee: usd('455.00') } },
  { operation: 'updateOrderStatus', part: 'Vendor', button: 'Begin work…', confirm: 'Record start', order: at('3'), done: 'The start of the work was recorded', notDone: 'The start of the work was not recorded', byOther: 'recorded the start of the work', same: { statusCode: 10 } },
  { operation: 'scheduleInspection', part: 'Inspection', button: 'Schedule inspection…', confirm: 'Schedule', order: at('3', 1), done: 'The inspection was scheduled', notDone: 'The inspection was not scheduled', byOther: 'scheduled the inspection' },
  { operation: 'completeInspection', part: 'Inspection', button: 'Inspection completed…', confirm: 'Record completion', order: at('14'), done: 'The inspection was completed', notDone: 'The inspection was not completed', byOther: 'completed the inspection' },
  { operation: 'submitReport', part: 'Report and documents', button: 'Submit report…', confirm: 'Submit report', order: at('15'), files: { file: REPORT }, done: 'The report was submitted', notDone: 'The report was not submitted', byOther: 'submitted a report', same: same(REPORT) },
  { operation: 'addDocument', part: 'Report and documents', button: 'Add document…', confirm: 'Add document', order: at('10', 2), files: { file: PLAN }, choices: { kind: 'Floor plan' }, done: 'The document was added', notDone: 'The document was not added', byOther: 'added the same document', same: { ...same(PLAN), kind: 'floorPlan' }, unfenced: true },
  { operation: 'runCrossCheck', part: 'Report and QC', button: 'Run CrossCheck…', confirm: 'Run CrossCheck', order: at('11'), done: 'CrossCheck was started', notDone: 'CrossCheck was not started', byOther: 'started CrossCheck for this report' },
  { operation: 'acceptReport', part: 'Report and QC', button: 'Accept report…', confirm: 'Accept report', order: at('11', 1), done: 'The report was accepted', notDone: 'The report was not accepted', byOther: 'accepted this report' },
  { operation: 'requestRevision', part: 'Report and QC', button: 'Request revision…', confirm: 'Request revision', order: at('11', 2), fields: { reason: REASON }, done: 'The revision was requested', notDone: 'The revision was not requested', byOther: 'requested a revision of this report', same: { reason: REASON } },
  { operation: 'requestClientRevision', part: 'Report and QC', button: 'Client revision…', confirm: 'Request revision', order: at('13'), fields: { reason: REASON }, done: 'The client revision was requested', notDone: 'The client revision was not requested', byOther: 'requested a client revision', same: { reason: REASON } },
  { operation: 'submitRov', part: 'Report and QC', button: 'Reconsideration of value…', confirm: 'Submit', order: at('13', 1), fields: { reason: REASON }, done: 'The reconsideration of value was submitted', notDone: 'The reconsideration of value was not submitted', byOther: 'submitted a reconsideration of value', same: { party: 'borrower', reason: REASON } },
  { operation: 'decideRov', part: 'Report and QC', button: 'Decide reconsideration…', confirm: 'Decide', order: at('18'), fields: { note: 'The sales support the value.' }, done: 'The reconsideration of value was decided', notDone: 'The reconsideration of value was not decided', byOther: 'decided this reconsideration of value', same: { approved: false } },
  { operation: 'sendToBorrower', part: 'Delivery', button: 'Send to borrower…', confirm: 'Send to borrower', order: accepted('undelivered'), fields: { email: 'maria@mail.example' }, done: 'The report was sent to the borrower', notDone: 'The report was not sent to the borrower', byOther: 'sent the report to the borrower', same: { email: 'maria@mail.example' } },
  { operation: 'sendReport', part: 'Delivery', button: 'Send to others…', confirm: 'Send report', order: at('13', 2), fields: { name: 'Ann Agent', email: 'ann@mail.example' }, done: 'The report was sent', notDone: 'The report was not sent', byOther: 'sent the report to the same recipient', same: { name: 'Ann Agent', email: 'ann@mail.example' } },
  { operation: 'submitToUcdp', part: 'Agency submission', button: 'Submit…', confirm: 'Submit', order: accepted('conventional'), fields: { businessUnit: '123456' }, done: 'The appraisal was submitted to UCDP', notDone: 'The appraisal was not submitted to UCDP', byOther: 'submitted this appraisal to UCDP', same: { businessUnit: '123456' } },
  { operation: 'submitToEad', part: 'Agency submission', button: 'Submit…', confirm: 'Submit', order: accepted('fha'), fields: { fhaCaseNumber: '123-4567890' }, done: 'The appraisal was submitted to EAD', notDone: 'The appraisal was not submitted to EAD', byOther: 'submitted this appraisal to EAD' },
  { operation: 'overrideUcdpHardStops', part: 'Agency submission', button: 'Override findings…', confirm: 'Override and resubmit', order: accepted('notSuccessful'), choices: { overrides: 'FNM0083: The data is correct as reported' }, fields: { comment: 'Seen by the reviewer.' }, done: 'The override was sent to UCDP', notDone: 'The override was not sent to UCDP', byOther: 'overrode findings of this submission' },
  { operation: 'overrideEadHardStops', part: 'Agency submission', button: 'Override findings…', confirm: 'Override and resubmit', order: accepted('fha', 1), ready: refused, choices: { overrides: 'FHA201: The data is correct as reported' }, fields: { comment: 'Seen by the reviewer.' }, done: 'The override was sent to EAD', notDone: 'The override was not sent to EAD', byOther: 'overrode findings of this submission' },
  { operation: 'createInvoice', part: 'Invoice and payment', button: 'Create invoice…', confirm: 'Create invoice', order: accepted('collectable'), done: 'The invoice was created', notDone: 'The invoice was not created', byOther: 'created an invoice' },
  { operation: 'collectPayment', part: 'Invoice and payment', button: 'Collect payment…', confirm: 'Collect payment', order: accepted('collectable', 1), choices: { methodId: 'Card on file' }, done: 'Payment was collected', notDone: 'Payment was not collected', byOther: 'collected a payment' },
  { operation: 'sendPaymentLink', part: 'Invoice and payment', button: 'Send payment link…', confirm: 'Send link', order: accepted('collectable', 2), fields: { email: 'maria@mail.example' }, done: 'The payment link was sent', notDone: 'The payment link was not sent', byOther: 'sent a payment link', same: { email: 'maria@mail.example' } },
  { operation: 'recordPayment', part: 'Invoice and payment', button: 'Record payment…', confirm: 'Record payment', order: accepted('collectable', 3), fields: { reference: 'CHK-4711', receivedOn: '2026-01-15' }, done: 'The payment was recorded', notDone: 'The payment was not recorded', byOther: 'recorded the same payment', same: { reference: 'CHK-4711', receivedOn: '2026-01-15' } },
  { operation: 'markPaid', part: 'Invoice and payment', button: 'Mark as paid…', confirm: 'Mark as paid', order: accepted('collectable', 4), fields: { note: 'Settled by statement' }, done: 'The order was marked as paid', notDone: 'The order was not marked as paid', byOther: 'marked this order as paid' },
  { operation: 'refundPayment', part: 'Invoice and payment', button: 'Refund…', confirm: 'Refund', order: accepted('notSuccessful'), fields: { amount: '570.00', reason: 'Charged too much' }, done: 'The payment was refunded', notDone: 'The payment was not refunded', byOther: 'refunded this payment', same: { amount: usd('570.00') } },
  { operation: 'updateOrder', part: 'Terms and notes', button: 'Change fee or due date…', confirm: 'Save changes', order: at('10'), fields: { dueDate: '2027-03-15' }, done: 'The order\'s terms were changed', notDone: 'The order\'s terms were not changed', byOther: 'changed the order\'s terms', same: { dueDate: '2027-03-15' } },
  { operation: 'addComment', part: 'Terms and notes', button: 'Add note…', confirm: 'Add note', order: at('10', 1), fields: { text: NOTE }, done: 'The note was added', notDone: 'The note was not added', byOther: 'added the same note', same: { text: NOTE }, unfenced: true },
];

/** The part of the page, opened. */
export async function part(page: Page, name: string): Promise<Locator> {
  const room = page.locator('section.room').filter({ has: page.locator('h2', { hasText: new RegExp(`^${name}$`) }) });
  const head = room.locator('h2 button');
  if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
  await expect(room.locator('.room-body')).toBeVisible();
  return room;
}

/** Opens its dialog. */
export async function open(page: Page, step: Step): Promise<Locator> {
  await (await part(page, step.part)).getByRole('button', { name: step.button, exact: true }).click();
  return page.getByRole('dialog');
}

export function confirmOf(dialog: Locator, step: Step): Locator {
  return dialog.locator('.dialog-foot').getByRole('button', { name: step.confirm, exact: true });
}

/** What is chosen anew each time, because what is free may have changed. */
async function choose(dialog: Locator, step: Step): Promise<void> {
  if (step.operation === 'scheduleInspection') await dialog.getByRole('radio').first().check();
}

export async function fill(dialog: Locator, step: Step): Promise<void> {
  for (const [name, label] of Object.entries(step.choices ?? {})) await dialog.locator(`[id="${name}"]`).selectOption({ label });
  for (const [name, text] of Object.entries(step.fields ?? {})) await dialog.locator(`[id="${name}"]`).fill(text);
  for (const [name, file] of Object.entries(step.files ?? {})) await dialog.locator(`[id="${name}"]`).setInputFiles(file);
  await choose(dialog, step);
}

/** It stands as it was filled in before, without a hand. */
export async function expectFilled(dialog: Locator, step: Step): Promise<void> {
  for (const [name, label] of Object.entries(step.choices ?? {})) await expect(dialog.locator(`[id="${name}"] option:checked`)).toHaveText(label);
  for (const [name, text] of Object.entries(step.fields ?? {})) await expect(dialog.locator(`[id="${name}"]`)).toHaveValue(text);
  for (const file of Object.values(step.files ?? {})) await expect(dialog.locator('.chosen')).toContainText(file.name);
  await choose(dialog, step);
}

/** Up to the last button: the dialog is open and filled in. */
export async function prepare(page: Page, step: Step): Promise<Locator> {
  const dialog = await open(page, step);
  await fill(dialog, step);
  return confirmOf(dialog, step);
}
