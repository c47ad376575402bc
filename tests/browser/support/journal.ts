// The journal as it lies in the browser's own store, looked at and tampered with from outside the console: what a stranger's script,
// a later version or a broken disk could do. No test may take its word for what happened; that is the ledger's.

import type { Page } from '@playwright/test';

const DATABASE = 'omnival';
const STORE = 'journal';

export interface Kept {
  readonly key: string;
  /** Whatever was put there: text, when the console wrote it. */
  readonly text: string;
}

/** A record that the console wrote, as far as tests look at it. */
export interface Written {
  readonly id: string;
  readonly owner: string;
  readonly user: string;
  readonly goal: { readonly is: string };
  readonly stage: { readonly is: 'opened' | 'doubt' | 'ended'; readonly watchedMs?: number; readonly word?: string; readonly unsettled?: boolean };
}

/** All that the journal holds; nothing where it was never opened. */
export function kept(page: Page): Promise<Kept[]> {
  return page.evaluate(
    async ([database, store]) => {
      const promised = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      // To open one that is not there would create it.
      const known = typeof indexedDB === 'undefined' ? [] : await indexedDB.databases();
      if (!known.some(({ name }) => name === database)) return [];
      const opened = await promised(indexedDB.open(database));
      try {
        if (!opened.objectStoreNames.contains(store)) return [];
        const held = opened.transaction(store).objectStore(store);
        const [keys, texts] = await Promise.all([promised(held.getAllKeys()), promised(held.getAll())]);
        return keys.map((key, index) => ({ key: String(key), text: String(texts[index]) }));
      } finally {
        opened.close();
      }
    },
    [DATABASE, STORE] as const,
  );
}

/** The records among them, oldest press first. */
export async function written(page: Page): Promise<Written[]> {
  const records = (await kept(page)).map(({ text }) => JSON.parse(text) as Written & { pressedAt: number });
  return records.sort((a, b) => a.pressedAt - b.pressedAt);
}

/** Puts entries there, beside or in place of what is; a value that is no text too. The console must have opened its journal before. */
export async function plant(page: Page, entries: readonly (readonly [key: string, value: unknown])[]): Promise<void> {
  await page.evaluate(
    ([database, store, planted]) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(database);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const opened = request.result;
          const transaction = opened.transaction(store, 'readwrite');
          for (const [key, value] of planted) transaction.objectStore(store).put(value, key);
          transaction.onabort = () => reject(transaction.error);
          transaction.oncomplete = () => {
            opened.close();
            resolve();
          };
        };
      }),
    [DATABASE, STORE, entries] as const,
  );
}

/** Takes entries away again. */
export async function uproot(page: Page, keys: readonly string[]): Promise<void> {
  await page.evaluate(
    ([database, store, gone]) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(database);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const opened = request.result;
          const transaction = opened.transaction(store, 'readwrite');
          for (const key of gone) transaction.objectStore(store).delete(key);
          transaction.onabort = () => reject(transaction.error);
          transaction.oncomplete = () => {
            opened.close();
            resolve();
          };
        };
      }),
    [DATABASE, STORE, keys] as const,
  );
}

/**
 * A slow disk, at its worst moment: from the first check of an attempt on, whenever the page reads all that a person tried, the answer
 * is as the journal stood then, and arrives only once `seen` stands on the screen. Says how many came that late. Call it before the
 * page is opened.
 */
export async function lateReadings(page: Page, seen: string): Promise<() => Promise<number>> {
  await page.addInitScript((seen) => {
    let late = 0;
    let verified = false;
    Object.assign(window, { lateReadings: () => late });
    const ofAll = new WeakSet<IDBTransaction>();
    const getAll = IDBObjectStore.prototype.getAll;
    IDBObjectStore.prototype.getAll = function (range, count) {
      // Everything of one person: the prefix ends with the person.
      if (range instanceof IDBKeyRange && /^[^/]+\/$/.test(String(range.lower))) ofAll.add(this.transaction);
      return getAll.call(this, range, count);
    };
    const done = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'oncomplete');
    if (!done?.set) throw new Error('IDBTransaction has no oncomplete to set');
    Object.defineProperty(IDBTransaction.prototype, 'oncomplete', {
      set(this: IDBTransaction, tell: () => void) {
        const heldBack = () => {
          verified ||= document.querySelector('section.outcome.verifying') !== null;
          if (!ofAll.has(this) || !verified || document.querySelector(seen)) return tell();
          const watcher = new MutationObserver(() => {
            if (!document.querySelector(seen)) return;
            watcher.disconnect();
            late += 1;
            tell();
          });
          watcher.observe(document, { subtree: true, childList: true, attributes: true });
        };
        done.set?.call(this, heldBack);
      },
    });
  }, seen);
  return () => page.evaluate(() => (window as unknown as { lateReadings: () => number }).lateReadings());
}
