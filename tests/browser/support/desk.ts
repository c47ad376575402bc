// The operator's desk: what a person does and sees in the console, in the words of the screen. It must never look behind it: what
// really happened is the ledger's to tell.

import { type Dialog, type Locator, type Page, expect } from '@playwright/test';
import type { OrderWrite, Sample } from './sandbox';

export const PASSWORD = 'sandbox';
export const CLIENT = 'cli-aspen';
/** Eligible for every order that it did not decline. */
export const VENDOR = 'ven-01';
export const REASON = 'Waiting for the appraiser’s access code';

/** A write on an order as the screen offers it. */
export interface Deed {
  readonly operation: OrderWrite;
  /** Of the samples: from where it is legal. */
  /** The end of the API's path. */
  readonly path: string;
  readonly from: 'draft' | '16' | '10' | '9' | '3';
  readonly button: RegExp;
  readonly confirm: RegExp;
  /** The first words of the good news. */
  readonly done: string;
  readonly notDone: string;
}

export const DEEDS: readonly Deed[] = [
  { operation: 'activateOrder', path: '/activate', from: 'draft', button: /^Activate…$/, confirm: /^Activate$/, done: 'The order was activated', notDone: 'The order was not activated' },
  { operation: 'assignVendor', path: '/assign', from: '16', button: /^(Reassign|Assign) vendor…$/, confirm: /^(Reassign|Assign)\b/, done: 'The vendor was assigned', notDone: 'The vendor was not assigned' },
  { operation: 'holdOrder', path: '/hold', from: '10', button: /^Put on hold…$/, confirm: /^Put on hold$/, done: 'The order was put on hold', notDone: 'The order was not put on hold' },
  { operation: 'reactivateOrder', path: '/reactivate', from: '9', button: /^Reactivate…$/, confirm: /^Reactivate$/, done: 'The order was reactivated', notDone: 'The order was not reactivated' },
  { operation: 'cancelOrder', path: '/cancel', from: '3', button: /^Cancel order…$/, confirm: /^Cancel order$/, done: 'The order was cancelled', notDone: 'The order was not cancelled' },
];

export function deed(operation: OrderWrite): Deed {
  const found = DEEDS.find((candidate) => candidate.operation === operation);
  if (!found) throw new Error(`no deed is called ${operation}`);
  return found;
}

/** What a complete draft form holds, beside its loan. */
export const FORM = {
  'property.street': '500 Congress Ave',
  'property.city': 'Austin',
  'property.county': 'Travis',
  'property.state': 'TX',
  'property.zip': '78701',
  'contacts[0].name': 'Maria Gonzalez',
  'contacts[0].phone': '(512) 555-0100',
  'contacts[0].email': 'maria@mail.example',
  dueDate: '2027-01-15',
  specialInstructions: 'Ring twice; the dog is friendly.',
} as const;

/** What a button on an order may be called; "Close this notice" and its like are no actions. */
const ACTIONS = new Set(['Edit draft', 'Activate', 'Assign vendor', 'Reassign vendor', 'Put on hold', 'Reactivate', 'Cancel order', 'Delete draft']);

export const queuePath = (query = '', client = CLIENT) => `/c/${client}/orders${query}`;
export const orderPath = (id: string, client = CLIENT) => `/c/${client}/orders/${id}`;

export class Desk {
  readonly rows: Locator;
  readonly title: Locator;
  readonly actions: Locator;
  readonly dialog: Locator;
  readonly outcome: Locator;
  readonly verifying: Locator;
  readonly toast: Locator;
  readonly banner: Locator;
  readonly history: Locator;
  readonly status: Locator;
  readonly signInAgain: Locator;
  /** Every attempt without a known end. */
  readonly tray: Locator;
  /** What stands against a new action on this order and is not followed by this page. */
  readonly elsewhere: Locator;
  /** "Tried from this browser", one item for each attempt, newest first. */
  readonly tried: Locator;

  constructor(readonly page: Page) {
    this.rows = page.locator('table.orders tbody tr:not(.skeleton)');
    this.title = page.locator('main').getByRole('heading', { level: 1 });
    this.actions = page.getByRole('region', { name: 'Actions' });
    this.dialog = page.getByRole('dialog');
    this.outcome = page.locator('section.outcome:not(.verifying)');
    this.verifying = page.locator('section.outcome.verifying');
    this.toast = page.locator('.toast');
    this.banner = page.locator('.banner');
    this.history = page.getByRole('region', { name: 'History' });
    this.status = page.locator('.order-title .badge');
    this.signInAgain = page.getByRole('dialog', { name: 'Sign in again to continue' });
    this.tray = page.locator('details.tray');
    this.elsewhere = page.locator('section[data-elsewhere]');
    this.tried = page.locator('section.tried li[data-attempt]');
  }

  /** Opens an address and signs in where it asks for it. */
  async signIn(username: string, at = '/'): Promise<void> {
    await this.page.goto(at);
    await this.enter(this.page.locator('main.signin'), username);
    await expect(this.page.locator('header.topbar')).toBeVisible();
  }

  async signInInPlace(username?: string): Promise<void> {
    await this.enter(this.signInAgain, username);
    await expect(this.signInAgain).toHaveCount(0);
  }

  async enter(form: Locator, username?: string, password = PASSWORD): Promise<void> {
    if (username !== undefined) await form.getByLabel('User name').fill(username);
    await form.getByLabel('Password').fill(password);
    await form.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  async signOut(): Promise<void> {
    await this.page.locator('header.topbar details.menu:not(.tray) summary').click();
    await this.page.getByRole('button', { name: 'Sign out' }).click();
    await expect(this.page.locator('main.signin')).toBeVisible();
  }

  /** Goes to an order and waits until everything about it has been read. */
  async open(order: Pick<Sample, 'id'>): Promise<void> {
    await this.page.goto(orderPath(order.id));
    await this.settled();
  }

  async signInAt(username: string, order: Pick<Sample, 'id'>): Promise<void> {
    await this.signIn(username, orderPath(order.id));
    await this.settled();
  }

  /** The order and its records stand; what is possible is known. */
  async settled(): Promise<void> {
    await expect(this.title).toBeVisible();
    await expect(this.history.locator('.asof')).toHaveText(/as of/);
    await expect(this.page.locator('main')).not.toContainText('is still being read');
  }

  /** The button of an action, where it stands now: among the actions, or with the outcome that takes their place. */
  action(name: RegExp): Locator {
    return this.page.locator('main').locator('section.actions, section.outcome').getByRole('button', { name });
  }

  /** Up to the confirmation: the dialog is open and filled in. */
  async prepare(what: Deed): Promise<Locator> {
    await this.action(what.button).click();
    if (what.operation === 'assignVendor') await this.dialog.locator(`#vendor-${VENDOR}`).check();
    else if (what.operation !== 'activateOrder') await this.dialog.getByRole('textbox', { name: 'Reason' }).fill(REASON);
    return this.dialog.locator('.dialog-foot').getByRole('button', { name: what.confirm });
  }

  /** The whole deed, up to the press of its last button. */
  async do(what: Deed): Promise<void> {
    await (await this.prepare(what)).click();
  }

  /** Loads the page anew, whatever the browser asks first. */
  async reload(): Promise<void> {
    const accept = (dialog: Dialog) => dialog.accept();
    this.page.on('dialog', accept);
    await this.page.reload();
    this.page.off('dialog', accept);
  }

  /** The renderer dies in the middle of whatever it does, without a last word. */
  async die(): Promise<void> {
    const dead = this.page.waitForEvent('crash');
    const devtools = await this.page.context().newCDPSession(this.page);
    devtools.send('Page.crash').catch(() => {});
    await dead;
    await this.page.close();
  }

  /** Leaves for the order list without loading the page anew. */
  async toQueue(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Back' }).getByRole('link', { name: 'Orders' }).click();
    await expect(this.rows.first()).toBeVisible();
  }

  field(path: string): Locator {
    return this.page.locator(`[id="${path}"]`);
  }

  errorAt(path: string): Locator {
    return this.page.locator(`[id="${path}-note"] .error`);
  }

  /** Opens "New order" and fills it in; the loan is the first that the picker offers. */
  async fillDraft(): Promise<void> {
    await this.page.goto(`${queuePath()}/new`);
    await this.page.getByRole('list', { name: 'Loans' }).getByRole('button').first().click();
    await this.field('productId').selectOption({ index: 1 });
    await this.field('property.type').selectOption('condo');
    for (const [path, text] of Object.entries(FORM)) await this.field(path).fill(text);
  }

  create(): Promise<void> {
    return this.page.getByRole('button', { name: 'Create draft' }).click();
  }

  /** The labels of the actions that are open now. */
  async openActions(): Promise<string[]> {
    const labels = await this.page.locator('main').locator('section.actions .row, section.outcome .row').locator('button, a').allInnerTexts();
    return labels.map((label) => label.replace('…', '').trim()).filter((label) => ACTIONS.has(label));
  }

  /** Each closed action with the reason that is given. */
  async closedActions(): Promise<Map<string, string>> {
    const items = await this.actions.locator('.closed-actions li').evaluateAll((nodes) => nodes.map((node) => [node.querySelector('b')?.textContent ?? '', node.querySelector('span')?.textContent ?? ''] as const));
    return new Map(items);
  }

  /** When the page sent each of its requests whose path ends like this, lost ones too; milliseconds by the page's own clock. */
  sent(pathEnd: string): Promise<number[]> {
    return this.page.evaluate((end) => performance.getEntriesByType('resource').filter(({ name }) => new URL(name).pathname.endsWith(end)).map(({ startTime }) => startTime), pathEnd);
  }

  /** The text that the support button copies, read from the page. */
  async bundle(within: Locator): Promise<string> {
    const details = within.locator('details.bundle');
    await details.locator('summary').click();
    const text = await details.locator('pre').innerText();
    await details.locator('summary').click();
    return text;
  }
}
