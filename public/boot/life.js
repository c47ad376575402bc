// That this page lives, told to the others by a lock that the browser gives back when it dies. It is the boot script's, because
// a page whose wasm has died is dead to the others too, though it still stands there.

import { TAB_LOCK } from './constants.js';

/** The page's id among the others: one page load, never reused. */
export const tab = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

let release = () => {};

/** True once the lock is held; false where the browser has no locks for this page. */
export const alive = new Promise((resolve) => {
  const hold = () => {
    resolve(true);
    return new Promise((end) => (release = end));
  };
  if (navigator.locks) navigator.locks.request(TAB_LOCK + tab, hold).catch(() => resolve(false));
  else resolve(false);
});

/** The page stands there, but nothing in it goes on. */
export const die = () => release();
