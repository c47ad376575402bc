// Reads that meet a passing fault, a rate limit, and an outage.

import { until } from '../harness/until.mjs';
import { count } from './pursue.mjs';

const PATIENCE_MS = 1_000;
const SLOW_MS = 3_000;
const RETRY_AFTER_S = 3;
/** The limit is lifted a little early, so that who comes back on the second is not refused. */
const LIMITED_MS = RETRY_AFTER_S * 1_000 - 100;
const OUTAGE_S = 60;
const PRESS_EVERY_S = 5;
const STEP_MS = 250;

/** Each strikes once; who asks again gets the order. */
const PASSING = [
  ['500', { kind: 'answer', when: 'before', status: 500 }],
  ['503', { kind: 'answer', when: 'before', status: 503 }],
  ['connection lost', { kind: 'close', when: 'before' }],
  ['too slow', { kind: 'delay', when: 'before', ms: SLOW_MS }],
];

const passing = {
  key: 'passing',
  title: 'A read meets one passing fault (500, 503, lost, too slow)',
  async run(stage) {
    const failed = [];
    for (const [name, fault] of PASSING) {
      await stage.reset({ requestTimeoutMs: PATIENCE_MS });
      const desk = await stage.desk();
      await desk.open(await stage.place('holdOrder'));
      const id = await stage.sandbox.arm('getOrder', fault);
      await desk.readAgain();
      await stage.sandbox.struck(id);
      await desk.idle();
      if (await desk.readFailed()) failed.push(name);
      await stage.leave();
    }
    return [{ reads: PASSING.length, failedReads: failed.length, note: failed.length ? `${failed.length} of ${PASSING.length} failed: ${failed.join(', ')}` : 'all read' }];
  },
};

const limited = {
  key: 'limited',
  title: `429 with Retry-After: ${RETRY_AFTER_S}`,
  async run(stage) {
    await stage.reset({ requestTimeoutMs: 10_000 });
    const desk = await stage.desk();
    await desk.open(await stage.place('holdOrder'));
    const id = await stage.sandbox.armForGood('getOrder', { kind: 'answer', when: 'before', status: 429, headers: { 'retry-after': String(RETRY_AFTER_S) } });
    const asked = await stage.sandbox.count('getOrder');
    await desk.readAgain();
    const struckAt = await stage.sandbox.struck(id);
    await until('the limit is over', () => Date.now() >= struckAt + LIMITED_MS);
    const early = (await asked()) - 1;
    await stage.sandbox.disarm(id);
    await desk.idle();
    const failed = await desk.readFailed();
    return [{ reads: 1, failedReads: failed ? 1 : 0, earlySends: early, note: `${count(early, 'send')} while told to wait; ${failed ? 'failed' : 'read'}` }];
  },
};

const outage = {
  key: 'outage',
  title: `${OUTAGE_S} s of total outage, read again every ${PRESS_EVERY_S} s`,
  async run(stage) {
    await stage.reset({ requestTimeoutMs: 10_000 });
    const desk = await stage.desk();
    await desk.page.clock.install();
    await desk.open(await stage.place('holdOrder'));
    const before = desk.sent.length;
    await desk.readAgain();
    await desk.idle();
    const each = desk.sent.length - before;
    const everything = { path: '/api/*' };
    const arrived = await stage.sandbox.count(everything);
    const id = await stage.sandbox.armForGood(everything, { kind: 'close', when: 'before' });
    // The page's clock is turned on step by step, and each step waits for what it has set going.
    for (let ms = 0; ms < OUTAGE_S * 1_000; ms += STEP_MS) {
      if (ms % (PRESS_EVERY_S * 1_000) === 0) await desk.readAgain();
      await desk.page.clock.runFor(STEP_MS);
      await until('the step is over', () => desk.underWay.size === 0);
    }
    const attempts = await arrived();
    await stage.sandbox.disarm(id);
    const asked = (OUTAGE_S / PRESS_EVERY_S) * each;
    return [{ outageAttempts: attempts, outageRequests: asked, note: `${(attempts / asked).toFixed(2)} attempts per request (${attempts} for ${asked})` }];
  },
};

export const READS = [passing, limited, outage];
