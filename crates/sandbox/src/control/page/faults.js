// Arming, watching and disarming faults.

import { attempt, byId, call, make, moment, tell } from '/sandbox/dom.js';
import { GROUPS, TARGETS, aim, describe, words } from '/sandbox/scenarios.js';

let shown = '';

async function arm(order) {
  const armed = await call('POST', '/sandbox/faults', order);
  tell(`Armed: ${aim(armed)} – ${describe(armed.fault)}.`);
  await refreshFaults();
}

function scenarioButton([text, hint, fault, ownSelector]) {
  const title = make('span', { className: 'title' });
  const button = make('button', { type: 'button', className: 'scenario' }, title);
  if (hint) button.append(make('span', { className: 'hint' }, hint));
  const follow = () => { title.textContent = words(text, TARGETS[byId('target').selectedIndex][0]); };
  byId('target').addEventListener('change', follow);
  follow();
  button.addEventListener('click', () => attempt(() => {
    const selector = ownSelector ?? TARGETS[byId('target').selectedIndex][1];
    return arm({ ...selector, count: Math.max(1, byId('times').valueAsNumber || 1), fault });
  }));
  return make('li', {}, button);
}

function drawScenarios() {
  byId('target').append(...TARGETS.map(([label]) => make('option', {}, label)));
  byId('scenario-groups').append(...GROUPS.map(([title, scenarios]) =>
    make('details', { open: true },
      make('summary', {}, make('h3', {}, title)),
      make('ul', { className: 'scenarios' }, ...scenarios.map(scenarioButton)))));
}

const times = (count) => (count === 1 ? 'once' : `${count} times`);

function armedRow(armed) {
  const wait = armed.nth - armed.seen - 1;
  const state = wait > 0 ? `${times(armed.remaining)}, after ${wait} more to pass` : `${times(armed.remaining)} more`;
  const name = `${aim(armed)} – ${describe(armed.fault)}`;
  const button = make('button', { type: 'button', className: 'quiet', ariaLabel: `Disarm: ${name}` }, 'Disarm');
  button.addEventListener('click', () => attempt(async () => {
    await call('DELETE', `/sandbox/faults/${encodeURIComponent(armed.id)}`);
    await refreshFaults();
  }));
  return make('li', {},
    make('span', {}, make('strong', {}, aim(armed)), ` – ${describe(armed.fault)}`),
    make('span', { className: 'count' }, state), button);
}

const firedRow = (fired) => make('li', {},
  moment(fired.at),
  make('span', {}, make('strong', {}, fired.operation ?? `${fired.method} ${fired.path}`), ` – ${describe(fired.fault)}`,
    fired.note ? make('span', { className: 'bad-text' }, ` It had no effect: ${fired.note}`) : ''));

/** Draws what is armed and what has fired; leaves the page alone if nothing changed. */
export async function refreshFaults() {
  const overview = await call('GET', '/sandbox/faults');
  const now = JSON.stringify(overview);
  if (now === shown) return;
  shown = now;
  const { items, fired } = overview;
  byId('armed-list').replaceChildren(...items.map(armedRow));
  byId('armed-none').hidden = items.length > 0;
  byId('disarm-all').hidden = items.length === 0;
  byId('armed').classList.toggle('active', items.length > 0);
  byId('fired-list').replaceChildren(...fired.map(firedRow));
  byId('fired-count').textContent = fired.length;
  byId('fired').hidden = fired.length === 0;
}

function showFields(form) {
  for (const label of form.querySelectorAll('[data-for]')) {
    label.hidden = !label.dataset.for.split(' ').includes(form.elements.kind.value);
  }
}

/** The fault a form describes: exactly the fields its kind knows. */
function customFault(form) {
  const value = (name) => form.elements[name].value;
  const kind = value('kind');
  const fault = { kind };
  if (['answer', 'close', 'delay'].includes(kind)) fault.when = value('when');
  if (['delay', 'historyLag'].includes(kind)) fault.ms = Number(value('ms'));
  if (kind === 'answer') {
    fault.status = Number(value('status'));
    if (value('body')) fault.body = value('body');
    if (value('contentType')) fault.contentType = value('contentType');
    fault.headers = Object.fromEntries(value('headers').split('\n').filter((line) => line.trim()).map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1) throw new Error(`"${line.trim()}" is not a header. Write Name: value.`);
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }));
  }
  if (kind === 'otherUserMoves') {
    fault.move = value('move');
    if (value('by').trim()) fault.by = value('by').trim();
  }
  return fault;
}

export function startFaults(operations) {
  drawScenarios();
  const form = byId('custom-form');
  form.elements.operation.append(make('option', { value: '' }, 'any'), ...operations.map((id) => make('option', {}, id)));
  form.elements.kind.addEventListener('change', () => showFields(form));
  showFields(form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(() => {
      const order = { nth: Number(form.elements.nth.value), count: Number(form.elements.count.value), fault: customFault(form) };
      for (const name of ['operation', 'method', 'path']) {
        const value = form.elements[name].value.trim();
        if (value) order[name] = value;
      }
      return arm(order);
    });
  });
  byId('disarm-all').addEventListener('click', () => attempt(async () => {
    await call('DELETE', '/sandbox/faults');
    await refreshFaults();
    byId('armed-title').scrollIntoView({ block: 'nearest' });
  }));
}
