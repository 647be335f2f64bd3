import { expect, test } from 'vitest';
import { z } from 'zod';
import { route } from '../../kernel/door.ts';
import { testKernel } from '../../kernel/testing/test-kernel.ts';
import { counterModule } from '../testing/counter-module.ts';
import { openHttpDoor } from '../testing/open-http-door.ts';
import { openApiDocument } from './openapi.ts';

const getBell = route({
  method: 'GET',
  path: '/bells/{id}',
  summary: 'One bell',
  access: { role: 'guest', scope: 'read' },
  params: z.object({ id: z.string() }),
  query: z.object({ limit: z.coerce.number().int().default(100) }),
  answers: { 200: { description: 'The bell', schema: z.object({ id: z.string() }) } },
  handle: () => ({ status: 200, body: { id: 'x' } }),
});

const login = route({
  method: 'POST',
  path: '/auth/login',
  summary: 'Sign in',
  access: { role: 'nobody', scope: 'read' },
  answers: { 204: { description: 'Done', schema: null } },
  handle: () => ({ status: 204 }),
});

test('each operation names its role, scope, parameters, body, answers and problems', () => {
  const kernel = testKernel();
  const { paths, openapi, components } = openApiDocument(
    [getBell, login, counterModule(kernel).ringRoute],
    { version: '1.2.3', accessCookie: 'encore_access' },
  );
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths ?? {})).toEqual([
    '/api/v1/bells/{id}',
    '/api/v1/auth/login',
    '/api/v1/bells/ring',
  ]);
  const bell = paths?.['/api/v1/bells/{id}']?.get;
  expect(bell).toMatchObject({
    operationId: 'get_bells_id',
    tags: ['bells'],
    summary: 'One bell',
    'x-role': 'guest',
    'x-scope': 'read',
    security: [{ bearer: [] }, { cookie: [] }],
  });
  expect(
    bell?.parameters?.map((one) =>
      'name' in one ? [one.in, one.name, one.required ?? false] : [],
    ),
  ).toEqual([
    ['path', 'id', true],
    ['query', 'limit', false],
  ]);
  expect(Object.keys(bell?.responses ?? {})).toEqual(['200', '401', '403', '404', '414', '422']);
  const ring = paths?.['/api/v1/bells/ring']?.post;
  expect(ring?.requestBody).toMatchObject({
    required: true,
    content: {
      'application/json': {
        schema: { properties: { name: { type: 'string', maxLength: 20 } }, required: ['name'] },
      },
    },
  });
  expect(ring?.responses?.['409']).toMatchObject({
    description: 'no_such_bell',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  expect(ring?.responses?.['202']).toMatchObject({
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Rung' } } },
  });
  expect(paths?.['/api/v1/auth/login']?.post).toMatchObject({
    security: [],
    'x-role': 'nobody',
    tags: ['auth'],
  });
  expect(Object.keys(components?.schemas ?? {})).toEqual(['Problem', 'Rung']);
});

test('the document is there for everybody', async () => {
  const { origin, close } = await openHttpDoor([getBell, login]);
  const response = await fetch(`${origin}/api/v1/openapi.json`);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'application/json; charset=utf-8',
  ]);
  expect(await response.json()).toMatchObject({
    openapi: '3.1.0',
    info: { title: 'Encore', version: '1.2.3' },
  });
  await close();
});

test('a route whose path has parameters without a schema is a mistake of ours', async () => {
  const { params: _, ...bare } = getBell;
  await expect(openHttpDoor([bare])).rejects.toThrow(
    'GET /bells/{id} has parameters and no schema for them',
  );
});
