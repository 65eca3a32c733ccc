import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { OpenAPIV3_1 } from 'openapi-types';
import { openTestApi, type TestApi } from './testing.ts';

let api: TestApi;
let document: OpenAPIV3_1.Document;
beforeAll(async () => {
  api = await openTestApi();
  await api.app.ready();
  document = api.app.swagger() as OpenAPIV3_1.Document;
}, 240_000);
afterAll(() => api?.close());

const operations = () =>
  Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      responses: ((operation as OpenAPIV3_1.OperationObject).responses ?? {}) as Record<
        string,
        OpenAPIV3_1.ResponseObject
      >,
    })),
  );

test('no answer stands there as any JSON: a file names its own type', () => {
  const unsaid = operations().filter(({ responses }) => {
    const schema = responses['200']?.content?.['application/json']?.schema;
    return schema !== undefined && !['type', '$ref', 'anyOf', 'oneOf', 'allOf'].some((key) => key in schema);
  });
  expect(operations().length).toBeGreaterThan(100);
  expect(unsaid.map(({ name }) => name)).toEqual([]);
});

test('every error is problem+json', () => {
  const others = operations().filter(({ responses }) =>
    Object.entries(responses).some(
      ([status, { content }]) =>
        /^[45]/.test(status) &&
        Object.keys(content ?? {}).some((type) => type !== 'application/problem+json'),
    ),
  );
  expect(others.map(({ name }) => name)).toEqual([]);
});
