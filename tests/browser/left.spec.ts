// The operator does not wait for an answer: they go on to the next order. However it ends, they are told where they are, once, with the
// way back; nobody is pulled away, and what was typed is kept.

import type { Locator } from '@playwright/test';
import { CLIENT, type Desk, deed, orderPath, queuePath } from './support/desk';
import { keepWaiting } from './support/held';
import type { Sample, Samples, Sandbox } from './support/sandbox';
import { STEPS, part } from './support/steps';
import { expect, pick, start, test } from './support/test';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const HOLD = deed('holdOrder');

const unread = (desk: Desk): Locator => desk.page.locator('.banner[data-unread]');

/** A hold that is lost on its way, and whose order is left while that is being found out. */
async function leaveLost(desk: Desk, sandbox: Sandbox, samples: Samples): Promise<Sample> {
  await sandbox.settings({ settleWindowMs: 2_000 });
  const order = start(samples, HOLD);
  await desk.signInAt('operations', order);
  await sandbox.lose('holdOrder', 'before');
  await desk.do(HOLD);
  await expect(desk.verifying).toBeVisible();
  await desk.toQueue();
  return order;
}

test('what went well is said in passing, and is not said again on the order', async ({ desk, sandbox, samples, wire }) => {
  const order = start(samples, HOLD);
  await desk.signInAt('operations', order);
  const letGo = await keepWaiting(desk.page, 'holdOrder', 'after');
  await desk.do(HOLD);
  await expect.poll(() => wire.sent('holdOrder')).toHaveLength(1);
  await desk.toQueue();
  letGo();
  await expect(desk.toast).toHaveText(/^OV-\d+: The order was put on hold/);
  await expect(unread(desk)).toHaveCount(0);
  await expect(desk.toast).toHaveCount(0);
  await desk.page.goBack();
  await desk.settled();
  await expect(desk.status).toHaveText('On hold');
  await expect(desk.toast).toHaveCount(0);
  expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
  const kept = await desk.page.evaluate((id) => Object.keys(localStorage).filter((key) => key.includes(id)), order.id);
  expect(kept, 'what was typed arrived, and is not kept any more').toEqual([]);
});

test('what was not carried out stands on every screen until it is read, and leads to its order', async ({ desk, sandbox, samples }) => {
  const order = await leaveLost(desk, sandbox, samples);
  await expect(unread(desk)).toContainText(/OV-\d+: The order was not put on hold/);
  await expect(desk.tray).toHaveCount(0);
  await desk.page.goto(queuePath('?view=drafts'));
  await expect(unread(desk), 'a page that was loaded anew has nothing unread: the order’s own attempts tell').toHaveCount(0);
  await desk.open(order);
  await expect(desk.tried.first()).toContainText('The order was not put on hold');
});

test('it leads to its order, and is read once it was opened there', async ({ desk, sandbox, samples }) => {
  await leaveLost(desk, sandbox, samples);
  await unread(desk).getByRole('link', { name: 'Open it' }).click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done');
  await expect(unread(desk)).toHaveCount(0);
  await desk.toQueue();
  await expect(unread(desk), 'it was read').toHaveCount(0);
});

test('what nobody knows stays in the tray when its notice is closed', async ({ desk, sandbox, samples }) => {
  await sandbox.settings({ settleWindowMs: 300 });
  const order = start(samples, HOLD);
  await desk.signInAt('operations', order);
  await sandbox.lose('holdOrder', 'after');
  await sandbox.answer('listHistory', 403, { code: 'forbidden', detail: 'x' }, { count: 10_000 });
  await desk.do(HOLD);
  await expect(desk.verifying).toBeVisible();
  await desk.toQueue();
  await expect(unread(desk)).toContainText('It is not known whether');
  await unread(desk).getByRole('button', { name: 'Close' }).click();
  await expect(unread(desk)).toHaveCount(0);
  await expect(desk.tray).toContainText('1 attempt without a known end');
  await desk.tray.locator('summary').click();
  await desk.tray.getByRole('link').click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'unknown');
  await sandbox.calm();
  await desk.outcome.getByRole('button', { name: 'Keep watching' }).click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
  await expect(desk.tray).toHaveCount(0);
});

test('an end that came in the moment of leaving is told; one that stood there for a while was', async ({ desk, sandbox, samples }) => {
  await desk.signInAt('operations', start(samples, HOLD));
  await desk.page.clock.install();
  await sandbox.answer('holdOrder', 422, { code: 'incomplete', detail: 'Not yet.' });
  await desk.do(HOLD);
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  await desk.toQueue();
  await expect(unread(desk)).toContainText(/OV-\d+: The order was not put on hold/);
  await desk.page.goBack();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'refused');
  await desk.page.clock.runFor(5_000);
  await desk.toQueue();
  await expect(unread(desk)).toHaveCount(0);
});

test('what was found carried out after a lost answer is good news', async ({ desk, sandbox, samples, wire }) => {
  await sandbox.settings({ settleWindowMs: 15_000 });
  const order = start(samples, HOLD);
  await desk.signInAt('operations', order);
  await sandbox.lose('holdOrder', 'after');
  const letGo = await keepWaiting(desk.page, 'listHistory', 'before');
  await desk.do(HOLD);
  await expect(desk.verifying).toBeVisible();
  await desk.toQueue();
  letGo();
  await expect(unread(desk)).toContainText(/OV-\d+: The order was put on hold/);
  await expect(unread(desk)).toHaveAttribute('data-tone', 'ok');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'holdOrder' })).toHaveLength(1);
  expect(wire.sent('holdOrder')).toHaveLength(1);
});

test('a draft whose saving was refused says so, and leads to what was typed', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.drafts.complete);
  await desk.signIn('operations', `/c/${CLIENT}/orders/${order.id}/edit`);
  await desk.field('specialInstructions').fill('Refused while I was away.');
  await sandbox.answer('saveDraftConditions', 422, { code: 'validation_failed', detail: 'Too long.' });
  const letGo = await keepWaiting(desk.page, 'saveDraftConditions', 'after');
  await desk.page.getByRole('button', { name: 'Save draft' }).click();
  await expect.poll(() => wire.sent('saveDraftConditions')).toHaveLength(1);
  await desk.page.locator('header.topbar').getByRole('link').first().click();
  await expect(desk.rows.first()).toBeVisible();
  letGo();
  await expect(unread(desk)).toContainText('Too long.');
  await expect(unread(desk)).toContainText('What you entered is kept.');
  await unread(desk).getByRole('button', { name: 'Copy support details' }).click();
  await expect(unread(desk).getByRole('button', { name: 'Copied' })).toBeVisible();
  const bundle = await desk.page.evaluate(() => navigator.clipboard.readText());
  for (const fact of [order.id, '422', 'Olivia Grant', '/draft/conditions']) expect(bundle).toContain(fact);
  await unread(desk).getByRole('link', { name: 'Open it' }).click();
  await expect(desk.field('specialInstructions')).toHaveValue('Refused while I was away.');
  await expect(unread(desk)).toHaveCount(0);
});

for (const [how, status] of [['carried out', 204], ['refused', 403]] as const) {
  test(`deleting a draft that is left before it is ${how}: nobody is pulled away`, async ({ desk, sandbox, wire }) => {
    await desk.signIn('operations', queuePath('?view=drafts'));
    await desk.rows.first().getByRole('link').first().click();
    await desk.settled();
    const title = await desk.title.innerText();
    await desk.action(/^Delete draft…$/).click();
    if (status === 403) await sandbox.answer('deleteDraft', 403, { code: 'forbidden', detail: 'No.' });
    const letGo = await keepWaiting(desk.page, 'deleteDraft', 'after');
    await desk.dialog.getByRole('button', { name: 'Delete draft' }).click();
    await expect.poll(() => wire.sent('deleteDraft')).toHaveLength(1);
    await desk.page.goBack();
    await expect(desk.rows.first()).toBeVisible();
    await desk.page.locator('#search').fill('elsewhere');
    await expect(desk.page).toHaveURL(/elsewhere/);
    letGo();
    if (status === 204) await expect(desk.toast).toHaveText(`${title}: the draft was deleted.`);
    else await expect(unread(desk)).toContainText('Deleting the draft did not work: you are signed in, but not allowed');
    await expect(desk.page, 'still where the operator is').toHaveURL(/elsewhere/);
    expect(await sandbox.ledger({ operation: 'deleteDraft' })).toHaveLength(status === 204 ? 1 : 0);
  });
}

test('what one person left is not told to the next', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.drafts.complete);
  await desk.signIn('operations', `/c/${CLIENT}/orders/${order.id}/edit`);
  await desk.field('specialInstructions').fill('Mine.');
  await sandbox.answer('saveDraftConditions', 422, { code: 'validation_failed', detail: 'Too long.' });
  const letGo = await keepWaiting(desk.page, 'saveDraftConditions', 'after');
  await desk.page.getByRole('button', { name: 'Save draft' }).click();
  await expect.poll(() => wire.sent('saveDraftConditions')).toHaveLength(1);
  await desk.page.locator('header.topbar').getByRole('link').first().click();
  await expect(desk.rows.first()).toBeVisible();
  await desk.page.locator('header.topbar details.menu:not(.tray) summary').click();
  await desk.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  const sure = desk.page.getByRole('button', { name: 'Sign out all the same' });
  await sure.click();
  await desk.enter(desk.page.locator('main.signin'), 'admin');
  await expect(desk.rows.first()).toBeVisible();
  letGo();
  await expect.poll(() => wire.sent('saveDraftConditions')[0]?.status).toBe(422);
  const read = wire.sent('listOrders').length;
  await desk.page.getByRole('button', { name: 'Read again' }).click();
  await expect.poll(() => wire.sent('listOrders').slice(read).map(({ status }) => status)).toEqual([200]);
  await expect(unread(desk)).toHaveCount(0);
});

test('an answer of the checklist that was refused says so', async ({ desk, sandbox, samples, wire }) => {
  const step = STEPS.find(({ operation }) => operation === 'requestRevision')!;
  const order = step.order(samples);
  await desk.signInAt('admin', order);
  const answer = (await part(desk.page, step.part)).locator('.checklist select').first();
  await sandbox.answer('answerChecklistItem', 403, { code: 'forbidden', detail: 'No.' });
  const letGo = await keepWaiting(desk.page, 'answerChecklistItem', 'after');
  await answer.selectOption({ label: 'Not applicable' });
  await expect.poll(() => wire.sent('answerChecklistItem')).toHaveLength(1);
  await desk.toQueue();
  letGo();
  await expect(unread(desk)).toContainText('Answering the checklist item did not work: you are signed in, but not allowed');
  await expect(unread(desk).getByRole('link', { name: 'Open it' })).toHaveAttribute('href', orderPath(order.id));
  await unread(desk).getByRole('button', { name: 'Close' }).click();
  await expect(unread(desk)).toHaveCount(0);
});

test('access to a document that was refused says so', async ({ desk, sandbox, samples, wire }) => {
  await desk.signInAt('admin', pick(samples.accepted?.delivered));
  const choice = (await part(desk.page, 'Report and documents')).getByRole('checkbox', { name: /may see/ }).first();
  const operation = (await choice.isChecked()) ? 'revokeDocumentAccess' : 'grantDocumentAccess';
  await sandbox.answer(operation, 403, { code: 'forbidden', detail: 'No.' });
  const letGo = await keepWaiting(desk.page, operation, 'after');
  await choice.click();
  await expect.poll(() => wire.sent(operation)).toHaveLength(1);
  await desk.toQueue();
  letGo();
  await expect(unread(desk)).toContainText('access to the document did not work: you are signed in, but not allowed');
});
