// A client that knows the API only from the document, and has each of its exchanges judged by it.
// It must never pass over a departure: an answer that breaks the contract fails the test that caused it.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { needsSession, operation, operations } from '../document.mjs';
import { writeForm } from '../multipart.mjs';
import { inspectExchange } from '../validator.mjs';

export const PASSWORD = 'sandbox';
const JSON_TYPE = 'application/json';

/** Which statuses of which operations were really met. */
export class Coverage {
  #met = new Map(operations.map(({ id }) => [id, new Set()]));

  met(id, status) {
    this.#met.get(id).add(String(status));
  }

  /** Documented statuses out of `wanted` that were never met: `["getOrder 404", …]`. */
  missing(wanted) {
    return operations.flatMap(({ id, responses }) =>
      Object.keys(responses)
        .filter((status) => wanted(status) && !this.#met.get(id).has(status))
        .map((status) => `${id} ${status}`),
    );
  }
}

/** One user's way through the API. */
export class Visitor {
  token = null;
  user = null;

  constructor(url, coverage) {
    this.url = url;
    this.coverage = coverage;
  }

  static async signedIn(url, coverage, username) {
    const visitor = new Visitor(url, coverage);
    const { body } = await visitor.does('signIn', { body: { username, password: PASSWORD } });
    visitor.token = body.accessToken;
    visitor.user = body.user;
    return visitor;
  }

  /** The operation succeeds, and both sides keep the contract. */
  async does(id, call = {}) {
    const answer = await this.send(id, call);
    assert.deepEqual(answer.request, [], `${id} was called against the contract`);
    assert.ok(answer.status < 300, `${id} answered ${answer.status}: ${answer.text.slice(0, 400)}`);
    return answer;
  }

  /**
   * The operation is refused with this status and code. `malformed`: the request itself breaks the contract, and the document must say so
   * too, or client and server disagree on what is valid. `field`: one of the fields that the refusal must name.
   */
  async refused(status, code, id, { malformed = false, field, ...call } = {}) {
    const answer = await this.send(id, call);
    const said = `${id} answered ${answer.status}: ${answer.text.slice(0, 400)}`;
    assert.equal(answer.status, status, said);
    assert.equal(answer.body.code, code, said);
    if (field) assert.ok(answer.body.errors?.some((error) => error.field === field), `${field} is not named; ${said}`);
    if (malformed) assert.notDeepEqual(answer.request, [], `the document accepts what the server refuses; ${said}`);
    else assert.deepEqual(answer.request, [], said);
    return answer;
  }

  /**
   * Sends it and judges the answer. `raw` and `rawQuery` go out as they are; `headers` come on top. Where the operation takes a form, `body`
   * becomes one: its files are `{filename, type, bytes}`. The answer's `body` is JSON, or the bytes of a file.
   */
  async send(id, { path = {}, query = {}, rawQuery, body, raw, headers = {} } = {}) {
    const target = operation(id);
    const encoded = encode(target, body);
    const payload = raw ?? encoded?.body;
    const sent = { 'x-correlation-id': randomUUID() };
    if (this.token && needsSession(target)) sent.authorization = `Bearer ${this.token}`;
    if (payload !== undefined) sent['content-type'] = encoded?.contentType ?? JSON_TYPE;
    Object.assign(sent, headers);
    const url = this.url + address(target, path, rawQuery ?? new URLSearchParams(query).toString());
    const response = await fetch(url, { method: target.method, headers: sent, body: payload, redirect: 'manual' });
    const bytes = Buffer.from(await response.arrayBuffer());
    const inspected = inspectExchange({
      method: target.method,
      url,
      requestHeaders: sent,
      requestBody: payload,
      status: response.status,
      responseHeaders: response.headers,
      responseBody: bytes,
    });
    const isJson = /^application\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '');
    const text = isJson ? bytes.toString('utf8') : '';
    assert.deepEqual(inspected.answer, [], `${target.method} ${url}: ${text.slice(0, 400)}`);
    this.coverage.met(id, response.status);
    const received = isJson ? JSON.parse(text) : bytes.length > 0 ? bytes : null;
    return { status: response.status, headers: response.headers, text, body: received, request: inspected.request };
  }
}

function encode(target, body) {
  if (body === undefined) return undefined;
  if (!target.body?.content['multipart/form-data']) return { contentType: JSON_TYPE, body: JSON.stringify(body) };
  const parts = Object.entries(body).flatMap(([name, value]) => [value].flat().map((part) => ({ name, ...asPart(part) })));
  // A boundary of its own each time, as browsers have it.
  return writeForm(parts, `boundary-${randomUUID()}`);
}

function asPart(value) {
  return value?.bytes ? value : { bytes: Buffer.from(String(value)) };
}

function address(target, path, query) {
  const filled = target.template.replace(/\{(\w+)\}/g, (_, name) => {
    assert.ok(name in path, `${target.id} needs ${name}`);
    return path[name];
  });
  return query ? `${filled}?${query}` : filled;
}
