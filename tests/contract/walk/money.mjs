// Invoices, charges, links, payments that arrive, refunds: what moves, what is pending, and what leaves a record though it failed.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { daysAhead, dollars } from './bodies.mjs';
import { choose, reach, withSettings } from './stages.mjs';

const HOUR_MS = 3_600_000;
const payments = async (way) => (await way.reads('listPayments')).items;

export const money = [
  [
    'an invoice is created once, read alone, and paid with the order',
    async ({ visitors: { admin, finance }, facts }) => {
      const way = await reach('delivered', admin, facts, 'conventional');
      const data = await way.reads('getInvoiceData', { by: finance });
      assert.deepEqual([data.fee, data.amountDue, data.gate, data.invoices], [way.order.fee, way.order.payment.amountDue, { delivered: true, approved: true }, []]);
      await way.does('createInvoice', { billTo: 'borrower', note: 'Net 30' }, finance);
      const [invoice] = (await way.reads('getInvoiceData')).invoices;
      assert.deepEqual([invoice.billTo, invoice.note, invoice.status, invoice.createdBy.id], ['borrower', 'Net 30', 'open', finance.user.id]);
      way.ids.invoiceId = invoice.id;
      await way.does('markPaid', way.body('markPaid'), finance);
      assert.equal((await way.reads('getInvoice')).status, 'paid');
    },
  ],
  [
    'the gates are told before they are met',
    async ({ visitors: { admin, finance }, facts }) => {
      const way = await reach('disputed', admin, facts);
      assert.deepEqual((await way.reads('getInvoiceData', { by: finance })).gate, { delivered: false, approved: false });
    },
  ],
  [
    'a transfer is pending until it settles by itself, and no second one is begun meanwhile',
    async ({ sandbox, visitors: { admin, finance }, facts }) => {
      const way = await reach('delivered', admin, facts, 'conventional');
      choose('ach')(way);
      const amount = way.order.payment.amountDue;
      await withSettings(sandbox, { paymentDelayMs: HOUR_MS }, async () => {
        await way.does('collectPayment', { methodId: way.ids.methodId, amount }, finance);
        const [charge] = await payments(way);
        assert.deepEqual([charge.kind, charge.status, charge.amount, charge.actor.id], ['charge', 'pending', amount, finance.user.id]);
        await way.refused(409, 'duplicate_action', 'collectPayment', { methodId: way.ids.methodId, amount });
        way.ids.paymentId = charge.id;
        await way.refused(422, 'not_processable', 'refundPayment');
      });
      const other = await reach('delivered', admin, facts, 'conventional');
      await other.does('collectPayment', { methodId: way.ids.methodId, amount: other.order.payment.amountDue }, finance);
      const { items } = await other.until('listPayments', (read) => read.items[0].status !== 'pending');
      assert.equal(items[0].status, 'succeeded');
      const [settled] = (await other.reads('listHistory')).items;
      assert.deepEqual([settled.type, settled.source], ['paymentCollected', 'automation']);
      assert.equal((await other.reload()).payment.status, 'paid');
    },
  ],
  [
    'a declined charge is refused, and leaves a failed payment and an entry',
    async ({ sandbox, visitors: { admin, finance }, facts }) => {
      const way = await reach('billable', admin, facts);
      await withSettings(sandbox, { chargesDecline: true }, async () => {
        const headers = { 'idempotency-key': randomUUID() };
        const call = { path: way.places, body: way.body('collectPayment'), headers };
        const answer = await finance.refused(422, 'payment_declined', 'collectPayment', call);
        await finance.refused(422, 'payment_declined', 'collectPayment', call);
        const [failed, ...others] = (await payments(way)).filter(({ status }) => status === 'failed');
        assert.deepEqual(others, [], 'the same intent was charged twice');
        assert.deepEqual([failed.status, failed.actor.id, failed.correlationId], ['failed', finance.user.id, answer.headers.get('x-correlation-id')]);
        const [entry] = (await way.reads('listHistory')).items;
        assert.deepEqual([entry.type, entry.refs.paymentId], ['paymentFailed', failed.id]);
      });
      choose('storedCard')(way);
      await way.does('collectPayment', way.body('collectPayment'), finance);
      assert.deepEqual([(await payments(way))[0].status, (await way.reads('getInvoiceData')).paid], ['succeeded', dollars('120.00')]);
    },
  ],
  [
    'the vendor is told nothing of what the client pays',
    async ({ visitors: { admin, vendor }, facts }) => {
      const way = await reach('charged', admin, facts, 'conventional');
      await way.does('refundPayment');
      await way.does('createInvoice');
      await way.does('sendPaymentLink');
      await way.does('recordPayment');
      await way.does('updateOrder', { orderFee: dollars('613.00'), dueDate: daysAhead(26) });
      await way.does('markPaid');
      const { items: all } = await way.reads('listHistory');
      const told = (await way.reads('listHistory', { by: vendor })).items;
      const types = (entries) => [...new Set(entries.map(({ type }) => type))].sort();
      const kept = types(all).filter((type) => !types(told).includes(type));
      assert.deepEqual(kept, ['invoiced', 'markedPaid', 'paymentCollected', 'paymentLinkSent', 'paymentReceived', 'refunded']);
      assert.doesNotMatch(JSON.stringify(told), /613\.00/);
      for (const entry of all) {
        const entryId = entry.id;
        if (kept.includes(entry.type)) await way.refused(404, 'not_found', 'getHistoryEntry', undefined, { by: vendor, at: { entryId } });
        else await way.reads('getHistoryEntry', { by: vendor, entryId });
      }
    },
  ],
  [
    'a payment is refunded in parts, up to what it was',
    async ({ visitors: { admin, finance }, facts }) => {
      const way = await reach('charged', admin, facts);
      const paid = async () => (await way.reads('getInvoiceData')).paid.amount;
      assert.equal(await paid(), '120.00');
      for (const [part, left] of [['20.00', '100.00'], ['100.00', '0.00']]) {
        await way.does('refundPayment', { amount: dollars(part), reason: 'Agreed with the borrower' }, finance);
        const [refund] = await payments(way);
        assert.deepEqual([refund.kind, refund.relatedPaymentId, refund.actor.id], ['refund', way.ids.paymentId, finance.user.id]);
        assert.equal(await paid(), left);
      }
      await way.refused(422, 'not_processable', 'refundPayment', { amount: dollars('0.01'), reason: 'Once more' });
    },
  ],
  [
    'a link is pending until the borrower pays by it',
    async ({ sandbox, visitors: { admin, finance }, facts }) => {
      const way = await reach('delivered', admin, facts, 'conventional');
      const body = { ...way.body('sendPaymentLink'), amount: way.order.payment.amountDue };
      await way.does('sendPaymentLink', body, finance);
      const [link] = await payments(way);
      assert.deepEqual([link.kind, link.status, link.amount], ['paymentLink', 'pending', body.amount]);
      const other = await reach('delivered', admin, facts, 'conventional');
      await withSettings(sandbox, { borrowerActs: true }, () => other.does('sendPaymentLink', { ...body, amount: other.order.payment.amountDue }, finance));
      await other.until('listPayments', (read) => read.items[0].status === 'succeeded');
      assert.equal((await other.reload()).payment.status, 'paid');
      await other.refused(409, 'duplicate_action', 'sendPaymentLink', body);
    },
  ],
  [
    'a payment that arrived by another way is recorded with its reference',
    async ({ visitors: { admin, finance }, facts }) => {
      const way = await reach('delivered', admin, facts, 'conventional');
      const body = { ...way.body('recordPayment'), method: 'wire', amount: way.order.payment.amountDue };
      await way.does('recordPayment', body, finance);
      const [received] = await payments(way);
      assert.deepEqual([received.kind, received.status, received.method, received.reference], ['received', 'succeeded', 'wire', body.reference]);
      assert.equal(way.order.payment.status, 'paid');
      way.ids.paymentId = received.id;
      await way.does('refundPayment', { amount: dollars('1.00'), reason: 'Paid too much' }, finance);
    },
  ],
];
