// Files: the limits said first, one version for one press, an upload called back and found out about, files shown in the page, and
// access given and taken. The ledger judges.

import { type Locator, type Page } from '@playwright/test';
import type { Sample, Samples } from './support/sandbox';
import { STEPS, part, prepare } from './support/steps';
import { expect, pick, test } from './support/test';

const PART = 'Report and documents';

/** A page of text, and as many bytes as are asked for. */
function pdf(words: string, bytes = 2_000) {
  const text = `BT /F1 24 Tf 50 150 Td (${words}) Tj ET`;
  const body = [
    '%PDF-1.4',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj',
    `4 0 obj<</Length ${text.length}>>stream\n${text}\nendstream endobj`,
    '5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj',
    'trailer<</Root 1 0 R>>\n%',
  ].join('\n');
  return { name: 'report.pdf', mimeType: 'application/pdf', buffer: Buffer.from(body.padEnd(bytes, ' ')) };
}

const inspected = (samples: Samples, index = 0): Sample => pick(samples.byStatus['15'], index);
const revised = (samples: Samples, index = 0): Sample => pick(samples.byStatus['12'], index);

async function choose(page: Page, button: string, file: ReturnType<typeof pdf>): Promise<Locator> {
  await (await part(page, PART)).getByRole('button', { name: `${button}…`, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[id="file"]').setInputFiles(file);
  await expect(dialog.locator('.chosen')).toContainText(file.name);
  return dialog.locator('.dialog-foot').getByRole('button', { name: button, exact: true });
}

test('a report is submitted once, told, and shown in the page', async ({ desk, sandbox, samples, wire }) => {
  const order = inspected(samples);
  await desk.signInAt('admin', order);
  await (await choose(desk.page, 'Submit report', pdf('First'))).click();
  await expect(desk.toast).toContainText('The report was submitted');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'submitReport' })).toHaveLength(1);
  expect(wire.sent('submitReport')).toHaveLength(1);
  const room = await part(desk.page, PART);
  await room.getByRole('button', { name: 'Show version 1' }).click();
  await expect(room.locator('iframe')).toHaveAttribute('src', /^blob:/);
  await expect(room.getByRole('link', { name: 'Save' })).toHaveAttribute('download', 'report.pdf');
});

test('what may be uploaded is said before, and what may not is refused before anything is sent', async ({ desk, samples, wire }) => {
  await desk.signInAt('admin', inspected(samples));
  await (await part(desk.page, PART)).getByRole('button', { name: 'Submit report…' }).click();
  await expect(desk.dialog).toContainText('up to 20 MB');
  const confirm = desk.dialog.locator('.dialog-foot').getByRole('button', { name: 'Submit report' });
  await confirm.click();
  await expect(desk.errorAt('file')).toContainText('Choose a file');
  const file = desk.dialog.locator('[id="file"]');
  await file.setInputFiles({ name: 'report.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') });
  await expect(desk.errorAt('file')).toContainText('a PDF or a ZIP');
  await file.setInputFiles(pdf('Good'));
  await expect(desk.dialog.locator('.chosen')).toContainText('report.pdf');
  await file.setInputFiles({ name: 'report.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) });
  await expect(desk.errorAt('file')).toContainText('empty');
  // So much goes to the browser in one message, which takes long on a busy machine.
  const large = { name: 'report.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc((20 << 20) + 1) };
  await file.setInputFiles(large, { timeout: 60_000 });
  await expect(desk.errorAt('file')).toContainText('larger than 20 MB');
  await confirm.click();
  await expect(desk.errorAt('file'), 'a file that was chosen before is not sent in its place').toContainText('Choose a file');
  expect(wire.sent('submitReport')).toEqual([]);
});

test('an answer that is lost makes no second version', async ({ desk, sandbox, samples, wire }) => {
  await sandbox.settings({ settleWindowMs: 2_000 });
  const order = inspected(samples);
  await desk.signInAt('admin', order);
  await sandbox.lose('submitReport', 'after');
  await (await choose(desk.page, 'Submit report', pdf('First'))).click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'done');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'submitReport' })).toHaveLength(1);
  expect(wire.sent('submitReport')).toHaveLength(1);
});

test('an upload that was lost on its way is not done, and the file is still chosen for the next try', async ({ desk, sandbox, samples, wire }) => {
  await sandbox.settings({ settleWindowMs: 2_000 });
  const order = revised(samples);
  await desk.signInAt('admin', order);
  await sandbox.lose('submitReport', 'before');
  await (await choose(desk.page, 'Submit report', pdf('Revised'))).click();
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'submitReport' })).toEqual([]);
  await (await part(desk.page, PART)).getByRole('button', { name: 'Submit report…' }).click();
  await expect(desk.dialog.locator('.chosen')).toContainText('report.pdf');
  await desk.dialog.locator('.dialog-foot').getByRole('button', { name: 'Submit report' }).click();
  await expect(desk.toast).toContainText('The report was submitted');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'submitReport' })).toHaveLength(1);
  expect(wire.sent('submitReport')).toHaveLength(2);
});

test('an upload shows how far it is, can be called back, and what became of it is found out', async ({ desk, sandbox, samples }) => {
  await sandbox.settings({ settleWindowMs: 2_000 });
  const order = inspected(samples);
  await desk.signInAt('admin', order);
  const slow = await desk.page.context().newCDPSession(desk.page);
  const confirm = await choose(desk.page, 'Submit report', pdf('Large', 6_000_000));
  await slow.send('Network.emulateNetworkConditions', { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 400_000 });
  await confirm.click();
  const upload = desk.page.locator('.uploading');
  await expect(upload).toContainText('report.pdf');
  await expect.poll(async () => Number(await upload.locator('progress').getAttribute('value'))).toBeGreaterThan(0);
  await upload.getByRole('button', { name: 'Cancel the upload' }).click();
  await slow.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await expect(upload).toHaveCount(0);
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done');
  await expect(desk.outcome).toContainText('You called it back');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'submitReport' })).toEqual([]);
});

test('a file that is a version already is not sent without being told so', async ({ desk, samples, wire }) => {
  const order = inspected(samples);
  await desk.signInAt('admin', order);
  await (await choose(desk.page, 'Submit report', pdf('First'))).click();
  await expect(desk.toast).toContainText('The report was submitted');
  const revision = STEPS.find(({ operation }) => operation === 'requestRevision')!;
  await (await prepare(desk.page, revision)).click();
  await expect(desk.toast.filter({ hasText: revision.done })).toBeVisible();
  const confirm = await choose(desk.page, 'Submit report', pdf('First'));
  await expect(desk.dialog.getByRole('alert')).toContainText('version 1 already');
  await confirm.click();
  await expect(desk.errorAt('file')).toContainText('version 1 already');
  expect(wire.sent('submitReport')).toHaveLength(1);
  await desk.dialog.locator('[id="file"]').setInputFiles(pdf('Second'));
  await expect(desk.dialog.getByRole('alert')).toHaveCount(0);
  await confirm.click();
  await expect(desk.toast).toContainText('The report was submitted');
  const room = await part(desk.page, PART);
  await room.getByRole('button', { name: 'Compare version 2 with the one before' }).click();
  await expect(room.locator('iframe')).toHaveCount(2);
  await expect(room.locator('.between')).toContainText('Asked for between them');
});

test('a document is added, shown, and access to it is given and taken', async ({ desk, sandbox, samples, wire }) => {
  const order = inspected(samples, 1);
  await desk.signInAt('admin', order);
  const confirm = await choose(desk.page, 'Add document', { ...pdf('Contract'), name: 'Contract “final”.pdf' });
  await desk.dialog.locator('[id="kind"]').selectOption({ label: 'Purchase contract' });
  await confirm.click();
  await expect(desk.toast).toContainText('The document was added');
  expect(await sandbox.ledger({ orderId: order.id, operation: 'addDocument' })).toHaveLength(1);
  const room = await part(desk.page, PART);
  const vendor = room.getByRole('checkbox', { name: 'Vendor may see Contract “final”.pdf' });
  await expect(vendor).not.toBeChecked();
  await vendor.click();
  await expect(vendor).toBeChecked();
  await expect.poll(() => wire.sent('grantDocumentAccess').length).toBe(1);
  await expect(vendor).toBeEnabled();
  await vendor.click();
  await expect.poll(() => wire.sent('revokeDocumentAccess').map(({ status }) => status)).toEqual([204]);
  expect(wire.sent('grantDocumentAccess').map(({ status }) => status)).toEqual([204]);
  await desk.page.reload();
  await part(desk.page, PART);
  await expect(vendor).not.toBeChecked();
  await (await part(desk.page, PART)).getByRole('button', { name: 'Add document…' }).click();
  await expect(desk.dialog.locator('.chosen'), 'what has arrived is not chosen again').toHaveCount(0);
  await desk.dialog.getByRole('button', { name: 'Not now' }).click();
  await room.getByRole('button', { name: 'Show Contract “final”.pdf' }).click();
  await expect(room.locator('iframe')).toHaveAttribute('src', /^blob:/);
});

test('two uploads on their way: each has its own progress and its own end', async ({ desk, sandbox, samples, secondTab }) => {
  await sandbox.settings({ settleWindowMs: 2_000 });
  const [first, second] = [inspected(samples), inspected(samples, 1)];
  await desk.signInAt('admin', first);
  const slow = await desk.page.context().newCDPSession(desk.page);
  const confirm = await choose(desk.page, 'Submit report', pdf('First', 6_000_000));
  await slow.send('Network.emulateNetworkConditions', { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 300_000 });
  await confirm.click();
  await expect(desk.page.locator('.uploading')).toContainText('report.pdf');
  const other = await secondTab();
  await other.open(second);
  await (await choose(other.page, 'Submit report', pdf('Second'))).click();
  await expect(other.toast).toContainText('The report was submitted');
  await expect(desk.page.locator('.uploading')).toContainText('report.pdf');
  await desk.page.locator('.uploading').getByRole('button', { name: 'Cancel the upload' }).click();
  await slow.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await expect(desk.outcome).toHaveAttribute('data-verdict', 'not-done');
  expect(await sandbox.ledger({ orderId: first.id, operation: 'submitReport' })).toEqual([]);
  expect(await sandbox.ledger({ orderId: second.id, operation: 'submitReport' })).toHaveLength(1);
});
