// What becomes of a write whose answer does not come as it should.

import { until } from '../harness/until.mjs';
import { judge, pursue } from './pursue.mjs';

/** How long the clients wait, where the platform is slow. */
const PATIENCE_MS = 1_000;
const SLOW_MS = 2_500;
/** For the commit itself. */
const MARGIN_MS = 300;
/** The console's settle window: longer than the platform needs, as a deployment has to choose it. */
const SETTLE_MS = 3_000;
const SETTLE_SLOW_MS = 5_000;
const TEXT = 'Waiting for the appraiser’s access code';

const REFUSAL = { kind: 'answer', when: 'after', status: 500 };

/** @returns where each operation begins, in the seed. */
export function placeOf(samples, operation) {
  if (operation === 'activateOrder') return order(samples.drafts.complete[0]);
  if (operation === 'createDraft') return order(samples.byStatus['10'][0], true);
  return order(samples.byStatus[operation === 'assignVendor' ? '16' : '10'][0]);
}

const order = ({ id, loanId }, fresh = false) => ({ ...(!fresh && { orderId: id }), loanId });

/** One wish for each operation, each on a fresh sandbox. */
function wishes(key, title, operations, fault, { presses, settings } = {}) {
  return {
    key,
    title,
    async run(stage) {
      const results = [];
      for (const operation of operations) {
        await stage.reset({ settleWindowMs: SETTLE_MS, requestTimeoutMs: 10_000, ...settings });
        const place = await stage.place(operation);
        const desk = await stage.desk();
        await desk.open(place);
        const id = await stage.sandbox.arm(operation, fault);
        const pursuit = await pursue(desk, operation, TEXT, presses);
        const struckAt = await stage.sandbox.struck(id);
        // What the sandbox still holds back has to be over before the ledger can judge.
        if (fault.kind === 'delay') await until('the slow request has been processed', () => Date.now() > struckAt + fault.ms + MARGIN_MS);
        results.push({ operation, ...(await judge(stage.sandbox, operation, place.orderId, pursuit)) });
        await stage.leave();
      }
      return results;
    },
  };
}

export const WRITES = [
  wishes('lost-after', 'Answer lost after the commit', ['activateOrder', 'assignVendor', 'createDraft'], { kind: 'close', when: 'after' }),
  wishes('lost-before', 'Answer lost before the commit', ['activateOrder', 'createDraft'], { kind: 'close', when: 'before' }),
  wishes('expired', 'Access token expires in mid-write', ['activateOrder', 'createDraft'], { kind: 'expireAccessTokens' }),
  wishes('error-after', '500 after the commit', ['assignVendor', 'createDraft'], REFUSAL),
  wishes('slow', 'Commit slower than the client waits', ['activateOrder', 'createDraft'], { kind: 'delay', when: 'before', ms: SLOW_MS }, {
    settings: { requestTimeoutMs: PATIENCE_MS, settleWindowMs: SETTLE_SLOW_MS },
  }),
  wishes('conflict', 'A colleague was quicker (409)', ['assignVendor'], { kind: 'otherUserMoves', move: 'hold' }, { presses: 1 }),
];
