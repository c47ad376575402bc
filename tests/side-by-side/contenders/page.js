// The page around each contender, the same for all: sign-in, an order with its history and its actions, a new order. It shows what the
// library says and keeps what the library keeps, and adds no care of its own: a promise that resolves is told as "done", one that
// rejects as "failed" with its message, and then the order is read again, so that the operator sees its state beside the message.
// When the session is over, the sign-in takes the place of the screen, and signing in leads back to it.
//
// Addresses: `#order/<client>/<loan>/<order>` and `#new/<client>/<loan>/<product>`.

import { axiosClient, words as axiosWords } from './axios.js';
import { kyClient, words as kyWords } from './ky.js';
import { tanstackClient, words as tanstackWords } from './tanstack.js';

const CONTENDERS = {
  axios: [axiosClient, axiosWords],
  ky: [kyClient, kyWords],
  tanstack: [tanstackClient, tanstackWords],
};

/** Which actions the state machine knows from where; drafts have no status code. */
const LEGAL = {
  activateOrder: (order) => order.isDraft,
  assignVendor: (order) => [16, 2, 1, 3, 4, 10].includes(order.statusCode),
  holdOrder: (order) => !order.isDraft && ![9, 6, 7, 8].includes(order.statusCode),
};

const asked = new URLSearchParams(location.search);
const [makeClient, words] = CONTENDERS[asked.get('client')];
const { requestTimeoutMs } = await (await fetch('/config.json')).json();

let busy = 0;
let signedIn = false;
let restored = false;

const client = makeClient({
  timeout: requestTimeoutMs,
  variant: asked.get('variant'),
  signedOut() {
    signedIn = false;
    client.forget?.();
    show();
  },
});

async function working(promise) {
  busy += 1;
  mark();
  try {
    return await promise;
  } finally {
    busy -= 1;
    mark();
  }
}

const mark = () => {
  document.body.dataset.busy = String(busy);
};

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function signInForm() {
  const user = element('input', { id: 'user' });
  const password = element('input', { id: 'password', type: 'password' });
  const form = element('form', { id: 'sign-in' }, user, password, element('button', { textContent: 'Sign in' }));
  form.onsubmit = async (event) => {
    event.preventDefault();
    await working(client.signIn({ username: user.value, password: password.value }));
    enter();
  };
  return form;
}

function tell(verdict, text = '') {
  const told = document.getElementById('told');
  if (!told) return;
  told.dataset.verdict = verdict;
  told.textContent = text;
}

/** A button that sends once: it is closed while its write is under way. */
function action(operation, at, text, after) {
  const reference = crypto.randomUUID();
  const button = element('button', { textContent: operation });
  button.dataset.operation = operation;
  button.onclick = async () => {
    button.disabled = true;
    tell('pending');
    const call = { operation, at, text: text.value, reference, attempt: crypto.randomUUID(), keyed: asked.get('variant') === 'keyed' };
    await working(
      client
        .write(call, { paused: () => tell('paused', 'Waiting for the network') })
        .then(() => {
          text.value = '';
          tell('done');
        })
        .catch((error) => tell('failed', words(error)))
        .then(() => after()),
    );
    button.disabled = false;
  };
  return button;
}

function orderScreen(at) {
  const state = element('p', { id: 'state' });
  const history = element('ol', { id: 'history' });
  const problem = element('p', { id: 'problem' });
  const text = element('textarea', { id: 'text' });
  const actions = element('div', { id: 'actions' });
  const made = Object.keys(LEGAL).map((operation) => action(operation, at, text, () => load()));
  const load = async () => {
    problem.textContent = '';
    const [order, entries] = await working(Promise.allSettled([client.readOrder(at), client.readHistory(at)]));
    const failed = [order, entries].find(({ status }) => status === 'rejected');
    if (failed) problem.textContent = words(failed.reason);
    if (order.status === 'fulfilled') {
      const { isDraft, statusCode, vendor } = order.value;
      Object.assign(state.dataset, { draft: isDraft, status: statusCode ?? '', vendor: vendor?.id ?? '' });
      state.textContent = isDraft ? 'Draft' : `Status ${statusCode}`;
      actions.replaceChildren(...made.filter(({ dataset }) => LEGAL[dataset.operation](order.value)));
    }
    if (entries.status === 'fulfilled') {
      history.replaceChildren(...entries.value.items.map(({ summary }) => element('li', { textContent: summary })));
    }
  };
  const again = element('button', { id: 'again', textContent: 'Read again', onclick: load });
  return { load, node: element('section', { id: 'order' }, state, again, problem, element('p', { id: 'told' }), text, actions, history) };
}

function newScreen(at) {
  const text = element('textarea', { id: 'text' });
  return { load: () => {}, node: element('section', { id: 'new' }, element('p', { id: 'told' }), text, action('createDraft', at, text, () => {})) };
}

function show() {
  const [kind, clientId, loanId, third] = location.hash.slice(1).split('/');
  const screen = !signedIn
    ? { node: signInForm(), load: () => {} }
    : kind === 'order'
      ? orderScreen({ clientId, loanId, orderId: third })
      : newScreen({ clientId, loanId, productId: third });
  document.body.replaceChildren(screen.node);
  screen.load();
}

/** Signed in: the screen that was asked for, and once in a page's life what an earlier page left. */
async function enter() {
  signedIn = true;
  show();
  if (!client.restore || restored) return;
  restored = true;
  await working(client.restore((call, verdict, error) => tell(verdict, error ? words(error) : '')));
}

mark();
await working(client.resume()).then(enter, show);
document.body.dataset.ready = 'true';
addEventListener('hashchange', show);
