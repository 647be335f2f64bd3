import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import type { AnyZod, Identity, Route, RouteReply } from '../../kernel/door.ts';
import { ProblemError } from '../../kernel/problem.ts';
import type { CommandRequest } from '../../kernel/command-bus.ts';
import { invalidFields } from '../door/problems.ts';
import { createBodyReader } from './body.ts';
import { openForm } from './form.ts';
import { httpLimits } from './limits.ts';
import { notFound } from './problem-reply.ts';
import { sendReply, type ReplySettings } from './reply.ts';
import type { RequestState } from './request-state.ts';

export type RouteHandlerOptions = {
  readonly admit: (ctx: Context, access: Route['access']) => Promise<Identity | null>;
  readonly settings: ReplySettings;
  /** Global position of the last event. */
  readonly head: () => number;
  /** Checks every answer against the route's schemas: for tests and development. */
  readonly checkAnswers: boolean;
};

const parsed = (
  schema: AnyZod | undefined,
  value: unknown,
  refuse: 'fields' | 'address',
): unknown => {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // An id of any shape that does not exist is nowhere, not badly formed.
  throw new ProblemError(
    refuse === 'address' ? { ...notFound, status: 404 } : invalidFields(result.error),
  );
};

/** Names the command for repeats; what nobody sends has no owner, so that its key means nothing. */
const repeatOf = (ctx: Context, identity: Identity | null): Pick<CommandRequest, 'repeat'> => {
  const key = ctx.get('Idempotency-Key');
  if (ctx.method !== 'POST' || !key || !identity) return {};
  if (key.length > httpLimits.idempotencyKeyCharactersMax || !/^[\x21-\x7e]+$/.test(key)) {
    throw new ProblemError({
      status: 400,
      code: 'malformed',
      title: 'Malformed request',
      detail: `Idempotency-Key: 1 to ${httpLimits.idempotencyKeyCharactersMax} visible ASCII characters.`,
    });
  }
  const body = createHash('sha256')
    .update(ctx.request.rawBody ?? '')
    .digest('base64url');
  return {
    repeat: { key: `${identity.actor}:${key}`, fingerprint: `${ctx.method} ${ctx.url} ${body}` },
  };
};

const check = (route: Route, reply: RouteReply) => {
  const answer = route.answers[reply.status];
  if (!answer)
    throw new Error(
      `${route.method} ${route.path} answers ${reply.status}, which it does not list`,
    );
  const result = answer.schema?.safeParse(reply.body);
  if (result && !result.success) {
    throw new Error(
      `${route.method} ${route.path} answers other than its contract: ${result.error.message}`,
    );
  }
};

/** A route's way through the door: who, what, handle, answer. */
export const createRouteHandler = (options: RouteHandlerOptions) => (route: Route) => {
  const bodies = createBodyReader(route.bodyBytesMax);
  return async (ctx: Context): Promise<void> => {
    const state = ctx.state as RequestState;
    const identity = await options.admit(ctx, route.access);
    if (identity) state.actor = identity.actor;
    const params = parsed(route.params, ctx['params'], 'address');
    const query = parsed(route.query, ctx.query, 'fields');
    if (!route.form) bodies.refuseLarge(ctx);
    const body = route.body && parsed(route.body, await bodies.read(ctx), 'fields');
    const command = {
      actor: identity?.actor ?? 'system',
      origin: 'http',
      correlationId: state.requestId,
      ...repeatOf(ctx, identity),
    } as const;
    const form = route.form && openForm(ctx.req, route.form);
    let reply: RouteReply;
    try {
      reply = await route.handle({
        params,
        query,
        body,
        form,
        identity,
        command,
        receivedAtMs: state.receivedAtMs,
        cookie: (name) => ctx.cookies.get(name),
        header: (name) => ctx.get(name) || undefined,
        address: ctx.ip,
      });
    } finally {
      form?.close();
    }
    if (options.checkAnswers) check(route, reply);
    // Some changes append no event: theirs is the head of the log.
    const position = reply.position ?? (route.method === 'GET' ? undefined : options.head());
    await sendReply(ctx, reply, position, options.settings);
  };
};
