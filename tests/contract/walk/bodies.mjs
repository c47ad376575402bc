// Sound bodies of every operation, and the files that go with some of them.
// It must never hold an id: those that a body needs are handed in, read from the running sandbox.

import { randomUUID } from 'node:crypto';
import { operation } from '../document.mjs';

/** For ids that need not exist, or must not. */
export const UNKNOWN = 'no-such-thing';

const CONTACTS = [{ role: 'borrower', name: 'Dana Reyes', email: 'dana.reyes@example.com', phone: '512-555-0142' }];
const EMAIL = 'dana.reyes@example.com';
const GROUNDS = 'Two nearer sales were not considered.';

export const dollars = (amount) => ({ amount, currency: 'USD' });

export function pdf(filename = 'report.pdf', text = 'A report') {
  return { filename, type: 'application/pdf', bytes: Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`) };
}

export function png(filename = 'front.png') {
  return { filename, type: 'image/png', bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]) };
}

export function daysAhead(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

const agency = ({ reportId }) => ({ reportId, note: null });
const override = ({ submissionId, findingId, reasonCode }) => ({ submissionId, overrides: [{ findingId, reasonCode, comment: 'See the addendum' }] });

const BODIES = {
  createDraft: (_, facts) => ({
    clientReference: randomUUID(),
    productId: facts.productId,
    property: facts.property,
    contacts: CONTACTS,
    vendorId: null,
    dueDate: daysAhead(21),
    specialInstructions: 'Gate code 4411',
  }),
  saveDraftProperty: (_, facts) => ({ ...facts.property, unit: null }),
  saveDraftVendor: (_, facts) => ({ vendorId: facts.vendorId }),
  saveDraftConditions: (_, facts) => ({ productId: facts.productId, dueDate: daysAhead(30), specialInstructions: null }),
  saveDraftContacts: () => ({ contacts: [...CONTACTS, { role: 'agent', name: 'Lee Park', email: null, phone: '512-555-0199' }] }),
  activateOrder: () => ({}),
  assignVendor: (_, facts) => ({ vendorId: facts.vendorId }),
  updateOrder: () => ({ dueDate: daysAhead(25) }),
  addComment: () => ({ text: 'The borrower asks for a call on the day before.' }),
  holdOrder: () => ({ reason: 'Borrower asked to wait' }),
  reactivateOrder: () => ({ reason: 'Borrower is ready' }),
  cancelOrder: () => ({ reason: 'Loan was withdrawn' }),
  updateOrderStatus: () => ({ statusCode: 3 }),
  acceptConditions: () => ({}),
  counterConditions: () => ({ fee: dollars('560.00'), dueDate: null, note: 'We can meet you halfway.' }),
  scheduleInspection: ({ slotId }) => ({ slotId }),
  completeInspection: () => ({ completedAt: null }),
  submitReport: () => ({ file: pdf() }),
  addDocument: () => ({ file: pdf('contract.pdf'), kind: 'contract' }),
  answerChecklistItem: () => ({ answer: 'pass', note: null }),
  runCrossCheck: ({ reportId }) => ({ reportId }),
  acceptReport: () => ({}),
  requestRevision: ({ reportId }) => ({ reportId, type: 'correction', reason: 'The site area differs from the county record.', checklistItemIds: [] }),
  requestClientRevision: ({ reportId }) => ({ reportId, type: 'clarification', reason: 'The underwriter asks how the view was adjusted.' }),
  submitRov: () => ({
    party: 'borrower',
    reason: GROUNDS,
    comparables: [{ address: '18 Elm St, Austin', saleDate: '2026-09-30', salePrice: dollars('612000.00'), note: null }],
  }),
  decideRov: () => ({ approved: false, note: 'The sales lie across the highway.' }),
  sendToBorrower: () => ({ email: EMAIL, message: null }),
  sendReport: () => ({ name: 'Pat Long', email: 'pat.long@example.com', message: 'As discussed.' }),
  submitToUcdp: (ids) => ({ ...agency(ids), businessUnit: '2600001', appraisalNumber: 1, gses: ['fannieMae', 'freddieMac'], documentFileId: null }),
  submitToEad: (ids) => ({ ...agency(ids), fhaCaseNumber: '512-1234567' }),
  overrideUcdpHardStops: override,
  overrideEadHardStops: override,
  createInvoice: () => ({ billTo: 'client', note: null }),
  collectPayment: ({ methodId }) => ({ methodId, amount: dollars('120.00') }),
  sendPaymentLink: () => ({ email: EMAIL, amount: dollars('120.00') }),
  recordPayment: () => ({ method: 'check', amount: dollars('120.00'), reference: randomUUID().slice(0, 8), receivedOn: daysAhead(-2) }),
  markPaid: () => ({ note: 'Settled on the statement of October.' }),
  refundPayment: () => ({ amount: dollars('20.00'), reason: 'The trip fee was charged twice.' }),
  signIn: () => ({ username: 'operations', password: 'sandbox' }),
  refreshSession: () => ({}),
  signOut: () => ({}),
};

const NO_IDS = new Proxy({}, { get: () => UNKNOWN });

/**
 * A body that the contract accepts, or nothing where the operation has none. With the `ids` of an order's records, one that the rules accept
 * too; without them its ids are well-formed and name nothing.
 */
export function soundBody(id, facts, ids = NO_IDS) {
  return operation(id).body ? BODIES[id](ids, facts) : undefined;
}

/** The query that the operation cannot do without. */
export function soundQuery(id, facts) {
  return id === 'resolveFee' ? { productId: facts.productId, zip: facts.property.zip } : {};
}
