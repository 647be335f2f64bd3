import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  discovery,
  fetchProtectedResource,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ServerMetadata,
} from 'openid-client';
import { z } from 'zod';
import type { Provider } from './contract.ts';

const providerTimeoutS = 10;

export type ProviderSettings = {
  readonly provider: Provider;
  readonly clientId: string;
  readonly clientSecret: string;
} & (
  | { readonly kind: 'oidc'; readonly issuer: string }
  /** GitHub has OAuth 2 only: who it was is asked at its API. */
  | { readonly kind: 'github'; readonly site: string; readonly api: string }
);

/** What the answer of the provider is checked against. */
export const checks = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });
export type Checks = z.infer<typeof checks>;

/** Who the provider says it is. `email` only where the provider has verified it. */
export const provenIdentity = z.object({
  subject: z.string().min(1).max(255),
  name: z.string(),
  email: z.string().max(254).nullable(),
});
export type ProvenIdentity = z.infer<typeof provenIdentity>;

export type ProviderClient = {
  /** Where to send the browser. */
  begin(redirectUri: string): Promise<{ url: URL; checks: Checks }>;
  /** @throws Error for whatever is not exactly what was asked for */
  finish(callback: URL, checks: Checks): Promise<ProvenIdentity>;
};

const claimsSchema = z.object({
  sub: z.string(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
});

const githubUser = z.object({ id: z.number().int(), login: z.string() });
const githubEmails = z.array(
  z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }),
);

const configure = (
  server: ServerMetadata,
  { clientId, clientSecret }: ProviderSettings,
  url: string,
) => {
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const auth = methods.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost;
  const configuration = new Configuration(server, clientId, undefined, auth(clientSecret));
  configuration.timeout = providerTimeoutS;
  // Whoever configures an issuer by http, at home or in a test, means it.
  if (url.startsWith('http://')) allowInsecureRequests(configuration);
  return configuration;
};

const begin = async (configuration: Configuration, redirectUri: string, scope: string) => {
  const made: Checks = {
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
  };
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope,
    state: made.state,
    nonce: made.nonce,
    code_challenge: await calculatePKCECodeChallenge(made.verifier),
    code_challenge_method: 'S256',
  });
  return { url, checks: made };
};

const oidcClient = (settings: ProviderSettings & { kind: 'oidc' }): ProviderClient => {
  let found: Promise<Configuration> | undefined;
  const discover = async () => {
    const { issuer, clientId } = settings;
    const execute = issuer.startsWith('http://') ? [allowInsecureRequests] : [];
    const options = { execute, timeout: providerTimeoutS };
    const server = await discovery(new URL(issuer), clientId, undefined, None(), options);
    return configure(server.serverMetadata(), settings, issuer);
  };
  const configuration = (): Promise<Configuration> => {
    found ??= discover().catch((error: unknown) => {
      found = undefined; // It may be there the next time.
      throw error;
    });
    return found;
  };
  return {
    begin: async (redirectUri) => begin(await configuration(), redirectUri, 'openid email profile'),
    async finish(callback, { state, nonce, verifier }) {
      const client = await configuration();
      const tokens = await authorizationCodeGrant(client, callback, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const idClaims = claimsSchema.parse(tokens.claims());
      const asked = client.serverMetadata().userinfo_endpoint
        ? claimsSchema.parse(await fetchUserInfo(client, tokens.access_token, idClaims.sub))
        : {};
      const { sub, name, preferred_username, email, email_verified } = { ...idClaims, ...asked };
      return {
        subject: sub,
        name: name ?? preferred_username ?? '',
        email: email_verified === true && email !== undefined ? email : null,
      };
    },
  };
};

const githubClient = (settings: ProviderSettings & { kind: 'github' }): ProviderClient => {
  const { site, api } = settings;
  const configuration = configure(
    {
      issuer: `${site}/login/oauth`,
      authorization_endpoint: `${site}/login/oauth/authorize`,
      token_endpoint: `${site}/login/oauth/access_token`,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    },
    settings,
    site,
  );
  const ask = async (accessToken: string, path: string): Promise<unknown> => {
    const headers = new Headers({ Accept: 'application/vnd.github+json', 'User-Agent': 'Encore' });
    const url = new URL(`${api}${path}`);
    const response = await fetchProtectedResource(
      configuration,
      accessToken,
      url,
      'GET',
      null,
      headers,
    );
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response.json();
  };
  return {
    begin: (redirectUri) => begin(configuration, redirectUri, 'read:user user:email'),
    async finish(callback, { state, verifier }) {
      const { access_token } = await authorizationCodeGrant(configuration, callback, {
        pkceCodeVerifier: verifier,
        expectedState: state,
      });
      const { id, login } = githubUser.parse(await ask(access_token, '/user'));
      const emails = githubEmails.parse(await ask(access_token, '/user/emails'));
      const known = emails.find(({ primary, verified }) => primary && verified);
      return { subject: String(id), name: login, email: known?.email ?? null };
    },
  };
};

export const createProviderClient = (settings: ProviderSettings): ProviderClient =>
  settings.kind === 'github' ? githubClient(settings) : oidcClient(settings);
