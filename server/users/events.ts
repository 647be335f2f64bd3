import type { Provider, Role, Scope } from './contract.ts';

/** Stream `user-<id>`. Names, addresses and secrets are in side tables, never in the log. */
export type UserEvent =
  | { type: 'UserRegistered'; data: { user_id: string; role: Role; plan: string } }
  | { type: 'PasswordSet'; data: { user_id: string } }
  | { type: 'UserSignedIn'; data: { user_id: string; session_id: string; method: SignInMethod } }
  | { type: 'SessionRevoked'; data: { user_id: string; session_id: string; reason: SessionEnd } }
  | {
      type: 'ApiTokenIssued';
      data: {
        user_id: string;
        token_id: string;
        scopes: Scope[];
        kind: TokenKind;
        /** Vendor topic prefixes a device or bridge may use. */
        prefixes: string[];
        act_as: boolean;
        /** RFC 3339, null for a token that does not expire. */
        expires_at: string | null;
      };
    }
  | { type: 'ApiTokenRevoked'; data: { user_id: string; token_id: string } }
  | { type: 'RoleAssigned'; data: { user_id: string; role: Role } }
  | { type: 'PlanAssigned'; data: { user_id: string; plan: string } }
  | { type: 'UserDisabled'; data: { user_id: string } }
  | { type: 'UserEnabled'; data: { user_id: string } }
  /** The new name, and the address below, are in the side table alone. */
  | { type: 'UserRenamed'; data: { user_id: string } }
  | { type: 'EmailAddressSet'; data: { user_id: string } }
  | { type: 'IdentityLinked'; data: { user_id: string; provider: Provider } }
  | { type: 'IdentityUnlinked'; data: { user_id: string; provider: Provider } }
  /** Every personal detail is erased; what happened stays, under an id that names nobody. */
  | { type: 'UserForgotten'; data: { user_id: string } };

export type SignInMethod = 'password' | Provider;

/** `reuse`: an old refresh token came back, so somebody else may hold the new one. */
export type SessionEnd =
  | 'signed_out'
  | 'reuse'
  | 'revoked'
  | 'expired'
  | 'password_set'
  | 'disabled'
  | 'demoted'
  | 'forgotten';

export const tokenKinds = ['user', 'device', 'bridge'] as const;
export type TokenKind = (typeof tokenKinds)[number];

export const userStream = (userId: string): string => `user-${userId}`;
