// The few things every part of the page needs. Text goes in as text nodes only.

export const byId = (id) => document.getElementById(id);

/** Makes an element: properties are set as properties, children become nodes or text. */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Calls the sandbox; answers its JSON (or null). Throws an Error with a sentence for people. */
export async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Error('The sandbox does not answer. Start it again, then reload this page.');
  }
  const text = await response.text();
  let json = null;
  try {
    json = text === '' ? null : JSON.parse(text);
  } catch {
    throw new Error(`The sandbox answered ${response.status} with something that is not JSON.`);
  }
  if (response.ok) return json;
  const fields = (json?.errors ?? []).map((error) => [error.field, error.message].filter(Boolean).join(': '));
  throw new Error([fields.length ? '' : json?.detail ?? `Status ${response.status}`, ...fields].filter(Boolean).join(' '));
}

let hiding;

/** Says in one place what came of an action; good news goes away by itself. */
export function tell(text, bad = false) {
  const notice = byId('notice');
  notice.textContent = text;
  notice.classList.toggle('bad', bad);
  notice.hidden = false;
  clearTimeout(hiding);
  if (!bad) hiding = setTimeout(() => { notice.hidden = true; }, 6000);
}

/** Runs an action of the user and shows its failure. Answers whether it worked. */
export async function attempt(action) {
  try {
    await action();
    return true;
  } catch (error) {
    tell(error.message, true);
    return false;
  }
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 1 });
const zoned = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

/** A moment, short, with date and zone at hand. */
export function moment(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return String(iso);
  return make('time', { dateTime: iso, title: zoned.format(date) }, clock.format(date));
}
