// The document itself: valid OpenAPI 3.1, complete, and honest about what each operation rests on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { contract, needsSession, operation, operations, resolve } from './document.mjs';
import { schemaProblems } from './validator.mjs';

// Written out a second time on purpose: an operation must not disappear from the document unnoticed.
const EXPECTED = `signIn refreshSession signOut whoAmI listOrders getOrder getOrderById listHistory getHistoryEntry listHistoryTypes
  listAuditLogs listLoans getLoan listLoanOrders listProducts listBranches listVendors listPaymentMethods resolveFee listSuggestedVendors
  listPayments listDocuments createDraft saveDraftProperty saveDraftVendor saveDraftConditions saveDraftContacts deleteDraft activateOrder
  assignVendor holdOrder reactivateOrder cancelOrder`.split(/\s+/);

const ORIGINS = ['printed', 'named', 'chosen'];
const CLASSES = ['read', 'idempotent', 'once', 'guarded'];
const P0_GROUPS = { activateOrder: 'A', assignVendor: 'S' };

function everyOperation(judge) {
  assert.ok(operations.length > 0);
  const problems = operations.flatMap((each) => judge(each).map((problem) => `${each.id}: ${problem}`));
  assert.deepEqual(problems, []);
}

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const result = await validator.validate(structuredClone(contract));
  assert.deepEqual(result.errors ?? [], []);
  assert.equal(result.valid, true);
  assert.equal(validator.version, '3.1');
});

test('it has each operation exactly once', () => {
  assert.deepEqual(operations.map(({ id }) => id).sort(), [...EXPECTED].sort());
});

test('the printed operation has exactly the printed method and path, and nothing else claims to be printed', () => {
  const printed = operations.filter(({ spec }) => spec['x-origin'] === 'printed');
  assert.deepEqual(
    printed.map(({ method, template }) => `${method} ${template}`),
    ['GET /api/clients/{clientId}/orders'],
  );
});

test('each operation says its origin, class and permission', () => {
  const permissions = [...contract.components.schemas.Permission.enum, 'public', 'signed-in'];
  everyOperation(({ spec }) => [
    ...(ORIGINS.includes(spec['x-origin']) ? [] : [`x-origin is ${spec['x-origin']}`]),
    ...(CLASSES.includes(spec['x-class']) ? [] : [`x-class is ${spec['x-class']}`]),
    ...(permissions.includes(spec['x-permission']) ? [] : [`x-permission is ${spec['x-permission']}`]),
  ]);
});

test('reading is GET and nothing else is, and only the P0 groups carry a group', () => {
  everyOperation(({ id, method, spec }) => [
    ...((spec['x-class'] === 'read') === (method === 'GET') ? [] : [`${method} is classed ${spec['x-class']}`]),
    ...(spec['x-p0-group'] === P0_GROUPS[id] ? [] : [`x-p0-group is ${spec['x-p0-group']}`]),
    ...(spec['x-p0-group'] && spec['x-class'] !== 'guarded' ? ['a P0 operation must be guarded'] : []),
  ]);
});

test('each write says how to learn whether it happened, by reads that exist', () => {
  everyOperation(({ spec }) => {
    if (spec['x-class'] === 'read') return spec['x-evidence'] ? ['a read has no evidence'] : [];
    const { reads = [], proof = '' } = spec['x-evidence'] ?? {};
    const unknown = reads.filter((id) => operation(id).spec['x-class'] !== 'read');
    return [...(reads.length && proof ? [] : ['no evidence']), ...unknown.map((id) => `${id} is not a read`)];
  });
});

test('each operation documents every status it can answer', () => {
  everyOperation((each) => {
    const scoped = each.template.includes('{clientId}');
    const wanted = ['429', '500', '503'];
    if (needsSession(each)) wanted.push('401');
    if (scoped) wanted.push('403', '404');
    if (each.body || (scoped && each.method === 'GET')) wanted.push('400');
    if (each.body) wanted.push('413', '415');
    if (each.body && scoped) wanted.push('422');
    if (scoped && each.method !== 'GET' && each.id !== 'createDraft') wanted.push('409');
    const success = Object.keys(each.responses).filter((status) => status.startsWith('2'));
    return [
      ...wanted.filter((status) => !each.responses[status]).map((status) => `${status} is missing`),
      ...(success.length === 1 ? [] : [`${success.length} successes`]),
    ];
  });
});

test('each answer carries the headers that every client relies on', () => {
  const always = { 401: 'WWW-Authenticate', 429: 'Retry-After', 503: 'Retry-After', 201: 'Location' };
  everyOperation(({ responses }) =>
    Object.entries(responses).flatMap(([status, { headers }]) =>
      ['X-Correlation-Id', always[status]]
        .filter((name) => name && !resolve(headers?.[name])?.required)
        .map((name) => `${status} does not require ${name}`),
    ),
  );
});

test('each refusal is a problem with codes of its own status', () => {
  everyOperation(({ responses }) =>
    Object.entries(responses)
      .filter(([status]) => Number(status) >= 400)
      .flatMap(([status, { content }]) => {
        const schema = content?.['application/problem+json']?.schema;
        const matches = schema?.properties?.status?.const === Number(status) && schema.properties.code;
        return matches && Object.keys(content).length === 1 ? [] : [`${status} is not a problem of that status`];
      }),
  );
});

test('each path parameter is declared, required and bounded', () => {
  everyOperation(({ names, parameters }) => {
    const declared = parameters.filter((parameter) => parameter.in === 'path');
    const loose = declared.filter((parameter) => !parameter.required || !resolve(parameter.schema).pattern);
    return [
      ...(declared.map(({ name }) => name).sort().join() === [...names].sort().join() ? [] : ['declared and used path parameters differ']),
      ...loose.map(({ name }) => `${name} is not required or not bounded`),
    ];
  });
});

test('each example keeps its own schema', () => {
  const bodies = operations.flatMap(({ id, body, responses }) =>
    [body, ...Object.values(responses)].flatMap((part) => Object.values(part?.content ?? {}).map((media) => ({ id, ...media }))),
  );
  const parameters = operations.flatMap(({ id, parameters: list }) => list.map((parameter) => ({ id, ...parameter })));
  const examples = [...bodies, ...parameters].filter((holder) => 'example' in holder);
  assert.ok(examples.length > operations.length, 'too few examples to be worth checking');
  const problems = examples.flatMap(({ id, schema, example }) => schemaProblems(schema, example).map((problem) => `${id}: ${problem}`));
  assert.deepEqual(problems, []);
});

test('each schema is one that the validator understands fully, and its examples keep it', () => {
  const schemas = Object.entries(contract.components.schemas);
  assert.ok(schemas.length > 0);
  for (const [name, schema] of schemas) {
    for (const example of schema.examples ?? [null]) {
      const problems = schemaProblems({ $ref: `#/components/schemas/${name}` }, example);
      if (schema.examples) assert.deepEqual(problems, [], name);
    }
  }
});

test('no component is left over', () => {
  const text = JSON.stringify(contract);
  const unused = Object.entries(contract.components).flatMap(([kind, members]) =>
    kind === 'securitySchemes'
      ? []
      : Object.keys(members).filter((name) => !text.includes(`"#/components/${kind}/${name}"`)),
  );
  // No operation can answer 405; it belongs to the paths, and the walk checks it there.
  assert.deepEqual(unused, ['MethodNotAllowed']);
});
