// The tab ends, or the network, in the middle of a write; and what was typed.

import { until } from '../harness/until.mjs';
import { effectsOf, judge, pursue } from './pursue.mjs';

const NEVER_MS = 600_000;
/** Long enough for the tab to be back before the platform is through with it. */
const SLOW_MS = 4_000;
const GONE_MS = 1_500;
const SETTINGS = { settleWindowMs: 3_000, requestTimeoutMs: 30_000 };
/** The console's settle window has to cover what the platform needs. */
const SETTINGS_SLOW = { ...SETTINGS, settleWindowMs: 6_000 };
const TEXT = 'Waiting for the appraiser’s access code';

/**
 * Carries on after the reopening as the screen has it: what is neither told nor shown is done anew. `before` is what was told before
 * the end, if anything was.
 */
async function carryOn(desk, operation, { before = null, opened, first }) {
  const told = [before, opened.verdict].filter(Boolean).map((verdict) => ({ verdict, said: '', seconds: 0, attempts: first }));
  const again = (!opened.verdict && !opened.shown) || (opened.verdict === 'failed' && (await desk.offersAgain(operation)));
  const more = again ? await pursue(desk, operation, TEXT, 1) : { tellings: [], sends: 0 };
  return {
    tellings: [...told, ...more.tellings],
    untold: first,
    sends: first.length + more.sends,
    presses: 1 + more.tellings.length,
    silent: told.length > 0 ? 0 : 1,
  };
}

const isWrite = ({ method, path }) => method === 'POST' && /\/(hold|orders)$/.test(path);

async function verdict(stage, operation, place, pursuit) {
  const { presses, silent } = pursuit;
  return [{ operation, ...(await judge(stage.sandbox, operation, place.orderId, pursuit)), presses, silent }];
}

const crashAfterCommit = {
  key: 'crash-after',
  title: 'Tab crashes after the commit, before the answer',
  async run(stage) {
    await stage.reset(SETTINGS);
    const place = await stage.place('holdOrder');
    const desk = await stage.desk();
    await desk.open(place);
    await stage.sandbox.arm('holdOrder', { kind: 'delay', when: 'after', ms: NEVER_MS });
    await desk.prepare('holdOrder', TEXT);
    await desk.press();
    await until('the order is on hold', async () => (await effectsOf(stage.sandbox, 'holdOrder', place.orderId)).length > 0);
    const first = desk.sent.filter(isWrite);
    const back = await desk.crashAndReopen(place);
    const opened = await back.reopened('holdOrder');
    return verdict(stage, 'holdOrder', place, await carryOn(back, 'holdOrder', { opened, first }));
  },
};

const crashBeforeCommit = {
  key: 'crash-before',
  title: 'Tab crashes while the platform still works on it',
  async run(stage) {
    await stage.reset(SETTINGS_SLOW);
    const place = await stage.place('createDraft');
    const desk = await stage.desk();
    await desk.open(place);
    const id = await stage.sandbox.arm('createDraft', { kind: 'delay', when: 'before', ms: SLOW_MS });
    await desk.prepare('createDraft', TEXT);
    await desk.press();
    const struckAt = await stage.sandbox.struck(id);
    const first = desk.sent.filter(isWrite);
    const back = await desk.crashAndReopen(place);
    const opened = await back.reopened('createDraft');
    const pursuit = await carryOn(back, 'createDraft', { opened, first });
    await until('the slow request has been processed', async () => Date.now() > struckAt + SLOW_MS && (await effectsOf(stage.sandbox, 'createDraft')).length > 0);
    return verdict(stage, 'createDraft', place, pursuit);
  },
};

/** After the commit, before the answer: the network goes, then the tab; both come back. */
const networkAndTabGo = {
  key: 'network-and-tab',
  title: 'Network goes in mid-write, then the tab; both come back',
  async run(stage) {
    await stage.reset(SETTINGS);
    const place = await stage.place('createDraft');
    const desk = await stage.desk();
    await desk.open(place);
    // Long enough for the network to be gone when the connection breaks.
    await stage.sandbox.arm('createDraft', { kind: 'delay', when: 'after', ms: GONE_MS });
    await stage.sandbox.arm('createDraft', { kind: 'close', when: 'after' });
    await desk.prepare('createDraft', TEXT);
    await desk.press();
    await until('the draft is created', async () => (await effectsOf(stage.sandbox, 'createDraft')).length > 0);
    const first = desk.sent.filter(isWrite);
    await stage.context.setOffline(true);
    await until('the connection has broken', () => first.every(({ request }) => !desk.underWay.has(request)));
    const before = await desk.reaction();
    await desk.crash();
    await stage.context.setOffline(false);
    const back = await desk.beside();
    await back.open(place);
    const opened = await back.reopened('createDraft');
    const replayed = back.sent.filter(isWrite);
    return verdict(stage, 'createDraft', place, await carryOn(back, 'createDraft', { before, opened, first: [...first, ...replayed] }));
  },
};

const typedAndCrashed = {
  key: 'typed-crash',
  title: 'Tab crashes over a typed reason',
  async run(stage) {
    await stage.reset(SETTINGS);
    const place = await stage.place('holdOrder');
    const desk = await stage.desk();
    await desk.open(place);
    await desk.prepare('holdOrder', TEXT);
    const back = await desk.crashAndReopen(place);
    return [{ operation: 'holdOrder', ...lost(await back.typed('holdOrder')) }];
  },
};

const typedAndSignedOut = {
  key: 'typed-session',
  title: 'Session ends over a typed reason',
  async run(stage) {
    await stage.reset(SETTINGS);
    const place = await stage.place('holdOrder');
    const desk = await stage.desk();
    await desk.open(place);
    await desk.prepare('holdOrder', TEXT);
    await stage.sandbox.arm('getOrder', { kind: 'revokeSession' });
    await desk.readAgain();
    await until('the page asks to sign in', () => desk.isSignedOut());
    await desk.signIn();
    return [{ operation: 'holdOrder', ...lost(await desk.typed('holdOrder')) }];
  },
};

function lost(found) {
  const characters = found === TEXT ? 0 : TEXT.length;
  return { typedCharacters: TEXT.length, lostCharacters: characters, note: characters === 0 ? 'text kept' : `${characters} characters lost` };
}

export const ENDINGS = [crashAfterCommit, crashBeforeCommit, networkAndTabGo, typedAndCrashed, typedAndSignedOut];
