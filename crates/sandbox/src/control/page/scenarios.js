// What can go wrong, in plain words. {it} stands for what the user chose to hit.

const ACTIONS = { method: 'POST', path: '/api/clients/*' };

/** What a fault can be aimed at: label, and the selector the sandbox understands. */
export const TARGETS = [
  ['my next action', ACTIONS],
  ['the next activation', { operation: 'activateOrder' }],
  ['the next assignment', { operation: 'assignVendor' }],
  ['the next hold', { operation: 'holdOrder' }],
  ['the next reactivation', { operation: 'reactivateOrder' }],
  ['the next cancellation', { operation: 'cancelOrder' }],
  ['the next answer of a vendor', { operation: 'updateOrderStatus' }],
  ['the next submission of a report', { operation: 'submitReport' }],
  ['the next acceptance of a report', { operation: 'acceptReport' }],
  ['the next request for a revision', { operation: 'requestRevision' }],
  ['the next sending to a borrower', { operation: 'sendToBorrower' }],
  ['the next submission to UCDP', { operation: 'submitToUcdp' }],
  ['the next submission to EAD', { operation: 'submitToEad' }],
  ['the next override', { method: 'POST', path: '/api/clients/*-override-hardstops' }],
  ['the next invoice', { operation: 'createInvoice' }],
  ['the next collection of a payment', { operation: 'collectPayment' }],
  ['the next refund', { operation: 'refundPayment' }],
  ['the next new draft', { operation: 'createDraft' }],
  ['the next saving of a draft', { method: 'PUT', path: '/api/clients/*/draft/*' }],
  ['the next deletion of a draft', { operation: 'deleteDraft' }],
  ['the next reading', { method: 'GET', path: '/api/clients/*' }],
  ['the next list of orders', { operation: 'listOrders' }],
  ['the next look at an order', { operation: 'getOrder' }],
  ['the next look at a history', { operation: 'listHistory' }],
  ['the next sign-in', { operation: 'signIn' }],
  ['the next refresh of the session', { operation: 'refreshSession' }],
  ['any next request', {}],
];

const answer = (status, when = 'before', more = {}) => ({ kind: 'answer', when, status, ...more });
const othersMove = (move) => ({ kind: 'otherUserMoves', move });

/** Groups of scenarios. One without `{it}` in its words brings its own selector. */
export const GROUPS = [
  ['The answer is lost', [
    ['Lose the answer of {it} after it was carried out', 'The connection closes without a byte. Only the order and its history can tell what happened.', { kind: 'close', when: 'after' }],
    ['Lose {it} before it is carried out', 'To the client it looks exactly like the line above.', { kind: 'close', when: 'before' }],
    ['Cut the answer of {it} in half', 'It was carried out; the status arrives, half of the body, then nothing.', { kind: 'truncate' }],
    ['Answer {it} after 40 seconds', 'It is carried out at once; most clients have given up by then.', { kind: 'delay', when: 'after', ms: 40000 }],
    ['Carry {it} out only after 40 seconds', 'The slow request takes effect even if the client has gone.', { kind: 'delay', when: 'before', ms: 40000 }],
  ]],
  ['The server refuses or fails', [
    ['Answer 500 to {it}, not carried out', 'A status that proves nothing.', answer(500)],
    ['Answer 500 to {it}, carried out all the same', 'The same status, the other truth.', answer(500, 'after')],
    ['Answer 503 to {it}', 'With Retry-After of 5 seconds.', answer(503, 'before', { headers: { 'Retry-After': '5' } })],
    ['Answer 429 with Retry-After of 8 seconds to {it}', 'Nothing is carried out; the client is to wait.', answer(429, 'before', { headers: { 'Retry-After': '8' } })],
    ['Answer 409 to {it}', 'As if the order had moved, though it has not.', answer(409)],
    ['Answer 403 to {it}', 'As if the role did not allow it.', answer(403)],
    ['Answer 422 with field errors to {it}', 'Understood, but not possible with this data.', answer(422, 'before', {
      body: JSON.stringify({ title: 'Unprocessable', status: 422, code: 'not_processable', detail: 'The order is not complete.', errors: [{ field: 'property.zip', message: 'Enter a ZIP code.' }] }),
    })],
  ]],
  ['A colleague is quicker', [
    ['Let a colleague assign the order just before {it}', 'Another vendor than you would expect, by a moment.', othersMove('assign')],
    ['Let a colleague put the order on hold just before {it}', '', othersMove('hold')],
    ['Let a colleague cancel the order just before {it}', '', othersMove('cancel')],
    ['Let a colleague activate the draft just before {it}', '', othersMove('activate')],
    ['Let the vendor accept the order just before {it}', '', othersMove('accept')],
    ['Show what {it} does in the history 20 seconds late', 'The order changes at once, its history does not.', { kind: 'historyLag', ms: 20000 }],
  ]],
  ['The session ends', [
    ['Expire all access tokens now', 'Everybody\'s next request finds its token expired and has to refresh.', { kind: 'expireAccessTokens' }, {}],
    ['Expire all access tokens just as {it} arrives', '401 in the middle of it; it must not be replayed.', { kind: 'expireAccessTokens' }],
    ['Revoke the session of whoever sends {it}', 'As after a change of role: the refresh is refused as well.', { kind: 'revokeSession' }],
    ['Lose the answer of the next refresh', 'The old refresh token is spent, the new one never arrives.', { kind: 'loseRefreshAnswer' }, { operation: 'refreshSession' }],
  ]],
  ['The answer is not what it says', [
    ['Answer {it} with a web page', 'As from a hotel\'s network: 200, but HTML.', { kind: 'html' }],
    ['Answer {it} with a hostile body', 'Not UTF-8, nested without end, or full of text that lies. Each time another.', { kind: 'hostile' }],
  ]],
];

/** The words of a scenario for a target. */
export const words = (text, target) => text.replace('{it}', target);

const WHEN = { before: 'before it is carried out', after: 'after it was carried out' };

/** A fault in words, for lists. */
export function describe(fault) {
  switch (fault.kind) {
    case 'answer': return `answers ${fault.status} ${fault.when === 'before' ? 'instead of carrying it out' : WHEN.after}`;
    case 'close': return `closes the connection ${WHEN[fault.when]}`;
    case 'delay': return `waits ${fault.ms} ms ${WHEN[fault.when]}`;
    case 'truncate': return 'cuts the answer in half';
    case 'html': return 'answers with a web page';
    case 'hostile': return 'answers with a hostile body';
    case 'expireAccessTokens': return 'expires all access tokens';
    case 'revokeSession': return 'revokes the sessions of the user';
    case 'loseRefreshAnswer': return 'loses the answer of the refresh';
    case 'otherUserMoves': return `${fault.by ?? 'a colleague'} does first: ${fault.move}`;
    case 'historyLag': return `shows it in the history ${fault.ms} ms later`;
    default: return String(fault.kind);
  }
}

/** A selector in words. */
export function aim({ operation, method, path }) {
  const known = TARGETS.find(([, selector]) =>
    selector.operation === operation && selector.method === method && selector.path === path);
  if (known) return known[0].replace('the next', 'next').replace(/^my next/, 'next').replace(/^any next/, 'any');
  return [operation, method, path].filter(Boolean).join(' ');
}
