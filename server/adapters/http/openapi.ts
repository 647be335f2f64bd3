import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import type { Authenticator, Route } from '../../kernel/door.ts';
import { httpLimits } from './limits.ts';
import { problemSchema, problemType } from './problem-reply.ts';

type Refusal = { readonly status: number; readonly code: string };

/** What any route of this kind may answer besides its own refusals. */
const commonRefusals = (route: Route): Refusal[] => [
  ...(route.params ? [{ status: 404, code: 'not_found' }] : []),
  ...(route.params || route.query ? [{ status: 414, code: 'url_too_long' }] : []),
  ...(route.query || route.body || route.form ? [{ status: 422, code: 'invalid_fields' }] : []),
  ...(route.body
    ? [
        { status: 400, code: 'malformed' },
        { status: 413, code: 'body_too_large' },
        { status: 415, code: 'unsupported_media_type' },
      ]
    : []),
  ...(route.form
    ? [
        { status: 400, code: 'malformed' },
        { status: 408, code: 'upload_stalled' },
        { status: 413, code: 'file_too_large' },
        { status: 413, code: 'too_many_files' },
        { status: 415, code: 'unsupported_media_type' },
      ]
    : []),
  ...(route.access.role === 'nobody'
    ? []
    : [
        { status: 401, code: 'sign_in_needed' },
        { status: 403, code: 'not_allowed' },
      ]),
  ...(route.method === 'GET'
    ? []
    : [
        { status: 403, code: 'cross_site' },
        { status: 503, code: 'storage_unavailable' },
      ]),
];

const problemResponses = (route: Route): ZodOpenApiResponsesObject => {
  const codes = new Map<number, Set<string>>();
  for (const { status, code } of [...(route.problems ?? []), ...commonRefusals(route)]) {
    codes.set(status, (codes.get(status) ?? new Set()).add(code));
  }
  const entries = [...codes].map(([status, names]) => [
    String(status),
    { description: [...names].join(', '), content: { [problemType]: { schema: problemSchema } } },
  ]);
  return Object.fromEntries(entries) as ZodOpenApiResponsesObject;
};

const answerResponses = (route: Route): ZodOpenApiResponsesObject => {
  const mutation = route.method !== 'GET' && {
    headers: z.object({
      'X-Event-Position': z.int().meta({ description: 'Global position of the last event' }),
    }),
  };
  const entries = Object.entries(route.answers).map(
    ([status, { description, schema, mediaType }]) => [
      status,
      {
        description,
        ...mutation,
        ...(schema && { content: { 'application/json': { schema } } }),
        ...(mediaType !== undefined && { content: { [mediaType]: {} } }),
      },
    ],
  );
  return Object.fromEntries(entries) as ZodOpenApiResponsesObject;
};

const idempotencyKey = z.object({
  'Idempotency-Key': z.string().optional().meta({
    description:
      'The same key from the same user within 24 h answers the first result and does nothing again',
  }),
});

const fileParts = z.array(z.string().meta({ contentMediaType: 'application/octet-stream' }));

const formBody = ({ fields, filesMax, fileBytesMax }: NonNullable<Route['form']>) => ({
  required: true,
  description: `Up to ${filesMax} files of at most ${fileBytesMax} bytes each, under any field name.`,
  content: {
    'multipart/form-data': { schema: fields.extend({ files: fileParts.min(1).max(filesMax) }) },
  },
});

const operation = (route: Route): ZodOpenApiOperationObject => {
  const { params, query } = route as unknown as { params?: z.ZodObject; query?: z.ZodObject };
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[^a-z0-9]+/gi, '_').replace(/_$/, '')}`,
    summary: route.summary,
    tags: [route.path.split('/')[1] ?? ''],
    security: route.access.role === 'nobody' ? [] : [{ bearer: [] }, { cookie: [] }],
    'x-role': route.access.role,
    'x-scope': route.access.scope,
    requestParams: {
      ...(params && { path: params }),
      ...(query && { query }),
      ...(route.method === 'POST' && { header: idempotencyKey }),
    },
    ...(route.body && {
      requestBody: {
        required: true,
        description: `At most ${route.bodyBytesMax ?? httpLimits.bodyBytesMax} bytes.`,
        content: { 'application/json': { schema: route.body } },
      },
    }),
    ...(route.form && { requestBody: formBody(route.form) }),
    responses: { ...problemResponses(route), ...answerResponses(route) },
  };
};

/** OpenAPI 3.1, from the schemas that requests are parsed with. */
export const openApiDocument = (
  routes: readonly Route[],
  { version, accessCookie }: { version: string } & Pick<Authenticator, 'accessCookie'>,
): ReturnType<typeof createDocument> => {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    paths[`/api/v1${route.path}`] = {
      ...paths[`/api/v1${route.path}`],
      [route.method.toLowerCase()]: operation(route),
    };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Encore',
      version,
      description: 'The sound box: HTTP API. A trailing slash is accepted everywhere.',
    },
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'Access JWT or API token' },
        cookie: { type: 'apiKey', in: 'cookie', name: accessCookie },
      },
    },
  });
};
