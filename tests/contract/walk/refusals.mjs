// Every refusal that the document promises, on every operation that can give it.

import assert from 'node:assert/strict';
import { needsSession, operation, operations, resolve, contract } from '../document.mjs';
import { validateAnswer } from '../validator.mjs';
import { writes } from './lifecycle.mjs';
import { freshDraft, readyFor, soundBody, soundQuery } from './requests.mjs';
import { Visitor } from './visitor.mjs';

const UNKNOWN = 'no-such-thing';
const scoped = operations.filter(({ names }) => names.includes('clientId'));
const withBody = operations.filter(({ body }) => body);

// Not valid by the document: [operation, change of the sound body, field that the refusal names].
const MALFORMED_BODIES = [
  ['createDraft', ({ clientReference, ...rest }) => rest, 'clientReference'],
  ['createDraft', (body) => ({ ...body, clientReference: 'mine' }), 'clientReference'],
  ['createDraft', ({ productId, ...rest }) => rest, 'productId'],
  ['createDraft', ({ property, ...rest }) => rest, 'property'],
  ['createDraft', (body) => ({ ...body, property: { ...body.property, zip: 'ABC' } }), 'property.zip'],
  ['createDraft', (body) => ({ ...body, contacts: [] }), 'contacts'],
  ['createDraft', (body) => ({ ...body, contacts: [{ ...body.contacts[0], email: 'not an address' }] }), 'contacts[0].email'],
  ['createDraft', (body) => ({ ...body, dueDate: '2026-02-30' }), 'dueDate'],
  ['createDraft', (body) => ({ ...body, specialInstructions: 'x'.repeat(4001) }), 'specialInstructions'],
  ['saveDraftProperty', (body) => ({ ...body, state: 'Texas' }), 'state'],
  ['saveDraftProperty', ({ street, ...rest }) => rest, 'street'],
  ['saveDraftVendor', () => ({}), 'vendorId'],
  ['saveDraftConditions', ({ dueDate, ...rest }) => rest, 'dueDate'],
  ['saveDraftContacts', (body) => ({ contacts: [{ ...body.contacts[0], role: 'neighbour' }] }), 'contacts[0].role'],
  ['saveDraftContacts', (body) => ({ contacts: Array(21).fill(body.contacts[0]) }), 'contacts'],
  ['activateOrder', () => ({ expectedVersion: 0 }), 'expectedVersion'],
  ['assignVendor', () => ({}), 'vendorId'],
  ['holdOrder', () => ({ reason: 'no' }), 'reason'],
  ['holdOrder', () => ({ reason: '     ' }), 'reason'],
  ['reactivateOrder', () => ({}), 'reason'],
  ['cancelOrder', () => ({ reason: 'x'.repeat(501) }), 'reason'],
];

const MALFORMED_QUERIES = [
  ['listOrders', { page: 0 }, 'page'],
  ['listOrders', { pageSize: 201 }, 'pageSize'],
  ['listOrders', { view: 'everything' }, 'view'],
  ['listOrders', { status: '16,x' }, 'status'],
  ['listOrders', { sort: 'colour' }, 'sort'],
  ['listOrders', { dueBefore: '2026-02-30' }, 'dueBefore'],
  ['listOrders', { search: 'x'.repeat(101) }, 'search'],
  ['listOrders', { vendorId: '' }, 'vendorId'],
  ['listHistory', { limit: 1001 }, 'limit'],
  ['listHistory', { after: 'not an id' }, 'after'],
  ['listLoans', { page: 'two' }, 'page'],
  ['listVendors', { search: 'x'.repeat(101) }, 'search'],
  ['resolveFee', { zip: '78701' }, 'productId'],
  ['resolveFee', { productId: 'any', zip: '787' }, 'zip'],
];

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
      const real = { ...facts.at('16'), entryId: UNKNOWN };
      for (const target of scoped) {
        for (const unknown of target.names) {
          const path = { ...real, [unknown]: UNKNOWN };
          await admin.refused(404, 'not_found', target.id, { path, query: soundQuery(target.id, facts), body: soundBody(target.id, facts) });
        }
      }
      const fee = { path: real, query: { ...soundQuery('resolveFee', facts), productId: UNKNOWN } };
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
    async ({ visitors: { admin, finance }, facts }) => {
      for (const id of [...writes, 'deleteDraft']) {
        assert.ok(!finance.user.permissions.includes(operation(id).spec['x-permission']), id);
        const { path, body } = await readyFor(id, admin, facts);
        await finance.refused(403, 'forbidden', id, { path, body });
      }
    },
  ],
  [
    'a malformed request is refused with the field, and the document agrees that it is malformed',
    async ({ visitors: { admin }, facts }) => {
      for (const [id, change, field] of MALFORMED_BODIES) {
        const { path, body } = await readyFor(id, admin, facts);
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
      for (const { id, names } of withBody) {
        const path = names.includes('orderId') ? facts.at('draft') : { clientId: facts.clientId, loanId: facts.loanId };
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
    'an idempotency key that is no UUID is refused on each write',
    async ({ visitors: { admin }, facts }) => {
      for (const id of writes) {
        const { path, body } = await readyFor(id, admin, facts);
        await admin.refused(400, 'validation_failed', id, { path, body, headers: { 'idempotency-key': 'again' }, malformed: true });
      }
    },
  ],
  [
    'a product or vendor that the client does not have is refused by field',
    async ({ visitors: { admin }, facts }) => {
      const cases = [
        ['createDraft', { productId: UNKNOWN }, 'productId', 'validation_failed'],
        ['createDraft', { vendorId: UNKNOWN }, 'vendorId', 'validation_failed'],
        ['saveDraftConditions', { productId: UNKNOWN }, 'productId', 'validation_failed'],
        ['saveDraftVendor', { vendorId: UNKNOWN }, 'vendorId', 'validation_failed'],
        ['assignVendor', { vendorId: UNKNOWN }, undefined, 'vendor_not_eligible'],
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
      const draft = (await freshDraft(admin, facts)).path;
      const elsewhere = { assignVendor: facts.at('8'), cancelOrder: facts.at('8'), holdOrder: draft };
      for (const id of [...writes, 'deleteDraft'].filter((each) => each !== 'createDraft')) {
        await admin.refused(409, 'state_conflict', id, { path: elsewhere[id] ?? facts.at('16'), body: soundBody(id, facts) });
      }
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
          const path = { ...facts.at('16'), entryId: UNKNOWN, [target.names.at(-1)]: nothing };
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
        const path = { ...facts.at('13') };
        path.entryId = (await admin.does('listHistory', { path })).body.items[0].id;
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
        const allowed = (await judge('PATCH', target, 405, 'MethodNotAllowed')).headers.get('allow');
        const own = ['get', 'put', 'post', 'delete'].filter((method) => item[method]).map((method) => method.toUpperCase());
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
  return Object.fromEntries(names.map((name) => [name, UNKNOWN]));
}
