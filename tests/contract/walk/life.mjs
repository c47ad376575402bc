// Orders that went through everything, so that each operation finds real records in them: one of a conventional loan, one of an FHA loan.
// Their agency refused them, so that they stay in 13.

import { operation } from '../document.mjs';
import { choose, reach, stepsOf, submit } from './stages.mjs';

export async function wholeLives(visitor, facts) {
  return { conventional: await wholeLife(visitor, facts, 'conventional'), fha: await wholeLife(visitor, facts, 'fha') };
}

/** The order on which this operation finds what its path names. */
export function lifeFor(id, { lives }) {
  return operation(id).template.includes('ead-') ? lives.fha : lives.conventional;
}

async function wholeLife(visitor, facts, kind) {
  const way = await reach('documented', visitor, facts, kind);
  const steps = stepsOf(way);
  await way.does('grantDocumentAccess');
  await steps.assigned();
  await steps.accepted();
  await steps.bookable();
  await steps.scheduled();
  await steps.inspected();
  await submit(way);
  way.ids.itemId = (await way.reads('getChecklist')).items[0].id;
  await way.does('answerChecklistItem', { answer: 'fail', note: 'Comparable 2 is eleven miles away.' });
  await way.does('runCrossCheck');
  way.ids.runId = (await way.reads('listCrossCheckRuns')).items[0].id;
  await way.until('getCrossCheckRun', ({ status }) => status !== 'running');
  await way.does('requestRevision', { ...way.body('requestRevision'), checklistItemIds: [way.ids.itemId] });
  await submit(way);
  await steps.approved();
  await steps.disputed();
  await way.does('decideRov');
  await steps.delivered();
  await way.does('sendReport');
  await way.does('createInvoice');
  way.ids.invoiceId = (await way.reads('getInvoiceData')).invoices[0].id;
  choose('paypal')(way);
  await steps.charged();
  await way.does('refundPayment');
  await (kind === 'fha' ? steps.refusedByEad : steps.refusedByUcdp)();
  way.ids.entryId = (await way.reads('listHistory')).items[0].id;
  return way;
}
