import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context } from 'koa';
import type { Cookie, RouteReply } from '../../kernel/door.ts';
import { sendFile } from './file-reply.ts';
import { httpLimits } from './limits.ts';

const compressors = {
  br: (data: string) =>
    promisify(brotliCompress)(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (data: string) => promisify(gzip)(data, { level: 5 }),
} as const;

export type ReplySettings = { readonly publicUrl: string; readonly cookieSecure: 'auto' | boolean };

const mustBeSecure = (ctx: Context, { cookieSecure, publicUrl }: ReplySettings): boolean => {
  if (cookieSecure !== 'auto') return cookieSecure;
  if (ctx.secure || !URL.canParse(publicUrl)) return ctx.secure;
  // TLS may end at a proxy that we were not told to trust: the public name tells too.
  const { protocol, host } = new URL(publicUrl);
  return protocol === 'https:' && host === ctx.host;
};

const cookieLine = (cookie: Cookie, secure: boolean): string => {
  if (!/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(cookie.value)) {
    throw new Error(
      `the value of the cookie ${cookie.name} has characters that a cookie cannot hold`,
    );
  }
  const maxAgeS = cookie.value === '' ? 0 : Math.floor(cookie.maxAgeMs / 1000);
  return [
    `${cookie.name}=${cookie.value}`,
    `Path=${cookie.path}`,
    `Max-Age=${maxAgeS}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(secure ? ['Secure'] : []),
  ].join('; ');
};

const opaque = (tag: string) =>
  tag
    .trim()
    .replace(/^W\//, '')
    .replace(/-(br|gzip)"$/, '"');

/** Tags of compressed answers carry the coding, so that each stays strong. */
const isKnown = (ctx: Context, tag: string): boolean =>
  ctx
    .get('If-None-Match')
    .split(',')
    .some(
      (known) => known.trim() === '*' || (known.trim() !== '' && opaque(known) === opaque(tag)),
    );

const sendJson = async (ctx: Context, body: unknown) => {
  const text = JSON.stringify(body);
  ctx.type = 'application/json';
  ctx.vary('Accept-Encoding');
  const coding =
    text.length > httpLimits.compressBytesMin && ctx.acceptsEncodings('br', 'gzip', 'identity');
  if (coding !== 'br' && coding !== 'gzip') {
    ctx.body = text;
    return;
  }
  ctx.body = await compressors[coding](text);
  ctx.type = 'application/json';
  ctx.set('Content-Encoding', coding);
  const tag = ctx.response.get('ETag');
  if (tag) ctx.set('ETag', tag.replace(/"$/, `-${coding}"`));
};

export const sendReply = async (
  ctx: Context,
  reply: RouteReply,
  position: number | undefined,
  settings: ReplySettings,
): Promise<void> => {
  ctx.status = reply.status;
  ctx.set(reply.headers ?? {});
  const tag = ctx.response.get('ETag');
  if (!ctx.response.get('Cache-Control'))
    ctx.set('Cache-Control', tag ? 'private, no-cache' : 'no-store');
  if (position !== undefined) ctx.set('X-Event-Position', String(position));
  if (reply.cookies) {
    const secure = mustBeSecure(ctx, settings);
    ctx.append(
      'Set-Cookie',
      reply.cookies.map((cookie) => cookieLine(cookie, secure)),
    );
  }
  if (
    tag &&
    (ctx.method === 'GET' || ctx.method === 'HEAD') &&
    reply.status === 200 &&
    isKnown(ctx, tag)
  ) {
    ctx.status = 304;
    return;
  }
  if (reply.file) await sendFile(ctx, reply.file);
  else if (reply.body === undefined) {
    ctx.body = null;
    // Koa makes an empty body a 204.
    ctx.status = reply.status;
  } else if (reply.body instanceof Readable || reply.body instanceof Uint8Array) {
    ctx.body = reply.body instanceof Readable ? reply.body : Buffer.from(reply.body);
    // Koa names the type of any stream anew.
    ctx.set(reply.headers ?? {});
  } else await sendJson(ctx, reply.body);
};
