// Sound requests of every kind, from the facts of the seeded sandbox, and the orders to try them on.
// It must never hold an id: all of them are read from the running sandbox.

import { randomUUID } from 'node:crypto';
import { operation } from '../document.mjs';

const CONTACTS = [{ role: 'borrower', name: 'Dana Reyes', email: 'dana.reyes@example.com', phone: '512-555-0142' }];

/** What the walk knows of the sandbox: its samples, and a loan, place and product that two vendors can serve without a charge. */
export async function gatherFacts(sandbox, admin) {
  const { clientId, byStatus, drafts } = await sandbox.control('GET', '/sandbox/samples');
  const at = (status) => {
    const [first] = byStatus[status] ?? [];
    if (!first) throw new Error(`the sandbox has no sample with status ${status}`);
    return { clientId, loanId: first.loanId, orderId: first.id };
  };
  for (const { id: orderId, loanId } of byStatus['16'] ?? []) {
    const { body: order } = await admin.does('getOrder', { path: { clientId, loanId, orderId } });
    const [first, second] = await eligibleVendors(admin, { clientId, loanId, orderId });
    if (!second || order.payment.scenario === 'chargeAtActivation') continue;
    const { property, product } = order;
    return { clientId, byStatus, drafts, at, loanId, property, productId: product.id, vendorId: first.id };
  }
  throw new Error('no unassigned sample has two eligible vendors and no charge at activation');
}

/** A body that the contract and the rules accept, or nothing where the operation has none. */
export function soundBody(id, facts) {
  const bodies = {
    createDraft: () => ({
      clientReference: randomUUID(),
      productId: facts.productId,
      property: facts.property,
      contacts: CONTACTS,
      vendorId: null,
      dueDate: daysAhead(21),
      specialInstructions: 'Gate code 4411',
    }),
    saveDraftProperty: () => ({ ...facts.property, unit: null }),
    saveDraftVendor: () => ({ vendorId: facts.vendorId }),
    saveDraftConditions: () => ({ productId: facts.productId, dueDate: daysAhead(30), specialInstructions: null }),
    saveDraftContacts: () => ({ contacts: [...CONTACTS, { role: 'agent', name: 'Lee Park', email: null, phone: '512-555-0199' }] }),
    activateOrder: () => ({}),
    assignVendor: () => ({ vendorId: facts.vendorId }),
    holdOrder: () => ({ reason: 'Borrower asked to wait' }),
    reactivateOrder: () => ({ reason: 'Borrower is ready' }),
    cancelOrder: () => ({ reason: 'Loan was withdrawn' }),
    signIn: () => ({ username: 'operations', password: 'sandbox' }),
    refreshSession: () => ({}),
    signOut: () => ({}),
  };
  return operation(id).body ? bodies[id]() : undefined;
}

/** The query that the operation cannot do without. */
export function soundQuery(id, facts) {
  return id === 'resolveFee' ? { productId: facts.productId, zip: facts.property.zip } : {};
}

/** A fresh draft; `changes` go over the sound body. */
export async function freshDraft(visitor, facts, changes = {}) {
  const body = { ...soundBody('createDraft', facts), ...changes };
  const answer = await visitor.does('createDraft', { path: { clientId: facts.clientId, loanId: facts.loanId }, body });
  return { path: { clientId: facts.clientId, loanId: facts.loanId, orderId: answer.body.id }, order: answer.body, body, answer };
}

/** A fresh order in a status from which the operation succeeds, and a body with which it does. */
export async function readyFor(id, visitor, facts) {
  const body = soundBody(id, facts);
  if (id === 'createDraft') return { path: { clientId: facts.clientId, loanId: facts.loanId }, body };
  const { path, order: draft } = await freshDraft(visitor, facts);
  if (operation(id).spec.tags.includes('drafts') || id === 'activateOrder') return { path, order: draft, body };
  let { body: order } = await visitor.does('activateOrder', { path });
  if (id === 'reactivateOrder') {
    ({ body: order } = await visitor.does('holdOrder', { path, body: soundBody('holdOrder', facts) }));
  }
  if (id === 'assignVendor') body.vendorId = (await eligibleVendors(visitor, path))[0].id;
  return { path, order, body };
}

/** The vendors that can take the order now, best first. */
export async function eligibleVendors(visitor, path) {
  const { body } = await visitor.does('listSuggestedVendors', { path });
  return body.items.filter((vendor) => vendor.eligible);
}

export function daysAhead(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
