// One wish of the operator, followed to its end, and the judgement on it. The ledger judges; what the page said is only compared.
//
// The operator believes the screen: "done" ends it; after "failed" the order beside the message is looked at, and if it does not show
// what was wanted and the button is there, it is pressed once more; anything else is left alone.

import { USER } from '../desks/desk.mjs';

const PRESSES = 2;
/** By the attempt that a request carried, the press it belongs to; a repetition carries the same one. */
const WRITES = /\/(activate|assign|hold|orders)$/;

export async function pursue(desk, operation, text, presses = PRESSES) {
  const tellings = [];
  const from = desk.sent.length;
  await desk.prepare(operation, text);
  for (;;) {
    const pressedAt = Date.now();
    const before = desk.sent.length;
    await desk.press();
    const { verdict, text: said } = await desk.told();
    const attempts = desk.sent.slice(before).filter(({ method, path }) => method === 'POST' && WRITES.test(path));
    tellings.push({ verdict, said, seconds: (Date.now() - pressedAt) / 1000, attempts });
    if (verdict !== 'failed' || tellings.length === presses || !(await desk.offersAgain(operation))) break;
    if (operation !== 'createDraft') await desk.prepare(operation, text);
  }
  const sends = desk.sent.slice(from).filter(({ method, path }) => method === 'POST' && WRITES.test(path)).length;
  return { tellings, sends };
}

export function effectsOf(sandbox, operation, orderId) {
  return sandbox.effects({ operation, user: USER, ...(orderId && operation !== 'createDraft' && { orderId }) });
}

/** Everything that follows from the ledger. To be asked when the sandbox has finished with every request. `untold` was sent before. */
export async function judge(sandbox, operation, orderId, { tellings, sends, untold = [] }) {
  const effects = await effectsOf(sandbox, operation, orderId);
  const carriedOutBy = (press) => effects.some(({ correlationId }) => [...untold, ...tellings.slice(0, press + 1).flatMap(({ attempts }) => attempts)].some(({ attempt }) => attempt === correlationId));
  const wrong = tellings.filter(({ verdict }, press) => (verdict === 'failed' && carriedOutBy(press)) || (verdict === 'done' && !carriedOutBy(press)));
  const last = tellings.at(-1);
  return {
    wishes: 1,
    duplicates: Math.max(0, effects.length - 1),
    falseVerdicts: wrong.length > 0 ? 1 : 0,
    unknown: last?.verdict === 'unknown' ? 1 : 0,
    silent: !last || last.verdict === 'paused' ? 1 : 0,
    presses: tellings.length,
    slowest: Math.max(0, ...tellings.map(({ seconds }) => seconds)),
    note: `${tellings.map((telling) => `${telling.verdict}${wrong.includes(telling) ? ' (false)' : ''}`).join(', ') || 'nothing told'}; ${count(sends, 'send')}, ${count(effects.length, 'effect')}`,
  };
}

export const count = (number, what) => `${number} ${what}${number === 1 ? '' : 's'}`;
