import { accepted, refused, unreachable, type Decider } from '../kernel/decider.ts';
import type { Role } from './contract.ts';
import type { SessionEnd, UserEvent } from './events.ts';

type TokenIssue = Extract<UserEvent, { type: 'ApiTokenIssued' }>['data'];

export type UserCommand =
  | { type: 'RegisterFirstAdmin'; user_id: string; accounts: number }
  | { type: 'SignIn'; user_id: string; session_id: string }
  | { type: 'RevokeSession'; user_id: string; session_id: string; reason: SessionEnd }
  | ({ type: 'IssueToken' } & TokenIssue)
  | { type: 'RevokeToken'; user_id: string; token_id: string };

export type UserRefusal =
  /** The first account exists: setup is over for ever. */
  | { code: 'setup_done' }
  | { code: 'unknown_user' }
  | { code: 'unknown_token' }
  | { code: 'bridge_is_for_admins' };

type UserState =
  | { kind: 'unknown' }
  | { kind: 'active'; role: Role; tokens: readonly string[]; sessions: readonly string[] };

/** Accounts. What a password or a code is worth is checked before, at the edge of the secrets. */
export const userDecider: Decider<UserState, UserCommand, UserEvent, UserRefusal> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, user) {
    if (command.type === 'RegisterFirstAdmin') {
      const { user_id } = command;
      if (command.accounts > 0) return refused({ code: 'setup_done' });
      return accepted(
        { type: 'UserRegistered', data: { user_id, role: 'admin', plan: 'admin' } },
        { type: 'PasswordSet', data: { user_id } },
      );
    }
    if (user.kind === 'unknown') return refused({ code: 'unknown_user' });
    const { user_id } = command;
    switch (command.type) {
      case 'SignIn': {
        const { session_id } = command;
        return accepted({
          type: 'UserSignedIn',
          data: { user_id, session_id, method: 'password' },
        });
      }
      case 'RevokeSession': {
        const { session_id, reason } = command;
        if (!user.sessions.includes(session_id)) return accepted();
        return accepted({ type: 'SessionRevoked', data: { user_id, session_id, reason } });
      }
      case 'IssueToken': {
        const { type: _type, ...data } = command;
        if (data.kind === 'bridge' && user.role !== 'admin') {
          return refused({ code: 'bridge_is_for_admins' });
        }
        return accepted({ type: 'ApiTokenIssued', data });
      }
      case 'RevokeToken': {
        const { token_id } = command;
        if (!user.tokens.includes(token_id)) return refused({ code: 'unknown_token' });
        return accepted({ type: 'ApiTokenRevoked', data: { user_id, token_id } });
      }
      default:
        return unreachable(command);
    }
  },

  evolve(user, event) {
    if (event.type === 'UserRegistered') {
      return { kind: 'active', role: event.data.role, tokens: [], sessions: [] };
    }
    if (user.kind === 'unknown') return user;
    const { tokens, sessions } = user;
    switch (event.type) {
      case 'PasswordSet':
        return user;
      case 'UserSignedIn':
        return { ...user, sessions: [...sessions, event.data.session_id] };
      case 'SessionRevoked':
        return { ...user, sessions: sessions.filter((id) => id !== event.data.session_id) };
      case 'ApiTokenIssued':
        return { ...user, tokens: [...tokens, event.data.token_id] };
      case 'ApiTokenRevoked':
        return { ...user, tokens: tokens.filter((id) => id !== event.data.token_id) };
      default:
        return unreachable(event);
    }
  },
};
