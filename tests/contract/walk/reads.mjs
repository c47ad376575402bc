// Every read, as every role, over orders of every status, with every filter.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { contract, operation, operations, resolve } from '../document.mjs';
import { soundQuery } from './bodies.mjs';

const scopedReads = operations.filter(({ method, template }) => method === 'GET' && template.includes('{clientId}'));
const readsOf = (name) => scopedReads.filter(({ names }) => names.at(-1) === name).map(({ id }) => id);
const choices = (name) => {
  const { schema } = operation('listOrders').parameters.find((parameter) => parameter.name === name);
  return resolve(schema).enum;
};

export const reads = [
  [
    'each role reads the reference data and the queue of its client',
    async ({ visitors, facts }) => {
      for (const visitor of Object.values(visitors)) {
        const { id: clientId } = visitor.user.clients[0];
        for (const id of readsOf('clientId')) {
          const query = clientId === facts.clientId ? soundQuery(id, facts) : {};
          if (id === 'resolveFee' && clientId !== facts.clientId) continue;
          await visitor.does(id, { path: { clientId }, query });
        }
      }
    },
  ],
  [
    'each record of an order of each status keeps the contract',
    async ({ visitors: { admin }, facts }) => {
      const alone = ['getOrder', 'getOrderById', 'getLatestReport', 'getLatestRevision'];
      const records = readsOf('orderId').filter((id) => !alone.includes(id));
      assert.ok(records.length > 15, records.join());
      const statuses = Object.keys(facts.byStatus);
      assert.ok(statuses.length >= 18, `samples of ${statuses.length} statuses only`);
      for (const status of statuses) {
        assert.ok(facts.byStatus[status].length > 0, `no sample of ${status}`);
        for (const { id: orderId, loanId } of facts.byStatus[status]) {
          const path = { clientId: facts.clientId, loanId, orderId };
          const { body: order } = await admin.does('getOrder', { path });
          assert.equal(order.isDraft ? 'draft' : String(order.statusCode), status);
          assert.deepEqual((await admin.does('getOrderById', { path })).body, order);
          for (const id of records) await admin.does(id, { path });
          for (const [list, latest] of [['listReports', 'getLatestReport'], ['listRevisions', 'getLatestRevision']]) {
            const [newest] = (await admin.does(list, { path })).body.items;
            if (newest) assert.deepEqual((await admin.does(latest, { path })).body, newest);
            else await admin.refused(404, 'not_found', latest, { path });
          }
        }
      }
    },
  ],
  [
    'each entry of a history can be read alone, and paging back meets each once',
    async ({ visitors: { admin }, facts }) => {
      const path = facts.at('13');
      const { items } = (await admin.does('listHistory', { path })).body;
      assert.ok(items.length > 2, 'too short a history to be worth paging');
      const met = [];
      let page = (await admin.does('listHistory', { path, query: { limit: 2 } })).body;
      while (true) {
        met.push(...page.items);
        if (!page.hasOlder) break;
        page = (await admin.does('listHistory', { path, query: { limit: 2, before: met.at(-1).id } })).body;
        assert.ok(page.items.length > 0, 'older entries are promised and none comes');
      }
      assert.deepEqual(met, items);
      const newer = (await admin.does('listHistory', { path, query: { after: items[1].id } })).body;
      assert.deepEqual(newer.items, [items[0]]);
      const typed = (await admin.does('listHistory', { path, query: { type: items[0].type } })).body;
      assert.ok(typed.items.length > 0 && typed.items.every(({ type }) => type === items[0].type));
      for (const entry of items) {
        assert.deepEqual((await admin.does('getHistoryEntry', { path: { ...path, entryId: entry.id } })).body, entry);
      }
    },
  ],
  [
    'each record of a list can be read alone, and each file is what the list tells of it',
    async ({ visitors: { admin }, facts }) => {
      const seeded = ['11', '12', '13', '17', '6'].map((status) => facts.at(status));
      const met = {};
      for (const path of [...Object.values(facts.lives).map(({ places }) => places), ...seeded]) {
        const read = async (id, more) => (await admin.does(id, { path: { ...path, ...more } })).body;
        const same = async (id, name, record, holds = (body) => body) => {
          assert.deepEqual(holds(await read(id, { [name]: record.id })), record);
          met[id] = (met[id] ?? 0) + 1;
        };
        for (const report of (await read('listReports')).items) {
          const bytes = await read('getReportContent', { reportId: report.id });
          assert.deepEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')], [report.size, report.sha256]);
        }
        for (const { id: documentId, size } of (await read('listDocuments')).items) {
          assert.equal((await read('getDocumentContent', { documentId })).length, size);
        }
        for (const run of (await read('listCrossCheckRuns')).items) await same('getCrossCheckRun', 'runId', run);
        for (const invoice of (await read('getInvoiceData')).invoices) await same('getInvoice', 'invoiceId', invoice);
        for (const portal of ['Ucdp', 'Ead']) {
          for (const submission of (await read(`get${portal}Submission`)).submissions) {
            await same(`get${portal}DashboardDetails`, 'submissionId', submission, (body) => body.submission);
          }
        }
      }
      assert.deepEqual(Object.keys(met).sort(), ['getCrossCheckRun', 'getEadDashboardDetails', 'getInvoice', 'getUcdpDashboardDetails']);
    },
  ],
  [
    'the history of a whole life holds known types only, and each that was lived',
    async ({ visitors: { admin }, facts }) => {
      const { items: types } = (await admin.does('listHistoryTypes', { path: facts })).body;
      assert.deepEqual(types.map(({ type }) => type).sort(), [...contract.components.schemas.HistoryTypeName.examples].sort());
      for (const way of Object.values(facts.lives)) {
        const lived = (await way.reads('listHistory')).items.map(({ type }) => type);
        assert.deepEqual(lived.filter((type) => !types.some((known) => known.type === type)), []);
        for (const type of ['documentAdded', 'reportSubmitted', 'crosscheckRun', 'rovDecided', 'delivered', 'invoiced', 'refunded', 'agencyResult']) {
          assert.ok(lived.includes(type), `${type} is not in the history`);
        }
      }
    },
  ],
  [
    'a draft has no history',
    async ({ visitors: { admin }, facts }) => {
      assert.deepEqual((await admin.does('listHistory', { path: facts.at('draft') })).body.items, []);
    },
  ],
  [
    'each loan is read alone and with its orders',
    async ({ visitors: { admin }, facts }) => {
      const path = { clientId: facts.clientId };
      const { items } = (await admin.does('listLoans', { path, query: { page: 1, pageSize: 5 } })).body;
      assert.ok(items.length > 0);
      for (const loan of items) {
        assert.deepEqual((await admin.does('getLoan', { path: { ...path, loanId: loan.id } })).body, loan);
        const { items: orders } = (await admin.does('listLoanOrders', { path: { ...path, loanId: loan.id } })).body;
        assert.ok(orders.every(({ loanId }) => loanId === loan.id));
      }
      const found = (await admin.does('listLoans', { path, query: { search: items[0].number } })).body;
      assert.ok(found.items.some(({ id }) => id === items[0].id));
    },
  ],
  [
    'the queue answers each view, sort and filter, and its counts agree with its totals',
    async ({ visitors: { admin }, facts }) => {
      const list = async (query) => (await admin.does('listOrders', { path: { clientId: facts.clientId }, query })).body;
      const { counts } = await list({});
      for (const view of choices('view')) assert.equal((await list({ view })).total, counts[view], view);
      for (const sort of choices('sort')) await list({ sort, pageSize: 20 });
      const picked = await list({ status: '16,2', pageSize: 200 });
      assert.ok(picked.items.length > 0 && picked.items.every(({ statusCode }) => [16, 2].includes(statusCode)));
      const [order] = (await list({ view: 'awaiting-vendor' })).items;
      assert.ok(order, 'no order awaits its vendor');
      for (const [name, value] of [['vendorId', order.vendorId], ['branchId', order.branchId]]) {
        const filtered = await list({ [name]: value, pageSize: 200 });
        assert.ok(filtered.items.length > 0 && filtered.items.every((item) => item[name] === value), name);
      }
      const found = await list({ search: order.orderNumber.toLowerCase() });
      assert.ok(found.items.some(({ id }) => id === order.id));
      const due = await list({ dueBefore: order.dueDate, pageSize: 200 });
      assert.ok(due.items.every(({ dueDate }) => dueDate < order.dueDate));
      assert.deepEqual((await list({ page: 1000000 })).items, []);
      assert.deepEqual((await list({ status: 999 })).items, []);
    },
  ],
  [
    'a vendor sees its own orders only',
    async ({ visitors: { admin, vendor }, facts }) => {
      const { id: clientId } = vendor.user.clients[0];
      const { items } = (await vendor.does('listOrders', { path: { clientId }, query: { pageSize: 200 } })).body;
      assert.ok(items.length > 0, 'the vendor has no orders to be judged by');
      assert.ok(items.every(({ vendorId }) => vendorId === vendor.user.vendorId));
      const [own] = items;
      const path = { clientId, loanId: own.loanId, orderId: own.id };
      for (const { loanId, id: orderId } of items) {
        const { fee, payment, cancel } = (await vendor.does('getOrder', { path: { clientId, loanId, orderId } })).body;
        const hidden = [payment, fee?.orderFee, fee?.technologyFee, fee?.total, cancel?.feeApplied, cancel?.refunded];
        assert.ok(hidden.every((value) => (value ?? null) === null), `the vendor is told what the client pays: ${JSON.stringify({ fee, payment, cancel })}`);
      }
      await vendor.does('listVendorPayments', { path });
      const all = (await admin.does('listOrders', { path: { clientId: facts.clientId }, query: { pageSize: 200 } })).body.items;
      const foreign = all.find(({ vendorId }) => vendorId !== vendor.user.vendorId);
      await vendor.refused(404, 'not_found', 'getOrder', {
        path: { clientId: foreign.clientId, loanId: foreign.loanId, orderId: foreign.id },
      });
    },
  ],
  [
    'each default role may read, so that no read can be refused for want of a permission',
    async ({ visitors }) => {
      assert.equal(Object.keys(visitors).length, 6);
      for (const visitor of Object.values(visitors)) assert.ok(visitor.user.permissions.includes('orders.view'), visitor.user.role);
      assert.ok(scopedReads.every(({ spec }) => spec['x-permission'] === 'orders.view'));
    },
  ],
  [
    'the clients of a user are the only ones that it can reach',
    async ({ visitors: { admin, client } }) => {
      const own = client.user.clients.map(({ id }) => id);
      const foreign = admin.user.clients.find(({ id }) => !own.includes(id));
      assert.ok(foreign, 'the client user reaches every client');
      for (const id of readsOf('clientId')) {
        await client.refused(404, 'not_found', id, { path: { clientId: foreign.id }, query: soundQuery(id, { productId: 'any', property: { zip: '78701' } }) });
      }
    },
  ],
];
