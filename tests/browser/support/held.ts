// Requests that are held up until a test says that they go on: on their way, on their way back, or after their page gave them up.

import type { Page } from '@playwright/test';
import { inspectExchange } from '../../contract/validator.mjs';
import type { Operation } from './sandbox';

export interface Held {
  /** It arrives now. Fails unless the platform carries it out. */
  deliver(): Promise<void>;
}

/** Holds up the next request of this operation; all others pass. */
export async function holdUp(page: Page, operation: Operation): Promise<Held> {
  let deliver: (() => Promise<Response>) | null = null;
  const api = (url: URL) => url.pathname.startsWith('/api/');
  await page.route(api, async (route, request) => {
    const wanted = inspectExchange({ method: request.method(), url: request.url() }).operationId === operation;
    if (!wanted || deliver) return route.fallback();
    const [headers, body] = [await request.allHeaders(), request.postDataBuffer()];
    const sent = Object.entries(headers).filter(([name]) => !name.startsWith(':') && !['host', 'connection', 'content-length'].includes(name));
    deliver = () => fetch(request.url(), { method: request.method(), headers: sent, ...(body && { body: new Uint8Array(body) }) });
    await route.abort('connectionreset');
  });
  return {
    async deliver() {
      if (!deliver) throw new Error(`no ${operation} was held up`);
      const answer = await deliver();
      if (!answer.ok) throw new Error(`what was held up was answered ${answer.status}: ${await answer.text()}`);
    },
  };
}

/** The next request of this operation waits, with its page, until it is let go: before the platform gets it, or before its answer arrives. */
export async function keepWaiting(page: Page, operation: Operation, when: 'before' | 'after'): Promise<() => void> {
  let letGo = () => {};
  const free = new Promise<void>((resolve) => (letGo = resolve));
  let caught = false;
  await page.route((url) => url.pathname.startsWith('/api/'), async (route, request) => {
    const wanted = inspectExchange({ method: request.method(), url: request.url() }).operationId === operation;
    if (!wanted || caught) return route.fallback();
    caught = true;
    if (when === 'before') {
      await free;
      return route.continue();
    }
    const response = await route.fetch();
    await free;
    return route.fulfill({ response });
  });
  return () => letGo();
}
