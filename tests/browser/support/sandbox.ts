// The sandbox's controls: faults, ledger, settings, a colleague's deeds. They are no part of the API and unknown to the console.

/** An operation that changes an order; the words of the contract. */
export type OrderWrite = 'activateOrder' | 'assignVendor' | 'holdOrder' | 'reactivateOrder' | 'cancelOrder';
export type Operation = OrderWrite | 'createDraft' | 'deleteDraft' | (string & {});
export type When = 'before' | 'after';

export type Fault =
  | { kind: 'answer'; when: When; status: number; body?: string; contentType?: string; headers?: Record<string, string> }
  | { kind: 'close'; when: When }
  | { kind: 'delay'; when: When; ms: number }
  | { kind: 'truncate' | 'html' | 'hostile' | 'expireAccessTokens' | 'revokeSession' | 'loseRefreshAnswer' }
  | { kind: 'otherUserMoves'; move: 'assign' | 'hold' | 'cancel' | 'activate' | 'accept'; by?: string }
  | { kind: 'historyLag'; ms: number };

/** Which of the matching requests from now on it strikes. */
export interface Strike {
  nth?: number;
  count?: number;
}

export interface Effect {
  operation: string;
  orderId: string | null;
  username: string | null;
  intent: string | null;
  summary: string;
  charge: { amount: string; currency: string } | null;
}

export interface Sample {
  id: string;
  loanId: string;
}

export interface Samples {
  clientId: string;
  byStatus: Record<string, Sample[]>;
  drafts: Record<'complete' | 'incomplete' | 'charged' | 'declined', Sample[]>;
  /** Orders in status 13, by what is still to be done about them. */
  accepted?: Record<'conventional' | 'fha' | 'noAgency' | 'delivered' | 'undelivered' | 'collectable' | 'declining' | 'notSuccessful', Sample[]>;
}

export interface Settings {
  refreshTransport: 'cookie' | 'body';
  fence: boolean;
  idempotencyKey: boolean;
  historyLagMs: number;
  accessTokenTtlSeconds: number;
  refreshTokenTtlSeconds: number;
  settleWindowMs: number;
  requestTimeoutMs: number;
  chargesDecline: boolean;
  agencyDelayMs: number;
  agencyOutcome: 'mixed' | 'successful' | 'successfulWithWarnings' | 'notSuccessful' | 'hardStop';
}

/** The order as the API gives it, as far as tests look at it. */
export interface Order {
  id: string;
  loanId: string;
  clientId: string;
  orderNumber: string | null;
  isDraft: boolean;
  statusCode: number | null;
  version: number;
  clientReference: string | null;
  vendor: { id: string; name: string } | null;
  loan: { number: string; borrowers: { name: string }[] };
  [field: string]: unknown;
}

const REPLACES_THE_ANSWER = new Set(['answer', 'close', 'truncate', 'html', 'hostile', 'loseRefreshAnswer']);

export class Sandbox {
  /** How many answers of an operation may break the contract, because they were made to. */
  readonly broken = new Map<string, number>();

  constructor(readonly url: string) {}

  async arm(operation: Operation, fault: Fault, { nth = 1, count = 1 }: Strike = {}): Promise<void> {
    await this.call('POST', '/sandbox/faults', { operation, nth, count, fault });
    if (REPLACES_THE_ANSWER.has(fault.kind)) this.broken.set(operation, (this.broken.get(operation) ?? 0) + count);
  }

  /** The connection ends without an answer: after the effect, or instead of it. */
  lose(operation: Operation, when: When): Promise<void> {
    return this.arm(operation, { kind: 'close', when });
  }

  /** Another answer than the server's own. `problem` becomes its problem+json body. */
  answer(operation: Operation, status: number, problem?: object, { when = 'before', headers, ...strike }: Strike & { when?: When; headers?: Record<string, string> } = {}): Promise<void> {
    const body = problem && { body: JSON.stringify({ title: 'Refused', status, correlationId: 'sandbox-fault', ...problem }), contentType: 'application/problem+json' };
    return this.arm(operation, { kind: 'answer', when, status, ...body, ...(headers && { headers }) }, strike);
  }

  delay(operation: Operation, when: When, ms: number, strike?: Strike): Promise<void> {
    return this.arm(operation, { kind: 'delay', when, ms }, strike);
  }

  /** No fault strikes any more. */
  calm(): Promise<unknown> {
    return this.call('DELETE', '/sandbox/faults');
  }

  /** Every access token ends, at this moment and for everybody; refresh tokens stay good. */
  async endAccessTokens(): Promise<void> {
    await this.arm('whoAmI', { kind: 'expireAccessTokens' });
    await fetch(`${this.url}/api/auth/me`);
  }

  /** Who a user name belongs to. Costs a sign-in of its own. */
  async userId(username: string): Promise<string> {
    const { user } = (await this.call('POST', '/api/auth/sign-in', { username, password: 'sandbox' })) as { user: { id: string } };
    return user.id;
  }

  /** Faults that have not struck as often as they were armed to. */
  async left(): Promise<unknown[]> {
    const { items } = (await this.call('GET', '/sandbox/faults')) as { items: { remaining: number }[] };
    return items.filter(({ remaining }) => remaining > 0);
  }

  /** The effects that really happened, oldest first. */
  async ledger(filter: { orderId?: string; operation?: Operation; user?: string } = {}): Promise<Effect[]> {
    const { items } = (await this.call('GET', `/sandbox/ledger?${new URLSearchParams(filter as Record<string, string>)}`)) as { items: Effect[] };
    return items;
  }

  clearLedger(): Promise<unknown> {
    return this.call('DELETE', '/sandbox/ledger');
  }

  settings(change: Partial<Settings>): Promise<unknown> {
    return this.call('PATCH', '/sandbox/settings', change);
  }

  samples(): Promise<Samples> {
    return this.call('GET', '/sandbox/samples') as Promise<Samples>;
  }

  /** A colleague does it, without a session, through the same state machine. */
  act(as: string, operation: Operation, orderId: string, body?: object): Promise<Order> {
    return this.call('POST', '/sandbox/act', { as, operation, orderId, ...(body && { body }) }) as Promise<Order>;
  }

  /** The order as it is, seen by the administrator. Costs a sign-in of its own. */
  async order(clientId: string, id: string): Promise<Order> {
    const { accessToken } = (await this.call('POST', '/api/auth/sign-in', { username: 'admin', password: 'sandbox' })) as { accessToken: string };
    return (await this.call('GET', `/api/clients/${clientId}/orders/${id}`, undefined, { authorization: `Bearer ${accessToken}` })) as Order;
  }

  /** Makes an order big. */
  grow(orderId: string, size: { history: number; documents: number }): Promise<unknown> {
    return this.call('POST', '/sandbox/grow', { orderId, ...size });
  }

  async reset(): Promise<void> {
    await this.call('POST', '/sandbox/reset');
    this.broken.clear();
  }

  private async call(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<unknown> {
    const answer = await fetch(this.url + path, {
      method,
      headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return text ? JSON.parse(text) : null;
  }
}
