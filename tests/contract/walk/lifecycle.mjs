// The ways of an order from draft to activation, assignment, hold and cancellation, with the records that each move leaves.

import assert from 'node:assert/strict';
import { soundBody } from './bodies.mjs';
import { eligibleVendors, freshDraft } from './requests.mjs';
import { writes } from './writes.mjs';

export const lifecycle = [
  [
    'a draft is created, found again, edited step by step, and deleted',
    async ({ visitors: { operations: visitor }, facts }) => {
      const { path, order, body, answer } = await freshDraft(visitor, facts);
      const location = new URL(answer.headers.get('location'), 'http://any.invalid').pathname;
      assert.equal(location, `/api/clients/${path.clientId}/loans/${path.loanId}/orders/${path.orderId}`);
      assert.equal(order.clientReference, body.clientReference);
      const siblings = (await visitor.does('listLoanOrders', { path })).body.items;
      assert.ok(siblings.some(({ id, clientReference }) => id === order.id && clientReference === body.clientReference));

      const sent = Object.fromEntries(writes.filter((id) => id.startsWith('saveDraft')).map((id) => [id, soundBody(id, facts)]));
      let { version } = order;
      for (const [id, step] of Object.entries(sent)) {
        const saved = (await visitor.does(id, { path, body: { ...step, expectedVersion: version } })).body;
        assert.ok(saved.version > version, `${id} leaves the version as it was`);
        version = saved.version;
      }
      const { body: saved } = await visitor.does('getOrder', { path });
      assert.deepEqual(saved.property, sent.saveDraftProperty);
      assert.equal(saved.preferredVendorId, sent.saveDraftVendor.vendorId);
      assert.equal(saved.product.id, sent.saveDraftConditions.productId);
      assert.equal(saved.dueDate, sent.saveDraftConditions.dueDate);
      assert.deepEqual(saved.contacts, sent.saveDraftContacts.contacts);

      await visitor.does('deleteDraft', { path });
      await visitor.refused(404, 'not_found', 'getOrder', { path });
      await visitor.refused(404, 'not_found', 'deleteDraft', { path });
    },
  ],
  [
    'the same client reference twice makes two drafts, as the document warns',
    async ({ visitors: { client }, facts }) => {
      const first = await freshDraft(client, facts);
      const second = await freshDraft(client, facts, { clientReference: first.body.clientReference });
      assert.notEqual(first.order.id, second.order.id);
    },
  ],
  [
    'an order is activated, assigned, reassigned, held, reactivated and cancelled, and its history says so',
    async ({ visitors: { operations: visitor }, facts }) => {
      const { path } = await freshDraft(visitor, facts);
      let { body: order } = await visitor.does('activateOrder', { path });
      assert.equal(order.statusCode, 16);
      for (const [type, count] of [['assigned', 0], ['reassigned', 1]]) {
        const vendor = (await eligibleVendors(visitor, path)).find(({ id }) => id !== order.vendor?.id);
        ({ body: order } = await visitor.does('assignVendor', { path, body: { vendorId: vendor.id, expectedVersion: order.version } }));
        assert.deepEqual([order.statusCode, order.vendor.id, order.reassignmentCount], [1, vendor.id, count]);
        assert.equal((await visitor.does('listHistory', { path, query: { limit: 1 } })).body.items[0].type, type);
      }
      ({ body: order } = await visitor.does('holdOrder', { path, body: soundBody('holdOrder', facts) }));
      assert.deepEqual([order.statusCode, order.hold.priorStatus, order.hold.by.id], [9, 1, visitor.user.id]);
      ({ body: order } = await visitor.does('reactivateOrder', { path, body: soundBody('reactivateOrder', facts) }));
      assert.deepEqual([order.statusCode, order.hold], [1, null]);
      ({ body: order } = await visitor.does('cancelOrder', { path, body: soundBody('cancelOrder', facts) }));
      assert.deepEqual([order.statusCode, order.cancel.by.id], [8, visitor.user.id]);

      const { items } = (await visitor.does('listHistory', { path })).body;
      const mine = items.filter(({ actor }) => actor?.id === visitor.user.id).map(({ type }) => type);
      assert.deepEqual(mine, ['cancelled', 'reactivated', 'held', 'reassigned', 'assigned', 'activated']);
    },
  ],
  [
    'a vendor picked in advance has the order as soon as it is active',
    async ({ visitors: { operations: visitor }, facts }) => {
      const probe = await freshDraft(visitor, facts);
      const [vendor] = await eligibleVendors(visitor, probe.path);
      const { path } = await freshDraft(visitor, facts, { vendorId: vendor.id });
      const { body: order } = await visitor.does('activateOrder', { path });
      assert.deepEqual([order.statusCode, order.vendor?.id], [1, vendor.id]);
    },
  ],
  [
    'an activation that charges leaves a payment, and one whose charge fails leaves the order on hold',
    async ({ visitors: { operations: visitor }, facts }) => {
      for (const [kind, status] of [['charged', 'succeeded'], ['declined', 'failed']]) {
        const [{ id: orderId, loanId }] = facts.drafts[kind];
        const path = { clientId: facts.clientId, loanId, orderId };
        const { body: order } = await visitor.does('activateOrder', { path });
        assert.equal(order.statusCode === 9, kind === 'declined');
        const [payment] = (await visitor.does('listPayments', { path })).body.items;
        assert.deepEqual([payment.kind, payment.status, payment.actor?.id], ['charge', status, visitor.user.id]);
        if (kind === 'declined') continue;
        const { body: cancelled } = await visitor.does('cancelOrder', { path, body: soundBody('cancelOrder', facts) });
        const refunds = (await visitor.does('listPayments', { path })).body.items.filter((item) => item.kind === 'refund');
        assert.equal(refunds.length, cancelled.cancel.refunded === null ? 0 : 1);
        assert.ok(refunds.every(({ relatedPaymentId }) => relatedPaymentId === payment.id));
      }
    },
  ],
];
