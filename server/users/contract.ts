/** Wire shapes of accounts and sign-in. */
import { z } from 'zod';

export const roles = ['admin', 'user', 'guest'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

export const scopes = ['read', 'play', 'player', 'library', 'extract', 'admin', 'mqtt'] as const;
export const scope = z.enum(scopes);
export type Scope = z.infer<typeof scope>;

export const user = z
  .object({ id: z.string(), name: z.string(), role, plan: z.string() })
  .meta({ id: 'User' });
export type User = z.infer<typeof user>;

const name = z.string().trim().min(1, 'a name is needed').max(64);
/** 12 to 128 characters and no other rule. */
const password = z
  .string()
  .min(12, 'use at least 12 characters')
  .max(128, 'use at most 128 characters');

export const setupBody = z
  .object({ code: z.string().min(1).max(64), name, password, email: z.email().max(254).optional() })
  .meta({ id: 'SetupBody' });
export type SetupBody = z.infer<typeof setupBody>;

/** `name` may be the account's name or its e-mail address. */
export const loginBody = z
  .object({ name: z.string().min(1).max(254), password: z.string().min(1).max(128) })
  .meta({ id: 'LoginBody' });
export type LoginBody = z.infer<typeof loginBody>;

export const signedIn = z
  .object({
    access_token: z.string(),
    token_type: z.literal('bearer'),
    /** Seconds. */
    expires_in: z.number().int(),
    user,
  })
  .meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof signedIn>;

/** GET /auth/providers */
export const providers = z.object({
  providers: z.array(z.enum(['password', 'google', 'github', 'oidc'])),
  setup_required: z.boolean(),
});
export type Providers = z.infer<typeof providers>;

/** GET /auth/session: always 200. */
export const session = z.object({ user: user.nullable() });
export type Session = z.infer<typeof session>;

export const apiTokenBody = z
  .object({
    name: z.string().trim().min(1, 'a name is needed').max(64),
    scopes: z.array(scope).min(1, 'choose at least one scope'),
    /** Of the MQTT access rules; `bridge` is for admins. */
    kind: z.enum(['user', 'device', 'bridge']).default('user'),
    prefixes: z.array(z.string().min(1).max(128)).max(32).default([]),
    act_as: z.boolean().default(false),
    expires_at: z.iso.datetime().optional(),
  })
  .meta({ id: 'ApiTokenBody' });
export type ApiTokenBody = z.output<typeof apiTokenBody>;

export const apiToken = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(scope),
    kind: z.enum(['user', 'device', 'bridge']),
    prefixes: z.array(z.string()),
    act_as: z.boolean(),
    expires_at: z.string().nullable(),
    created_at: z.string(),
  })
  .meta({ id: 'ApiToken' });
export type ApiToken = z.infer<typeof apiToken>;

/** The secret is in this answer and nowhere else, ever. */
export const issuedApiToken = apiToken.extend({ token: z.string() }).meta({ id: 'IssuedApiToken' });
