import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import type { Access, Authenticator, Identity } from '../../kernel/door.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { mayUse, notAllowed } from '../door/access.ts';
import { bearerToken } from '../door/bearer-token.ts';
import { isOwnOrigin, type OriginSettings } from '../door/origin.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

type Shown = { readonly token: string; readonly by: 'header' | 'cookie' };

const shownToken = (ctx: Context, cookie: string): Shown | undefined => {
  const header = ctx.get('Authorization');
  if (header) return { token: bearerToken(header) ?? '', by: 'header' };
  const token = ctx.cookies.get(cookie);
  return token ? { token, by: 'cookie' } : undefined;
};

const crossSite = () =>
  new ProblemError({
    status: 403,
    code: 'cross_site',
    title: 'Request from another site',
    detail:
      'A change with a session cookie must come from the page of this box (Origin or Sec-Fetch-Site). Programs use "Authorization: Bearer".',
  });

/**
 * A browser adds our cookie to any page's request, so that a change must also show where it comes
 * from. Where nobody need be known only a foreign origin is refused: it could sign someone in.
 */
const refuseCrossSite = (ctx: Context, settings: OriginSettings, byCookie: boolean) => {
  const origin = ctx.get('Origin');
  const site = ctx.get('Sec-Fetch-Site');
  if (origin) {
    if (!isOwnOrigin(origin, ctx.req.headers, settings)) throw crossSite();
  } else if (site ? site !== 'same-origin' : byCookie) throw crossSite();
};

const signInNeeded = (shown: boolean) =>
  new ProblemError({
    status: 401,
    code: 'sign_in_needed',
    title: 'Sign in needed',
    detail: shown
      ? 'This token or session has ended or is not known here. Sign in again.'
      : 'Sign in, or send "Authorization: Bearer" with an API token.',
  });

/** Names the account that a command of the admin socket is done as. */
const asHeader = 'Encore-As';

const house: Identity = {
  actor: 'system',
  name: 'Encore',
  role: 'admin',
  scopes: null,
  credential: 'admin-socket',
};

/** Whoever may open the socket may also write the database: no token could keep anything from them. */
const localIdentity = async (ctx: Context, authenticator: Authenticator): Promise<Identity> => {
  // As Base64, since names have letters that headers have not.
  const name = Buffer.from(ctx.get(asHeader), 'base64').toString();
  if (name === '') return house;
  const identity = await authenticator.byAccountName(name);
  if (identity) return identity;
  throw new ProblemError({
    status: 404,
    code: 'unknown_user',
    title: 'No such account',
    detail: `There is no account "${name}", or it is disabled.`,
  });
};

/** Who is there and may they: throws the problem, or gives the identity (null: nobody, allowed). */
export const createAdmission =
  (
    authenticator: Authenticator,
    settings: OriginSettings,
    isLocal: (request: IncomingMessage) => boolean,
  ) =>
  async (ctx: Context, access: Access): Promise<Identity | null> => {
    if (isLocal(ctx.req)) {
      const identity = await localIdentity(ctx, authenticator);
      if (mayUse(identity, access)) return identity;
      throw new ProblemError(notAllowed(identity, access));
    }
    const shown = shownToken(ctx, authenticator.accessCookie);
    const identity = shown?.token ? await authenticator.byToken(shown.token) : null;
    const forNobody = access.role === 'nobody';
    if (!identity && !forNobody) {
      if (shown) ctx.set('WWW-Authenticate', 'Bearer error="invalid_token"');
      throw signInNeeded(shown !== undefined);
    }
    if (!safeMethods.has(ctx.method)) {
      const byCookie = identity !== null && shown?.by === 'cookie';
      if (byCookie || forNobody) refuseCrossSite(ctx, settings, byCookie && !forNobody);
    }
    if (identity && !forNobody && !mayUse(identity, access)) {
      throw new ProblemError(notAllowed(identity, access));
    }
    return identity;
  };
