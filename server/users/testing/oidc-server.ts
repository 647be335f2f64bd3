import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export type OidcPerson = { sub: string; name: string; email: string; email_verified: boolean };

/** A real OpenID provider on loopback; whoever is `person` at the time signs in and agrees. */
export const startOidcServer = async (
  redirectUri: string,
  /** As Google does it: name and address stand in the ID token itself. */
  { claimsInIdToken = false } = {},
) => {
  const made: { provider?: Provider } = {};
  const person: { current: OidcPerson } = {
    current: { sub: 'none', name: '', email: '', email_verified: false },
  };

  const interact = async (oidc: Provider, request: IncomingMessage, response: ServerResponse) => {
    const { prompt, params, session } = await oidc.interactionDetails(request, response);
    if (prompt.name === 'login') {
      const login = { accountId: person.current.sub };
      return oidc.interactionFinished(request, response, { login });
    }
    const grant = new oidc.Grant({
      accountId: session?.accountId ?? '',
      clientId: String(params['client_id']),
    });
    grant.addOIDCScope('openid email profile');
    const consent = { grantId: await grant.save() };
    return oidc.interactionFinished(request, response, { consent });
  };

  const server = createServer((request, response) => {
    const { provider } = made;
    if (!provider) return;
    if (request.url?.startsWith('/interaction/')) void interact(provider, request, response);
    else void provider.callback()(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  made.provider = new Provider(issuer, {
    clients: [{ client_id: 'encore', client_secret: 'hush', redirect_uris: [redirectUri] }],
    cookies: { keys: ['for tests alone'] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name'],
    },
    conformIdTokenClaims: !claimsInIdToken,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ ...person.current, sub }),
    }),
  });
  return {
    issuer,
    person,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
};
export type OidcServer = Awaited<ReturnType<typeof startOidcServer>>;
