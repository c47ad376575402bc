// Our desk: the real console, through its screens, with the same means as a contender's.

import { until } from '../harness/until.mjs';
import { CLIENT, Desk, PASSWORD, USER, VENDOR } from './desk.mjs';

const DEEDS = {
  activateOrder: { button: /^Activate…$/, confirm: /^Activate$/, done: 'The order was activated' },
  assignVendor: { button: /^(Reassign|Assign) vendor…$/, confirm: /^(Reassign|Assign)\b/, done: 'The vendor was assigned' },
  holdOrder: { button: /^Put on hold…$/, confirm: /^Put on hold$/, done: 'The order was put on hold' },
};
const FORM = {
  'property.street': '500 Congress Ave',
  'property.city': 'Austin',
  'property.county': 'Travis',
  'property.state': 'TX',
  'property.zip': '78701',
  'contacts[0].name': 'Maria Gonzalez',
  'contacts[0].email': 'maria@mail.example',
};
const VERDICTS = { done: 'done', unpaid: 'done', 'not-done': 'failed', refused: 'failed', moved: 'failed', 'done-by-other': 'failed' };
const READS = /\/(orders\/[^/]+|history|payment-history)$/;
const TELL_LIMIT_MS = 60_000;

export class ConsoleDesk extends Desk {
  constructor(...given) {
    super(...given);
    this.outcome = this.page.locator('section.outcome:not(.verifying):not([data-seen])');
    this.verifying = this.page.locator('section.outcome.verifying');
    this.dialog = this.page.getByRole('dialog');
    this.signInAgain = this.page.getByRole('dialog', { name: 'Sign in again to continue' });
    this.signInScreen = this.page.locator('main.signin');
    this.alerts = this.page.locator('main').locator('[role=alert]:not([data-seen])');
  }

  async open(place) {
    await this.page.goto(place.orderId ? `/c/${CLIENT}/orders/${place.orderId}` : `/c/${CLIENT}/orders/new`);
    await this.signInScreen.or(this.page.locator('header.topbar')).first().waitFor();
    if (await this.isSignedOut()) await this.signIn();
    if (place.orderId) await this.settled();
    // A draft that turned out to be created already may be opened in the form's place.
    else await this.page.getByRole('button', { name: 'Create draft' }).or(this.page.locator('.order-title')).first().waitFor();
    await this.atRest();
  }

  /** The order and its records stand, and what is possible is known. */
  async settled() {
    await until('the order stands', async () => {
      const main = this.page.locator('main');
      if ((await main.locator('section.history .asof').count()) === 0) return false;
      const asOf = await main.locator('section.history .asof').innerText();
      return /as of/.test(asOf) && !(await main.innerText()).includes('is still being read');
    });
  }

  async signIn() {
    const inPlace = await this.signInAgain.isVisible();
    const form = inPlace ? this.signInAgain : this.signInScreen;
    if (!inPlace) await form.getByLabel('User name').fill(USER);
    await form.getByLabel('Password').fill(PASSWORD);
    await form.getByRole('button', { name: 'Sign in', exact: true }).click();
    await until('the sign-in has gone', async () => !(await this.isSignedOut()));
    await this.atRest();
  }

  async isSignedOut() {
    return (await this.signInAgain.isVisible()) || (await this.signInScreen.isVisible());
  }

  action(operation) {
    return this.page.locator('main').locator('section.actions, section.outcome').getByRole('button', { name: DEEDS[operation].button });
  }

  /** Up to the last button, as far as it is not prepared already. */
  async prepare(operation, text) {
    this.operation = operation;
    if (operation === 'createDraft') {
      this.button = this.page.getByRole('button', { name: 'Create draft' });
      await this.fillDraft(text);
      return;
    }
    const { confirm } = DEEDS[operation];
    await this.action(operation).click();
    if (operation === 'assignVendor') await this.dialog.locator(`#vendor-${VENDOR}`).check();
    if (operation === 'holdOrder') await this.dialog.getByRole('textbox', { name: 'Reason' }).fill(text);
    this.button = this.dialog.locator('.dialog-foot').getByRole('button', { name: confirm });
  }

  async fillDraft(text) {
    const loans = this.page.getByRole('list', { name: 'Loans' }).getByRole('button');
    if ((await this.field('property.street').inputValue()) === '') await loans.first().click();
    await this.field('productId').selectOption({ index: 1 });
    await this.field('property.type').selectOption('condo');
    for (const [field, value] of Object.entries({ ...FORM, specialInstructions: text })) await this.field(field).fill(value);
  }

  field(id) {
    return this.page.locator(`[id="${id}"]`);
  }

  async press() {
    // What was told of an earlier press is not told of this one.
    await this.page.evaluate(() => {
      for (const old of document.querySelectorAll('section.outcome, [role=alert]')) old.dataset.seen = '';
    });
    await this.button.click();
  }

  async told() {
    return until('the console tells how it ended', () => (this.operation === 'createDraft' ? this.draftTold() : this.orderTold()), TELL_LIMIT_MS);
  }

  async orderTold() {
    if (await this.isSignedOut()) return { verdict: 'signed-out', text: '' };
    const toast = this.page.locator('.toast').filter({ hasText: DEEDS[this.operation].done });
    if (await toast.isVisible()) return { verdict: 'done', text: await toast.innerText() };
    // What stands there while the request is under way may be drawn anew and still speak of the press before.
    await this.atRest();
    if (await toast.isVisible()) return { verdict: 'done', text: await toast.innerText() };
    if ((await this.verifying.isVisible()) || !(await this.outcome.isVisible())) return null;
    return { verdict: VERDICTS[await this.outcome.getAttribute('data-verdict')] ?? 'unknown', text: await this.outcome.getByRole('heading').first().innerText() };
  }

  async draftTold() {
    if (await this.isSignedOut()) return { verdict: 'signed-out', text: '' };
    if (!this.page.url().endsWith('/new')) return { verdict: 'done', text: await this.page.title() };
    if (await this.verifying.isVisible()) return null;
    if (!(await this.alerts.first().isVisible())) return null;
    const text = await this.alerts.first().innerText();
    if (text.includes('was created already')) return { verdict: 'done', text };
    return { verdict: text.includes('was not created') ? 'failed' : 'unknown', text };
  }

  async offersAgain(operation) {
    await this.atRest();
    if (operation === 'createDraft') return (await this.button.isVisible()) && this.button.isEnabled();
    return this.action(operation).isVisible();
  }

  async readAgain() {
    this.mark = this.sent.length;
    await this.page.evaluate(() => document.querySelector('[aria-label="Read order and history again"]').click());
  }

  /** Everything that was asked for last is there, or it is told why not. */
  async idle() {
    await until(
      'the console rests',
      async () => {
        if (await this.isSignedOut()) return true;
        const since = this.sent.slice(this.mark ?? 0).filter(({ method, path }) => method === 'GET' && READS.test(path));
        const answered = new Set(since.filter(({ status }) => status === 200).map(({ path }) => path));
        const asked = new Set(since.map(({ path }) => path));
        return (asked.size > 0 && answered.size === asked.size && this.underWay.size === 0) || this.readFailed();
      },
      TELL_LIMIT_MS,
    );
    await this.atRest();
  }

  readFailed() {
    return this.page.locator('main [role=alert]').first().isVisible();
  }

  async typed(operation) {
    if (operation === 'createDraft') return this.field('specialInstructions').inputValue();
    const reason = this.dialog.getByRole('textbox', { name: 'Reason' });
    if (!(await reason.isVisible())) await this.action(operation).click();
    return reason.inputValue();
  }

  async reaction() {
    const told = () => (this.operation === 'createDraft' ? this.draftTold() : this.orderTold());
    return until('the console takes notice', async () => ((await this.verifying.isVisible()) ? { verdict: null } : told())).then(({ verdict }) => verdict);
  }

  /** What the console says of what was under way, once nothing is being checked any more, here or in the tray. */
  async reopened(operation) {
    this.operation = operation;
    await this.atRest();
    const checking = this.verifying.or(this.page.locator('details.tray')).or(this.page.locator('[data-elsewhere=unsettled]'));
    await until('nothing is being checked any more', async () => (await checking.count()) === 0, TELL_LIMIT_MS);
    await this.atRest();
    const told = await (operation === 'createDraft' ? this.draftTold() : this.orderTold());
    const onHold = operation === 'holdOrder' && (await this.page.locator('.order-title .badge').innerText()) === 'On hold';
    return { verdict: told?.verdict ?? null, shown: onHold };
  }
}
