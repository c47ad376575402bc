// A draft reads as steps that say what they lack; a second order on a loan is asked about; an order can be begun from another; and
// what only the platform notices lands on its field all the same.

import type { Locator } from '@playwright/test';
import { CLIENT, type Desk, FORM, VENDOR, orderPath, queuePath } from './support/desk';
import { keepWaiting } from './support/held';
import type { Sample, Sandbox } from './support/sandbox';
import { expect, pick, test } from './support/test';

const step = (desk: Desk, name: string): Locator => desk.page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: new RegExp(`^${name}`) });
const twins = (desk: Desk): Locator => desk.page.getByRole('region', { name: 'Orders like this one' });
/** What the check says as long as it found none. */
const said = (desk: Desk): Locator => twins(desk).locator('.twins > [role="status"]');
const tick = (desk: Desk): Locator => desk.page.getByRole('checkbox', { name: 'Create it all the same' });

interface Known extends Record<string, unknown> {
  id: string;
  loanId: string;
  loan: { number: string; borrowers: { name: string }[] };
  product: { id: string; name: string };
  property: { street: string; city: string; zip: string };
}

async function read(sandbox: Sandbox, sample: Sample): Promise<Known> {
  return (await sandbox.order(CLIENT, sample.id)) as unknown as Known;
}

/** A new order for the loan of an order that is there. */
async function begin(desk: Desk, { loan }: Known): Promise<void> {
  await desk.page.goto(`${queuePath()}/new`);
  await desk.field('loanId').fill(loan.number);
  await desk.page.getByRole('list', { name: 'Loans' }).getByRole('button', { name: loan.number }).click();
}

/** The rest of the form, as it is in an order that nobody has yet. */
async function complete(desk: Desk, product: string): Promise<void> {
  await desk.field('productId').selectOption(product);
  await desk.field('property.type').selectOption('condo');
  for (const [path, text] of Object.entries(FORM)) await desk.field(path).fill(text);
}

test.describe('steps', () => {
  test('each says what it still lacks, as it is typed, and leads to its part of the form', async ({ desk, wire }) => {
    await desk.signIn('operations', `${queuePath()}/new`);
    await expect(step(desk, 'Loan')).toHaveText(/1 to go/);
    await expect(step(desk, 'Property')).toHaveText(/6 to go/);
    await expect(step(desk, 'Vendor')).toHaveText(/left to assignment/);
    await expect(step(desk, 'Conditions')).toHaveText(/2 to go/);
    await expect(step(desk, 'Contacts')).toHaveText(/2 to go/);
    await expect(step(desk, 'Review')).toHaveText(/11 to go/);
    await step(desk, 'Contacts').click();
    await desk.page.keyboard.press('Tab');
    await expect(desk.field('contacts[0].name')).toBeFocused();
    await expect(step(desk, 'Contacts')).toHaveAttribute('aria-current', 'step');
    await desk.page.keyboard.type('Dana Reyes');
    await expect(step(desk, 'Contacts')).toHaveText(/1 to go/);
    await desk.field('contacts[0].phone').fill('512 555 0100');
    await expect(step(desk, 'Contacts')).toHaveText(/complete/);
    await desk.field('property.zip').fill('7870');
    await expect(step(desk, 'Property')).toHaveText(/1 to correct/);
    await expect(step(desk, 'Review')).toHaveText(/1 to correct/);
    expect(wire.sent('createDraft')).toEqual([]);
  });

  test('the review lists what is missing, for creating and for activating, and each item leads to its field', async ({ desk }) => {
    await desk.signIn('operations');
    await desk.fillDraft();
    await desk.field('dueDate').fill('');
    await desk.field('property.city').fill('');
    const review = desk.page.getByRole('region', { name: 'Still missing' });
    await expect(review.getByRole('heading')).toHaveText(['Still missing', 'Before it can be created', 'Before it can be activated']);
    await expect(review.getByRole('link')).toHaveText(['City', 'Due date']);
    await review.getByRole('link', { name: 'Due date' }).click();
    await expect(desk.field('dueDate')).toBeFocused();
    await desk.field('dueDate').fill('2027-01-15');
    await review.getByRole('link', { name: 'City' }).click();
    await expect(desk.field('property.city')).toBeFocused();
    await desk.page.keyboard.type('Austin');
    await expect(review).toContainText('Nothing: it can be created');
    await expect(step(desk, 'Review')).toHaveText(/complete/);
  });

  test('what will be sent is shown in short, with the fee', async ({ desk }) => {
    await desk.signIn('operations');
    await desk.fillDraft();
    const short = desk.page.getByRole('region', { name: 'In short' });
    await expect(short).toContainText('500 Congress Ave, Austin, TX 78701');
    await expect(short).toContainText('Left to assignment');
    await expect(short).toContainText(FORM['contacts[0].name']);
    await expect(desk.page.getByRole('region', { name: 'Fee' })).toContainText(/Total, as it would be billed\s*\$[\d,]+\.\d\d/);
  });
});

test.describe('vendor', () => {
  test('is left to assignment unless one is picked, and the choice arrives with the draft', async ({ desk, sandbox, wire }) => {
    await desk.signIn('operations');
    await desk.fillDraft();
    await desk.field('vendorId').selectOption(VENDOR);
    await expect(step(desk, 'Vendor')).toHaveText(/complete/);
    await desk.create();
    await desk.settled();
    expect(JSON.parse(wire.sent('createDraft')[0]?.body ?? '{}')).toMatchObject({ vendorId: VENDOR });
    const [created] = await sandbox.ledger({ operation: 'createDraft' });
    expect(await sandbox.order(CLIENT, created?.orderId ?? '')).toMatchObject({ preferredVendorId: VENDOR });
    await desk.page.getByRole('link', { name: 'Edit draft' }).click();
    await expect(desk.field('vendorId')).toHaveValue(VENDOR);
    await desk.field('vendorId').selectOption('');
    await desk.page.getByRole('button', { name: 'Save draft' }).click();
    await expect(desk.toast).toContainText('The draft was saved');
    expect(await sandbox.order(CLIENT, created?.orderId ?? '')).toMatchObject({ preferredVendorId: null });
    expect(await sandbox.ledger({ orderId: created?.orderId ?? '', operation: 'saveDraftConditions' }), 'only the step that changed is saved').toEqual([]);
  });
});

test.describe('duplicates', () => {
  test('another order for the same loan and product is named, and created only after an explicit word', async ({ desk, sandbox, samples, wire }) => {
    const known = await read(sandbox, pick(samples.byStatus['10']));
    await desk.signIn('operations');
    await begin(desk, known);
    const twin = twins(desk).getByRole('listitem').filter({ has: desk.page.locator(`a[href="${orderPath(known.id)}"]`) });
    await expect(twin).toContainText(/same loan/);
    await expect(twin).toContainText('In progress');
    await expect(tick(desk), 'another product is no question').toHaveCount(0);
    await complete(desk, known.product.id);
    await expect(twin).toContainText('same loan and product');
    await expect(step(desk, 'Review')).toHaveText(/1 to go/);
    await desk.create();
    const summary = desk.page.locator('#error-summary');
    await expect(summary).toContainText('Such an order exists already');
    expect(wire.sent('createDraft')).toEqual([]);
    await summary.getByRole('link').click();
    await expect(tick(desk)).toBeFocused();
    await desk.page.keyboard.press('Space');
    await expect(summary).toHaveCount(0);
    await expect(step(desk, 'Review')).toHaveText(/complete/);
    await desk.create();
    await desk.settled();
    expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
  });

  test('an order at the same address under another loan is shown, and is no question', async ({ desk, sandbox, samples }) => {
    const known = await read(sandbox, pick(samples.byStatus['10']));
    await desk.signIn('operations');
    await desk.fillDraft();
    await desk.field('property.street').fill(known.property.street.toUpperCase());
    await desk.field('property.zip').fill(known.property.zip);
    const twin = twins(desk).getByRole('listitem').filter({ has: desk.page.locator(`a[href="${orderPath(known.id)}"]`) });
    await expect(twin).toContainText(/same address/);
    await expect(tick(desk)).toHaveCount(0);
    await desk.create();
    await desk.settled();
    expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
  });

  test('a cancelled order is none, and neither is a draft that is edited one of itself', async ({ desk, sandbox, samples }) => {
    const cancelled = await read(sandbox, pick(samples.byStatus['8']));
    await desk.signIn('operations');
    await begin(desk, cancelled);
    await expect(twins(desk).getByRole('status')).not.toContainText('Looking');
    await expect(twins(desk).locator(`a[href="${orderPath(cancelled.id)}"]`)).toHaveCount(0);
    const draft = pick(samples.drafts.complete);
    await desk.page.goto(`${orderPath(draft.id)}/edit`);
    await expect(twins(desk).getByRole('status')).toContainText('No other order');
    await expect(twins(desk).locator(`a[href="${orderPath(draft.id)}"]`)).toHaveCount(0);
  });

  test('a press while the check is still under way waits for it, and then creates once', async ({ desk, sandbox, wire }) => {
    await desk.signIn('operations');
    await desk.fillDraft();
    await expect(twins(desk).getByRole('status')).toContainText('No other order');
    const letGo = await keepWaiting(desk.page, 'listOrders', 'before');
    await desk.field('property.street').fill('501 Congress Ave');
    await desk.create();
    await expect(desk.page.locator('.form-actions')).toContainText('Looking for orders like this one first');
    expect(wire.sent('createDraft')).toEqual([]);
    letGo();
    await desk.settled();
    expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
    expect(wire.sent('createDraft')).toHaveLength(1);
  });

  test('a check that could not be made is told, and stands against nothing', async ({ desk, sandbox }) => {
    await desk.signIn('operations');
    await sandbox.answer('listLoanOrders', 403, { code: 'forbidden', detail: 'No.' }, { count: 20 });
    await desk.fillDraft();
    await expect(twins(desk).getByRole('alert')).toBeVisible();
    await expect(said(desk), 'only the address was compared').toHaveText('No other order at this address is open or completed. Orders of this loan could not be read.');
    await expect(said(desk).locator('svg'), 'half a check gets no tick').toHaveCount(0);
    await desk.create();
    await desk.settled();
    expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
  });

  test('what was not compared is said, and only a whole check gets a tick', async ({ desk, sandbox }) => {
    await desk.signIn('operations', `${queuePath()}/new`);
    await expect(said(desk)).toHaveText('Orders of the same loan, and at the same address, are looked for once they are entered.');
    await desk.fillDraft();
    await expect(said(desk)).toHaveText('No other order of this loan or at this address is open or completed.');
    await expect(said(desk).locator('svg')).toHaveCount(1);
    await desk.field('property.street').fill('');
    await expect(said(desk)).toHaveText('No other order of this loan is open or completed. Those at the same address are looked for once street and ZIP code are entered.');
    await expect(said(desk).locator('svg')).toHaveCount(0);
    await sandbox.answer('listOrders', 403, { code: 'forbidden', detail: 'No.' });
    await desk.field('property.street').fill('501 Congress Ave');
    await expect(said(desk)).toHaveText('No other order of this loan is open or completed. Orders at this address could not be read.');
    await expect(said(desk).locator('svg')).toHaveCount(0);
    await twins(desk).getByRole('button', { name: 'Try again' }).click();
    await expect(said(desk)).toHaveText('No other order of this loan or at this address is open or completed.');
  });

  test('a press that waited for the check is not taken for a form that was changed since, and that is said', async ({ desk, sandbox, wire }) => {
    await desk.signIn('operations');
    await desk.fillDraft();
    await expect(said(desk)).toContainText('No other order');
    const letGo = await keepWaiting(desk.page, 'listOrders', 'before');
    await desk.field('property.street').fill('501 Congress Ave');
    await desk.create();
    await expect(desk.page.locator('.form-actions')).toContainText('Looking for orders like this one first');
    await desk.field('specialInstructions').fill('Changed meanwhile.');
    letGo();
    await expect(desk.page.locator('.form-actions')).toContainText('You changed the form meanwhile: press Create draft again.');
    expect(wire.sent('createDraft')).toEqual([]);
    await desk.create();
    await desk.settled();
    expect(JSON.parse(wire.sent('createDraft')[0]?.body ?? '{}')).toMatchObject({ specialInstructions: 'Changed meanwhile.' });
    expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
  });
});

test.describe('what was sent before', () => {
  const create = (desk: Desk): Locator => desk.page.getByRole('button', { name: 'Create draft' });

  test('is not created again while nobody could look whether it exists', async ({ desk, sandbox, wire }) => {
    await desk.signIn('operations');
    await desk.fillDraft();
    await expect(said(desk)).toContainText('No other order');
    await sandbox.arm('createDraft', { kind: 'truncate' });
    await sandbox.answer('listLoanOrders', 403, { code: 'forbidden', detail: 'No.' }, { count: 2 });
    await desk.create();
    await expect(desk.page.getByText('Whether this draft was created already is not known yet.')).toBeVisible();
    await expect(create(desk)).toBeDisabled();
    await desk.field('property.street').press('Enter');
    const again = desk.page.getByRole('button', { name: 'Try again' });
    await again.click();
    await expect.poll(() => sandbox.left(), 'the second look failed too').toEqual([]);
    await expect(again).toBeVisible();
    await expect(create(desk)).toBeDisabled();
    // Looked for where it was sent, whatever loan the form shows by now.
    await desk.page.getByRole('button', { name: 'Change' }).click();
    await again.click();
    await expect(desk.page.getByText('This draft was created already.')).toBeVisible();
    await expect(create(desk)).toBeDisabled();
    await desk.page.getByRole('button', { name: 'Open the draft' }).click();
    await desk.settled();
    expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
    expect(wire.sent('createDraft')).toHaveLength(1);
  });

  test('and of which nothing arrived, nor is on record, can be created once that is certain, and asks its question anew', async ({ desk, sandbox, samples, wire }) => {
    await sandbox.settings({ settleWindowMs: 3_000 });
    const known = await read(sandbox, pick(samples.byStatus['10']));
    await desk.signIn('operations');
    await begin(desk, known);
    await complete(desk, known.product.id);
    await tick(desk).check();
    // As after a crash between keeping the form and writing the attempt down.
    await desk.page.evaluate(() => {
      const key = Object.keys(localStorage).find((candidate) => candidate.startsWith('omnival.draft.')) ?? '';
      const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, unknown>;
      localStorage.setItem(key, JSON.stringify({ ...kept, clientReference: crypto.randomUUID(), sent: true, sentLoan: kept.loanId }));
    });
    await desk.page.reload();
    await expect(desk.page.getByText('It had been sent before')).toBeVisible();
    await expect(create(desk)).toBeDisabled();
    await expect(create(desk)).toBeEnabled();
    await expect(tick(desk)).not.toBeChecked();
    await desk.create();
    await expect(desk.page.locator('#error-summary')).toContainText('Such an order exists already');
    expect(wire.sent('createDraft')).toEqual([]);
    await tick(desk).check();
    await desk.create();
    await desk.settled();
    expect(await sandbox.ledger({ operation: 'createDraft' })).toHaveLength(1);
  });
});

test.describe('the fee', () => {
  test('that could not be read is said, and can be read again', async ({ desk, sandbox }) => {
    await desk.signIn('operations');
    await sandbox.answer('resolveFee', 403, { code: 'forbidden', detail: 'No.' }, { count: 20 });
    await desk.fillDraft();
    const fee = desk.page.getByRole('region', { name: 'Fee' });
    await expect(fee.getByRole('alert')).toBeVisible();
    await expect(fee).not.toContainText('Product and ZIP code decide the fee');
    await sandbox.calm();
    await fee.getByRole('button', { name: 'Try again' }).click();
    await expect(fee).toContainText(/Total, as it would be billed\s*\$[\d,]+\.\d\d/);
    await expect(fee.getByRole('alert')).toHaveCount(0);
  });
});

test.describe('an order begun from another', () => {
  test('takes over product and instructions, and with the same loan everything but the due date', async ({ desk, sandbox, samples }) => {
    const sample = pick(samples.byStatus['10']);
    const known = await read(sandbox, sample);
    await desk.signInAt('operations', sample);
    await desk.page.getByRole('link', { name: 'New order like this' }).click();
    await expect(desk.field('productId')).toHaveValue(known.product.id);
    await expect(desk.field('property.street'), 'the property belongs to that order’s loan').toHaveValue('');
    await expect(desk.field('loanId')).toHaveValue('');
    await desk.field('contacts[0].phone').fill('(512) 555-0177');
    await desk.page.getByRole('button', { name: /^Same loan again/ }).click();
    await expect(desk.field('property.street')).toHaveValue(known.property.street);
    await expect(desk.field('contacts[0].phone'), 'what was typed stays').toHaveValue('(512) 555-0177');
    await expect(step(desk, 'Loan')).toHaveText(/complete/);
    await expect(desk.field('dueDate')).toHaveValue('');
    await expect(tick(desk), 'the very order it was begun from is a duplicate').toBeVisible();
    await tick(desk).check();
    await desk.create();
    await desk.settled();
    const [created] = await sandbox.ledger({ operation: 'createDraft' });
    expect(await sandbox.order(CLIENT, created?.orderId ?? '')).toMatchObject({ loanId: known.loanId, product: { id: known.product.id }, dueDate: null });
  });

  test('never replaces what was typed, unless it is asked to', async ({ desk, sandbox, samples }) => {
    const sample = pick(samples.byStatus['10']);
    const known = await read(sandbox, sample);
    await desk.signIn('operations', `${queuePath()}/new`);
    await desk.field('specialInstructions').fill('Typed before.');
    await desk.page.goto(`${queuePath()}/new?like=${sample.id}`);
    const note = desk.page.locator('.note.like');
    await expect(note).toContainText('Nothing was copied');
    await expect(desk.field('specialInstructions')).toHaveValue('Typed before.');
    await expect(desk.field('productId')).toHaveValue('');
    // Chosen by hand: from then on, a select shows what it holds by its property only.
    const other = desk.field('productId').locator(`option:not([value=""]):not([value="${known.product.id}"])`).first();
    await desk.field('productId').selectOption((await other.getAttribute('value')) ?? '');
    await note.getByRole('button', { name: 'Replace it with a copy' }).click();
    await expect(desk.field('productId')).toHaveValue(known.product.id);
    await expect(desk.field('specialInstructions')).not.toHaveValue('Typed before.');
  });
});

test.describe('too early', () => {
  test('a draft lists what activation still needs, each a link that ends in its field', async ({ desk, sandbox, samples }) => {
    for (const sample of samples.drafts.incomplete) {
      const order = await sandbox.order(CLIENT, sample.id);
      if (order.dueDate !== null) continue;
      await desk.signInAt('operations', sample);
      const missing = desk.page.getByRole('region', { name: 'Missing for activation' });
      await missing.getByRole('link', { name: 'a due date' }).click();
      await expect(desk.field('dueDate')).toBeFocused();
      await desk.page.goBack();
      await expect(missing).toBeVisible();
      return;
    }
    throw new Error('the seed has no draft without a due date');
  });

  test('activation that only the platform finds too early names the field, as a link to it', async ({ desk, sandbox, samples, wire }) => {
    const sample = pick(samples.drafts.complete);
    await desk.signInAt('operations', sample);
    await expect(desk.actions).toContainText('Everything that activation needs is here');
    const errors = [{ field: 'contacts[0].phone', message: 'The borrower’s phone number is not in service.' }];
    await sandbox.answer('activateOrder', 422, { code: 'not_processable', detail: 'The draft is not complete.', errors });
    await desk.action(/^Activate…$/).click();
    await desk.dialog.getByRole('button', { name: /^Activate$/ }).click();
    await expect(desk.outcome).toContainText('The borrower’s phone number is not in service.');
    await desk.outcome.getByRole('link', { name: 'Phone' }).click();
    await expect(desk.field('contacts[0].phone')).toBeFocused();
    expect(wire.sent('activateOrder')).toHaveLength(1);
    expect(await sandbox.ledger({ orderId: sample.id, operation: 'activateOrder' })).toEqual([]);
  });

  for (const [field, message] of [
    ['loanId', 'The loan was closed.'],
    ['productId', 'This product is not offered any more.'],
    ['vendorId', 'This vendor left the panel.'],
    ['property.street', 'There is no such street.'],
    ['contacts[0].name', 'Enter the whole name.'],
  ] as const) {
    test(`a refusal of ${field} that only the platform knows lands on its field and its step`, async ({ desk, sandbox }) => {
      await desk.signIn('operations');
      await desk.fillDraft();
      await desk.field('vendorId').selectOption(VENDOR);
      await sandbox.answer('createDraft', 400, { code: 'validation_failed', detail: 'Some fields are not valid.', errors: [{ field, message }] });
      await desk.create();
      await expect(desk.errorAt(field)).toHaveText(message);
      await expect(desk.page.getByRole('navigation', { name: 'Steps' }).getByText('1 to correct')).toHaveCount(2);
      await desk.page.locator('#error-summary').getByRole('link').click();
      await expect(desk.field(field)).toBeFocused();
      expect(await sandbox.ledger({ operation: 'createDraft' })).toEqual([]);
    });
  }
});
