// The ledger, live, and the order ids that lead from it to the rest of the page.

import { attempt, byId, call, make, moment } from '/sandbox/dom.js';

const SHOWN = 200;
let shown = '';
let newest = 0;

function orderButton(id) {
  const button = make('button', { type: 'button', className: 'id', title: 'Show only this order' }, id);
  button.addEventListener('click', () => {
    byId('ledger-filter').elements.orderId.value = id;
    byId('act-form').elements.orderId.value = id;
    attempt(refreshLedger);
  });
  return button;
}

/** A long id on one line; the whole of it on demand. */
const id = (text, className = '') => make('code', { className, title: text }, text);

const cell = (label, ...children) => {
  const element = make('td', {}, ...children);
  element.dataset.label = label;
  return element;
};

function row(effect, isNew) {
  return make('tr', { className: isNew ? 'new' : '' },
    cell('When', moment(effect.at)),
    cell('What', make('strong', {}, effect.operation), make('span', { className: 'hint' }, effect.summary)),
    cell('Who', effect.username ?? '–'),
    cell('Order', effect.orderId ? orderButton(effect.orderId) : '–'),
    cell('Charge', effect.charge ? `${effect.charge.amount} ${effect.charge.currency}` : '–'),
    cell('Intent, correlation', id(effect.intent ?? 'no intent'), id(effect.correlationId, 'hint')));
}

export async function refreshLedger() {
  const query = new URLSearchParams();
  for (const name of ['orderId', 'operation', 'user']) {
    const value = byId('ledger-filter').elements[name].value.trim();
    if (value) query.set(name, value);
  }
  const { items, total } = await call('GET', `/sandbox/ledger?${query}`);
  const now = JSON.stringify([String(query), items.length, items.at(-1)?.seq, items[0]?.seq]);
  if (now === shown) return;
  const first = shown === '';
  shown = now;
  const latest = items.slice(-SHOWN).reverse();
  byId('ledger-rows').replaceChildren(...latest.map((effect) => row(effect, !first && effect.seq > newest)));
  newest = Math.max(newest, items.at(-1)?.seq ?? 0);
  byId('ledger-none').hidden = items.length > 0;
  byId('ledger-none').textContent = query.size ? 'Nothing that fits the filter has happened.' : 'Nothing has happened yet.';
  byId('ledger-count').textContent = items.length > SHOWN ? `newest ${SHOWN} of ${total}` : String(items.length);
}

/** The ledger's numbers may start again. */
export function forgetLedger() {
  shown = '';
  newest = 0;
}

export function startLedger(operations) {
  const filter = byId('ledger-filter');
  filter.elements.operation.append(make('option', { value: '' }, 'any'), ...operations.map((id) => make('option', {}, id)));
  filter.addEventListener('input', () => attempt(refreshLedger));
  filter.addEventListener('submit', (event) => event.preventDefault());
  byId('ledger-clear').addEventListener('click', () => attempt(async () => {
    await call('DELETE', '/sandbox/ledger');
    forgetLedger();
    await refreshLedger();
  }));
}
