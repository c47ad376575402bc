// The steps of an order's work, where their dialogs and their parts have something of their own to say. How each ends is the matter of
// outcomes.spec.ts; that each is taken once, and in its place, of whole-way.spec.ts.

import { STEPS, part, prepare } from './support/steps';
import { expect, test } from './support/test';

test.beforeEach(async ({ sandbox }) => {
  await sandbox.settings({ settleWindowMs: 3_000 });
});

test('what is wrong is said beside its field, and nothing is sent', async ({ desk, samples, wire }) => {
  const step = STEPS.find(({ operation }) => operation === 'counterConditions')!;
  await desk.signInAt('admin', step.order(samples));
  const confirm = await prepare(desk.page, { ...step, fields: { fee: '1,5' } });
  await confirm.click();
  await expect(desk.errorAt('fee')).toContainText('dollars and cents');
  await desk.field('fee').fill('');
  await desk.field('dueDate').fill('');
  await confirm.click();
  await expect(desk.errorAt('fee')).toContainText('Give a fee or a due date');
  expect(wire.sent('counterConditions')).toEqual([]);
});

test('what the platform refuses about a field stands beside it at the next try', async ({ desk, sandbox, samples }) => {
  const step = STEPS.find(({ operation }) => operation === 'requestRevision')!;
  await desk.signInAt('admin', step.order(samples));
  await sandbox.answer('requestRevision', 400, { code: 'validation_failed', detail: 'Check the reason.', errors: [{ field: 'reason', message: 'Name the page.' }] });
  await (await prepare(desk.page, step)).click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  await (await part(desk.page, step.part)).getByRole('button', { name: step.button, exact: true }).click();
  await expect(desk.errorAt('reason')).toContainText('Name the page.');
});

test('a charge that is declined was not collected, and the payment history shows the try', async ({ desk, sandbox, samples }) => {
  await sandbox.settings({ chargesDecline: true });
  const step = STEPS.find(({ operation }) => operation === 'collectPayment')!;
  await desk.signInAt('admin', step.order(samples));
  await (await prepare(desk.page, step)).click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  await expect(desk.outcome).toContainText('Payment was not collected');
  await expect((await part(desk.page, step.part)).locator('.records li').filter({ hasText: 'Failed' }).first()).toBeVisible();
});

test('received is not success: the page watches for the result by itself', async ({ desk, sandbox, samples }) => {
  await sandbox.settings({ agencyDelayMs: 1_000, agencyOutcome: 'notSuccessful' });
  const step = STEPS.find(({ operation }) => operation === 'submitToUcdp')!;
  await desk.signInAt('admin', step.order(samples));
  await (await prepare(desk.page, step)).click();
  await expect(desk.toast).toContainText(step.done);
  const room = await part(desk.page, step.part);
  await expect(room.locator('.records').first()).toContainText('Not successful', { timeout: 30_000 });
  await expect(room).toContainText('can be overridden with a reason code');
  await expect(room.getByRole('button', { name: 'Override findings…' })).toBeVisible();
});

test('a role that may not is told why, where it would look for the step', async ({ desk, samples }) => {
  const order = STEPS.find(({ operation }) => operation === 'collectPayment')!.order(samples);
  await desk.signInAt('qc', order);
  const room = await part(desk.page, 'Invoice and payment');
  await expect(room.getByRole('button', { name: 'Collect payment…' })).toHaveCount(0);
  await room.locator('summary').click();
  await expect(room.locator('.closed-actions')).toContainText('Your role (qc) does not include “payment.collect”');
});

test('a second link to the same address takes a second press', async ({ desk, sandbox, samples, wire }) => {
  const step = STEPS.find(({ operation }) => operation === 'sendReport')!;
  const order = step.order(samples);
  await desk.signInAt('admin', order);
  await (await prepare(desk.page, step)).click();
  await expect(desk.toast).toContainText(step.done);
  await expect(desk.toast).toHaveCount(0);
  const again = await prepare(desk.page, step);
  await again.click();
  await expect(desk.errorAt('email')).toContainText('Press again to send another one');
  expect(wire.sent('sendReport')).toHaveLength(1);
  await again.click();
  await expect(desk.toast).toContainText(step.done);
  expect(await sandbox.ledger({ orderId: order.id, operation: 'sendReport' })).toHaveLength(2);
});

test('a reconsideration of value takes up to five sales, each whole or not at all', async ({ desk, samples, wire }) => {
  const step = STEPS.find(({ operation }) => operation === 'submitRov')!;
  await desk.signInAt('admin', step.order(samples));
  const confirm = await prepare(desk.page, step);
  await expect(desk.field('comparables-2')).toBeHidden();
  await desk.field('comparables').fill('12 Elm St, Austin');
  await expect(desk.field('comparables-2')).toBeVisible();
  await confirm.click();
  await expect(desk.errorAt('comparables')).toContainText('address, day and price');
  await desk.field('saleDate').fill('2026-01-15');
  await desk.field('salePrice').fill('410,000');
  await desk.field('comparables-2').fill('14 Elm St, Austin');
  await desk.field('saleDate-2').fill('2026-02-15');
  await desk.field('salePrice-2').fill('415,000');
  await confirm.click();
  await expect(desk.toast).toContainText(step.done);
  const { comparables } = JSON.parse(wire.sent('submitRov')[0]?.body ?? '{}') as { comparables: { address: string }[] };
  expect(comparables.map(({ address }) => address)).toEqual(['12 Elm St, Austin', '14 Elm St, Austin']);
});
