// What a desk can do, whoever's desk it is. A desk speaks for the operator: it does and sees what stands on the screen.
//
// Every desk offers: `open`, `prepare`, `press`, `told`, `offersAgain`, `readAgain`, `idle`, `readFailed`, `isSignedOut`, `signIn`,
// `typed`, `reaction`, `reopened`. Verdicts are `done`, `failed` and `unknown`; `signed-out` and `paused` are none.

import { Tab } from '../harness/browser.mjs';

export const USER = 'operations';
export const PASSWORD = 'sandbox';
export const VENDOR = 'ven-01';
export const CLIENT = 'cli-aspen';

export class Desk extends Tab {
  static async in(context, sandbox, contender) {
    return new this(await context.newPage(), sandbox, contender);
  }

  constructor(page, sandbox, contender) {
    super(page);
    this.sandbox = sandbox;
    this.contender = contender;
  }

  /** Another tab of the same browser. */
  async beside() {
    return new this.constructor(await this.page.context().newPage(), this.sandbox, this.contender);
  }

  /** Ends as the power does, and comes back as a person does: in a new tab, at the same place. */
  async crashAndReopen(place) {
    await this.crash();
    const desk = await this.beside();
    await desk.open(place);
    return desk;
  }
}
