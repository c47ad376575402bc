// TanStack Query with persisted mutations, as its guide "Mutations" has it under "Persisting Offline mutations": a default mutation
// function, the client persisted to localStorage, paused mutations resumed after the restore, and the queries invalidated when a
// mutation settles. Queries keep their defaults (three retries, growing delays). Underneath is axios with axios-auth-refresh.

import { MutationCache, MutationObserver, QueryClient, QueryObserver } from '@tanstack/query-core';
import { persistQueryClient } from '@tanstack/query-persist-client-core';
import { createSyncStoragePersister } from '@tanstack/query-sync-storage-persister';
import { axiosClient } from './axios.js';

export { words } from './axios.js';

const DAY_MS = 1000 * 60 * 60 * 24;
const WRITE = ['write'];

/** `variant` "first-example": `retry: 3` for mutations, as the guide's example under "Persist mutations" has it. */
export function tanstackClient({ variant, ...options }) {
  const http = axiosClient({ ...options, variant: 'no-retry' });
  const ownAttempts = new Set();
  let restored = () => {};

  const queries = new QueryClient({
    defaultOptions: { queries: { gcTime: DAY_MS } },
    mutationCache: new MutationCache({
      onSuccess: (_, call) => ownAttempts.has(call.attempt) || restored(call, 'done'),
      onError: (error, call) => ownAttempts.has(call.attempt) || restored(call, 'failed', error),
    }),
  });
  queries.setMutationDefaults(WRITE, {
    mutationFn: (call) => http.write(call),
    onSettled: () => queries.invalidateQueries(),
    gcTime: DAY_MS,
    ...(variant === 'first-example' && { retry: 3 }),
  });

  const observers = new Map();
  const read = async (queryKey, queryFn) => {
    const key = JSON.stringify(queryKey);
    let observer = observers.get(key);
    if (!observer) {
      observer = new QueryObserver(queries, { queryKey, queryFn, enabled: false });
      observer.subscribe(() => {});
      observers.set(key, observer);
    }
    const { data, isError, error } = await observer.refetch();
    if (isError) throw error;
    return data;
  };

  return {
    signIn: http.signIn,
    resume: http.resume,
    readOrder: (at) => read(['order', at.orderId], () => http.readOrder(at)),
    readHistory: (at) => read(['history', at.orderId], () => http.readHistory(at)),
    write(call, { paused }) {
      ownAttempts.add(call.attempt);
      const observer = new MutationObserver(queries, { mutationKey: WRITE });
      observer.subscribe(({ isPaused }) => isPaused && paused());
      return observer.mutate(call);
    },
    /** Signed out: nothing is to be read for this user any more. */
    forget() {
      observers.clear();
      queries.clear();
    },
    /** Restores what an earlier page left and carries it on. `tell` hears how it ended. */
    async restore(tell) {
      restored = tell;
      queries.mount();
      const persister = createSyncStoragePersister({ storage: window.localStorage });
      const [, done] = persistQueryClient({ queryClient: queries, persister });
      await done;
      await queries.resumePausedMutations();
      await queries.invalidateQueries();
    },
  };
}
