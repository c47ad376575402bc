// The contract as data: the parsed document and its operations, with references resolved.
// It must never know a path, a field or a status by itself; all of them come from contract/openapi.yaml.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const here = path.dirname(fileURLToPath(import.meta.url));

export const documentPath = path.join(here, '..', '..', 'contract', 'openapi.yaml');

/** The parsed document, exactly as written. */
export const contract = parse(readFileSync(documentPath, 'utf8'));

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];

/** What a local `$ref` points at; anything else is returned as it is. */
export function resolve(node) {
  let current = node;
  while (current && typeof current === 'object' && typeof current.$ref === 'string') {
    current = at(current.$ref);
  }
  return current;
}

function at(reference) {
  if (!reference.startsWith('#/')) throw new Error(`only local references are used, not ${reference}`);
  const found = reference
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((node, key) => node?.[key], contract);
  if (found === undefined) throw new Error(`${reference} points at nothing`);
  return found;
}

/**
 * Every operation once:
 * `{id, method, template, pattern, names, spec, parameters, body, security, responses}`.
 * `pattern` matches a whole path; its groups are the values of `names`, still percent-encoded.
 */
export const operations = Object.entries(contract.paths).flatMap(([template, item]) =>
  METHODS.filter((method) => item[method]).map((method) => {
    const spec = item[method];
    return {
      id: spec.operationId,
      method: method.toUpperCase(),
      template,
      ...pathPattern(template),
      spec,
      parameters: [...(item.parameters ?? []), ...(spec.parameters ?? [])].map(resolve),
      body: resolve(spec.requestBody),
      security: spec.security ?? contract.security ?? [],
      responses: Object.fromEntries(
        Object.entries(spec.responses ?? {}).map(([status, response]) => [status, resolve(response)]),
      ),
    };
  }),
);

/** The operation with this id; a test that misspells one must fail. */
export function operation(id) {
  const found = operations.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`the contract has no operation ${id}`);
  return found;
}

/** Whether a session is needed, that is, no alternative goes without the access token. */
export function needsSession({ security }) {
  return security.length > 0 && security.every((alternative) => 'bearer' in alternative);
}

function pathPattern(template) {
  const names = [];
  const source = template.replace(/\{(\w+)\}|[.*+?^$()|[\]\\]/g, (match, name) => {
    if (!name) return `\\${match}`;
    names.push(name);
    return '([^/]*)';
  });
  return { names, pattern: new RegExp(`^${source}$`) };
}
