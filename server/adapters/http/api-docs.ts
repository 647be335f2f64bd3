/** The page that shows the API's document, from this machine alone. */
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Context } from 'koa';
import type { Root } from './api-router.ts';

/** Swagger UI writes styles into its elements; the app's own policy stays as strict as it is. */
const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Encore API</title>
    <link rel="icon" href="/icon.svg" />
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <main id="docs">The API's document is at <a href="/api/v1/openapi.json">openapi.json</a>.</main>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/open.js"></script>
  </body>
</html>
`;

/** Without a validator: it would send the document to somebody else's server. */
const opener = `SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  filter: true,
  validatorUrl: null,
});
`;

const types = { css: 'text/css', js: 'text/javascript' } as const;

const text = (type: string, body: string) => (ctx: Context) => {
  ctx.set('Content-Security-Policy', docsPolicy);
  ctx.set('Cache-Control', 'no-cache');
  ctx.type = type;
  ctx.body = body;
};

const file = (path: string, type: string) => (ctx: Context) => {
  ctx.set('Cache-Control', 'public, max-age=86400');
  ctx.type = type;
  ctx.body = createReadStream(path);
};

export const apiDocs = (): Root[] => {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const shipped = (name: string, ending: keyof typeof types): Root => ({
    path: `/api/docs/${name}.${ending}`,
    answer: file(join(folder, `${name}.${ending}`), types[ending]),
  });
  return [
    { path: '/api/docs', answer: text('text/html', page) },
    { path: '/api/docs/open.js', answer: text('text/javascript', opener) },
    shipped('swagger-ui', 'css'),
    shipped('swagger-ui-bundle', 'js'),
  ];
};
