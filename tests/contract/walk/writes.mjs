// What holds for every write alike: its history entry, its single effect, its idempotency key, its fence.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { operations } from '../document.mjs';
import { readyFor, withSettings } from './stages.mjs';

/** The writes that carry a body and belong to a client; each takes an idempotency key. */
export const writes = operations.filter(({ body, names }) => body && names.includes('clientId')).map(({ id }) => id);
const fenced = writes.filter((id) => id !== 'createDraft');

// [type of the history entry, what it refers to], for a sound write on an order that is ready for it.
const LEAVES = {
  activateOrder: ['activated'],
  assignVendor: ['assigned', 'vendorId'],
  updateOrder: ['orderUpdated'],
  addComment: ['comment'],
  holdOrder: ['held'],
  reactivateOrder: ['reactivated'],
  cancelOrder: ['cancelled'],
  updateOrderStatus: ['accepted', 'vendorId'],
  acceptConditions: ['conditionsAccepted', 'vendorId'],
  counterConditions: ['conditionsCountered', 'vendorId'],
  scheduleInspection: ['inspectionScheduled'],
  completeInspection: ['inspectionCompleted'],
  submitReport: ['reportSubmitted', 'reportId'],
  addDocument: ['documentAdded', 'documentId'],
  runCrossCheck: ['crosscheckRun', 'runId', 'reportId'],
  acceptReport: ['reportAccepted', 'reportId'],
  requestRevision: ['revisionRequested', 'reportId', 'revisionId'],
  requestClientRevision: ['clientRevisionRequested', 'reportId', 'revisionId'],
  submitRov: ['rovSubmitted', 'rovId', 'reportId'],
  decideRov: ['rovDecided', 'rovId'],
  sendToBorrower: ['delivered', 'deliveryId', 'reportId'],
  sendReport: ['delivered', 'deliveryId', 'reportId'],
  submitToUcdp: ['agencySubmitted', 'submissionId', 'reportId'],
  submitToEad: ['agencySubmitted', 'submissionId', 'reportId'],
  overrideUcdpHardStops: ['agencyOverridden', 'submissionId', 'reportId'],
  overrideEadHardStops: ['agencyOverridden', 'submissionId', 'reportId'],
  createInvoice: ['invoiced', 'invoiceId'],
  collectPayment: ['paymentCollected', 'paymentId'],
  sendPaymentLink: ['paymentLinkSent', 'paymentId'],
  recordPayment: ['paymentReceived', 'paymentId'],
  markPaid: ['markedPaid'],
  refundPayment: ['refunded', 'paymentId'],
};
/** Drafts have no history; answers to the checklist and the access to documents leave no entry. */
const SILENT = ['createDraft', 'saveDraftProperty', 'saveDraftVendor', 'saveDraftConditions', 'saveDraftContacts', 'answerChecklistItem'];
/** These leave status and version as they are. */
const STILL = ['addComment', 'addDocument', 'answerChecklistItem'];

// [operation, the list its record stands in, who made the record]
const RECORDS = [
  ['addDocument', 'listDocuments', 'uploadedBy'],
  ['submitReport', 'listReports', 'submittedBy'],
  ['runCrossCheck', 'listCrossCheckRuns', 'startedBy'],
  ['requestRevision', 'listRevisions', 'requestedBy'],
  ['requestClientRevision', 'listRevisions', 'requestedBy'],
  ['submitRov', 'listRovs', 'submittedBy'],
  ['sendToBorrower', 'listDeliveries', 'sentBy'],
  ['sendReport', 'listDeliveries', 'sentBy'],
  ['submitToUcdp', 'getUcdpSubmission', 'submittedBy'],
  ['submitToEad', 'getEadSubmission', 'submittedBy'],
  ['createInvoice', 'getInvoiceData', 'createdBy'],
  ['collectPayment', 'listPayments', 'actor'],
  ['sendPaymentLink', 'listPayments', 'actor'],
  ['recordPayment', 'listPayments', 'actor'],
  ['refundPayment', 'listPayments', 'actor'],
];
const LAG_MS = 3_600_000;

const effects = async (sandbox, id, orderId) =>
  (await sandbox.control('GET', `/sandbox/ledger?${new URLSearchParams({ operation: id, ...(orderId && { orderId }) })}`)).items;

/** The records in this list that came of this request. */
async function leftBy(correlation, list, visitor, path) {
  const { items, submissions, invoices } = (await visitor.does(list, { path })).body;
  return (items ?? submissions ?? invoices).filter(({ correlationId }) => correlationId === correlation);
}

export const everyWrite = [
  [
    'each write has one effect, and its history entry names who, what, and the request',
    async ({ sandbox, visitors: { admin }, facts }) => {
      assert.deepEqual([...Object.keys(LEAVES), ...SILENT].sort(), [...writes].sort());
      for (const [id, [type, ...refs]] of Object.entries(LEAVES)) {
        const { path, body, order } = await readyFor(id, admin, facts);
        const before = (await effects(sandbox, id, path.orderId)).length;
        const answer = await admin.does(id, { path, body });
        const correlation = answer.headers.get('x-correlation-id');
        const { items } = (await admin.does('listHistory', { path, query: { type } })).body;
        const entries = items.filter(({ correlationId }) => correlationId === correlation);
        assert.equal(entries.length, 1, `${id} left ${entries.length} entries "${type}" of this request`);
        const [entry] = entries;
        assert.deepEqual([entry.actor?.id, entry.source], [admin.user.id, 'user'], id);
        assert.deepEqual(refs.filter((ref) => !entry.refs[ref]), [], `${id}: what the entry does not refer to`);
        assert.equal((await effects(sandbox, id, path.orderId)).length, before + 1, `effects of ${id}`);
        assert.equal(answer.body.version > order.version, !STILL.includes(id), `${id}: version ${order.version} became ${answer.body.version}`);
      }
    },
  ],
  [
    'the record that a write leaves tells who made it and by which request, and lags like the history',
    async ({ sandbox, visitors: { admin }, facts }) => {
      for (const [id, list, by] of RECORDS) {
        const prompt = await readyFor(id, admin, facts);
        const correlation = (await admin.does(id, prompt)).headers.get('x-correlation-id');
        const [record, ...others] = await leftBy(correlation, list, admin, prompt.path);
        assert.deepEqual([record?.[by]?.id, others], [admin.user.id, []], `${list} after ${id}`);

        const late = await readyFor(id, admin, facts);
        const hidden = (await withSettings(sandbox, { historyLagMs: LAG_MS }, () => admin.does(id, late))).headers.get('x-correlation-id');
        assert.equal((await effects(sandbox, id, late.path.orderId)).length, 1);
        for (const read of [list, 'listHistory']) {
          assert.deepEqual(await leftBy(hidden, read, admin, late.path), [], `${read} shows at once what ${id} left`);
        }
      }
    },
  ],
  [
    'an idempotency key answers the first result again without a second effect, and refuses another body',
    async ({ sandbox, visitors: { admin }, facts }) => {
      assert.ok(writes.length >= 35);
      for (const id of writes) {
        const { path, body, order } = await readyFor(id, admin, facts);
        const key = randomUUID();
        const headers = { 'idempotency-key': key };
        const first = await admin.does(id, { path, body, headers });
        const again = await admin.does(id, { path, body, headers });
        assert.deepEqual([again.status, again.body], [first.status, first.body], id);
        const other = id === 'createDraft' ? { ...body, specialInstructions: 'Other' } : { ...body, expectedVersion: order.version };
        await admin.refused(422, 'idempotency_mismatch', id, { path, body: other, headers });
        const done = (await effects(sandbox, id, path.orderId)).filter(({ intent }) => intent === key);
        assert.equal(done.length, 1, `${id} had ${done.length} effects`);
      }
    },
  ],
  [
    'a stale version refuses each write that carries one, and the current one admits it',
    async ({ visitors: { admin }, facts }) => {
      for (const id of fenced) {
        const { path, body, order } = await readyFor(id, admin, facts);
        await admin.refused(409, 'stale_version', id, { path, body: { ...body, expectedVersion: order.version + 1 } });
        assert.equal((await admin.does('getOrder', { path })).body.version, order.version, `${id} changed the order`);
        await admin.does(id, { path, body: { ...body, expectedVersion: order.version } });
      }
    },
  ],
];
