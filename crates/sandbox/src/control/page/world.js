// How everybody else behaves: each button is a setting, and shows whether it holds.

import { attempt, byId, call, make, tell } from '/sandbox/dom.js';

/** Words, hint, setting, the value that the button sets, the one that it goes back to. */
const HABITS = [
  ['Vendors accept', 'Two seconds after they were asked, as the vendor\'s own user.', 'vendorsAnswer', 'accept', 'off'],
  ['Vendors decline', 'The order returns to the queue; the vendor is not asked again.', 'vendorsAnswer', 'decline', 'off'],
  ['Vendors counter', 'With a higher fee and a later date.', 'vendorsAnswer', 'counter', 'off'],
  ['The agency accepts', '', 'agencyOutcome', 'successful', 'mixed'],
  ['The agency accepts with warnings', '', 'agencyOutcome', 'successfulWithWarnings', 'mixed'],
  ['The agency does not accept', 'With a finding that can be overridden.', 'agencyOutcome', 'notSuccessful', 'mixed'],
  ['The agency answers with a hard stop', 'It can be overridden by nobody: the report has to be corrected.', 'agencyOutcome', 'hardStop', 'mixed'],
  ['Every charge is declined', 'It is recorded, told in the history, and refused.', 'chargesDecline', true, false],
  ['Borrowers act', 'They acknowledge and download what they are sent, and pay the links they get.', 'borrowerActs', true, false],
];

let buttons = [];

/** The buttons follow the settings, whoever changed them. */
export function showHabits(settings) {
  for (const [button, name, value] of buttons) button.ariaPressed = String(settings[name] === value);
}

function habitButton([text, hint, name, value, usual], changed) {
  const button = make('button', { type: 'button', className: 'scenario', ariaPressed: 'false' }, make('span', { className: 'title' }, text));
  if (hint) button.append(make('span', { className: 'hint' }, hint));
  button.addEventListener('click', () => attempt(async () => {
    const holds = button.ariaPressed === 'true';
    const settings = await call('PATCH', '/sandbox/settings', { [name]: holds ? usual : value });
    changed(settings);
    tell(holds ? `No longer: ${text.toLowerCase()}.` : `From now on: ${text.toLowerCase()}.`);
  }));
  buttons.push([button, name, value]);
  return make('li', {}, button);
}

/** `changed` is told the settings after each change. */
export function startHabits(changed) {
  buttons = [];
  byId('habits').append(...HABITS.map((habit) => habitButton(habit, changed)));
}
