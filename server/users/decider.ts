import { accepted, refused, unreachable, type Decider, type Decision } from '../kernel/decider.ts';
import type { Provider, Role } from './contract.ts';
import type { SessionEnd, SignInMethod, UserEvent } from './events.ts';

type TokenIssue = Extract<UserEvent, { type: 'ApiTokenIssued' }>['data'];
type Registration = { user_id: string; accounts: number };

export type UserCommand =
  | ({ type: 'RegisterFirstAdmin' } & Registration)
  | ({ type: 'Register'; role: Role; plan: string; has_password: boolean } & Registration)
  | { type: 'SignIn'; user_id: string; session_id: string; method: SignInMethod }
  | { type: 'RevokeSession'; user_id: string; session_id: string; reason: SessionEnd }
  | ({ type: 'IssueToken' } & TokenIssue)
  | { type: 'RevokeToken'; user_id: string; token_id: string }
  | { type: 'SetPassword' | 'Rename' | 'SetEmail' | 'Enable'; user_id: string }
  /** `other_admins`: how many may still sign in when this account no longer does. */
  | { type: 'AssignRole'; user_id: string; role: Role; other_admins: number }
  | { type: 'Disable' | 'Forget'; user_id: string; other_admins: number }
  | { type: 'AssignPlan'; user_id: string; plan: string }
  | { type: 'LinkIdentity' | 'UnlinkIdentity'; user_id: string; provider: Provider };

export type UserRefusal =
  /** The first account exists: setup is over for ever. */
  | { code: 'setup_done' }
  /** Nobody comes before the first admin. */
  | { code: 'setup_needed' }
  | { code: 'unknown_user' }
  | { code: 'unknown_token' }
  | { code: 'unknown_identity' }
  | { code: 'bridge_is_for_admins' }
  | { code: 'prefixes_are_for_admins' }
  | { code: 'account_disabled' }
  | { code: 'last_admin' }
  | { code: 'provider_linked' }
  | { code: 'last_sign_in_way' };

type ActiveUser = {
  kind: 'active';
  role: Role;
  plan: string;
  disabled: boolean;
  hasPassword: boolean;
  providers: readonly Provider[];
  tokens: readonly string[];
  sessions: readonly string[];
};
/** A forgotten account is as unknown as one that never was. */
export type UserState = { kind: 'unknown' } | ActiveUser;

const adminPlan = 'admin';
/** Of new accounts, where nobody chose another. */
export const defaultPlan = 'free';

/** The plan that comes with a role: admins are unlimited. */
export const planOf = (role: Role): string => (role === 'admin' ? adminPlan : defaultPlan);

type UserDecision = Decision<UserEvent, UserRefusal>;

const register = (command: Extract<UserCommand, Registration>): UserDecision => {
  const { user_id, accounts } = command;
  const passwordSet: UserEvent = { type: 'PasswordSet', data: { user_id } };
  if (command.type === 'RegisterFirstAdmin') {
    if (accounts > 0) return refused({ code: 'setup_done' });
    return accepted<UserEvent>(
      { type: 'UserRegistered', data: { user_id, role: 'admin', plan: adminPlan } },
      passwordSet,
    );
  }
  if (accounts === 0) return refused({ code: 'setup_needed' });
  const { role, plan, has_password } = command;
  return accepted<UserEvent>(
    { type: 'UserRegistered', data: { user_id, role, plan } },
    ...(has_password ? [passwordSet] : []),
  );
};

/** An admin's plan goes with the role, and not without it. */
const assignRole = (user: ActiveUser, user_id: string, role: Role): UserDecision => {
  if (role === user.role) return accepted();
  const plan = role === 'admin' || user.plan === adminPlan ? planOf(role) : user.plan;
  return accepted(
    { type: 'RoleAssigned', data: { user_id, role } },
    ...(plan === user.plan ? [] : [{ type: 'PlanAssigned', data: { user_id, plan } } as const]),
  );
};

/** Accounts. What a password or a code is worth is checked before, at the edge of the secrets. */
export const userDecider: Decider<UserState, UserCommand, UserEvent, UserRefusal> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, user) {
    if (command.type === 'RegisterFirstAdmin' || command.type === 'Register')
      return register(command);
    if (user.kind === 'unknown') return refused({ code: 'unknown_user' });
    const { user_id } = command;
    const isLastAdmin =
      'other_admins' in command &&
      command.other_admins === 0 &&
      user.role === 'admin' &&
      !user.disabled;
    switch (command.type) {
      case 'SignIn': {
        const { session_id, method } = command;
        if (user.disabled) return refused({ code: 'account_disabled' });
        return accepted({ type: 'UserSignedIn', data: { user_id, session_id, method } });
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
        // Whoever writes where the buttons write presses them.
        if (data.prefixes.length > 0 && user.role !== 'admin') {
          return refused({ code: 'prefixes_are_for_admins' });
        }
        return accepted({ type: 'ApiTokenIssued', data });
      }
      case 'RevokeToken': {
        const { token_id } = command;
        if (!user.tokens.includes(token_id)) return refused({ code: 'unknown_token' });
        return accepted({ type: 'ApiTokenRevoked', data: { user_id, token_id } });
      }
      case 'SetPassword':
        return accepted({ type: 'PasswordSet', data: { user_id } });
      case 'Rename':
        return accepted({ type: 'UserRenamed', data: { user_id } });
      case 'SetEmail':
        return accepted({ type: 'EmailAddressSet', data: { user_id } });
      case 'AssignRole':
        if (isLastAdmin && command.role !== 'admin') return refused({ code: 'last_admin' });
        return assignRole(user, user_id, command.role);
      case 'AssignPlan':
        if (command.plan === user.plan) return accepted();
        return accepted({ type: 'PlanAssigned', data: { user_id, plan: command.plan } });
      case 'Disable':
        if (isLastAdmin) return refused({ code: 'last_admin' });
        return user.disabled ? accepted() : accepted({ type: 'UserDisabled', data: { user_id } });
      case 'Enable':
        return user.disabled ? accepted({ type: 'UserEnabled', data: { user_id } }) : accepted();
      case 'Forget':
        if (isLastAdmin) return refused({ code: 'last_admin' });
        return accepted({ type: 'UserForgotten', data: { user_id } });
      case 'LinkIdentity': {
        const { provider } = command;
        if (user.providers.includes(provider)) return refused({ code: 'provider_linked' });
        return accepted({ type: 'IdentityLinked', data: { user_id, provider } });
      }
      case 'UnlinkIdentity': {
        const { provider } = command;
        if (!user.providers.includes(provider)) return refused({ code: 'unknown_identity' });
        if (!user.hasPassword && user.providers.length === 1) {
          return refused({ code: 'last_sign_in_way' });
        }
        return accepted({ type: 'IdentityUnlinked', data: { user_id, provider } });
      }
      default:
        return unreachable(command);
    }
  },

  evolve(user, event) {
    if (event.type === 'UserRegistered') {
      const { role, plan } = event.data;
      const nothingYet = { providers: [], tokens: [], sessions: [] };
      return { kind: 'active', role, plan, disabled: false, hasPassword: false, ...nothingYet };
    }
    if (user.kind === 'unknown') return user;
    const { tokens, sessions, providers } = user;
    switch (event.type) {
      case 'PasswordSet':
        return { ...user, hasPassword: true };
      case 'UserSignedIn':
        return { ...user, sessions: [...sessions, event.data.session_id] };
      case 'SessionRevoked':
        return { ...user, sessions: sessions.filter((id) => id !== event.data.session_id) };
      case 'ApiTokenIssued':
        return { ...user, tokens: [...tokens, event.data.token_id] };
      case 'ApiTokenRevoked':
        return { ...user, tokens: tokens.filter((id) => id !== event.data.token_id) };
      case 'RoleAssigned':
        return { ...user, role: event.data.role };
      case 'PlanAssigned':
        return { ...user, plan: event.data.plan };
      case 'UserDisabled':
        return { ...user, disabled: true };
      case 'UserEnabled':
        return { ...user, disabled: false };
      case 'UserRenamed':
      case 'EmailAddressSet':
        return user;
      case 'IdentityLinked':
        return { ...user, providers: [...providers, event.data.provider] };
      case 'IdentityUnlinked':
        return { ...user, providers: providers.filter((one) => one !== event.data.provider) };
      case 'UserForgotten':
        return { kind: 'unknown' };
      default:
        return unreachable(event);
    }
  },
};
