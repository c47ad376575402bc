// Every refusal that the document promises, on every operation that can give it.

import assert from 'node:assert/strict';
import { needsSession, operation, operations, resolve, contract } from '../document.mjs';
import { validateAnswer } from '../validator.mjs';
import { UNKNOWN, daysAhead, dollars, pdf, soundBody, soundQuery } from './bodies.mjs';
import { lifeFor } from './life.mjs';
import { MALFORMED_BODIES, MALFORMED_QUERIES } from './malformed.mjs';
import { freshDraft } from './requests.mjs';
import { reach, readyFor } from './stages.mjs';
import { Visitor } from './visitor.mjs';
import { writes } from './writes.mjs';

const scoped = operations.filter(({ names }) => names.includes('clientId'));
const withBody = operations.filter(({ body }) => body);
const bodyless = ['deleteDraft', 'grantDocumentAccess', 'revokeDocumentAccess'];
const METHODS = ['PATCH', 'DELETE', 'PUT', 'POST', 'GET'];
const EUROS = { amount: '10.00', currency: 'EUR' };
const MAX_FILE = 20 * 1024 * 1024;

export const refusals = [
  [
    'without a session, or with a token that is none, nothing is told',
    async ({ url, coverage, facts }) => {
      const stranger = new Visitor(url, coverage);
      for (const target of operations.filter(needsSession)) {
        const call = { path: placeholders(target), query: soundQuery(target.id, facts), body: soundBody(target.id, facts) };
        await stranger.refused(401, 'token_missing', target.id, { ...call, malformed: true });
        await stranger.refused(401, 'token_invalid', target.id, { ...call, headers: { authorization: 'Bearer nonsense' } });
      }
    },
  ],
  [
    'what does not exist is not found',
    async ({ visitors: { admin }, facts }) => {
      for (const target of scoped) {
        const real = lifeFor(target.id, facts).places;
        for (const unknown of target.names) {
          // A party that is none cannot even be written.
          const malformed = unknown === 'party';
          const call = { path: { ...real, [unknown]: UNKNOWN }, query: soundQuery(target.id, facts), body: soundBody(target.id, facts), malformed };
          await admin.refused(404, 'not_found', target.id, call);
        }
      }
      const fee = { path: facts, query: { ...soundQuery('resolveFee', facts), productId: UNKNOWN } };
      await admin.refused(404, 'not_found', 'resolveFee', fee);
    },
  ],
  [
    'an order is found under its own loan only',
    async ({ visitors: { admin }, facts }) => {
      const { body } = await admin.does('listLoans', { path: { clientId: facts.clientId } });
      const order = facts.at('16');
      const other = body.items.find(({ id }) => id !== order.loanId);
      await admin.refused(404, 'not_found', 'getOrder', { path: { ...order, loanId: other.id } });
    },
  ],
  [
    'a role without the permission is refused each write',
    async ({ visitors, facts }) => {
      const colleagues = Object.values(visitors).filter(({ user }) => user.role !== 'vendor' && user.clients.some(({ id }) => id === facts.clientId));
      for (const id of [...writes, ...bodyless]) {
        const permission = operation(id).spec['x-permission'];
        // Every default role may look on, and who may look on may comment.
        if (permission === 'orders.view') continue;
        const outsider = colleagues.find(({ user }) => !user.permissions.includes(permission));
        assert.ok(outsider, `each role holds ${permission}`);
        await outsider.refused(403, 'forbidden', id, { path: lifeFor(id, facts).places, body: soundBody(id, facts) });
      }
    },
  ],
  [
    'a vendor is refused what is not for it, though it may look on',
    async ({ visitors: { vendor }, facts }) => {
      const kept = operations.filter(({ spec }) => spec['x-not-for']?.includes('vendor'));
      assert.ok(kept.length > 0 && vendor.user.permissions.includes('orders.view'));
      for (const { id } of kept) await vendor.refused(403, 'forbidden', id, { path: lifeFor(id, facts).places });
    },
  ],
  [
    'a vendor finds no operation on the order of another vendor',
    async ({ visitors: { vendor }, facts }) => {
      for (const { id } of scoped.filter(({ names }) => names.includes('orderId'))) {
        const path = { ...lifeFor(id, facts).places, ...facts.at('16') };
        await vendor.refused(404, 'not_found', id, { path, body: soundBody(id, facts) });
      }
    },
  ],
  [
    'a malformed request is refused with the field, and the document agrees that it is malformed',
    async ({ visitors: { admin }, facts }) => {
      for (const [id, change, field] of MALFORMED_BODIES) {
        const { path, body } = await malformable(id, admin, facts);
        await admin.refused(400, 'validation_failed', id, { path, body: change(body), field, malformed: true });
      }
      for (const [id, query, field] of MALFORMED_QUERIES) {
        await admin.refused(400, 'validation_failed', id, { path: facts.at('16'), query, field, malformed: true });
      }
    },
  ],
  [
    'a body that is no JSON, not declared as JSON, or too large is refused as such',
    async ({ visitors: { admin }, facts }) => {
      for (const { id, names } of withBody.filter(({ body }) => body.content['application/json'])) {
        const path = names.includes('orderId') ? lifeFor(id, facts).places : facts;
        for (const raw of ['{"reason"', '[]', '['.repeat(20_000), Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])]) {
          await admin.refused(400, 'validation_failed', id, { path, raw, malformed: true });
        }
        const headers = { 'content-type': 'text/plain' };
        await admin.refused(415, 'unsupported_media_type', id, { path, raw: '{}', headers, malformed: true });
        // Blanks after a sound body: nothing but its size is wrong.
        const padded = JSON.stringify(soundBody(id, facts)) + ' '.repeat(256 * 1024);
        await admin.refused(413, 'payload_too_large', id, { path, raw: padded });
      }
    },
  ],
  [
    'a form that is none, or whose file is of another type or too large, is refused as such',
    async ({ visitors: { admin }, facts }) => {
      const forms = withBody.filter(({ body }) => !body.content['application/json']);
      assert.equal(forms.length, 2);
      for (const { id } of forms) {
        const { places: path } = facts.lives.conventional;
        const body = soundBody(id, facts);
        const refused = (status, code, call) => admin.refused(status, code, id, { path, malformed: true, ...call });
        const boundary = { 'content-type': 'multipart/form-data; boundary=mine' };
        for (const raw of ['', 'no form', '--mine\r\n\r\nno name\r\n--mine--\r\n', '--mine\r\nContent-Disposition: form-data; name="file"\r\n\r\ncut']) {
          await refused(400, 'validation_failed', { raw, headers: boundary });
        }
        await refused(400, 'validation_failed', { raw: '--mine--\r\n', headers: { 'content-type': 'multipart/form-data' } });
        await refused(415, 'unsupported_media_type', { raw: '{}' });
        await refused(415, 'unsupported_media_type', { body: { ...body, file: { ...pdf('page.html'), type: 'text/html' } } });
        await refused(413, 'payload_too_large', { body: { ...body, file: { ...pdf(), bytes: Buffer.alloc(MAX_FILE + 1, '%PDF-') } } });
      }
    },
  ],
  [
    'a file whose first bytes are of another type, or whose name is a path, is refused by field',
    async ({ visitors: { admin }, facts }) => {
      const disguised = { ...pdf(), bytes: Buffer.from('<html>') };
      for (const [id, file] of [
        ['submitReport', disguised],
        ['submitReport', { ...disguised, type: 'application/zip' }],
        ['submitReport', pdf('../report.pdf')],
        ['submitReport', pdf(`${'x'.repeat(200)}.pdf`)],
        ['addDocument', { ...disguised, type: 'image/png' }],
        ['addDocument', pdf('C:\\report.pdf')],
      ]) {
        const { path, body } = await readyFor(id, admin, facts);
        await admin.refused(400, 'validation_failed', id, { path, body: { ...body, file }, field: 'file' });
      }
    },
  ],
  [
    'an idempotency key that is no UUID is refused on each write',
    async ({ visitors: { admin }, facts }) => {
      for (const id of writes) {
        const { path, body } = await malformable(id, admin, facts);
        await admin.refused(400, 'validation_failed', id, { path, body, headers: { 'idempotency-key': 'again' }, malformed: true });
      }
    },
  ],
  [
    'an id in a body that names nothing, and a day out of reach, are refused by field',
    async ({ visitors: { admin }, facts }) => {
      const cases = [
        ['createDraft', { productId: UNKNOWN }, 'productId', 'validation_failed'],
        ['createDraft', { vendorId: UNKNOWN }, 'vendorId', 'validation_failed'],
        ['saveDraftConditions', { productId: UNKNOWN }, 'productId', 'validation_failed'],
        ['saveDraftVendor', { vendorId: UNKNOWN }, 'vendorId', 'validation_failed'],
        ['assignVendor', { vendorId: UNKNOWN }, undefined, 'vendor_not_eligible'],
        ['updateOrder', { dueDate: '2020-01-01' }, 'dueDate', 'validation_failed'],
        ['runCrossCheck', { reportId: UNKNOWN }, 'reportId', 'validation_failed'],
        ['requestRevision', { reportId: UNKNOWN }, 'reportId', 'validation_failed'],
        ['requestRevision', { checklistItemIds: [UNKNOWN] }, 'checklistItemIds[0]', 'validation_failed'],
        ['requestClientRevision', { reportId: UNKNOWN }, 'reportId', 'validation_failed'],
        ['submitToUcdp', { reportId: UNKNOWN }, 'reportId', 'validation_failed'],
        ['submitToEad', { reportId: UNKNOWN }, 'reportId', 'validation_failed'],
        ['overrideUcdpHardStops', { submissionId: UNKNOWN }, 'submissionId', 'validation_failed'],
        ['overrideEadHardStops', { submissionId: UNKNOWN }, 'submissionId', 'validation_failed'],
        ['collectPayment', { methodId: UNKNOWN }, 'methodId', 'validation_failed'],
        ['recordPayment', { receivedOn: daysAhead(3) }, 'receivedOn', 'validation_failed'],
        ['recordPayment', { amount: EUROS }, 'amount', 'validation_failed'],
        ['updateOrder', { orderFee: EUROS }, 'orderFee', 'validation_failed'],
        ['counterConditions', { dueDate: '2020-01-01' }, 'dueDate', 'validation_failed'],
      ];
      for (const [id, change, field, code] of cases) {
        const { path, body } = await readyFor(id, admin, facts);
        await admin.refused(400, code, id, { path, body: { ...body, ...change }, field });
      }
      const path = facts.at('16');
      await admin.refused(400, 'validation_failed', 'listHistory', { path, query: { after: UNKNOWN }, field: 'after' });
    },
  ],
  [
    'an ineligible vendor is refused',
    async ({ visitors: { admin }, facts }) => {
      const { path } = await readyFor('assignVendor', admin, facts);
      const { items } = (await admin.does('listSuggestedVendors', { path })).body;
      const unfit = items.find(({ eligible }) => !eligible);
      assert.ok(unfit, 'every vendor is eligible');
      await admin.refused(400, 'vendor_not_eligible', 'assignVendor', { path, body: { vendorId: unfit.id } });
    },
  ],
  [
    'an order in another state refuses the move',
    async ({ visitors: { admin }, facts }) => {
      const draft = { path: (await freshDraft(admin, facts)).path };
      const cancelled = { path: facts.at('8') };
      const moved = { path: facts.at('16') };
      const at = async (stage, kind) => {
        const way = await reach(stage, admin, facts, kind);
        return { path: way.places, ids: way.ids };
      };
      const life = { path: facts.lives.conventional.places, ids: facts.lives.conventional.ids };
      const submitted = await at('submitted');
      const elsewhere = {
        assignVendor: cancelled,
        cancelOrder: cancelled,
        holdOrder: draft,
        updateOrder: cancelled,
        addComment: draft,
        addDocument: draft,
        answerChecklistItem: life,
        runCrossCheck: life,
        acceptReport: life,
        requestRevision: life,
        requestClientRevision: submitted,
        submitRov: submitted,
        decideRov: life,
        sendToBorrower: submitted,
        sendReport: submitted,
        submitToUcdp: await at('submitted', 'conventional'),
        submitToEad: await at('submitted', 'fha'),
        overrideUcdpHardStops: await overridden('Ucdp', 'conventional', admin, facts),
        overrideEadHardStops: await overridden('Ead', 'fha', admin, facts),
        sendPaymentLink: cancelled,
        recordPayment: draft,
      };
      // These are refused for what they would do again, or to what; see the next tests.
      const otherwise = ['createDraft', 'createInvoice', 'collectPayment', 'markPaid', 'refundPayment'];
      for (const id of [...writes, 'deleteDraft'].filter((each) => !otherwise.includes(each))) {
        const { path, ids } = elsewhere[id] ?? moved;
        await admin.refused(409, 'state_conflict', id, { path, body: soundBody(id, facts, ids) });
      }
    },
  ],
  [
    'what is done already is not done twice',
    async ({ visitors: { admin }, facts }) => {
      const invoiced = await reach('delivered', admin, facts);
      await invoiced.does('createInvoice');
      await invoiced.refused(409, 'duplicate_action', 'createInvoice');
      const recorded = await reach('unassigned', admin, facts);
      const body = recorded.body('recordPayment');
      await recorded.does('recordPayment', body);
      await recorded.refused(409, 'duplicate_action', 'recordPayment', body);
      const paid = await reach('billable', admin, facts, 'conventional');
      await paid.does('markPaid');
      assert.equal((await paid.reload()).payment.status, 'paid');
      for (const id of ['markPaid', 'collectPayment']) await paid.refused(409, 'duplicate_action', id);
    },
  ],
  [
    'nothing is invoiced or collected before the report is delivered and approved',
    async ({ visitors: { admin }, facts }) => {
      for (const stage of ['inspected', 'approved']) {
        const way = await reach(stage, admin, facts);
        way.ids.methodId = facts.methods.paypal;
        for (const id of ['createInvoice', 'collectPayment', 'markPaid']) await way.refused(400, 'business_rule', id);
      }
    },
  ],
  [
    'what is understood but not possible is refused as such',
    async ({ visitors: { admin }, facts }) => {
      const conditions = await reach('conditioned', admin, facts);
      await conditions.refused(422, 'not_processable', 'counterConditions', { note: 'Neither fee nor day' });
      await conditions.refused(422, 'not_processable', 'updateOrderStatus', { statusCode: 4, notes: 'Neither fee nor day' });
      const scheduled = await reach('scheduled', admin, facts);
      await scheduled.refused(422, 'not_processable', 'completeInspection', { completedAt: new Date(Date.now() + 86_400_000).toISOString() });
      const paid = await reach('charged', admin, facts);
      const due = await paid.reads('getInvoiceData');
      await paid.refused(422, 'not_processable', 'collectPayment', { ...paid.body('collectPayment'), amount: dollars('99999.00') });
      for (const kind of ['check', 'creditCard', 'paymentLink']) {
        await paid.refused(422, 'not_processable', 'collectPayment', { ...paid.body('collectPayment'), methodId: facts.methods[kind] });
      }
      await paid.refused(422, 'not_processable', 'refundPayment', { ...paid.body('refundPayment'), amount: dollars('120.01') });
      const { ids, places } = facts.lives.conventional;
      const refund = (await admin.does('listPayments', { path: places })).body.items.find(({ kind }) => kind === 'refund');
      await admin.refused(422, 'not_processable', 'refundPayment', { path: { ...places, paymentId: refund.id }, body: soundBody('refundPayment', facts, ids) });
      assert.deepEqual((await paid.reads('getInvoiceData')).paid, due.paid, 'a refusal moved money');
    },
  ],
  [
    'an incomplete draft is not activated, and each open field is named',
    async ({ visitors: { admin }, facts }) => {
      const silent = [{ role: 'borrower', name: 'Dana Reyes', email: null, phone: null }];
      const { path } = await freshDraft(admin, facts, { dueDate: null, contacts: silent });
      const { body } = await admin.refused(422, 'not_processable', 'activateOrder', { path, body: {}, field: 'dueDate' });
      assert.ok(body.errors.some(({ field }) => field.startsWith('contacts')), JSON.stringify(body.errors));
    },
  ],
  [
    'an id that cannot be one names nothing',
    async ({ visitors: { admin }, facts }) => {
      for (const target of scoped) {
        for (const nothing of ['%FF', '%00', 'a%20b', '%F0%9F%98%80', 'x'.repeat(65)]) {
          const path = { ...lifeFor(target.id, facts).places, [target.names.at(-1)]: nothing };
          const call = { query: soundQuery(target.id, facts), body: soundBody(target.id, facts) };
          await admin.refused(404, 'not_found', target.id, { path, ...call, malformed: true });
        }
      }
    },
  ],
  [
    'a query that is no text is refused on each read',
    async ({ visitors: { admin }, facts }) => {
      for (const { id } of scoped.filter(({ method }) => method === 'GET')) {
        const { places: path } = lifeFor(id, facts);
        await admin.refused(400, 'validation_failed', id, { path, rawQuery: 'view=%FF', malformed: true });
      }
    },
  ],
  [
    'a path has the methods of the document and no other, and nothing else is a path',
    async ({ url, visitors: { admin } }) => {
      const headers = { authorization: `Bearer ${admin.token}` };
      const judge = async (method, target, status, component) => {
        const response = await fetch(url + target, { method, headers });
        const answer = { status: response.status, responseHeaders: response.headers, responseBody: await response.arrayBuffer() };
        const responses = { [status]: resolve(contract.components.responses[component]) };
        assert.deepEqual(validateAnswer({ id: `${method} ${target}`, responses }, answer), []);
        return response;
      };
      for (const [template, item] of Object.entries(contract.paths)) {
        const target = template.replace(/\{\w+\}/g, UNKNOWN);
        const own = METHODS.filter((method) => item[method.toLowerCase()]);
        const [foreign] = METHODS.filter((method) => !own.includes(method));
        const allowed = (await judge(foreign, target, 405, 'MethodNotAllowed')).headers.get('allow');
        for (const method of own) assert.ok(allowed.split(/\s*,\s*/).includes(method), `${target} allows ${allowed}`);
      }
      for (const target of ['/api', '/api/', '/api/clients', '/api/nothing', '/api/auth/sign-in/', '/api/clients/a/orders/b/c']) {
        await judge('GET', target, 404, 'NotFound');
      }
    },
  ],
  [
    'a pause, an outage and a failure keep the form of a refusal',
    async ({ visitors: { admin }, sandbox, facts }) => {
      const codes = { 429: 'too_many_requests', 500: 'internal', 503: 'unavailable' };
      for (const id of ['listOrders', 'holdOrder']) {
        for (const [status, code] of Object.entries(codes)) {
          const fault = { kind: 'answer', when: 'before', status: Number(status), headers: { 'retry-after': '1' } };
          await sandbox.control('POST', '/sandbox/faults', { operation: id, fault });
          await admin.refused(Number(status), code, id, { path: facts.at('16'), body: soundBody(id, facts) });
        }
      }
    },
  ],
];

function placeholders({ names }) {
  return Object.fromEntries(names.map((name) => [name, name === 'party' ? 'vendor' : UNKNOWN]));
}

/** Whatever its state, an order refuses what is malformed; only a draft step is tried on a draft. */
async function malformable(id, visitor, facts) {
  if (operation(id).spec.tags.includes('drafts')) return readyFor(id, visitor, facts);
  return { path: lifeFor(id, facts).places, body: soundBody(id, facts) };
}

/** An order whose submission was overridden, so that it is not refused any more. */
async function overridden(portal, kind, visitor, facts) {
  const way = await reach(`refusedBy${portal}`, visitor, facts, kind);
  await way.does(`override${portal}HardStops`);
  return { path: way.places, ids: way.ids };
}
