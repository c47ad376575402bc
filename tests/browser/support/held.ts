// A request that is held up on its way: the page that sent it hears nothing, and the platform gets it much later, as it was sent.

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
