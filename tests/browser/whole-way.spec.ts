// From a draft to a completed order without leaving the console: every kind of way that an order goes, each step once in the ledger,
// in the order in which it was walked.

import { MOUSE, keyboard } from './support/hands';
import { STEPS } from './support/steps';
import { expect, test } from './support/test';
import { type Leg, START, activate, assign, assignAnother, correction, crossCheck, draft, from, loanOf, override, report, step, submission, walk } from './support/ways';

const QUICK = { agencyDelayMs: 200 };

const accept = step('Vendor accepts…', 'Accepted');
const schedule = step('Schedule inspection…', 'Inspection scheduled');
const inspected = step('Inspection completed…', 'Inspection completed');
const accepted = step('Accept report…', 'Report accepted');
const deliver = step('Send to borrower…', 'Report accepted');
const markPaid = step('Mark as paid…', 'Completed');

/** From the vendor's yes to the report under QC. */
const WORK: readonly Leg[] = [schedule, inspected, report(1)];

interface Way {
  readonly name: string;
  readonly loan: 'conventional' | 'fha' | 'va';
  readonly legs: readonly Leg[];
}

const WAYS: readonly Way[] = [
  {
    name: 'a conventional loan, through UCDP with an override, collected from a card',
    loan: 'conventional',
    legs: [
      draft,
      activate,
      assign,
      accept,
      step('Begin work…', 'In progress'),
      ...WORK,
      crossCheck,
      accepted,
      deliver,
      from({ agencyOutcome: 'notSuccessful' }, submission('submitToUcdp', 'Not successful')),
      override('overrideUcdpHardStops', 'Successful with warnings'),
      step('Create invoice…', 'Report accepted'),
      step('Collect payment…', 'Completed'),
      step('Send to others…', 'Completed'),
    ],
  },
  {
    name: 'an FHA loan, through EAD, with a hard stop, a revision and an override',
    loan: 'fha',
    legs: [
      draft,
      activate,
      assign,
      accept,
      ...WORK,
      step('Request revision…', 'Revision requested'),
      report(2),
      accepted,
      from({ agencyOutcome: 'hardStop' }, submission('submitToEad', 'Not successful')),
      correction,
      report(3),
      accepted,
      deliver,
      from({ agencyOutcome: 'notSuccessful' }, submission('submitToEad', 'Not successful')),
      override('overrideEadHardStops', 'Successful with warnings'),
      markPaid,
    ],
  },
  {
    name: 'paid in cash, without an agency, and a part refunded',
    loan: 'va',
    legs: [
      draft,
      activate,
      assign,
      accept,
      step('Change fee or due date…', 'Accepted'),
      step('Add note…', 'Accepted'),
      step('Add document…', 'Accepted'),
      ...WORK,
      accepted,
      step('Send payment link…', 'Report accepted'),
      step('Record payment…', 'Report accepted', { choices: { method: 'Cash' } }),
      step('Send to borrower…', 'Completed'),
      step('Refund…', 'Completed', { fields: { amount: '50.00', reason: 'Charged too much' } }),
    ],
  },
  {
    name: 'a vendor who declines, and another with whom terms are made',
    loan: 'va',
    legs: [
      draft,
      activate,
      assign,
      step('Vendor declines…', 'Unassigned'),
      assignAnother,
      step('Vendor sets conditions…', 'Accepted with conditions'),
      step('Counter…', 'Accepted with conditions'),
      step('Vendor sets conditions…', 'Accepted with conditions', { fields: { fee: '480.00' } }),
      step('Accept conditions…', 'Accepted'),
      ...WORK,
      accepted,
      deliver,
      markPaid,
    ],
  },
  {
    name: 'two reconsiderations of value, one denied and one approved',
    loan: 'va',
    legs: [
      draft,
      activate,
      assign,
      accept,
      ...WORK,
      accepted,
      step('Reconsideration of value…', 'ROV by borrower'),
      step('Decide reconsideration…', 'Report accepted'),
      step('Reconsideration of value…', 'ROV by client', { choices: { party: 'The client' } }),
      step('Decide reconsideration…', 'Revision requested', { choices: { approved: 'Approve: the report is revised' } }),
      report(2),
      accepted,
      deliver,
      markPaid,
    ],
  },
];

test.beforeEach(async ({ sandbox }) => {
  await sandbox.settings(QUICK);
});

for (const way of WAYS) {
  test(way.name, async ({ desk, sandbox, samples, wire }) => {
    const loan = await loanOf(way.loan, sandbox, samples);
    await desk.signIn('admin', START);
    await walk(way.legs, { desk, sandbox, hand: MOUSE, loan }, wire);
  });
}

test('no step is left out of all ways', () => {
  const walked = new Set(WAYS.flatMap(({ legs }) => legs.flatMap(({ step }) => step ?? [])));
  expect(STEPS.filter((one) => !walked.has(one)).map(({ operation, button }) => `${operation} (${button})`)).toEqual([]);
});

test('the shortest way, by keyboard alone', async ({ desk, sandbox, samples, wire }) => {
  const loan = await loanOf('va', sandbox, samples);
  const hand = keyboard(desk.page);
  await desk.page.goto(START);
  const form = desk.page.locator('main.signin');
  await hand.type(form.getByLabel('User name'), 'admin');
  await hand.type(form.getByLabel('Password'), 'sandbox');
  await hand.press(form.getByRole('button', { name: 'Sign in', exact: true }));
  await expect(desk.rows.first()).toBeVisible();
  await walk([draft, activate, assign, accept, ...WORK, accepted, deliver, markPaid], { desk, sandbox, hand, loan }, wire);
});
