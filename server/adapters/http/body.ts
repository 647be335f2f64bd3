import { bodyParser } from '@koa/bodyparser';
import type { Context } from 'koa';
import { ProblemError } from '../../kernel/problem.ts';
import { jsonDepth, jsonDepthMax } from '../door/json.ts';
import { httpLimits } from './limits.ts';

const malformed = (detail: string) =>
  new ProblemError({ status: 400, code: 'malformed', title: 'Malformed request', detail });

const tooLarge = (bytesMax: number) =>
  new ProblemError({
    status: 413,
    code: 'body_too_large',
    title: 'Too large',
    detail: `The body may have at most ${bytesMax} bytes.`,
    extra: { body_bytes_max: bytesMax },
  });

const wrongType = (detail: string) =>
  new ProblemError({
    status: 415,
    code: 'unsupported_media_type',
    title: 'Unsupported media type',
    detail,
  });

const bodyFault = (error: Error & { status?: number }, bytesMax: number): ProblemError => {
  if (error.status === 413) return tooLarge(bytesMax);
  if (error.status === 415) return wrongType('This content encoding is not known here.');
  return malformed('The body is not valid JSON: an object or an array is expected.');
};

const hasBody = (ctx: Context) =>
  ctx.req.headers['transfer-encoding'] !== undefined || Number(ctx.get('Content-Length') || 0) > 0;

/** Reads the JSON bodies of one route, of up to `bytesMax` bytes. */
export const createBodyReader = (bytesMax: number = httpLimits.bodyBytesMax) => {
  const parse = bodyParser({
    enableTypes: ['json'],
    jsonLimit: String(bytesMax),
    onError: (error) => {
      throw bodyFault(error, bytesMax);
    },
  });
  return {
    /** What no route reads is refused by its announced size alone; node throws the rest away. */
    refuseLarge(ctx: Context): void {
      if (Number(ctx.get('Content-Length') || 0) > bytesMax) throw tooLarge(bytesMax);
    },
    /** The JSON body; an empty object where none was sent, so that each missing field is named. */
    async read(ctx: Context): Promise<unknown> {
      if (!hasBody(ctx)) return {};
      if (!ctx.is('application/json')) throw wrongType('Send the body as application/json.');
      await parse(ctx, async () => undefined);
      const text = ctx.request.rawBody ?? '';
      // The decoder puts U+FFFD where bytes are no UTF-8.
      if (text.includes('\uFFFD')) throw malformed('The body is not valid UTF-8.');
      if (jsonDepth(text) > jsonDepthMax) {
        throw malformed(`The body nests deeper than ${jsonDepthMax} levels.`);
      }
      return ctx.request.body;
    },
  };
};
