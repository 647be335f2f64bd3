/**
 * What a module offers at the doors. Adapters turn these descriptions into Koa routes, WebSocket
 * commands and MQTT subscriptions, and into the documents that describe them.
 */
import type { z } from 'zod';
import type { CommandRequest, Outcome } from './command-bus.ts';
import type { Problem } from './problem.ts';

/** Ordered: each role may do what the ones before it may. `nobody` needs no identity. */
export const accessRoles = ['nobody', 'guest', 'user', 'admin'] as const;
export type AccessRole = (typeof accessRoles)[number];

/** What an API token is for over MQTT. */
export type MqttRights = {
  readonly kind: 'user' | 'device' | 'bridge';
  /** Topics of others that it was granted, with all below them: `zigbee2mqtt`. */
  readonly prefixes: readonly string[];
  /** May name another account as who commands. */
  readonly actAs: boolean;
};

/** Who is at the door, once known. */
export type Identity = {
  /** User id. */
  readonly actor: string;
  readonly name: string;
  readonly role: Exclude<AccessRole, 'nobody'>;
  /** Scopes of an API token; null for a signed-in person, who may do all that the role may. */
  readonly scopes: ReadonlySet<string> | null;
  /** Names the session or token, so that its end can end what it opened. */
  readonly credential: string;
  /** Of API tokens; without it, those of a person. */
  readonly mqtt?: MqttRights;
};

export type Access = { readonly role: AccessRole; readonly scope: string };

export type RouteReply = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly Cookie[];
  /** Global position after a mutation, the log's head when left out; becomes `X-Event-Position`. */
  readonly position?: number;
  /** Instead of `body`: sent from the disk, in ranges where the client asks for them. */
  readonly file?: FileReply;
};

/** A file whose `ETag` and `Content-Type` stand in the reply's headers. */
export type FileReply = {
  /** Absolute; opened only when its bytes are sent. */
  readonly path: string;
  /** Bytes; a file of another size is no longer the one that was meant: 409 `file_changed`. */
  readonly size: number;
};

/** A cookie to set; an empty value clears it. Always HttpOnly and SameSite=Lax. */
export type Cookie = {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly maxAgeMs: number;
};

/** One file of a form on its way in. */
export type FormFile = {
  /** As the client says it: anything. */
  readonly filename: string;
  /** To be read to the end before the next file comes. @throws ProblemError when it cannot */
  readonly bytes: AsyncIterable<Uint8Array>;
};

/** A `multipart/form-data` body, streamed: files of any field name, in the order sent. */
export type Form<Fields> = {
  /** Iterated once. @throws ProblemError 400, 408 or 413 */
  readonly files: AsyncIterable<FormFile>;
  /** What is no file, parsed; after `files` has ended. @throws ProblemError 422 */
  fields(): Fields;
};

/** What a route that takes a form lets in. */
export type FormDescription<Fields> = {
  readonly filesMax: number;
  readonly fileBytesMax: number;
  /** How long a client may send nothing. */
  readonly stallMsMax: number;
  readonly fields: Fields;
};

export type RouteRequest<Params, Query, Body, Posted = undefined> = {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly form: Posted;
  /** Null only on routes for nobody. */
  readonly identity: Identity | null;
  /** Who and why, for the command bus; carries the Idempotency-Key where one was sent. */
  readonly command: CommandRequest;
  /** Reading of the monotonic clock when the request arrived. */
  readonly receivedAtMs: number;
  readonly cookie: (name: string) => string | undefined;
  readonly header: (name: string) => string | undefined;
  /** The client's address, as far as the configuration trusts it. */
  readonly address: string;
};

export type AnyZod = z.ZodType;
type Parsed<Schema> = Schema extends AnyZod ? z.output<Schema> : undefined;
type Posted<Fields> = Fields extends z.ZodObject ? Form<z.output<Fields>> : undefined;

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1, parameters in braces: `/sounds/play/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params?: AnyZod;
  readonly query?: AnyZod;
  readonly body?: AnyZod;
  /** Of a JSON body; left out: what the door lets in everywhere. */
  readonly bodyBytesMax?: number;
  /** Instead of `body`: a form with files. A repeat's fingerprint then leaves its content out. */
  readonly form?: FormDescription<z.ZodObject>;
  /** Status → schema of the answer; null for an empty one, or one of the media type. */
  readonly answers: Readonly<
    Record<
      number,
      { readonly description: string; readonly schema: AnyZod | null; readonly mediaType?: string }
    >
  >;
  /** Codes of the refusals a caller must expect, with their status. */
  readonly problems?: readonly Pick<Problem, 'status' | 'code'>[];
  handle(
    request: RouteRequest<unknown, unknown, unknown, unknown>,
  ): RouteReply | Promise<RouteReply>;
};

type RouteOf<P, Q, B, F> = Omit<Route, 'params' | 'query' | 'body' | 'form' | 'handle'> & {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly form?: FormDescription<F>;
  handle(
    request: RouteRequest<Parsed<P>, Parsed<Q>, Parsed<B>, Posted<F>>,
  ): RouteReply | Promise<RouteReply>;
};

/** Ties the handler's types to the schemas; the adapter parses before it calls. */
export const route = <
  P extends AnyZod | undefined = undefined,
  Q extends AnyZod | undefined = undefined,
  B extends AnyZod | undefined = undefined,
  F extends z.ZodObject | undefined = undefined,
>(
  definition: RouteOf<P, Q, B, F>,
): Route => definition as unknown as Route;

/** A latency-critical command of the WebSocket: `{"id", "command", "data"}`. */
export type SocketCommand = {
  readonly command: string;
  readonly summary: string;
  readonly access: Access;
  readonly data: AnyZod;
  handle(request: {
    readonly data: unknown;
    readonly identity: Identity;
    readonly command: CommandRequest;
    readonly receivedAtMs: number;
  }): Promise<Outcome<Record<string, unknown>, Problem>>;
};

type SocketCommandOf<D extends AnyZod> = Omit<SocketCommand, 'data' | 'handle'> & {
  readonly data: D;
  handle(
    request: Omit<Parameters<SocketCommand['handle']>[0], 'data'> & { readonly data: z.output<D> },
  ): ReturnType<SocketCommand['handle']>;
};

export const socketCommand = <D extends AnyZod>(definition: SocketCommandOf<D>): SocketCommand =>
  definition;

/**
 * A message of the feed that a listener may do without: it is sent until they say `{"watch": false}`
 * by this command of the WebSocket, which each connection begins anew.
 */
export type Watch = { readonly command: string; readonly type: string };

/** A command topic below `<base>/<room>/`, such as `cmd/play`. */
export type Topic = {
  readonly topic: string;
  readonly summary: string;
  readonly access: Access;
  /** Parses the payload: JSON where it is an object, a list or a string, else the bare text. */
  readonly payload: AnyZod;
  /** What some payloads need beside `access`. */
  readonly needs?: (payload: never) => Access | undefined;
  handle(request: {
    readonly payload: unknown;
    /** Null: the house, for whoever may write to its broker. */
    readonly identity: Identity | null;
    readonly command: CommandRequest;
    readonly receivedAtMs: number;
  }): Promise<Outcome<Record<string, unknown>, Problem>>;
};

type TopicOf<P extends AnyZod> = Omit<Topic, 'payload' | 'needs' | 'handle'> & {
  readonly payload: P;
  readonly needs?: (payload: z.output<P>) => Access | undefined;
  handle(
    request: Omit<Parameters<Topic['handle']>[0], 'payload'> & { readonly payload: z.output<P> },
  ): ReturnType<Topic['handle']>;
};

export const topic = <P extends AnyZod>(definition: TopicOf<P>): Topic => definition;

/** A message that a module sends out over MQTT when an event was committed. */
export type Announcement = {
  /** Below `<base>/<room>/`, such as `event/play`. */
  readonly topic: string;
  readonly payload: Record<string, unknown> | string;
  /** Kept by the broker; an empty payload clears it. */
  readonly retain: boolean;
  /** The topic stands by itself, not below `<base>/<room>/`. */
  readonly root?: true;
  /** Left out: 1. */
  readonly qos?: 0;
};

/** A message that somebody else sent over MQTT: a button, a sensor, another bridge. */
export type HeardMessage = {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** The broker had kept it: it says how things stand, not that something happened. */
  readonly retained: boolean;
  /**
   * With `retained`: it is on its way for the first time, and its sender asks the broker to keep it.
   * Only our own broker can tell; another passes such a message on with `retained` false.
   */
  readonly live?: boolean;
  /** Reading of the monotonic clock when it arrived. */
  readonly receivedAtMs: number;
};

/** A module that listens to others over MQTT. */
export type Hearing = {
  /** Topic filters as they stand; asked again whenever `onFiltersChanged` calls. */
  filters(): readonly string[];
  onFiltersChanged(listener: () => void): void;
  /** Every message that one of the filters lets through, once. Must not throw. */
  hear(message: HeardMessage): void;
};

/** Knows people by what they show. One module brings it; every door asks it. */
export type Authenticator = {
  /** An access JWT or an API token, from `Authorization`, the socket's protocol list or the cookie. */
  byToken(token: string): Promise<Identity | null>;
  /** MQTT: account name and an API token with the scope `mqtt`. */
  byMqttLogin(name: string, token: string): Promise<Identity | null>;
  /** Whoever has this name, as the house's own configuration or a bridge names them. */
  byAccountName(name: string): Promise<Identity | null>;
  /** The name of the cookie that carries the access token. */
  readonly accessCookie: string;
  /** Called with `Identity.credential` when a session or token ends: what it opened must close. */
  onRevoked(listener: (credential: string) => void): void;
  /**
   * Called with `Identity.actor` when that person has got another role: what is open was let in
   * under the old one, so it must close and come back.
   */
  onRoleChanged(listener: (actor: string) => void): void;
  /** Called with `Identity.actor` when that person has got another name. */
  onRenamed(listener: (actor: string) => void): void;
};
