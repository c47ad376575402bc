// Starts the page's parts and keeps them current.

import { attempt, byId, call, make, tell } from '/sandbox/dom.js';
import { refreshFaults, startFaults } from '/sandbox/faults.js';
import { forgetLedger, refreshLedger, startLedger } from '/sandbox/ledger.js';
import { AUTOMATION, DEEDS, EFFECTS, READS } from '/sandbox/operations.js';
import { showHabits, startHabits } from '/sandbox/world.js';

const EVERY_MS = 2000;

const settingsForm = byId('settings-form');
let settingsTouched = false;

function showSettings(settings) {
  for (const field of settingsForm.elements) {
    if (!(field.name in settings)) continue;
    if (field.type === 'checkbox') field.checked = settings[field.name];
    else field.value = settings[field.name];
  }
}

/** Never overwrites what is being typed. */
async function refreshSettings() {
  const settings = await call('GET', '/sandbox/settings');
  showHabits(settings);
  if (!settingsTouched) showSettings(settings);
}

function startSettings() {
  settingsForm.addEventListener('input', () => {
    settingsTouched = true;
    byId('settings-result').textContent = 'Not saved yet.';
  });
  settingsForm.addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(async () => {
      const change = {};
      for (const field of settingsForm.elements) {
        if (!field.name) continue;
        if (field.type === 'checkbox') change[field.name] = field.checked;
        else change[field.name] = field.type === 'number' ? Number(field.value) : field.value;
      }
      const settings = await call('PATCH', '/sandbox/settings', change);
      showSettings(settings);
      showHabits(settings);
      settingsTouched = false;
      byId('settings-result').textContent = 'Saved.';
    });
  });
}

function startColleague() {
  const form = byId('act-form');
  form.elements.operation.append(...DEEDS.map(([label, deeds]) =>
    make('optgroup', { label }, ...deeds.map(([value, words]) => make('option', { value }, words)))));
  form.elements.operation.value = 'assignVendor';
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const value = (name) => form.elements[name].value.trim();
    byId('act-result').textContent = '';
    attempt(async () => {
      const act = { as: value('as'), operation: value('operation'), orderId: value('orderId') };
      if (value('body')) {
        try {
          act.body = JSON.parse(value('body'));
        } catch {
          throw new Error('The particulars are not valid JSON. Correct or empty them.');
        }
      }
      const order = await call('POST', '/sandbox/act', act);
      byId('act-result').textContent = order?.version ? `Done: status ${order.isDraft ? 'draft' : order.statusCode}, version ${order.version}.` : 'Done.';
      await refreshLedger();
    });
  });
}

function startGrowth() {
  const form = byId('grow-form');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    byId('grow-result').textContent = '';
    attempt(async () => {
      const { orderId, history, documents } = form.elements;
      const growth = { orderId: orderId.value.trim(), history: Number(history.value), documents: Number(documents.value) };
      await call('POST', '/sandbox/grow', growth);
      byId('grow-result').textContent = 'Done.';
      await refreshLedger();
    });
  });
}

async function loadSamples() {
  const samples = await call('GET', '/sandbox/samples');
  const options = Object.entries(samples?.byStatus ?? {}).flatMap(([status, orders]) =>
    orders.map(({ id }) => make('option', { value: id, label: status === 'draft' ? 'draft' : `status ${status}` })));
  byId('sample-orders').replaceChildren(...options);
}

function startReset() {
  const dialog = byId('reset-dialog');
  byId('reset').addEventListener('click', () => {
    dialog.returnValue = 'keep';
    dialog.showModal();
  });
  dialog.addEventListener('close', () => {
    if (dialog.returnValue !== 'reset') return;
    attempt(async () => {
      tell('Resetting…');
      await call('POST', '/sandbox/reset');
      settingsTouched = false;
      byId('settings-result').textContent = '';
      forgetLedger();
      await refreshAll();
      await loadSamples();
      tell('Everything is as at the start.');
    });
  });
}

const refreshAll = () => Promise.all([refreshFaults(), refreshLedger(), refreshSettings()]);

let lost = false;

/** One poll after the other; none while nobody looks. */
async function poll() {
  if (!document.hidden) {
    try {
      await refreshAll();
      if (lost) tell('The sandbox answers again.');
      lost = false;
    } catch (error) {
      tell(error.message, true);
      lost = true;
    }
  }
  setTimeout(poll, EVERY_MS);
}

startFaults([...EFFECTS.filter((id) => id !== 'acceptOrder'), ...READS]);
startLedger([...EFFECTS, ...AUTOMATION]);
startSettings();
startHabits((settings) => {
  showHabits(settings);
  if (!settingsTouched) showSettings(settings);
});
startGrowth();
startColleague();
startReset();
poll();
attempt(loadSamples);
