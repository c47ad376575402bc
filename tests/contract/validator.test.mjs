// The judge is judged: a sound exchange passes, and each single departure from the contract is named.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readForm, writeForm } from './multipart.mjs';
import { inspectExchange, validateExchange } from './validator.mjs';

const CORRELATION = '4f7f7c1e-7d0a-4d5e-9a43-2f3a8d1c9b10';
const ORDERS = 'http://127.0.0.1:8080/api/clients/client-1/orders';
const ASSIGN = '/api/clients/client-1/loans/loan-1/orders/order-1/assign';

const reading = (changes = {}) => ({
  method: 'GET',
  url: '/api/clients/client-1/branches',
  requestHeaders: { Authorization: 'Bearer secret-token-value', 'X-Correlation-Id': CORRELATION },
  requestBody: null,
  status: 200,
  responseHeaders: { 'Content-Type': 'application/json; charset=utf-8', 'X-Correlation-Id': CORRELATION },
  responseBody: '{"items":[{"id":"branch-1","name":"North"}]}',
  ...changes,
});

const problem = (changes = {}) => ({
  type: 'about:blank',
  title: 'The order has moved',
  status: 409,
  detail: 'It is no longer unassigned.',
  code: 'state_conflict',
  correlationId: CORRELATION,
  ...changes,
});

const refusedWrite = (changes = {}) => ({
  ...reading(),
  method: 'POST',
  url: ASSIGN,
  requestHeaders: { ...reading().requestHeaders, 'content-type': 'application/json' },
  requestBody: '{"vendorId":"vendor-1","expectedVersion":4}',
  status: 409,
  responseHeaders: { 'content-type': 'application/problem+json', 'x-correlation-id': CORRELATION },
  responseBody: JSON.stringify(problem()),
  ...changes,
});

function departs(exchange, side, pattern) {
  const inspected = inspectExchange(exchange);
  const other = side === 'request' ? 'answer' : 'request';
  assert.deepEqual(inspected[other], [], `only the ${side} is wrong here`);
  assert.ok(inspected[side].some((text) => pattern.test(text)), `no problem matches ${pattern}: ${inspected[side].join(' | ')}`);
}

test('a sound exchange has no problems, whatever form its parts come in', () => {
  assert.deepEqual(validateExchange(reading()), []);
  assert.deepEqual(validateExchange(refusedWrite()), []);
  const { requestHeaders, responseHeaders, responseBody } = reading();
  const forms = [
    { requestHeaders: new Headers(requestHeaders), responseHeaders: new Headers(responseHeaders) },
    { responseHeaders: Object.entries(responseHeaders).map(([name, value]) => ({ name, value })) },
    { responseHeaders: Object.entries(responseHeaders) },
    { responseBody: Buffer.from(responseBody) },
    { responseBody: new TextEncoder().encode(responseBody).buffer },
    { responseBody: JSON.parse(responseBody) },
    { url: `https://orders.example.com/base${reading().url}` },
  ];
  for (const form of forms) assert.deepEqual(validateExchange(reading(form)), [], JSON.stringify(form));
});

test('what is not the API is none of its business, an unknown API path is', () => {
  assert.deepEqual(validateExchange(reading({ url: '/config.json' })), []);
  assert.deepEqual(validateExchange(reading({ url: '/sandbox/ledger' })), []);
  departs(reading({ url: '/api/clients/client-1/nothing' }), 'request', /not in the contract/);
  departs(reading({ method: 'PATCH' }), 'request', /not in the contract/);
});

test('a request that never got an answer, or a replaced one, is still judged as a request', () => {
  assert.deepEqual(validateExchange(reading({ status: undefined, responseHeaders: undefined, responseBody: undefined })), []);
  assert.deepEqual(validateExchange(reading({ status: 500, responseBody: '<html>', faulted: true })), []);
  departs(reading({ url: '/api/clients/a%20b/branches', status: 0 }), 'request', /clientId/);
});

test('each departure of a request is named', () => {
  const query = (text) => reading({ url: `${ORDERS}?${text}`, status: 0 });
  assert.deepEqual(validateExchange(query('view=all&status=16,2&page=2&pageSize=50&sort=-dueDate&dueBefore=2026-12-01')), []);
  departs(query('colour=red'), 'request', /colour is not in the contract/);
  departs(query('page=1&page=2'), 'request', /given 2 times/);
  departs(query('page=0'), 'request', /page .*>= 1/);
  departs(query('page='), 'request', /page .*integer/);
  departs(query('status=16,x'), 'request', /status .*integer/);
  departs(query('view=everything'), 'request', /view .*allowed values/);
  departs(query('dueBefore=2026-02-30'), 'request', /dueBefore .*format/);
  departs(reading({ url: '/api/clients/client-1/fees/resolve?zip=78701', status: 0 }), 'request', /productId is missing/);
  departs(reading({ requestHeaders: {}, status: 0 }), 'request', /Authorization/);
  departs(reading({ requestBody: '{}', status: 0 }), 'request', /body is sent/);
  departs(reading({ requestHeaders: { ...reading().requestHeaders, 'x-correlation-id': 'short' }, status: 0 }), 'request', /replaced/);
});

test('each departure of a request body is named', () => {
  const write = (changes) => refusedWrite({ status: 0, ...changes });
  departs(write({ requestBody: '' }), 'request', /body is missing/);
  departs(write({ requestBody: '{"vendorId":' }), 'request', /not JSON/);
  departs(write({ requestBody: Buffer.from([0x22, 0xff, 0x22]) }), 'request', /not JSON in UTF-8/);
  departs(write({ requestBody: '{"vendorId":null}' }), 'request', /vendorId must be string/);
  departs(write({ requestBody: '{"vendorId":"vendor-1","expectedVersion":0}' }), 'request', /expectedVersion/);
  departs(write({ requestHeaders: reading().requestHeaders }), 'request', /content type/);
  const keyed = { ...refusedWrite().requestHeaders, 'idempotency-key': 'again' };
  departs(write({ requestHeaders: keyed }), 'request', /Idempotency-Key .*format/);
});

const BOUNDARY = 'a-boundary-of-the-tests';
const PDF = { name: 'file', filename: 'report.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.7\r\n--not a boundary\r\n') };
const LARGEST = 20 * 1024 * 1024;

const upload = (parts, changes = {}) => {
  const { contentType, body } = writeForm(parts, BOUNDARY);
  return {
    ...refusedWrite(),
    url: ASSIGN.replace('/assign', '/reports'),
    requestHeaders: { ...reading().requestHeaders, 'content-type': contentType },
    requestBody: body,
    status: 0,
    ...changes,
  };
};

test('a form is taken apart into the parts that it was put together of', () => {
  const text = { name: 'kind', filename: undefined, type: undefined, bytes: Buffer.from('floorPlan') };
  const odd = { ...PDF, filename: 'a "quoted" näme.pdf', bytes: Buffer.from([0, 13, 10, 13, 10, 45, 45, 255]) };
  const { contentType, body } = writeForm([PDF, text, odd], BOUNDARY);
  assert.deepEqual(readForm(contentType, body), [PDF, text, odd]);
  assert.deepEqual(readForm(contentType.replace(BOUNDARY, `"${BOUNDARY}"`), body), [PDF, text, odd]);
  assert.equal(readForm('multipart/form-data', body), undefined);
  assert.equal(readForm(contentType, body.subarray(0, body.length - 8)), undefined);
});

test('a sound form has no problems, and the content of its file is not judged', () => {
  const version = { name: 'expectedVersion', bytes: Buffer.from('4') };
  assert.deepEqual(validateExchange(upload([PDF])), []);
  assert.deepEqual(validateExchange(upload([PDF, version, { name: 'more', bytes: Buffer.from('ignored') }])), []);
  assert.deepEqual(validateExchange(upload([{ ...PDF, bytes: Buffer.from([255, 254]) }])), []);
});

test('of a form whose bytes the browser does not show, what can be seen is judged', () => {
  const hollow = upload([{ ...PDF, bytes: Buffer.alloc(0) }]);
  const announced = { ...hollow.requestHeaders, 'content-length': String(hollow.requestBody.length + 1) };
  assert.deepEqual(validateExchange({ ...hollow, requestHeaders: announced }), []);
  assert.deepEqual(validateExchange(upload([PDF], { requestBody: null })), []);
  departs(hollow, 'request', /part file holds 0 bytes/);
  departs({ ...hollow, requestHeaders: announced, requestBody: upload([]).requestBody }, 'request', /part file is missing/);
  const bare = { ...hollow.requestHeaders, 'content-type': 'multipart/form-data' };
  departs(upload([PDF], { requestBody: null, requestHeaders: bare }), 'request', /no boundary/);
});

test('each departure of a form is named', () => {
  departs(upload([]), 'request', /part file is missing/);
  departs(upload([PDF, PDF]), 'request', /part file is given 2 times/);
  departs(upload([{ ...PDF, filename: undefined }]), 'request', /no file name/);
  departs(upload([{ ...PDF, type: 'text/html' }]), 'request', /text\/html instead of application\/pdf/);
  departs(upload([{ ...PDF, bytes: Buffer.alloc(LARGEST + 1) }]), 'request', /more than/);
  departs(upload([PDF, { name: 'expectedVersion', bytes: Buffer.from('four') }]), 'request', /part expectedVersion .*integer/);
  departs(upload([PDF], { requestBody: Buffer.from('--other\r\n') }), 'request', /not a form/);
  departs(upload([PDF], { requestBody: '' }), 'request', /not a form/);
  departs(upload([PDF], { requestHeaders: refusedWrite().requestHeaders }), 'request', /content type application\/json/);
  const document = upload([PDF, { name: 'kind', bytes: Buffer.from('secret') }], { url: ASSIGN.replace('/assign', '/documents') });
  departs(document, 'request', /part kind .*allowed values/);
});

test('the content of an answered file is not judged, what is told of it is', () => {
  const { responseHeaders } = reading();
  const file = (changes = {}) =>
    reading({
      url: ASSIGN.replace('/assign', '/reports/report-1/content'),
      responseBody: Buffer.from([37, 80, 68, 70, 255, 0]),
      responseHeaders: {
        ...responseHeaders,
        'Content-Type': 'application/pdf',
        'Content-Disposition': 'attachment; filename="report.pdf"',
        'X-Content-Type-Options': 'nosniff',
        ...changes,
      },
    });
  assert.deepEqual(validateExchange(file()), []);
  departs(file({ 'Content-Type': 'text/html' }), 'answer', /text\/html instead of application\/pdf/);
  departs(file({ 'Content-Disposition': 'inline' }), 'answer', /Content-Disposition .*pattern/);
  departs(file({ 'X-Content-Type-Options': undefined }), 'answer', /X-Content-Type-Options/);
  departs({ ...file(), responseBody: '' }, 'answer', /body is missing/);
});

test('each departure of an answer is named', () => {
  departs(reading({ status: 418 }), 'answer', /not documented/);
  departs(reading({ responseBody: '' }), 'answer', /body is missing/);
  departs(reading({ responseBody: '{"items":[{"id":"branch-1"}]}' }), 'answer', /name/);
  departs(reading({ responseBody: '{"items":[{"id":"not an id","name":"North"}]}' }), 'answer', /\/items\/0\/id/);
  departs(reading({ responseHeaders: { 'X-Correlation-Id': CORRELATION, 'content-type': 'text/html' } }), 'answer', /text\/html/);
  departs(reading({ responseHeaders: { 'content-type': 'application/json' } }), 'answer', /X-Correlation-Id is missing/);
  const other = { ...reading().responseHeaders, 'X-Correlation-Id': 'another-one' };
  departs(reading({ responseHeaders: other }), 'answer', /not echoed/);
  const gone = { ...reading(), method: 'DELETE', url: ASSIGN.replace('/assign', ''), status: 204 };
  departs(gone, 'answer', /body is sent where/);
  assert.deepEqual(validateExchange({ ...gone, responseBody: '' }), []);
});

test('each departure of a refusal is named', () => {
  const body = (changes) => refusedWrite({ responseBody: JSON.stringify(problem(changes)) });
  departs(body({ code: 'not_found' }), 'answer', /code .*allowed values/);
  departs(body({ status: 400 }), 'answer', /status must be equal/);
  departs(body({ detail: undefined }), 'answer', /detail/);
  departs(body({ correlationId: 'another-one' }), 'answer', /not the one in the header/);
  departs(body({ errors: [{ message: 'No field.' }] }), 'answer', /field/);
  const unauthorized = problem({ status: 401, code: 'token_expired' });
  departs(refusedWrite({ status: 401, responseBody: JSON.stringify(unauthorized) }), 'answer', /WWW-Authenticate is missing/);
  const busy = { status: 429, responseBody: JSON.stringify(problem({ status: 429, code: 'too_many_requests' })) };
  departs(refusedWrite(busy), 'answer', /Retry-After is missing/);
  const soon = { ...refusedWrite().responseHeaders, 'retry-after': 'soon' };
  departs(refusedWrite({ ...busy, responseHeaders: soon }), 'answer', /Retry-After .*integer/);
});

test('a reported problem never contains a credential', () => {
  const everythingWrong = reading({ method: 'POST', url: '/api/auth/sign-in', requestBody: '{"username":"","password":"hunter2-hunter2"}', status: 418 });
  const text = validateExchange(everythingWrong).join('\n');
  assert.ok(text.length > 0);
  assert.doesNotMatch(text, /secret-token-value|hunter2/);
});
