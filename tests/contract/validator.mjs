// Judges one HTTP exchange by the contract: what the client sent and what it got.
// It must never be more lenient than the document, and never put a credential into what it reports.
//
//   import { validateExchange } from '../contract/validator.mjs';
//   expect(validateExchange({ method, url, requestHeaders, requestBody, status, responseHeaders, responseBody })).toEqual([]);

import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { contract, needsSession, operations, resolve } from './document.mjs';
import { boundaryOf, readForm } from './multipart.mjs';

const CORRELATION = /^[A-Za-z0-9-]{8,64}$/;
const SCHEMAS = 'contract';
const FORM = 'multipart/form-data';
const PROBLEM = 'application/problem+json';

const ajv = new Ajv2020({ allErrors: true, strictSchema: true, strictTypes: false, strictRequired: false });
addFormats(ajv);
ajv.addSchema({ $id: SCHEMAS, $defs: portable(contract.components.schemas) });

/**
 * Problems of the exchange, as sentences; empty when both sides keep the contract.
 *
 * - `url`: absolute, or a path from `/`. Whatever is not below an `/api/` is none of the contract's business: no problems.
 * - headers: a plain object, a `Headers`, or a list of pairs or of `{name, value}`.
 * - bodies: text, bytes, parsed JSON, or nothing (`undefined`, `null`, empty). The content of files is not judged, only what is told of it.
 * - a form whose bytes, or whose files' bytes, were not recorded (browsers do not show them): the body is `null`, or shorter than the
 *   `Content-Length` says. Then only what can be seen is judged.
 * - `status` absent or 0 (no answer came): only the request is judged.
 * - `faulted`: the answer was replaced on purpose, so only the request is judged.
 */
export function validateExchange(exchange) {
  const { request, answer } = inspectExchange(exchange);
  return [...request, ...answer];
}

/** The same, told apart: `{operationId, request: string[], answer: string[]}`. */
export function inspectExchange(exchange) {
  const method = String(exchange.method).toUpperCase();
  const url = new URL(exchange.url, 'http://contract.invalid');
  const start = url.pathname.indexOf('/api/');
  if (start < 0 || method === 'OPTIONS') return { operationId: null, request: [], answer: [] };

  const pathname = url.pathname.slice(start);
  const operation = operationOf(method, pathname);
  if (!operation) {
    return { operationId: null, request: [`${method} ${pathname} is not in the contract`], answer: [] };
  }

  const sent = {
    url,
    pathname,
    headers: headerMap(exchange.requestHeaders),
    body: bytesOf(exchange.requestBody),
    recorded: exchange.requestBody !== undefined && exchange.requestBody !== null,
  };
  const request = requestProblems(operation, sent).map((problem) => `${operation.id} request: ${problem}`);
  const answered = Boolean(exchange.status) && !exchange.faulted;
  const answer = answered ? validateAnswer(operation, exchange) : [];
  return { operationId: operation.id, request, answer };
}

/** Problems of the answer alone. `operation` needs only `id` and `responses`. */
export function validateAnswer(operation, exchange) {
  const label = `${operation.id} answer ${exchange.status}`;
  const response = operation.responses[String(exchange.status)];
  if (!response) return [`${label}: this status is not documented`];
  const headers = headerMap(exchange.responseHeaders);
  const asked = headerMap(exchange.requestHeaders).get('x-correlation-id');
  return [
    ...headerProblems(response, headers),
    ...contentProblems(response, headers, bytesOf(exchange.responseBody)),
    ...correlationProblems(asked, headers.get('x-correlation-id')),
  ].map((problem) => `${label}: ${problem}`);
}

function operationOf(method, pathname) {
  const matches = operations.filter((operation) => operation.method === method && operation.pattern.test(pathname));
  return matches.sort((a, b) => a.names.length - b.names.length)[0];
}

// ---- the request

function requestProblems(operation, sent) {
  return [
    ...pathProblems(operation, sent),
    ...queryProblems(operation, sent),
    ...sentHeaderProblems(operation, sent),
    ...sentBodyProblems(operation, sent),
  ];
}

function pathProblems(operation, { pathname }) {
  const values = operation.pattern.exec(pathname).slice(1);
  return operation.names.flatMap((name, index) => {
    const value = decoded(values[index]);
    if (value === null) return [`path parameter ${name} is not valid percent-encoding`];
    const parameter = operation.parameters.find((p) => p.in === 'path' && p.name === name);
    return parameterProblems(parameter, value);
  });
}

function queryProblems(operation, { url }) {
  const declared = operation.parameters.filter((parameter) => parameter.in === 'query');
  const problems = [];
  for (const name of new Set(url.searchParams.keys())) {
    const parameter = declared.find((candidate) => candidate.name === name);
    const values = url.searchParams.getAll(name);
    if (!parameter) problems.push(`query parameter ${name} is not in the contract`);
    else if (values.length > 1) problems.push(`query parameter ${name} is given ${values.length} times`);
    else problems.push(...parameterProblems(parameter, values[0]));
  }
  const missing = declared.filter((parameter) => parameter.required && !url.searchParams.has(parameter.name));
  return [...problems, ...missing.map((parameter) => `query parameter ${parameter.name} is missing`)];
}

function sentHeaderProblems(operation, { headers }) {
  const problems = [];
  for (const parameter of operation.parameters.filter((candidate) => candidate.in === 'header')) {
    const value = headers.get(parameter.name.toLowerCase());
    if (value !== undefined) problems.push(...parameterProblems(parameter, value));
    else if (parameter.required) problems.push(`header ${parameter.name} is missing`);
  }
  const correlation = headers.get('x-correlation-id');
  if (correlation !== undefined && !CORRELATION.test(correlation)) problems.push('header X-Correlation-Id would be replaced');
  if (needsSession(operation) && !/^Bearer [\x21-\x7e]+$/.test(headers.get('authorization') ?? '')) {
    problems.push('header Authorization must carry a bearer token');
  }
  return problems;
}

function sentBodyProblems(operation, { headers, body, recorded }) {
  const form = operation.body?.content[FORM];
  if (form && mediaType(headers) === FORM) return formProblems(form, headers, body, recorded);
  if (body.length === 0) return operation.body?.required ? ['the body is missing'] : [];
  if (!operation.body) return ['a body is sent where the contract has none'];
  return bodyProblems(operation.body.content, headers, body);
}

function formProblems({ schema, encoding }, headers, body, recorded) {
  const contentType = headers.get('content-type');
  if (!recorded) return boundaryOf(contentType) ? [] : ['the form names no boundary'];
  const parts = readForm(contentType, body);
  if (!parts) return ['the body is not a form with a boundary and named parts'];
  const whole = !(Number(headers.get('content-length')) > body.length);
  return Object.entries(schema.properties).flatMap(([name, reference]) => {
    const found = parts.filter((part) => part.name === name);
    if (found.length === 0) return schema.required?.includes(name) ? [`part ${name} is missing`] : [];
    if (found.length > 1) return [`part ${name} is given ${found.length} times`];
    const [part] = found;
    const declared = resolve(reference);
    const problems = isFile(declared)
      ? fileProblems(declared, encoding[name].contentType.split(/\s*,\s*/), part, whole)
      : schemaProblems(reference, parsed({ schema: declared }, part.bytes.toString('utf8')));
    return problems.map((problem) => `part ${name} ${problem}`);
  });
}

function fileProblems(schema, types, { filename, type, bytes }, whole) {
  return [
    ...(filename ? [] : ['has no file name']),
    ...(types.includes(type) ? [] : [`is ${type ?? 'of no type'} instead of ${types.join(' or ')}`]),
    ...(whole ? sizeProblems(schema, bytes) : []),
  ];
}

function isFile(schema) {
  return schema.contentMediaType !== undefined;
}

function sizeProblems({ minLength, maxLength }, { length }) {
  if (length < minLength) return [`holds ${length} bytes, fewer than ${minLength}`];
  return length > maxLength ? [`holds ${length} bytes, more than ${maxLength}`] : [];
}

function parameterProblems(parameter, text) {
  return schemaProblems(parameter.schema, parsed(parameter, text)).map((problem) => `${parameter.in} parameter ${parameter.name} ${problem}`);
}

function parsed({ schema }, text) {
  if (schema.type === 'array') return text.split(',').map((item) => parsed({ schema: schema.items }, item));
  if (schema.type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text);
  return text;
}

// ---- the answer

function headerProblems(response, headers) {
  return Object.entries(response.headers ?? {}).flatMap(([name, reference]) => {
    const header = reference.$ref ? contract.components.headers[reference.$ref.split('/').at(-1)] : reference;
    const value = headers.get(name.toLowerCase());
    if (value === undefined) return header.required ? [`header ${name} is missing`] : [];
    return schemaProblems(header.schema, parsed(header, value)).map((problem) => `header ${name} ${problem}`);
  });
}

function contentProblems(response, headers, body) {
  if (!response.content) return body.length === 0 ? [] : ['a body is sent where the contract has none'];
  if (body.length === 0) return ['the body is missing'];
  const problems = bodyProblems(response.content, headers, body);
  if (mediaType(headers) === PROBLEM && jsonOf(body)?.correlationId !== headers.get('x-correlation-id')) {
    problems.push('correlationId in the body is not the one in the header');
  }
  return problems;
}

function correlationProblems(asked, answered) {
  const echoes = asked !== undefined && CORRELATION.test(asked);
  return echoes && asked !== answered ? ['X-Correlation-Id of the request is not echoed'] : [];
}

// ---- both

function bodyProblems(content, headers, body) {
  const type = mediaType(headers);
  const declared = content[type];
  if (!declared) return [`content type ${type || '(none)'} instead of ${Object.keys(content).join(' or ')}`];
  const schema = resolve(declared.schema);
  if (isFile(schema)) return sizeProblems(schema, body).map((problem) => `the file ${problem}`);
  const value = jsonOf(body);
  if (value === undefined) return ['the body is not JSON in UTF-8'];
  return schemaProblems(declared.schema, value).map((problem) => `body ${problem}`);
}

function mediaType(headers) {
  return (headers.get('content-type') ?? '').split(';')[0].trim().toLowerCase();
}

function headerMap(headers) {
  const pairs = !headers
    ? []
    : typeof headers[Symbol.iterator] === 'function'
      ? [...headers].map((entry) => (Array.isArray(entry) ? entry : [entry.name, entry.value]))
      : Object.entries(headers);
  return new Map(pairs.map(([name, value]) => [String(name).toLowerCase(), String(value)]));
}

function bytesOf(body) {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  if (body instanceof Uint8Array) return Buffer.from(body);
  if (body instanceof ArrayBuffer) return Buffer.from(new Uint8Array(body));
  return Buffer.from(JSON.stringify(body), 'utf8');
}

function jsonOf(bytes) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

// ---- schemas

const compiled = new Map();

/** Problems of one value against one schema of the document. */
export function schemaProblems(schema, value) {
  if (!compiled.has(schema)) compiled.set(schema, ajv.compile(portable(schema)));
  const validate = compiled.get(schema);
  if (validate(value)) return [];
  return validate.errors
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ instancePath, message, params }) => `${instancePath || '(whole)'} ${message}${allowed(params)}`);
}

function allowed(params) {
  return params?.allowedValues ? ` (${params.allowedValues.join(', ')})` : '';
}

/** A copy whose references lead into the one schema that is registered with the validator. */
function portable(schema) {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', `"${SCHEMAS}#/$defs/`));
}
