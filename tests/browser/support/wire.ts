// Everything that pages exchange with the API, and everything that they complain of. It judges every exchange by the contract and
// remembers every token, so that no test has to ask for either. It must never change what it watches.

import type { BrowserContext, ConsoleMessage, Page, Request } from '@playwright/test';
import { inspectExchange } from '../../contract/validator.mjs';
import { kept } from './journal';

export interface Exchange {
  readonly page: Page | null;
  readonly operation: string | null;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  /** When the browser began it, by the browser's clock in milliseconds; known once it has been answered, `NaN` if it never is. */
  startedAt: number;
  status?: number;
  /** No answer, or only a part of one. */
  lost?: boolean;
}

/** Chromium's own remark on every answer from 400 up and every lost one; the exchange itself tells more. */
const REMARK = /^Failed to load resource: (?:the server responded with a status of|net::ERR_)/;

/** None for what no page's frame asked for. */
function pageOf(request: Request): Page | null {
  try {
    return request.frame().page();
  } catch {
    return null;
  }
}

/** Alone, and not as a part of another word: a correlation id may hold what is also a password here. */
function holdsWord(text: string, word: string): boolean {
  return text.split(word).some((before, index, parts) => index + 1 < parts.length && !/[\w-]$/.test(before) && !/^[\w-]/.test(parts[index + 1] ?? ''));
}

export class Wire {
  readonly exchanges: Exchange[] = [];
  readonly tokens = new Set<string>();
  /** Those that opened a session. */
  private readonly passwords = new Set<string>();
  private readonly complaints: string[] = [];
  private readonly brokenAnswers = new Map<string, string[]>();
  private readonly pending: Promise<void>[] = [];
  private readonly open = new Map<Request, Exchange>();
  private readonly contexts: BrowserContext[] = [];
  private expected: RegExp[] = [];

  watch(context: BrowserContext): void {
    this.contexts.push(context);
    context.on('request', (request) => this.begun(request));
    context.on('response', (response) => {
      const exchange = this.open.get(response.request());
      if (!exchange) return;
      exchange.startedAt = response.request().timing().startTime;
      exchange.status = response.status();
    });
    context.on('requestfinished', (request) => this.ended(request, false));
    context.on('requestfailed', (request) => this.ended(request, true));
    context.on('weberror', (error) => this.complain(`page error: ${error.error().message}`));
    context.on('console', (message) => this.heard(message));
  }

  /** The exchanges of one operation that have begun. */
  sent(operation: string): Exchange[] {
    return this.exchanges.filter((exchange) => exchange.operation === operation);
  }

  /** A complaint of the page that this test provokes on purpose. */
  expectComplaint(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  /** What was wrong, as sentences. `mayBreak` holds how many answers of an operation a fault was to break. */
  async problems(mayBreak: ReadonlyMap<string, number>): Promise<string[]> {
    await Promise.all(this.pending);
    const unexplained = [...this.brokenAnswers].flatMap(([operation, problems]) => problems.slice(mayBreak.get(operation) ?? 0));
    return [...this.complaints, ...unexplained, ...(await this.leaks())];
  }

  private begun(request: Request): void {
    const url = new URL(request.url());
    if (!url.pathname.startsWith('/api/')) return;
    const exchange: Exchange = {
      page: pageOf(request),
      operation: inspectExchange({ method: request.method(), url: request.url() }).operationId,
      method: request.method(),
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers(),
      body: request.postData(),
      startedAt: Number.NaN,
    };
    this.exchanges.push(exchange);
    this.open.set(request, exchange);
  }

  private ended(request: Request, lost: boolean): void {
    const exchange = this.open.get(request);
    if (!exchange) return;
    exchange.lost = lost;
    this.pending.push(this.judge(request, exchange));
  }

  private async judge(request: Request, exchange: Exchange): Promise<void> {
    // A page that has gone takes its headers and bodies along; then there is nothing to judge.
    const gone = () => null;
    const headers = await request.allHeaders().catch(gone);
    if (!headers) return;
    const response = exchange.lost ? null : await request.response().catch(gone);
    const body = await response?.body().catch(gone);
    // Of a file that a page reads as a blob, the debugger keeps no bytes; the contract suite judges those answers.
    const answered = await response?.allHeaders().catch(gone);
    const isUnseen = body?.length === 0 && exchange.operation?.endsWith('Content') && Number(answered?.['content-length']) > 0;
    const answer = response && body && answered && !isUnseen ? { status: response.status(), responseHeaders: answered, responseBody: body } : {};
    const judged = inspectExchange({ method: exchange.method, url: request.url(), requestHeaders: headers, requestBody: request.postDataBuffer(), ...answer });
    for (const problem of judged.request) this.complain(problem);
    if (judged.answer.length > 0 || (response && response.status() >= 500)) {
      const name = exchange.operation ?? exchange.path;
      const said = judged.answer.join('; ') || `${name} answered ${response?.status()}, which no fault asked for`;
      this.brokenAnswers.set(name, [...(this.brokenAnswers.get(name) ?? []), said]);
    }
    this.remember(headers, body);
    if (exchange.operation === 'signIn' && exchange.status === 200) this.passwords.add(JSON.parse(exchange.body ?? '{}').password as string);
  }

  private remember(headers: Record<string, string>, body: Buffer | null | undefined): void {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    const cookie = /omnival_refresh=([^;]+)/.exec(headers.cookie ?? '')?.[1];
    const granted = /"(?:accessToken|refreshToken)":"([^"]+)"/g;
    for (const found of [token, cookie, ...[...(body?.toString('utf8') ?? '').matchAll(granted)].map((match) => match[1])]) {
      if (found && found.length > 8) this.tokens.add(found);
    }
  }

  private heard(message: ConsoleMessage): void {
    if (!['error', 'warning'].includes(message.type()) || REMARK.test(message.text())) return;
    this.complain(`console ${message.type()}: ${message.text()}`);
  }

  private complain(text: string): void {
    if (!this.expected.some((pattern) => pattern.test(text))) this.complaints.push(text);
  }

  /** Tokens where none may be: storages, addresses, the page's own text. And no password in a storage. */
  async leaks(): Promise<string[]> {
    const pages = this.contexts.flatMap((context) => context.pages()).filter((page) => page.url().startsWith('http'));
    const stored = await Promise.all(pages.map((page) => this.stored(page).catch(() => '')));
    const shown = await Promise.all(pages.map((page) => page.evaluate(() => [location.href, document.body.innerText].join('\n')).catch(() => '')));
    const tokens = [...this.tokens];
    const leaks: string[] = [];
    if ([...stored, ...shown].some((text) => tokens.some((token) => text.includes(token)))) leaks.push('a token stands in a storage, an address or the page');
    if (stored.some((text) => [...this.passwords].some((password) => holdsWord(text, password)))) leaks.push('a password stands in a storage');
    return leaks;
  }

  /** Every storage of a page, as one text. */
  private async stored(page: Page): Promise<string> {
    const areas = await page.evaluate(() => [localStorage, sessionStorage].map((area) => JSON.stringify(area)).join('\n'));
    const journal = await kept(page);
    return [areas, ...journal.flatMap(({ key, text }) => [key, text])].join('\n');
  }
}
