// Submissions to UCDP and EAD: results that come later, overrides, and what one loan can hold.

import assert from 'node:assert/strict';
import { UNKNOWN } from './bodies.mjs';
import { reach, withSettings } from './stages.mjs';

const HOUR_MS = 3_600_000;
const PORTALS = [
  { name: 'Ucdp', portal: 'ucdp', kind: 'conventional', other: 'submitToEad', gses: ['fannieMae', 'freddieMac'] },
  { name: 'Ead', portal: 'ead', kind: 'fha', other: 'submitToUcdp', gses: ['fha'] },
];

export const agency = [
  ...PORTALS.flatMap(({ name, portal, kind, other, gses }) => [
    [
      `a refused submission to ${portal} is overridden with a reason of the finding's own, and then successful with warnings`,
      async ({ visitors: { admin, operations }, facts }) => {
        const way = await reach(`refusedBy${name}`, admin, facts, kind);
        const state = await way.reads(`get${name}Submission`);
        const [{ files, overrides, reportId }] = state.submissions;
        assert.deepEqual([state.portal, state.required, reportId, overrides], [portal, true, way.ids.reportId, []]);
        assert.deepEqual(files.map(({ gse }) => gse), gses);
        assert.equal(way.order.agency.documentFileId, files[0].documentFileId);
        const { findings } = await way.reads(`get${name}DashboardDetails`);
        assert.deepEqual(findings.filter(({ overridable }) => overridable).map(({ severity }) => severity), ['fatal']);
        const [result] = (await way.reads('listHistory')).items;
        assert.deepEqual([result.type, result.source], ['agencyResult', 'partner']);

        const id = `override${name}HardStops`;
        const sound = way.body(id);
        const [entry] = sound.overrides;
        for (const wrong of [{ ...entry, reasonCode: 'ZZ' }, { ...entry, findingId: UNKNOWN }]) {
          await way.refused(422, 'not_processable', id, { ...sound, overrides: [wrong] });
        }
        await way.refused(404, 'not_found', id, sound, { at: { orderSubmissionId: UNKNOWN } });
        await way.does(id, sound, operations);
        const { submission, findings: after } = await way.until(`get${name}DashboardDetails`, (read) => read.submission.status !== 'overrideRequested');
        assert.equal(submission.status, 'successfulWithWarnings');
        assert.deepEqual(submission.overrides.map(({ findingId, reasonCode, by }) => [findingId, reasonCode, by.id]), [[entry.findingId, entry.reasonCode, operations.user.id]]);
        assert.equal(after.find(({ id: finding }) => finding === entry.findingId).override.reasonCode, entry.reasonCode);
      },
    ],
    [
      `${portal} takes the loans that are its own, one submission at a time`,
      async ({ sandbox, visitors: { admin }, facts }) => {
        const way = await reach('approved', admin, facts, kind);
        await way.refused(422, 'not_processable', other);
        await withSettings(sandbox, { agencyDelayMs: HOUR_MS }, async () => {
          await way.does(`submitTo${name}`);
          const [{ status, completedAt }] = (await way.reads(`get${name}Submission`)).submissions;
          assert.deepEqual([status, completedAt], ['received', null]);
          await way.refused(409, 'duplicate_action', `submitTo${name}`);
        });
      },
    ],
    [
      `what ${portal} does not let pass cannot be overridden`,
      async ({ sandbox, visitors: { admin }, facts }) => {
        await withSettings(sandbox, { agencyOutcome: 'hardStop' }, async () => {
          const way = await reach(`refusedBy${name}`, admin, facts, kind);
          const { findings } = await way.reads(`get${name}DashboardDetails`);
          const stop = findings.find(({ severity }) => severity === 'hardStop');
          assert.equal(stop.overridable, false);
          const id = `override${name}HardStops`;
          const sound = way.body(id);
          await way.refused(422, 'not_processable', id, { ...sound, overrides: [{ findingId: stop.id, reasonCode: 'R01', comment: null }] });
          await way.does(id, sound);
          const { submission } = await way.until(`get${name}DashboardDetails`, (read) => read.submission.status !== 'overrideRequested');
          assert.equal(submission.status, 'notSuccessful', 'a hard stop is left');
        });
      },
    ],
  ]),
  [
    'a loan keeps its document file id and its appraisal numbers, over resubmissions and over orders',
    async ({ visitors: { admin }, facts }) => {
      const way = await reach('refusedByUcdp', admin, facts, 'conventional');
      const { documentFileId } = way.order.agency;
      const sound = way.body('submitToUcdp');
      await way.refused(422, 'not_processable', 'submitToUcdp', { ...sound, documentFileId: `${documentFileId}9` });
      await way.does('submitToUcdp', { ...sound, documentFileId });
      const { submissions } = await way.reads('getUcdpSubmission');
      assert.deepEqual(submissions.map(({ files }) => files[0].documentFileId), [documentFileId, documentFileId]);
      // A second order of the same loan.
      facts.loans.conventional.unshift(way.order.loanId);
      const sibling = await reach('approved', admin, facts, 'conventional');
      assert.equal(sibling.order.loanId, way.order.loanId);
      await sibling.refused(409, 'appraisal_taken', 'submitToUcdp', { ...sibling.body('submitToUcdp'), documentFileId });
      await sibling.does('submitToUcdp', { ...sibling.body('submitToUcdp'), appraisalNumber: 2, documentFileId });
    },
  ],
  [
    'an order that is delivered, paid and successful at its agency is completed by itself',
    async ({ sandbox, visitors: { admin }, facts }) => {
      await withSettings(sandbox, { agencyOutcome: 'successful' }, async () => {
        for (const { name, kind } of PORTALS) {
          const way = await reach('delivered', admin, facts, kind);
          await way.does('markPaid');
          assert.equal(way.order.statusCode, 13, 'completed without its agency');
          await way.does(`submitTo${name}`);
          const order = await way.until('getOrder', ({ statusCode }) => statusCode !== 13);
          assert.equal(order.statusCode, 6);
          const [completed] = (await way.reads('listHistory')).items;
          assert.deepEqual([completed.type, completed.source, completed.toStatus], ['completed', 'automation', 6]);
        }
      });
    },
  ],
];
