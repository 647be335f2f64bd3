import { unreachable } from '../kernel/decider.ts';
import { ProblemError, type Problem } from '../kernel/problem.ts';
import type { UserRefusal } from './decider.ts';

const problem = (
  status: Problem['status'],
  code: string,
  title: string,
  detail: string,
): ProblemError => new ProblemError({ status, code, title, detail });

export const wrongLogin = () =>
  problem(401, 'wrong_login', 'Sign-in failed', 'Name or password is not right.');

export const wrongSetupCode = () =>
  problem(
    403,
    'wrong_setup_code',
    'Wrong setup code',
    'That is not the setup code. It is printed where Encore was started, and in its log.',
  );

export const noSuchSession = () =>
  problem(401, 'session_ended', 'Signed out', 'This session has ended. Sign in again.');

export const userProblem = (refusal: UserRefusal): ProblemError => {
  switch (refusal.code) {
    case 'setup_done':
      return problem(
        409,
        'setup_done',
        'Already set up',
        'This Encore has its first account. Sign in.',
      );
    case 'unknown_user':
      return problem(404, 'unknown_user', 'Unknown account', 'There is no such account.');
    case 'unknown_token':
      return problem(404, 'unknown_token', 'Unknown token', 'There is no such token.');
    case 'bridge_is_for_admins':
      return problem(
        403,
        'bridge_is_for_admins',
        'Not allowed',
        'Only an admin can make a bridge token.',
      );
    default:
      return unreachable(refusal);
  }
};
