// What vendor and client agree on, and the vendor's work up to the report.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { UNKNOWN, daysAhead, dollars, pdf, png } from './bodies.mjs';
import { reach, submit, withSettings } from './stages.mjs';

const newest = async (way) => (await way.reads('listHistory')).items;

export const vendorWork = [
  [
    'terms are offered, countered and accepted, and the order adopts what both agreed on',
    async ({ visitors: { admin, operations, vendor }, facts }) => {
      const way = await reach('assigned', operations, facts);
      assert.equal(way.order.vendor.id, vendor.user.vendorId);
      await way.does('updateOrderStatus', { statusCode: 4, fee: dollars('600.00'), notes: 'Remote.' }, vendor);
      assert.deepEqual([way.order.statusCode, way.order.conditions.proposedBy, way.order.conditions.fee], [4, 'vendor', dollars('600.00')]);
      const terms = { fee: dollars('550.00'), dueDate: daysAhead(24), note: 'A little sooner.' };
      await way.does('counterConditions', terms);
      assert.deepEqual([way.order.statusCode, way.order.conditions.proposedBy], [4, 'client']);
      await way.refused(409, 'state_conflict', 'acceptConditions');
      await way.refused(409, 'state_conflict', 'counterConditions');
      await way.does('updateOrderStatus', { statusCode: 3 }, vendor);
      const agreed = await way.reads('getOrder', { by: admin });
      assert.deepEqual([agreed.statusCode, agreed.fee.vendorCharges, agreed.dueDate, agreed.conditions], [3, terms.fee, terms.dueDate, null]);
      assert.equal((await newest(way))[0].type, 'conditionsAccepted');
    },
  ],
  [
    "the client accepts the vendor's conditions",
    async ({ visitors: { admin, client }, facts }) => {
      const way = await reach('conditioned', admin, facts);
      await way.does('acceptConditions', {}, client);
      const { statusCode, fee, conditions } = await way.reads('getOrder');
      assert.deepEqual([statusCode, fee.vendorCharges, conditions], [3, dollars('575.00'), null]);
    },
  ],
  [
    'a declined order returns to be assigned anew, and the history tells who and what did it',
    async ({ visitors: { admin, vendor }, facts }) => {
      const way = await reach('assigned', admin, facts);
      const { reassignmentCount } = way.order;
      const { path } = way;
      const answer = await vendor.does('updateOrderStatus', { path, body: { statusCode: 2, reason: 'Out of area this month' } });
      assert.equal(answer.body.statusCode, 16);
      const order = await way.reload();
      assert.deepEqual([order.statusCode, order.vendor, order.reassignmentCount], [16, null, reassignmentCount + 1]);
      const [unassigned, declined] = await newest(way);
      assert.deepEqual([unassigned.type, unassigned.source, unassigned.fromStatus, unassigned.toStatus], ['unassigned', 'automation', 2, 16]);
      assert.deepEqual([declined.type, declined.actor.id, declined.toStatus], ['declined', vendor.user.id, 2]);
      assert.match(declined.reason, /Out of area/);
    },
  ],
  [
    'vendors that answer by themselves accept, decline and counter, as their own users',
    async ({ sandbox, visitors: { admin }, facts }) => {
      for (const [vendorsAnswer, statusCode] of [['accept', 3], ['decline', 16], ['counter', 4]]) {
        await withSettings(sandbox, { vendorsAnswer }, async () => {
          const way = await reach('assigned', admin, facts);
          const order = await way.until('getOrder', (read) => read.statusCode !== 1);
          assert.equal(order.statusCode, statusCode, vendorsAnswer);
          const said = (await newest(way)).find(({ type }) => ['accepted', 'declined', 'acceptedWithConditions'].includes(type));
          assert.deepEqual([said.actor?.role, said.source], ['vendor', 'user']);
        });
      }
    },
  ],
  [
    'statuses are not skipped',
    async ({ visitors: { admin }, facts }) => {
      const way = await reach('accepted', admin, facts);
      for (const statusCode of [3, 4, 2]) {
        await way.refused(409, 'state_conflict', 'updateOrderStatus', { statusCode, reason: 'Too late', fee: dollars('600.00') });
      }
      await way.refused(409, 'state_conflict', 'submitReport');
      await way.does('updateOrderStatus', { statusCode: 10 });
      assert.equal(way.order.statusCode, 10);
      await way.refused(409, 'state_conflict', 'updateOrderStatus', { statusCode: 10 });
    },
  ],
  [
    'an inspection is set, moved and completed, in the zone of the property, and a taken time is refused',
    async ({ visitors: { operations: visitor, vendor }, facts }) => {
      const way = await reach('accepted', visitor, facts);
      const { items, timeZone } = await way.reads('listInspectionSlots');
      assert.deepEqual(items.map(({ startsAt }) => startsAt), items.map(({ startsAt }) => startsAt).sort());
      const [first, second] = items.filter(({ available }) => available);
      for (const [slot, by] of [[first, vendor], [second, visitor]]) {
        await way.does('scheduleInspection', { slotId: slot.id }, by);
        const { statusCode, inspection } = way.order;
        assert.deepEqual([statusCode, inspection.scheduledAt, inspection.timeZone], [14, slot.startsAt, timeZone]);
      }
      await way.refused(409, 'slot_taken', 'scheduleInspection', { slotId: UNKNOWN });
      const now = (await way.reads('listInspectionSlots')).items;
      assert.equal(now.find(({ id }) => id === second.id).available, false, 'its own time is on offer again');
      await way.refused(409, 'slot_taken', 'scheduleInspection', { slotId: second.id });
      await way.does('completeInspection', {}, vendor);
      assert.ok(way.order.statusCode === 15 && way.order.inspection.completedAt);
    },
  ],
  [
    'each upload of a report is a version of its own, and can be had back byte by byte',
    async ({ visitors: { admin, vendor, qc }, facts }) => {
      const way = await reach('inspected', admin, facts);
      const first = pdf('report v1.pdf', 'first');
      const sent = await way.does('submitReport', { file: first }, vendor);
      const [report] = (await way.reads('listReports')).items;
      assert.deepEqual(
        [report.version, report.name, report.size, report.sha256, report.submittedBy.id, report.status, report.correlationId],
        [1, first.filename, first.bytes.length, sha256(first.bytes), vendor.user.id, 'submitted', sent.headers.get('x-correlation-id')],
      );
      way.ids.reportId = report.id;
      await way.does('requestRevision', way.body('requestRevision'), qc);
      assert.deepEqual([way.order.statusCode, way.order.revisionCount], [12, 1]);
      const zip = { filename: 'report v2.zip', type: 'application/zip', bytes: Buffer.from('PK\u0003\u0004second') };
      await submit(way, zip);
      const [newer, older] = (await way.reads('listReports')).items;
      assert.deepEqual([newer.version, newer.contentType, older.id, older.status], [2, 'application/zip', report.id, 'superseded']);
      assert.deepEqual(await way.reads('getReportContent', { reportId: older.id, by: vendor }), first.bytes);
      const answer = await admin.does('getReportContent', { path: { ...way.places, reportId: newer.id } });
      assert.deepEqual([answer.headers.get('content-type'), answer.body], ['application/zip', zip.bytes]);
      assert.match(decodeURIComponent(answer.headers.get('content-disposition')), /report v2\.zip/);
      assert.equal((await way.reads('getLatestRevision')).resolvedByReportId, newer.id);
      const events = (await way.reads('listReportHistory')).items.map(({ type, reportId }) => `${type} ${reportId}`);
      assert.ok(events.includes(`reportSubmitted ${newer.id}`) && events.includes(`revisionRequested ${older.id}`), events.join());
      await way.refused(409, 'state_conflict', 'acceptReport', {}, { at: { reportId: older.id } });
    },
  ],
  [
    'a document is seen by vendor and client as long as they have access',
    async ({ visitors, facts }) => {
      const way = await reach('assigned', visitors.operations, facts);
      const photo = png();
      await way.does('addDocument', { file: photo, kind: 'photo' });
      const seen = async (by) => (await way.reads('listDocuments', { by })).items.find(({ name }) => name === photo.filename);
      const document = await seen(visitors.operations);
      assert.deepEqual([document.kind, document.contentType, document.access], ['photo', 'image/png', { vendor: false, client: false }]);
      way.ids.documentId = document.id;
      for (const party of ['vendor', 'client']) {
        way.ids.party = party;
        const by = visitors[party];
        for (const repeated of ['once', 'again']) {
          assert.equal(await seen(by), undefined, `${party} ${repeated}`);
          await way.refused(404, 'not_found', 'getDocumentContent', undefined, { by });
          await way.does('grantDocumentAccess');
          await way.does('grantDocumentAccess');
          assert.equal((await seen(by)).access[party], true);
          assert.deepEqual(await way.reads('getDocumentContent', { by }), photo.bytes);
          await way.does('revokeDocumentAccess');
          await way.does('revokeDocumentAccess');
        }
      }
      const lines = (await way.reads('listAuditLogs')).items.map(({ summary }) => summary).join('\n');
      assert.match(lines, /front\.png/);
    },
  ],
  [
    'the fee, the due date and the instructions are changed, and the history names old and new',
    async ({ visitors: { operations: visitor }, facts }) => {
      const way = await reach('accepted', visitor, facts);
      const before = way.order;
      const changes = { orderFee: dollars('615.00'), dueDate: daysAhead(40), specialInstructions: 'Call first.' };
      await way.does('updateOrder', { ...changes, expectedVersion: before.version });
      const { fee, dueDate, specialInstructions } = way.order;
      assert.deepEqual({ orderFee: fee.orderFee, dueDate, specialInstructions }, changes);
      const [{ type, summary }] = await newest(way);
      assert.equal(type, 'orderUpdated');
      for (const value of [before.fee.orderFee.amount, '615.00', before.dueDate, changes.dueDate]) assert.ok(summary.includes(value), `${value} is not in "${summary}"`);
      await way.does('updateOrder', { specialInstructions: null });
      assert.deepEqual([way.order.specialInstructions, way.order.dueDate], [null, changes.dueDate]);
    },
  ],
  [
    'each role may comment on what it sees',
    async ({ visitors, facts }) => {
      const way = await reach('assigned', visitors.admin, facts);
      for (const by of Object.values(visitors).filter(({ user }) => user.clients.some(({ id }) => id === facts.clientId))) {
        await way.does('addComment', { text: `A word of ${by.user.role}` }, by);
        const [{ type, actor, summary }] = await newest(way);
        assert.deepEqual([type, actor.id, summary], ['comment', by.user.id, `A word of ${by.user.role}`]);
      }
    },
  ],
];

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
