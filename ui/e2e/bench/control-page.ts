import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const keys = Array.from(
  { length: 240 },
  (_, at) => `<li><button class="pad">Sound ${at}</button></li>`,
);

const html = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <title>Control</title>
  <style>
    html, body { block-size: 100%; margin: 0; font: 14px sans-serif; }
    body { display: grid; grid-template-rows: auto 1fr; }
    ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 12px;
      overflow-y: auto; margin: 0; padding: 12px; background: #fff; list-style: none; }
    .pad { inline-size: 100%; block-size: 124px; }
    .pad:active { background: #fd8; }
  </style>
  <input type="search" aria-label="Search sounds" />
  <ul>${keys.join('')}</ul>
</html>`;

export type ControlPage = { readonly url: string; close(): Promise<void> };

/**
 * Plain buttons without a script, worked on as the board is: what the browser and this machine
 * take for themselves at the time, which is much where others use them.
 */
export const serveControlPage = async (): Promise<ControlPage> => {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(html);
  });
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
