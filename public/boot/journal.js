// The journal's store: what was tried from this browser, written down before it is sent. It is the boot script's, because the
// crash screen must still be able to read it when the wasm has died. What the texts mean, and what may be written, is the
// console's to decide; no token ever comes here.

const STORE = 'journal';
let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('omnival', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => {
      const database = request.result;
      // Closed by the browser (storage cleared) or wanted by a later version: the next use opens it anew.
      database.onclose = () => (opened = null);
      database.onversionchange = () => {
        database.close();
        opened = null;
      };
      resolve(database);
    };
    request.onerror = () => reject(request.error);
  });
  opened.catch(() => (opened = null));
  return opened;
}

/**
 * One transaction over the records whose key begins with `prefix`. `decide(keys, texts)` answers what to write, as pairs in one
 * flat list: [key, text, key, null, …]; null deletes. Resolves when all of it is on the disk, and rejects when none of it is.
 */
export async function journal(prefix, decide) {
  const database = await open();
  return new Promise((resolve, reject) => {
    // Chrome's own default may lose what it calls written.
    const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
    const store = transaction.objectStore(STORE);
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const keys = store.getAllKeys(range);
    const texts = store.getAll(range);
    texts.onsuccess = () => {
      const changes = decide(keys.result, texts.result);
      for (let at = 0; at + 1 < changes.length; at += 2) {
        if (changes[at + 1] === null) store.delete(changes[at]);
        else store.put(changes[at + 1], changes[at]);
      }
    };
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** How many attempts have not ended, for the crash screen. */
export async function openAttempts() {
  let count = 0;
  await journal('', (_, texts) => {
    for (const text of texts) {
      try {
        if (JSON.parse(text).stage.is !== 'ended') count += 1;
      } catch {
        count += 1;
      }
    }
    return [];
  });
  return count;
}
