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
  assignVendor holdOrder reactivateOrder cancelOrder
  updateOrder addComment updateOrderStatus acceptConditions counterConditions listInspectionSlots scheduleInspection completeInspection
  listReports getLatestReport listReportHistory getReportContent submitReport addDocument getDocumentContent grantDocumentAccess
  revokeDocumentAccess getChecklist answerChecklistItem listFindings listCrossCheckRuns getCrossCheckRun runCrossCheck acceptReport
  listRevisions getLatestRevision requestRevision requestClientRevision listRovs submitRov decideRov listBorrowers listDeliveries
  listDeliveryConfigurations sendToBorrower sendReport getUcdpSubmission getUcdpDashboardDetails submitToUcdp overrideUcdpHardStops
  getEadSubmission getEadDashboardDetails submitToEad overrideEadHardStops getInvoiceData getInvoice createInvoice collectPayment
  sendPaymentLink recordPayment markPaid refundPayment listVendorPayments`.split(/\s+/);

const ORIGINS = ['printed', 'named', 'chosen'];
const CLASSES = ['read', 'idempotent', 'once', 'guarded'];
const P0_GROUPS = {
  A: ['activateOrder'],
  S: ['assignVendor', 'updateOrderStatus', 'acceptConditions', 'counterConditions'],
  Q: ['submitReport', 'runCrossCheck', 'acceptReport', 'requestRevision', 'requestClientRevision', 'submitRov', 'decideRov'],
  P: ['createInvoice', 'collectPayment', 'sendPaymentLink', 'recordPayment', 'markPaid', 'refundPayment'],
  G: ['submitToUcdp', 'submitToEad', 'overrideUcdpHardStops', 'overrideEadHardStops'],
};
/** Each leaves the world as it is when it is sent again. */
const IDEMPOTENT = `signOut saveDraftProperty saveDraftVendor saveDraftConditions saveDraftContacts deleteDraft answerChecklistItem
  grantDocumentAccess revokeDocumentAccess`.split(/\s+/);
/** Writes that ask neither for a state nor for a version. */
const UNCONDITIONAL = ['createDraft', 'grantDocumentAccess', 'revokeDocumentAccess'];
/** These need no session; they make one, or refuse to. */
const GRANTING = ['signIn', 'refreshSession'];
const PRINTED = `GET /api/clients/{clientId}/orders
  GET /api/clients/{clientId}/loans/{loanId}/orders/{orderId}/get-ucdp-submission
  POST /api/clients/{clientId}/loans/{loanId}/orders/{orderId}/process-ucdp-submission
  GET /api/clients/{clientId}/loans/{loanId}/orders/{orderId}/ucdp-submission/{submissionId}/ucdp-dashboard-details
  POST /api/clients/{clientId}/loans/{loanId}/orders/{orderId}/submission/{orderSubmissionId}/process-manual-ucdp-override-hardstops`
  .split('\n')
  .map((line) => line.trim());

const groupOf = (id) => Object.keys(P0_GROUPS).find((group) => P0_GROUPS[group].includes(id));

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

test('the printed operations have exactly the printed methods and paths, and nothing else claims to be printed', () => {
  const printed = operations.filter(({ spec }) => spec['x-origin'] === 'printed');
  assert.deepEqual(printed.map(({ method, template }) => `${method} ${template}`).sort(), [...PRINTED].sort());
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
    ...((spec['x-class'] === 'idempotent') === IDEMPOTENT.includes(id) ? [] : [`it is classed ${spec['x-class']}`]),
    ...(spec['x-p0-group'] === groupOf(id) ? [] : [`x-p0-group is ${spec['x-p0-group']}`]),
    ...(spec['x-p0-group'] && spec['x-class'] !== 'guarded' ? ['a P0 operation must be guarded'] : []),
  ]);
});

test('each guarded operation belongs to a P0 group or says why it is guarded, and no other says so', () => {
  everyOperation(({ spec }) => {
    const needsReason = spec['x-class'] === 'guarded' && !spec['x-p0-group'];
    return Boolean(spec['x-guarded-because']) === needsReason ? [] : [`x-guarded-because is ${spec['x-guarded-because']}`];
  });
});

test('roles that are kept out by name are roles, and have the permission otherwise', () => {
  const roles = contract.components.schemas.Role.enum;
  const kept = operations.filter(({ spec }) => spec['x-not-for']);
  assert.ok(kept.length > 0);
  everyOperation(({ spec }) => (spec['x-not-for'] ?? []).filter((role) => !roles.includes(role)).map((role) => `${role} is no role`));
});

test('each write says how to learn whether it happened, by reads that exist', () => {
  everyOperation(({ spec }) => {
    if (spec['x-class'] === 'read') return spec['x-evidence'] ? ['a read has no evidence'] : [];
    const { reads = [], proof = '' } = spec['x-evidence'] ?? {};
    const unknown = reads.filter((id) => operation(id).spec['x-class'] !== 'read');
    return [...(reads.length && proof ? [] : ['no evidence']), ...unknown.map((id) => `${id} is not a read`)];
  });
});

test('each history entry that a proof names is of a known type, and the history is then among the reads', () => {
  const known = contract.components.schemas.HistoryTypeName.examples;
  let named = 0;
  everyOperation(({ spec }) => {
    const { reads = [], proof = '' } = spec['x-evidence'] ?? {};
    const types = [...proof.matchAll(/history entry "(\w+)"/g)].map(([, type]) => type);
    named += types.length;
    return [
      ...types.filter((type) => !known.includes(type)).map((type) => `${type} is no known history type`),
      ...(types.length > 0 && !reads.includes('listHistory') ? ['the history is not read'] : []),
    ];
  });
  assert.ok(named > 10, 'too few entries are named to be worth checking');
});

test('each operation documents every status it can answer', () => {
  everyOperation((each) => {
    const scoped = each.template.includes('{clientId}');
    const wanted = ['429', '500', '503'];
    if (needsSession(each) || GRANTING.includes(each.id)) wanted.push('401');
    if (scoped) wanted.push('403', '404');
    if (each.body || (scoped && each.method === 'GET')) wanted.push('400');
    if (each.body) wanted.push('413', '415');
    if (each.body && scoped) wanted.push('422');
    if (scoped && each.method !== 'GET' && !UNCONDITIONAL.includes(each.id)) wanted.push('409');
    const statuses = Object.keys(each.responses);
    const success = statuses.filter((status) => status.startsWith('2'));
    return [
      ...wanted.filter((status) => !statuses.includes(status)).map((status) => `${status} is missing`),
      ...statuses.filter((status) => !success.includes(status) && !wanted.includes(status)).map((status) => `${status} cannot be answered`),
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
    const bounded = ({ schema }) => resolve(schema).pattern ?? resolve(schema).enum;
    const loose = declared.filter((parameter) => !parameter.required || !bounded(parameter));
    return [
      ...(declared.map(({ name }) => name).sort().join() === [...names].sort().join() ? [] : ['declared and used path parameters differ']),
      ...loose.map(({ name }) => `${name} is not required or not bounded`),
    ];
  });
});

test('each file has a limit and named types, and an answered one is neither shown in place nor guessed at', () => {
  const forms = operations.filter(({ body }) => body?.content['multipart/form-data']);
  assert.ok(forms.length > 0);
  everyOperation(({ body, responses }) => {
    const { schema, encoding } = body?.content['multipart/form-data'] ?? {};
    const sent = Object.entries(schema?.properties ?? {}).filter(([, part]) => resolve(part).contentMediaType);
    const answered = Object.values(responses).filter(({ content }) => Object.values(content ?? {}).some((media) => resolve(media.schema).contentMediaType));
    return [
      ...(schema && sent.length !== 1 ? [`a form with ${sent.length} files`] : []),
      ...sent.filter(([name]) => !schema.required.includes(name)).map(([name]) => `${name} is not required`),
      ...sent.filter(([name, part]) => !resolve(part).maxLength || !encoding?.[name]?.contentType).map(([name]) => `${name} is not bounded`),
      ...answered.flatMap(({ headers }) =>
        ['Content-Disposition', 'X-Content-Type-Options'].filter((name) => !resolve(headers[name])?.required).map((name) => `${name} is not required`),
      ),
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
