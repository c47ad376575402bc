// What the walk knows of the running sandbox.
// It must never hold an id: all of them are read from it.

import { soundBody } from './bodies.mjs';

/** Statuses of orders that hold, or may hold, an appraisal number of their loan. */
const PAST_QC = [6, 12, 13, 17, 18, 20];

/**
 * The samples; a place and product that two vendors can serve without a charge; the demo vendor's own vendor; payment methods by kind; and
 * loans by type, of which no order went to an agency.
 */
export async function gatherFacts(sandbox, { admin, vendor }) {
  const { clientId, byStatus, drafts } = await sandbox.control('GET', '/sandbox/samples');
  const at = (status) => {
    const [first] = byStatus[status] ?? [];
    if (!first) throw new Error(`the sandbox has no sample with status ${status}`);
    return { clientId, loanId: first.loanId, orderId: first.id };
  };
  const methods = (await admin.does('listPaymentMethods', { path: { clientId } })).body.items;
  return {
    clientId,
    byStatus,
    drafts,
    at,
    ...(await servable(admin, clientId, byStatus['16'] ?? [])),
    ownVendorId: vendor.user.vendorId,
    methods: Object.fromEntries(methods.map(({ kind, id }) => [kind, id])),
    loans: await untouchedLoans(admin, clientId),
  };
}

async function servable(admin, clientId, samples) {
  for (const { id: orderId, loanId } of samples) {
    const path = { clientId, loanId, orderId };
    const { body: order } = await admin.does('getOrder', { path });
    const [first, second] = await eligibleVendors(admin, path);
    if (!second || order.payment.scenario === 'chargeAtActivation') continue;
    return { loanId, property: order.property, productId: order.product.id, vendorId: first.id };
  }
  throw new Error('no unassigned sample has two eligible vendors and no charge at activation');
}

async function untouchedLoans(admin, clientId) {
  const loans = { conventional: [], fha: [] };
  const { items } = (await admin.does('listLoans', { path: { clientId }, query: { pageSize: 200 } })).body;
  for (const { id: loanId, type } of items.filter((loan) => loan.type in loans)) {
    const { items: orders } = (await admin.does('listLoanOrders', { path: { clientId, loanId } })).body;
    if (!orders.some(({ statusCode }) => PAST_QC.includes(statusCode))) loans[type].push(loanId);
  }
  return loans;
}

/** A fresh draft; `changes` go over the sound body. */
export async function freshDraft(visitor, facts, changes = {}) {
  const body = { ...soundBody('createDraft', facts), ...changes };
  const answer = await visitor.does('createDraft', { path: { clientId: facts.clientId, loanId: facts.loanId }, body });
  return { path: { clientId: facts.clientId, loanId: facts.loanId, orderId: answer.body.id }, order: answer.body, body, answer };
}

/** The vendors that can take the order now, best first. */
export async function eligibleVendors(visitor, path) {
  const { body } = await visitor.does('listSuggestedVendors', { path });
  return body.items.filter((vendor) => vendor.eligible);
}
