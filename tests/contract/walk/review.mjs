// What QC does with a report, and how client and borrower may come back to it.

import assert from 'node:assert/strict';
import { pdf } from './bodies.mjs';
import { reach, submit, withSettings } from './stages.mjs';

export const review = [
  [
    'the checklist is answered, taken back and starts anew with each version, and what fails is found',
    async ({ visitors: { admin, qc }, facts }) => {
      const way = await reach('submitted', admin, facts);
      const { reportId, items } = await way.reads('getChecklist');
      assert.equal(reportId, way.ids.reportId);
      assert.deepEqual([items.length, new Set(items.map(({ section }) => section)).size], [12, 4]);
      assert.ok(items.every(({ answer, note, answeredBy, answeredAt }) => [answer, note, answeredBy, answeredAt].every((value) => value === null)));
      way.ids.itemId = items[3].id;
      const said = { answer: 'fail', note: 'Comparable 2 is eleven miles away.' };
      for (const repeated of ['once', 'again']) {
        const { body: item } = await way.does('answerChecklistItem', said, qc);
        assert.deepEqual([item.id, item.answer, item.note, item.answeredBy.id], [items[3].id, said.answer, said.note, qc.user.id], repeated);
      }
      const found = (await way.reads('listFindings')).items.filter(({ checklistItemId }) => checklistItemId === items[3].id);
      assert.deepEqual(found.map(({ source, reportId: about }) => [source, about]), [['checklist', reportId]]);
      await way.does('answerChecklistItem', { answer: null, note: null }, qc);
      assert.deepEqual((await way.reads('getChecklist')).items[3], items[3]);
      await way.does('answerChecklistItem', said, qc);
      await way.does('requestRevision', { ...way.body('requestRevision'), checklistItemIds: [items[3].id] }, qc);
      const revision = await way.reads('getLatestRevision');
      assert.deepEqual([revision.source, revision.requestedBy.id, revision.checklistItemIds], ['qc', qc.user.id, [items[3].id]]);
      await submit(way);
      const renewed = await way.reads('getChecklist');
      assert.equal(renewed.reportId, way.ids.reportId);
      assert.ok(renewed.items.every(({ answer }) => answer === null), 'answers about the older version stand');
    },
  ],
  [
    'CrossCheck runs on after its answer, and its findings are among all findings',
    async ({ sandbox, visitors: { admin, qc }, facts }) => {
      const way = await reach('submitted', admin, facts);
      await withSettings(sandbox, { agencyDelayMs: 3_600_000 }, async () => {
        await way.does('runCrossCheck', way.body('runCrossCheck'), qc);
        const [run] = (await way.reads('listCrossCheckRuns')).items;
        assert.deepEqual([run.status, run.startedBy.id, run.completedAt], ['running', qc.user.id, null]);
      });
      await way.does('runCrossCheck', way.body('runCrossCheck'), qc);
      way.ids.runId = (await way.reads('listCrossCheckRuns')).items[0].id;
      const run = await way.until('getCrossCheckRun', ({ status }) => status !== 'running');
      assert.equal(run.status, 'completed');
      assert.ok(run.findings.every(({ runId, source }) => runId === run.id && source === 'crosscheck'));
      const all = (await way.reads('listFindings')).items;
      assert.deepEqual(all.filter(({ runId }) => runId === run.id), run.findings);
    },
  ],
  [
    'an accepted report can be sent back by the client',
    async ({ visitors: { admin, client }, facts }) => {
      const way = await reach('approved', admin, facts);
      assert.equal((await way.reads('getLatestReport')).status, 'accepted');
      await way.does('requestClientRevision', way.body('requestClientRevision'), client);
      const { source, requestedBy } = await way.reads('getLatestRevision');
      assert.deepEqual([way.order.statusCode, source, requestedBy.id], [20, 'client', client.user.id]);
      await submit(way, pdf('revised.pdf'));
      assert.equal(way.order.statusCode, 11);
    },
  ],
  [
    'a reconsideration is denied, and all is as before; or approved, and a revision is opened',
    async ({ visitors: { admin, client, qc }, facts }) => {
      for (const [party, open, approved, after] of [['borrower', 17, false, 13], ['client', 18, true, 12]]) {
        const way = await reach('approved', admin, facts);
        await way.does('submitRov', { ...way.body('submitRov'), party }, client);
        assert.equal(way.order.statusCode, open);
        const [rov] = (await way.reads('listRovs')).items;
        assert.deepEqual([rov.party, rov.status, rov.submittedBy.id, rov.priorStatus, rov.reportId], [party, 'open', client.user.id, 13, way.ids.reportId]);
        assert.deepEqual(rov.comparables, way.body('submitRov').comparables);
        way.ids.rovId = rov.id;
        await way.does('decideRov', { approved, note: 'After a look at the sales.' }, qc);
        assert.equal(way.order.statusCode, after);
        const [decided] = (await way.reads('listRovs')).items;
        assert.deepEqual([decided.status, decided.decision.by.id], [approved ? 'approved' : 'denied', qc.user.id]);
        const revisions = (await way.reads('listRevisions')).items.map(({ source }) => source);
        assert.deepEqual(revisions, approved ? ['rov'] : []);
      }
    },
  ],
  [
    'the report is sent to the borrower and to others, and each link is on record',
    async ({ sandbox, visitors: { admin, operations }, facts }) => {
      const way = await reach('approved', admin, facts);
      const { items: borrowers } = await way.reads('listBorrowers');
      assert.deepEqual(borrowers.map(({ name }) => name), way.order.loan.borrowers.map(({ name }) => name));
      assert.ok((await way.reads('listDeliveryConfigurations')).items.length > 0);
      await way.does('sendReport', way.body('sendReport'), operations);
      assert.ok(!way.order.delivery?.delivered, 'a link to somebody else counts as delivered');
      await withSettings(sandbox, { borrowerActs: true }, () => way.does('sendToBorrower', way.body('sendToBorrower'), operations));
      assert.equal(way.order.delivery.delivered, true);
      const { items } = await way.until('listDeliveries', (read) => read.items[0].acknowledgedAt !== null);
      assert.deepEqual(items.map(({ to, email, reportId, sentBy }) => [to, email, reportId, sentBy.id]), [
        ['borrower', way.body('sendToBorrower').email, way.ids.reportId, operations.user.id],
        ['other', way.body('sendReport').email, way.ids.reportId, operations.user.id],
      ]);
      const { delivery } = await way.until('getOrder', (order) => order.delivery.downloadCount > 0);
      assert.ok(delivery.acknowledged);
    },
  ],
];
