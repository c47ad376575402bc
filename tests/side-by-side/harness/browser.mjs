// A real Chromium, and in it tabs that know what they have sent. It must never change what it watches.

import { chromium } from '@playwright/test';
import { until } from './until.mjs';

const EXECUTABLE = process.env.OMNIVAL_CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** How many looks in a row must find nothing under way. */
const LOOKS_AT_REST = 10;

export function startBrowser() {
  return chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
}

export function newContext(browser, sandbox) {
  return browser.newContext({ baseURL: sandbox.url, viewport: { width: 1280, height: 800 }, locale: 'en-US', timezoneId: 'America/Chicago' });
}

/** One tab and what it exchanged with the API, oldest first. */
export class Tab {
  sent = [];
  underWay = new Set();

  constructor(page) {
    this.page = page;
    const ended = (request) => this.underWay.delete(request);
    page.on('request', (request) => this.begun(request));
    page.on('response', (response) => this.answered(response));
    page.on('requestfinished', ended);
    page.on('requestfailed', ended);
    // Leaving with work under way asks first; a person who means to leave says yes.
    page.on('dialog', (dialog) => dialog.accept().catch(() => {}));
  }

  begun(request) {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith('/api/')) return;
    this.underWay.add(request);
    this.sent.push({ request, path: pathname, method: request.method(), attempt: request.headers()['x-correlation-id'] ?? null, status: null });
  }

  answered(response) {
    const exchange = this.sent.find(({ request }) => request === response.request());
    if (exchange) exchange.status = response.status();
  }

  /** Nothing has been under way for several looks. */
  async atRest() {
    let looks = 0;
    await until('the page has nothing under way', () => {
      looks = this.underWay.size === 0 ? looks + 1 : 0;
      return looks >= LOOKS_AT_REST;
    });
  }

  /** The renderer dies as it does when it runs out of memory: no handler of the page runs any more. */
  async crash() {
    const session = await this.page.context().newCDPSession(this.page);
    const crashed = this.page.waitForEvent('crash');
    session.send('Page.crash').catch(() => {});
    await crashed;
    await this.page.close();
  }
}
