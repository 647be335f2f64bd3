import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** OAuth 2 in the shape of GitHub's, on loopback: PKCE and the secret are truly checked. */
export const startGithubServer = async () => {
  const codes = new Map<string, string>();
  const tokens = new Set<string>();
  const person = {
    id: 4711,
    login: 'octo-ben',
    emails: [
      { email: 'old@example.org', primary: false, verified: true },
      { email: 'octo@example.org', primary: true, verified: true },
    ],
  };

  const exchange = async (request: IncomingMessage) => {
    const form = new URLSearchParams(await text(request));
    const challenge = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const shown = createHash('sha256').update(form.get('code_verifier') ?? '');
    if (
      challenge === undefined ||
      shown.digest('base64url') !== challenge ||
      form.get('client_secret') !== 'hush'
    ) {
      return { error: 'bad_verification_code' };
    }
    const token = randomUUID();
    tokens.add(token);
    return { access_token: token, token_type: 'bearer', scope: 'read:user,user:email' };
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://github');
    const query = url.searchParams;
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    const known = tokens.has((request.headers.authorization ?? '').replace(/^Bearer /i, ''));
    if (url.pathname === '/login/oauth/authorize') {
      const code = randomUUID();
      codes.set(code, query.get('code_challenge') ?? '');
      const back = new URL(query.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({ code, state: query.get('state') ?? '' }).toString();
      response.writeHead(302, { Location: back.href }).end();
    } else if (url.pathname === '/login/oauth/access_token') {
      void exchange(request).then((body) => json(200, body));
    } else if (!known) json(401, { message: 'Bad credentials' });
    else json(200, url.pathname === '/api/user/emails' ? person.emails : person);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    person,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
};
