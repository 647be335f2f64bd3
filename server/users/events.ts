import type { Role, Scope } from './contract.ts';

/** Stream `user-<id>`. Names, addresses and secrets are in side tables, never in the log. */
export type UserEvent =
  | { type: 'UserRegistered'; data: { user_id: string; role: Role; plan: string } }
  | { type: 'PasswordSet'; data: { user_id: string } }
  | { type: 'UserSignedIn'; data: { user_id: string; session_id: string; method: 'password' } }
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
  | { type: 'ApiTokenRevoked'; data: { user_id: string; token_id: string } };

/** `reuse`: an old refresh token came back, so somebody else may hold the new one. */
export type SessionEnd = 'signed_out' | 'reuse';

export const tokenKinds = ['user', 'device', 'bridge'] as const;
export type TokenKind = (typeof tokenKinds)[number];

export const userStream = (userId: string): string => `user-${userId}`;
