/** Wire shapes of accounts and sign-in. */
import { z } from 'zod';
import { moment } from '../kernel/lists.ts';

export const roles = ['admin', 'user', 'guest'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

export const scopes = ['read', 'play', 'player', 'library', 'extract', 'admin', 'mqtt'] as const;
export const scope = z.enum(scopes);
export type Scope = z.infer<typeof scope>;

/** Sign-in ways beside the password. */
export const oauthProviders = ['google', 'github', 'oidc'] as const;
export const provider = z.enum(oauthProviders);
export type Provider = z.infer<typeof provider>;

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

const email = z.email().max(254);
const planCode = z.string().min(1).max(64);

export const setupBody = z
  .object({ code: z.string().min(1).max(64), name, password, email: email.optional() })
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

/** Who may make an account: anybody, who was invited, nobody. */
export const registrationModes = ['open', 'invite', 'closed'] as const;
export type RegistrationMode = (typeof registrationModes)[number];

/** GET /auth/providers */
export const providers = z.object({
  providers: z.array(z.enum(['password', ...oauthProviders])),
  /** Optional for readers: it came after the first version. */
  registration: z.enum(registrationModes).optional(),
  setup_required: z.boolean(),
});
export type Providers = z.infer<typeof providers>;

/** GET /auth/session: always 200. */
export const session = z.object({ user: user.nullable() });
export type Session = z.infer<typeof session>;

/** In the one form that is compared with others as text. */
const expiry = moment.transform((ms) => new Date(ms).toISOString());

const tokenPrefix = z
  .string()
  .max(128)
  .regex(/^[^+#$/\s\0][^+#\0]*(?:\/#)?$/, 'a topic without wildcards, such as zigbee2mqtt');

export const apiTokenBody = z
  .object({
    name: z.string().trim().min(1, 'a name is needed').max(64),
    scopes: z.array(scope).min(1, 'choose at least one scope'),
    /** Of the MQTT access rules; `bridge` is for admins. */
    kind: z.enum(['user', 'device', 'bridge']).default('user'),
    /** Topics that a device or bridge may use with all below them, such as `zigbee2mqtt`; for admins. */
    prefixes: z.array(tokenPrefix).max(32).default([]),
    act_as: z.boolean().default(false),
    expires_at: expiry.optional(),
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

/** An account as its owner sees it. */
export const account = user
  .extend({
    email: z.string().nullable(),
    /** False for who only ever signed in with a provider. */
    has_password: z.boolean(),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof account>;

/** An account as admins see it. */
export const managedUser = account
  .extend({
    disabled: z.boolean(),
    created_at: z.string(),
    /** When a signed-in device was last heard of; null where none is signed in. */
    last_seen_at: z.string().nullable(),
  })
  .meta({ id: 'ManagedUser' });
export type ManagedUser = z.infer<typeof managedUser>;

/** Feed `user_changed`, to the person and the admins: how the account stands now. */
export type UserChanged =
  | {
      user_id: string;
      name: string;
      role: Role;
      plan: string;
      disabled: boolean;
      forgotten: false;
    }
  | { user_id: string; forgotten: true };

/** POST /admin/users/{id}/password; left out: one is made. */
export const resetPasswordBody = z
  .strictObject({ password: password.optional() })
  .meta({ id: 'ResetPasswordBody' });
export type ResetPasswordBody = z.output<typeof resetPasswordBody>;

/** The password is in this answer and nowhere else, ever. */
export const madePassword = z.object({ password: z.string() }).meta({ id: 'MadePassword' });

/** Strict: a field that is not here is refused, never silently kept or lost. */
export const newUserBody = z
  .strictObject({
    name,
    password,
    email: email.optional(),
    role: role.default('user'),
    /** Left out: the plan that goes with the role. */
    plan: planCode.optional(),
  })
  .meta({ id: 'NewUserBody' });
export type NewUserBody = z.output<typeof newUserBody>;

export const userChangesBody = z
  .strictObject({
    role: role.optional(),
    plan: planCode.optional(),
    disabled: z.boolean().optional(),
  })
  .meta({ id: 'UserChangesBody' });
export type UserChangesBody = z.output<typeof userChangesBody>;

/** PATCH /auth/me; null takes the address away. */
export const ownChangesBody = z
  .strictObject({ name: name.optional(), email: email.nullable().optional() })
  .meta({ id: 'OwnChangesBody' });
export type OwnChangesBody = z.output<typeof ownChangesBody>;

export const passwordBody = z
  .strictObject({
    /** Left out only where no password was ever set. */
    current_password: z.string().max(128).optional(),
    new_password: password,
  })
  .meta({ id: 'PasswordBody' });
export type PasswordBody = z.output<typeof passwordBody>;

export const confirmBody = z
  .strictObject({ password: z.string().max(128) })
  .meta({ id: 'ConfirmBody' });

export const deviceSession = z
  .object({
    id: z.string(),
    /** Browser and system in words, such as "Firefox on Linux". */
    device: z.string(),
    current: z.boolean(),
    created_at: z.string(),
    last_used_at: z.string(),
    expires_at: z.string(),
  })
  .meta({ id: 'DeviceSession' });
export type DeviceSession = z.infer<typeof deviceSession>;

/** Strict, as all bodies by which somebody could wish for more: role and plan are not theirs. */
export const registerBody = z
  .strictObject({
    name,
    password,
    email: email.optional(),
    invite: z.string().min(1).max(64).optional(),
  })
  .meta({ id: 'RegisterBody' });
export type RegisterBody = z.output<typeof registerBody>;

export const inviteBody = z
  .strictObject({
    role: role.default('user'),
    /** Left out: the plan that goes with the role. */
    plan: planCode.optional(),
    /** Left out: seven days from now. */
    expires_at: expiry.optional(),
  })
  .meta({ id: 'InviteBody' });
export type InviteBody = z.output<typeof inviteBody>;

export const invite = z
  .object({
    id: z.string(),
    role,
    plan: z.string(),
    status: z.enum(['open', 'used', 'revoked', 'expired']),
    expires_at: z.string(),
    /** User ids. */
    issued_by: z.string(),
    used_by: z.string().nullable(),
    used_at: z.string().nullable(),
    created_at: z.string(),
  })
  .meta({ id: 'Invite' });
export type Invite = z.infer<typeof invite>;

/** `<PUBLIC_URL>/#invite=<code>`: the code is in this answer and nowhere else, ever. */
export const issuedInvite = invite.extend({ link: z.string() }).meta({ id: 'IssuedInvite' });
export type IssuedInvite = z.infer<typeof issuedInvite>;

export const linkedIdentity = z
  .object({
    provider,
    /** E-mail address or name there. */
    label: z.string(),
    linked_at: z.string(),
  })
  .meta({ id: 'LinkedIdentity' });
export type LinkedIdentity = z.infer<typeof linkedIdentity>;
