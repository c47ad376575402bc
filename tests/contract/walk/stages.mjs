// Orders brought to the stages of their life, by the API alone, so that each operation finds one on which it succeeds.
// It must never take a short cut past the contract: each step is an exchange that is judged.

import { setTimeout as pause } from 'node:timers/promises';
import { dollars, soundBody } from './bodies.mjs';
import { eligibleVendors } from './requests.mjs';

const POLL_MS = 10;
const POLL_LIMIT_MS = 20_000;

/** One order on its way, with the ids of what it gathers. */
export class Way {
  ids = { party: 'vendor' };

  constructor(visitor, facts, order) {
    Object.assign(this, { visitor, facts, order });
    this.path = { clientId: order.clientId, loanId: order.loanId, orderId: order.id };
  }

  /** Path parameters of any operation on this order. */
  get places() {
    return { ...this.ids, orderSubmissionId: this.ids.reportId, ...this.path };
  }

  body(id) {
    return soundBody(id, this.facts, this.ids);
  }

  /** The write succeeds; where it answers the order, that is what the way stands at from here on. `by`: as whom, if not as its own visitor. */
  async does(id, body = this.body(id), by = this.visitor) {
    const answer = await by.does(id, { path: this.places, body });
    if (answer.body?.statusCode !== undefined) this.order = answer.body;
    return answer;
  }

  /** `by`: as whom; `at`: path parameters other than the way's own. */
  async refused(status, code, id, body = this.body(id), { by = this.visitor, at = {} } = {}) {
    return by.refused(status, code, id, { path: { ...this.places, ...at }, body });
  }

  async reads(id, { by = this.visitor, ...at } = {}) {
    return (await by.does(id, { path: { ...this.places, ...at } })).body;
  }

  async reload() {
    this.order = await this.reads('getOrder');
    return this.order;
  }

  /** Reads until `holds` says so; what was read then. */
  async until(id, holds) {
    const limit = Date.now() + POLL_LIMIT_MS;
    while (true) {
      const read = await this.reads(id);
      if (holds(read)) return read;
      if (Date.now() > limit) throw new Error(`${id} did not come to it within ${POLL_LIMIT_MS / 1000} s: ${JSON.stringify(read).slice(0, 400)}`);
      await pause(POLL_MS);
    }
  }
}

const moves = (id, change) => (way) => way.does(id, change && { ...way.body(id), ...change });

// [the stage before, the step from there]
const STAGES = {
  unassigned: ['draft', moves('activateOrder')],
  held: ['unassigned', moves('holdOrder')],
  assigned: ['unassigned', assign],
  conditioned: ['assigned', moves('updateOrderStatus', { statusCode: 4, fee: dollars('575.00'), notes: 'The house is remote.' })],
  countered: ['conditioned', moves('counterConditions')],
  accepted: ['assigned', moves('updateOrderStatus')],
  bookable: ['accepted', findSlot],
  scheduled: ['bookable', moves('scheduleInspection')],
  inspected: ['scheduled', moves('completeInspection')],
  submitted: ['inspected', submit],
  returned: ['submitted', moves('requestRevision')],
  approved: ['submitted', moves('acceptReport')],
  disputed: ['approved', dispute],
  delivered: ['approved', moves('sendToBorrower')],
  billable: ['delivered', choose('paypal')],
  charged: ['billable', charge],
  refusedByUcdp: ['approved', (way) => refuse(way, 'Ucdp')],
  refusedByEad: ['approved', (way) => refuse(way, 'Ead')],
  documented: ['unassigned', addDocument],
};

/** An order at this stage. `kind`: of a loan of this type that no other order submits to an agency; else of any loan. */
export async function reach(stage, visitor, facts, kind) {
  if (stage === 'draft') return new Way(visitor, facts, await draft(visitor, facts, kind));
  const [before, step] = STAGES[stage];
  const way = await reach(before, visitor, facts, kind);
  await step(way);
  return way;
}

/** The single steps, by the stage they lead to, for a way that goes by stages of its own choice. */
export function stepsOf(way) {
  return Object.fromEntries(Object.entries(STAGES).map(([stage, [, step]]) => [stage, () => step(way)]));
}

async function draft(visitor, facts, kind) {
  const body = soundBody('createDraft', facts);
  if (!kind) return (await visitor.does('createDraft', { path: facts, body })).body;
  while (facts.loans[kind].length > 0) {
    const loanId = facts.loans[kind].shift();
    const path = { clientId: facts.clientId, loanId };
    const { body: order } = await visitor.does('createDraft', { path, body });
    if (order.payment.scenario !== 'chargeAtActivation') return order;
    await visitor.does('deleteDraft', { path: { ...path, orderId: order.id } });
  }
  throw new Error(`the sandbox has no more ${kind} loans`);
}

async function assign(way) {
  const eligible = await eligibleVendors(way.visitor, way.path);
  const { id } = eligible.find((vendor) => vendor.id === way.facts.ownVendorId) ?? eligible[0];
  await way.does('assignVendor', { vendorId: id });
}

async function findSlot(way) {
  const { items } = await way.reads('listInspectionSlots');
  way.ids.slotId = items.find(({ available }) => available).id;
}

export async function submit(way, file) {
  await way.does('submitReport', file && { file });
  way.ids.reportId = (await way.reads('getLatestReport')).id;
}

async function dispute(way) {
  await way.does('submitRov');
  way.ids.rovId = (await way.reads('listRovs')).items[0].id;
}

/** From here on the way pays by the client's method of this kind. */
export function choose(kind) {
  return (way) => {
    way.ids.methodId = way.facts.methods[kind];
  };
}

async function charge(way) {
  await way.does('collectPayment');
  way.ids.paymentId = (await way.reads('listPayments')).items[0].id;
}

async function addDocument(way) {
  await way.does('addDocument');
  way.ids.documentId = (await way.reads('listDocuments')).items.find(({ name }) => name === 'contract.pdf').id;
}

/** Needs a sandbox whose portals refuse every report; see `withSettings`. */
async function refuse(way, portal) {
  await way.does(`submitTo${portal}`);
  const state = await way.until(`get${portal}Submission`, ({ submissions }) => submissions[0].status === 'notSuccessful');
  way.ids.submissionId = state.submissions[0].id;
  const { findings } = await way.reads(`get${portal}DashboardDetails`);
  const finding = findings.find(({ overridable }) => overridable);
  Object.assign(way.ids, { findingId: finding.id, reasonCode: finding.reasonCodes[0].code });
  await way.reload();
}

// Where an operation succeeds: the stage, and the type of the loan where it matters.
const READY = {
  activateOrder: ['draft'],
  assignVendor: ['unassigned'],
  updateOrder: ['unassigned'],
  addComment: ['unassigned'],
  holdOrder: ['unassigned'],
  reactivateOrder: ['held'],
  cancelOrder: ['unassigned'],
  updateOrderStatus: ['assigned'],
  acceptConditions: ['conditioned'],
  counterConditions: ['conditioned'],
  scheduleInspection: ['bookable'],
  completeInspection: ['scheduled'],
  submitReport: ['inspected'],
  addDocument: ['unassigned'],
  grantDocumentAccess: ['documented'],
  revokeDocumentAccess: ['documented'],
  answerChecklistItem: ['submitted'],
  runCrossCheck: ['submitted'],
  acceptReport: ['submitted'],
  requestRevision: ['submitted'],
  requestClientRevision: ['approved'],
  submitRov: ['approved'],
  decideRov: ['disputed'],
  sendToBorrower: ['approved'],
  sendReport: ['approved'],
  submitToUcdp: ['approved', 'conventional'],
  submitToEad: ['approved', 'fha'],
  overrideUcdpHardStops: ['refusedByUcdp', 'conventional'],
  overrideEadHardStops: ['refusedByEad', 'fha'],
  createInvoice: ['delivered'],
  collectPayment: ['billable'],
  sendPaymentLink: ['unassigned'],
  recordPayment: ['unassigned'],
  markPaid: ['delivered'],
  refundPayment: ['charged'],
};

/** A fresh order on which the operation succeeds, and the ids and body with which it does. `createDraft` only needs the loan. */
export async function readyFor(id, visitor, facts) {
  if (id === 'createDraft') return { path: facts, body: soundBody(id, facts) };
  const [stage, kind] = READY[id] ?? ['draft'];
  const way = await reach(stage, visitor, facts, kind);
  if (id === 'answerChecklistItem') way.ids.itemId = (await way.reads('getChecklist')).items[0].id;
  const body = id === 'assignVendor' ? { vendorId: (await eligibleVendors(visitor, way.path))[0].id } : way.body(id);
  return { way, path: way.places, order: way.order, body };
}

/** Runs `act` in a sandbox that behaves otherwise, and puts it back. */
export async function withSettings(sandbox, changes, act) {
  const before = await sandbox.control('GET', '/sandbox/settings');
  await sandbox.control('PATCH', '/sandbox/settings', changes);
  try {
    return await act();
  } finally {
    const back = Object.fromEntries(Object.keys(changes).map((name) => [name, before[name]]));
    await sandbox.control('PATCH', '/sandbox/settings', back);
  }
}
