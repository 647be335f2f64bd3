import { ProblemError, type Problem } from '../kernel/problem.ts';
import type { InviteRefusal } from './invite-decider.ts';
import type { RegisterRefusal } from './register-account.ts';

export type AccountRefusal =
  | RegisterRefusal
  | InviteRefusal
  | { code: 'unknown_session' }
  | { code: 'own_password' }
  | { code: 'registration_closed' }
  | { code: 'invite_needed' }
  | { code: 'provider_off' }
  | { code: 'provider_failed' }
  | { code: 'sign_in_expired' }
  | { code: 'identity_taken' };

const problem = (
  status: Problem['status'],
  code: string,
  title: string,
  detail: string,
): ProblemError => new ProblemError({ status, code, title, detail });

export const wrongLogin = () =>
  problem(401, 'wrong_login', 'Sign-in failed', 'Name or password is not right.');

export const wrongPassword = () =>
  problem(403, 'wrong_password', 'Wrong password', 'The current password is not right.');

export const noPassword = () =>
  problem(
    409,
    'no_password',
    'No password',
    'This account has no password. Set one on the account page first.',
  );

export const wrongSetupCode = () =>
  problem(
    403,
    'wrong_setup_code',
    'Wrong setup code',
    'That is not the setup code. It is printed where Encore was started, and in its log.',
  );

export const tooBusy = () =>
  problem(
    503,
    'too_busy',
    'Too busy',
    'Too many people sign in at this moment. Try again shortly.',
  );

export const noSuchSession = () =>
  problem(401, 'session_ended', 'Signed out', 'This session has ended. Sign in again.');

/** A secret is shown with the first answer to a request, not with its repeats. */
export const shownOnce = (what: 'token' | 'invite' | 'password') =>
  problem(
    409,
    `${what}_shown_once`,
    'Already made',
    what === 'password'
      ? 'This password was made and shown before. Make another one with a new key.'
      : `This ${what} was made and shown before. Revoke it and make a new one.`,
  );

const words: Record<AccountRefusal['code'], readonly [Problem['status'], string, string]> = {
  setup_done: [409, 'Already set up', 'This Encore has its first account. Sign in.'],
  setup_needed: [409, 'Not set up yet', 'The first account is made with the setup code.'],
  unknown_user: [404, 'Unknown account', 'There is no such account.'],
  unknown_token: [404, 'Unknown token', 'There is no such token.'],
  unknown_session: [404, 'Unknown session', 'There is no such session.'],
  own_password: [409, 'Your own password', 'Set your own with the current one: on your account.'],
  unknown_identity: [404, 'Not linked', 'This account is not linked with that provider.'],
  unknown_invite: [404, 'Unknown invite', 'There is no such invite.'],
  invite_invalid: [403, 'Invite not valid', 'This invite is used, revoked, expired or unknown.'],
  invite_needed: [403, 'Invite needed', 'An account needs an invite: ask who runs this Encore.'],
  invite_used: [409, 'Invite used', 'This invite was used: there is nothing to take back.'],
  expiry_passed: [422, 'Expiry has passed', 'The expiry must be in the future.'],
  registration_closed: [403, 'Registration closed', 'Only an admin can make accounts here.'],
  provider_off: [404, 'Not available', 'This way to sign in is not configured here.'],
  provider_failed: [403, 'Sign-in failed', 'The provider did not confirm this sign-in. Try again.'],
  sign_in_expired: [409, 'Took too long', 'This sign-in has ended. Begin again.'],
  identity_taken: [409, 'Already linked', 'That account is linked with another account here.'],
  unknown_plan: [422, 'Unknown plan', 'There is no plan with this code.'],
  prefixes_are_for_admins: [403, 'Not allowed', 'Only an admin can grant topics to a token.'],
  bridge_is_for_admins: [403, 'Not allowed', 'Only an admin can make a bridge token.'],
  account_disabled: [403, 'Account disabled', 'An admin has disabled this account.'],
  last_admin: [409, 'Last admin', 'This is the last admin: make somebody else admin first.'],
  name_taken: [409, 'Name taken', 'Another account has this name. Choose another one.'],
  email_taken: [409, 'Address taken', 'Another account has this e-mail address.'],
  provider_linked: [409, 'Already linked', 'This account is linked with that provider already.'],
  last_sign_in_way: [
    409,
    'Last way to sign in',
    'Set a password first: without this provider nobody could sign in to the account.',
  ],
};

/** The field that a refusal is about, for forms. */
const fields: Partial<Record<AccountRefusal['code'], string>> = {
  unknown_plan: 'plan',
  expiry_passed: 'expires_at',
  name_taken: 'name',
  email_taken: 'email',
};

export const userProblem = ({ code }: AccountRefusal): ProblemError => {
  const [status, title, detail] = words[code];
  const path = fields[code];
  const errors = path === undefined ? {} : { errors: [{ path, message: detail }] };
  return new ProblemError({ status, code, title, detail, ...errors });
};
