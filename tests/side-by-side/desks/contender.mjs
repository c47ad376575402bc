// The desk of a contender: its page is `contenders/page.js`, whose elements have ids for this.

import { until } from '../harness/until.mjs';
import { CLIENT, Desk, PASSWORD, USER, VENDOR } from './desk.mjs';

/** What the page shows once the order is where the operator wants it. */
const GOALS = {
  activateOrder: ({ draft }) => draft === 'false',
  assignVendor: ({ vendor }) => vendor === VENDOR,
  holdOrder: ({ status }) => status === '9',
  createDraft: () => false,
};
/** How long a write may take to be told, its library's own repetitions included. */
const TELL_LIMIT_MS = 60_000;

export class ContenderDesk extends Desk {
  async open(place) {
    const { client, variant } = this.contender;
    const query = new URLSearchParams({ client, ...(variant && { variant }) });
    const hash = place.orderId ? `order/${CLIENT}/${place.loanId}/${place.orderId}` : `new/${CLIENT}/${place.loanId}/${place.productId}`;
    await this.page.goto(`/side-by-side/page.html?${query}#${hash}`);
    await this.page.locator('body[data-ready="true"]').waitFor();
    if (await this.isSignedOut()) await this.signIn();
    await this.idle();
  }

  async signIn() {
    await this.page.locator('#user').fill(USER);
    await this.page.locator('#password').fill(PASSWORD);
    await this.page.locator('#sign-in button').click();
    await this.page.locator('#order, #new').waitFor();
    await this.idle();
  }

  isSignedOut() {
    return this.page.locator('#sign-in').isVisible();
  }

  async prepare(operation, text) {
    await this.page.locator('#text').fill(text);
    this.button = this.page.locator(`[data-operation="${operation}"]`);
  }

  press() {
    return this.button.click();
  }

  async told() {
    const told = this.page.locator('#told');
    const verdict = await until(
      'the page tells how it ended',
      async () => {
        if (await this.isSignedOut()) return 'signed-out';
        const verdict = await told.getAttribute('data-verdict');
        return ['done', 'failed', 'paused'].includes(verdict) && verdict;
      },
      TELL_LIMIT_MS,
    );
    return { verdict, text: verdict === 'signed-out' ? '' : await told.innerText() };
  }

  /** The operator looks at the order beside the message before pressing again. */
  async offersAgain(operation) {
    await this.idle();
    const state = await this.page.evaluate(() => ({ ...document.getElementById('state')?.dataset }));
    return !GOALS[operation](state) && (await this.button.isVisible()) && this.button.isEnabled();
  }

  readAgain() {
    return this.page.evaluate(() => document.getElementById('again').click());
  }

  async idle() {
    await until('the page rests', async () => (await this.page.locator('body').getAttribute('data-busy')) === '0' || (await this.isSignedOut()), TELL_LIMIT_MS);
  }

  async readFailed() {
    return (await this.page.locator('#problem').innerText()) !== '';
  }

  typed() {
    return this.page.locator('#text').inputValue();
  }

  /** What the page makes of a connection that broke. A write that waits for the network is waited for until it is stored. */
  async reaction() {
    const { verdict } = await this.told();
    if (verdict !== 'paused') return verdict;
    await until('the waiting write is stored', () => this.page.evaluate(() => Object.values(localStorage).some((value) => value.includes('"isPaused":true'))));
    return null;
  }

  /** What a page that was opened again says of what was under way. */
  async reopened(operation) {
    await this.idle();
    const verdict = await this.page.locator('#told').getAttribute('data-verdict');
    const state = await this.page.evaluate(() => ({ ...document.getElementById('state')?.dataset }));
    return { verdict: ['done', 'failed'].includes(verdict) ? verdict : null, shown: GOALS[operation](state) };
  }
}
