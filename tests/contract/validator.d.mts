export type HeadersLike = Record<string, string> | Headers | Iterable<[string, string] | { name: string; value: string }>;
export type BodyLike = string | Uint8Array | ArrayBuffer | object | null | undefined;

export interface Exchange {
  method: string;
  url: string;
  requestHeaders?: HeadersLike;
  /** `null` for a form whose bytes the browser does not show; then only its head is judged. */
  requestBody?: BodyLike;
  /** Absent or 0: no answer came. */
  status?: number;
  responseHeaders?: HeadersLike;
  responseBody?: BodyLike;
  /** The answer was replaced on purpose; only the request is judged. */
  faulted?: boolean;
}

/** Problems of the exchange, as sentences; empty when both sides keep the contract. */
export function validateExchange(exchange: Exchange): string[];
/** The same, told apart by side. `operationId` is null outside the contract. */
export function inspectExchange(exchange: Exchange): { operationId: string | null; request: string[]; answer: string[] };
/** Problems of the answer alone. */
export function validateAnswer(operation: { id: string; responses: Record<string, unknown> }, exchange: Exchange): string[];
/** Problems of one value against one schema of the document. */
export function schemaProblems(schema: object, value: unknown): string[];
