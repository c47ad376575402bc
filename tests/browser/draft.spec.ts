// The draft form names what is wrong next to the field, loses no keystroke, and settles no overlap silently.

import { CLIENT, FORM, queuePath } from './support/desk';
import { keepWaiting } from './support/held';
import { expect, pick, test } from './support/test';

const REQUIRED = ['loanId', 'productId', 'property.street', 'property.city', 'property.county', 'property.state', 'property.zip', 'property.type', 'contacts[0].name'];

test('what is missing is named next to each field, and nothing is sent', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations', `${queuePath()}/new`);
  await desk.create();
  const summary = desk.page.getByRole('alert').filter({ hasText: 'need attention' });
  await expect(summary).toBeFocused();
  for (const path of REQUIRED) {
    await expect(desk.errorAt(path)).not.toBeEmpty();
    await expect(desk.field(path)).toHaveAttribute('aria-invalid', 'true');
  }
  await expect(summary.getByRole('link')).toHaveCount(REQUIRED.length + 1);
  await summary.getByRole('link', { name: /^ZIP code/ }).click();
  await expect(desk.field('property.zip')).toBeFocused();
  await desk.page.keyboard.type('78701');
  await expect(desk.errorAt('property.zip'), 'a keystroke withdraws the error').toHaveCount(0);
  expect(wire.sent('createDraft')).toEqual([]);
  expect(await sandbox.ledger({ operation: 'createDraft' })).toEqual([]);
});

for (const [path, text] of [
  ['property.zip', '7870'],
  ['property.state', 'Texas'],
  ['contacts[0].email', 'maria@'],
  ['contacts[0].phone', 'call me'],
] as const) {
  test(`“${text}” is no ${path}, said before anything is sent`, async ({ desk, wire }) => {
    await desk.signIn('operations');
    await desk.fillDraft();
    await desk.field(path).fill(text);
    await desk.create();
    await expect(desk.errorAt(path)).not.toBeEmpty();
    expect(wire.sent('createDraft')).toEqual([]);
  });
}

test('the platform’s own field errors land on their fields, and the corrected form is created once', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations');
  await desk.fillDraft();
  const errors = [
    { field: 'property.zip', message: 'This ZIP code is not served.' },
    { field: 'contacts[0].email', message: 'This mailbox does not exist.' },
    { field: 'dueDate', message: 'That is a holiday.' },
    { field: 'escrow.agent', message: 'An escrow agent is needed.' },
  ];
  await sandbox.answer('createDraft', 400, { code: 'validation_failed', detail: 'Some fields are not valid.', errors });
  await desk.create();
  for (const { field, message } of errors.slice(0, 3)) await expect(desk.errorAt(field)).toHaveText(message);
  await expect(desk.page.locator('#error-summary'), 'an error of no known field is not lost').toContainText('An escrow agent is needed.');
  await expect(desk.field('property.street')).toHaveValue(FORM['property.street']);
  expect(await sandbox.ledger({ operation: 'createDraft' })).toEqual([]);
  expect(wire.sent('createDraft')).toHaveLength(1);
  await desk.create();
  await desk.settled();
  expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
});

test('the platform’s real refusal lands on its field too', async ({ desk, sandbox, wire }) => {
  await desk.signIn('operations');
  await desk.fillDraft();
  // Passes the console's own rule, and not the platform's stricter one.
  wire.expectComplaint(/createDraft request: body \/contacts\/0\/email must match pattern/);
  await desk.field('contacts[0].email').fill('maria@mail_server.example');
  await desk.create();
  await expect(desk.errorAt('contacts[0].email')).not.toBeEmpty();
  expect(await sandbox.ledger({ operation: 'createDraft' })).toEqual([]);
});

test('every keystroke survives a reload, and is gone once it has arrived', async ({ desk, sandbox }) => {
  await desk.signIn('operations');
  await desk.fillDraft();
  await expect(desk.page.locator('.kept')).toContainText('Kept on this device');
  await desk.page.reload();
  await expect(desk.page.getByText('What you typed earlier is back.')).toBeVisible();
  for (const [path, text] of Object.entries(FORM)) await expect(desk.field(path)).toHaveValue(text);
  await desk.create();
  await desk.settled();
  expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
  await desk.page.goto(`${queuePath()}/new`);
  await expect(desk.field('property.street')).toHaveValue('');
});

test('a colleague’s edits of other fields are merged, and both are saved', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.drafts.complete);
  await desk.signIn('operations', `/c/${CLIENT}/orders/${order.id}/edit`);
  await desk.field('specialInstructions').fill('Mine: call first.');
  await sandbox.act('admin', 'saveDraftContacts', order.id, { contacts: [{ role: 'borrower', name: 'Renamed By Colleague', phone: '512-555-0199' }] });
  await desk.page.getByRole('button', { name: 'Save draft' }).click();
  await expect(desk.page.getByRole('alert')).toContainText('A colleague saved this draft');
  await expect(desk.page.getByRole('alert')).toContainText('Nothing overlaps');
  await expect(desk.field('contacts[0].name')).toHaveValue('Renamed By Colleague');
  await expect(desk.field('specialInstructions')).toHaveValue('Mine: call first.');
  await desk.page.getByRole('button', { name: 'Save draft' }).click();
  await expect(desk.toast).toContainText('The draft was saved');
  expect(await sandbox.order(CLIENT, order.id)).toMatchObject({ specialInstructions: 'Mine: call first.', contacts: [{ name: 'Renamed By Colleague' }] });
});

test('an overlap is shown with the colleague’s words, and mine are kept until I decide', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.drafts.complete, 1);
  await desk.signIn('operations', `/c/${CLIENT}/orders/${order.id}/edit`);
  const before = await sandbox.order(CLIENT, order.id);
  await desk.field('specialInstructions').fill('Mine.');
  const product = before.product as { id: string };
  await sandbox.act('admin', 'saveDraftConditions', order.id, { productId: product.id, dueDate: before.dueDate, specialInstructions: 'Theirs.' });
  await desk.page.getByRole('button', { name: 'Save draft' }).click();
  await expect(desk.page.getByRole('alert').filter({ hasText: 'Theirs.' })).toContainText('Special instructions');
  await expect(desk.field('specialInstructions')).toHaveValue('Mine.');
  expect(await sandbox.order(CLIENT, order.id)).toMatchObject({ specialInstructions: 'Theirs.' });
  await desk.page.getByRole('button', { name: 'Save draft' }).click();
  await expect(desk.toast).toContainText('The draft was saved');
  expect(await sandbox.order(CLIENT, order.id)).toMatchObject({ specialInstructions: 'Mine.' });
});

test('leaving while it is saved takes nothing along: every section arrives, and nobody is pulled back', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.drafts.complete);
  await desk.signIn('operations', `/c/${CLIENT}/orders/${order.id}/edit`);
  await desk.field('specialInstructions').fill('Saved on the way out.');
  await desk.field('contacts[0].name').fill('Renamed On The Way Out');
  const letGo = await keepWaiting(desk.page, 'saveDraftConditions', 'after');
  await desk.page.getByRole('button', { name: 'Save draft' }).click();
  await expect.poll(() => wire.sent('saveDraftConditions')).toHaveLength(1);
  await desk.page.locator('header.topbar').getByRole('link').first().click();
  await expect(desk.rows.first()).toBeVisible();
  expect(wire.sent('saveDraftContacts'), 'the operator left before the second section').toEqual([]);
  letGo();
  await expect.poll(() => wire.sent('saveDraftContacts')[0]?.status).toBe(200);
  const saved = await sandbox.order(CLIENT, order.id);
  expect(saved).toMatchObject({ specialInstructions: 'Saved on the way out.' });
  expect(saved.contacts).toContainEqual(expect.objectContaining({ role: 'borrower', name: 'Renamed On The Way Out' }));
  await desk.page.locator('#search').fill('still alive');
  await expect(desk.page, 'the console lives on where the operator is').toHaveURL(/orders\?.*still/);
  await desk.page.goto(`/c/${CLIENT}/orders/${order.id}/edit`);
  await expect(desk.field('specialInstructions')).toHaveValue('Saved on the way out.');
  await expect(desk.page.getByText('What you typed earlier is back.'), 'what arrived is not kept any more').toHaveCount(0);
});

test('leaving while it is saved, with a refusal on its way: no crash, and what was typed is kept', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.drafts.complete);
  await desk.signIn('operations', `/c/${CLIENT}/orders/${order.id}/edit`);
  await desk.field('specialInstructions').fill('Too late, and left.');
  await sandbox.act('admin', 'activateOrder', order.id);
  const letGo = await keepWaiting(desk.page, 'saveDraftConditions', 'before');
  await desk.page.getByRole('button', { name: 'Save draft' }).click();
  await expect.poll(() => wire.sent('saveDraftConditions')).toHaveLength(1);
  await desk.page.locator('header.topbar').getByRole('link').first().click();
  await expect(desk.rows.first()).toBeVisible();
  letGo();
  await expect.poll(() => wire.sent('saveDraftConditions')[0]?.status).toBe(409);
  await expect.poll(() => wire.sent('getOrder').at(-1)?.status).toBe(200);
  await desk.rows.first().getByRole('link').first().click();
  await desk.settled();
  const kept = await desk.page.evaluate((id) => Object.entries(localStorage).find(([key]) => key.endsWith(`.edit.${id}`))?.[1] ?? '', order.id);
  expect(kept).toContain('Too late, and left.');
});

test('what is typed while it is saved is not lost with it', async ({ desk, sandbox, samples, wire }) => {
  const order = pick(samples.drafts.complete);
  await desk.signIn('operations', `/c/${CLIENT}/orders/${order.id}/edit`);
  await desk.field('specialInstructions').fill('First.');
  const letGo = await keepWaiting(desk.page, 'saveDraftConditions', 'after');
  await desk.page.getByRole('button', { name: 'Save draft' }).click();
  await expect.poll(() => wire.sent('saveDraftConditions')).toHaveLength(1);
  await desk.field('specialInstructions').fill('Second.');
  letGo();
  await expect(desk.page.locator('.form-actions')).toContainText('What you typed since is kept here');
  expect(await sandbox.order(CLIENT, order.id)).toMatchObject({ specialInstructions: 'First.' });
  await desk.page.getByRole('button', { name: 'Save draft' }).click();
  await expect(desk.toast).toContainText('The draft was saved');
  expect(await sandbox.order(CLIENT, order.id)).toMatchObject({ specialInstructions: 'Second.' });
});

test('a draft that was activated meanwhile is not saved, and what was typed is kept', async ({ desk, sandbox, samples }) => {
  const order = pick(samples.drafts.complete, 2);
  await desk.signIn('operations', `/c/${CLIENT}/orders/${order.id}/edit`);
  await desk.field('specialInstructions').fill('Too late.');
  await sandbox.act('admin', 'activateOrder', order.id);
  await desk.page.getByRole('button', { name: 'Save draft' }).click();
  await expect(desk.page.getByRole('alert').first()).toContainText(/activated|no draft any more/);
  await expect(desk.field('specialInstructions')).toHaveValue('Too late.');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'saveDraftConditions' })).toEqual([]);
});

test('an incomplete draft says what it still needs before it can be activated', async ({ desk, samples }) => {
  await desk.signInAt('operations', pick(samples.drafts.incomplete));
  expect((await desk.closedActions()).get('Activate')).toMatch(/Still needed: .+/);
  expect(await desk.openActions()).toEqual(['Edit draft', 'Delete draft']);
});

test('what is typed while a draft is being created is not lost: the draft’s own form has it', async ({ desk, sandbox }) => {
  await desk.signIn('operations');
  await desk.fillDraft();
  const letGo = await keepWaiting(desk.page, 'createDraft', 'after');
  await desk.create();
  await desk.field('specialInstructions').pressSequentially(' The gate code is 4711.');
  letGo();
  await expect(desk.page).toHaveURL(/\/edit$/);
  await expect(desk.field('specialInstructions')).toHaveValue(/The gate code is 4711\.$/);
  await expect(desk.page.locator('main')).toContainText('What you typed earlier is back');
  expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
});
