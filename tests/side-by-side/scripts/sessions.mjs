// An expiry met by several at once, and a refresh whose answer is lost. The sandbox rotates strictly: a refresh token that comes a
// second time ends the session.

import { count } from './pursue.mjs';

/** A refresh takes as long as it does over a real network; in it, the others still hold the old cookie. */
const REFRESH_MS = 150;
const TABS = 5;
const EXPIRIES = 2;
/** How the tabs meet differs from time to time. */
const TRIALS = 2;
const TEXT = 'Waiting for the appraiser’s access code';
/** How long the operator goes on reading again before giving it up. */
const GIVE_UP_MS = 30_000;

const refused = (exchanges) => exchanges.filter(({ path, status }) => path.endsWith('/auth/refresh') && status === 401).length;
const refreshed = (number) => (number === 1 ? '1 refresh' : `${number} refreshes`);

async function split(desks) {
  const out = await Promise.all(desks.map((desk) => desk.isSignedOut()));
  return { in: desks.filter((_, index) => !out[index]), out: desks.filter((_, index) => out[index]) };
}

/** Those who are signed in read, all at the same time. @returns who did, and whose read ended in an error. */
async function readTogether(desks) {
  const able = (await split(desks)).in;
  await Promise.all(able.map((desk) => desk.readAgain()));
  await Promise.all(able.map((desk) => desk.idle()));
  const failed = [];
  for (const desk of (await split(able)).in) if (await desk.readFailed()) failed.push(desk);
  return { able, failed };
}

/** Fresh tabs meet one expiry after the other, as long as nobody is signed out by it. */
async function trial(stage, tabs) {
  await stage.reset({ requestTimeoutMs: 10_000 });
  const place = await stage.place('holdOrder');
  const desks = [await stage.desk()];
  await desks[0].open(place);
  while (desks.length < tabs) {
    const desk = await desks[0].beside();
    await desk.open(place);
    desks.push(desk);
  }
  await stage.sandbox.armForGood('refreshSession', { kind: 'delay', when: 'after', ms: REFRESH_MS });
  const refreshes = await stage.sandbox.count('refreshSession');
  const before = desks.map(({ sent }) => sent.length);
  const reads = [];
  const failed = [];
  let [expiries, sent, turnedDown] = [0, 0, 0];
  while (expiries < EXPIRIES && (await split(desks)).out.length === 0) {
    expiries += 1;
    await stage.sandbox.expireAccessTokens();
    const first = await readTogether(desks);
    sent = await refreshes();
    turnedDown = refused(desks.flatMap((desk, index) => desk.sent.slice(before[index])));
    // Whether the session has survived shows at the next read.
    const second = await readTogether(desks);
    reads.push(...first.able, ...second.able);
    failed.push(...first.failed, ...second.failed);
  }
  const { in: still, out } = await split(desks);
  // Who is signed out has lost more than a read, and is counted there.
  const ofThose = (list) => list.filter((desk) => still.includes(desk)).length;
  return { expiries, refreshes: sent, turnedDown, tabs, signedOutTabs: out.length, reads: ofThose(reads), failedReads: ofThose(failed) };
}

function expiry(key, title, tabs, trials) {
  return {
    key,
    title,
    async run(stage) {
      const all = [];
      while (all.length < trials) all.push(await trial(stage, tabs));
      const sum = (field) => all.reduce((total, one) => total + one[field], 0);
      const fields = Object.keys(all[0]);
      const total = Object.fromEntries(fields.map((field) => [field, sum(field)]));
      const parts = [
        `${refreshed(total.refreshes)} for ${total.expiries === 1 ? '1 expiry' : `${total.expiries} expiries`}, ${total.turnedDown} refused`,
        `${total.signedOutTabs} of ${count(total.tabs, 'tab')} signed out`,
        ...(total.failedReads > 0 ? [`${total.failedReads} of ${count(total.reads, 'read')} failed`] : []),
      ];
      return [{ ...total, note: parts.join('; ') }];
    },
  };
}

const lostRefresh = {
  key: 'lost-refresh',
  title: 'Refresh answer lost after the rotation',
  async run(stage) {
    await stage.reset({ requestTimeoutMs: 10_000 });
    const desk = await stage.desk();
    await desk.open(await stage.place('holdOrder'));
    await desk.prepare('holdOrder', TEXT);
    const refreshes = await stage.sandbox.count('refreshSession');
    const before = desk.sent.length;
    await stage.sandbox.expireAccessTokens();
    const id = await stage.sandbox.arm('refreshSession', { kind: 'loseRefreshAnswer' });
    const began = Date.now();
    let works = false;
    while (!works && !(await desk.isSignedOut()) && Date.now() < began + GIVE_UP_MS) {
      const { failed } = await readTogether([desk]);
      works = failed.length === 0 && !(await desk.isSignedOut());
    }
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    await stage.sandbox.struck(id);
    const sent = await refreshes();
    const turnedDown = refused(desk.sent.slice(before));
    const asked = await desk.isSignedOut();
    if (asked) await desk.signIn();
    const lost = (await desk.typed('holdOrder')) === TEXT ? 0 : TEXT.length;
    const end = asked ? `sign-in asked after ${seconds} s` : works ? `works again after ${seconds} s` : `neither works nor asks for a sign-in after ${seconds} s`;
    return [{ typedCharacters: TEXT.length, lostCharacters: lost, note: `${refreshed(sent)}, ${turnedDown} refused; ${end}; ${lost ? `${lost} characters lost` : 'text kept'}` }];
  },
};

export const SESSIONS = [
  expiry('tabs', `${TABS} tabs expire together`, TABS, TRIALS),
  expiry('requests', '2 requests of one tab expire together', 1, 1),
  lostRefresh,
];
