import { unreachable } from '../kernel/decider.ts';
import { ProblemError, type Problem } from '../kernel/problem.ts';
import type { CreditsRefusal } from './decider.ts';
import type { PlanRefusal } from './plan-decider.ts';

const words = (count: number) => (count === 1 ? '1 credit' : `${count} credits`);

export const notEnoughCredits = (refusal: CreditsRefusal, price: number): Problem => {
  const { missing, balance } =
    refusal.code === 'not_enough_credits' ? refusal : { missing: price, balance: 0 };
  return {
    status: 409,
    code: 'not_enough_credits',
    title: 'Not enough credits',
    detail: `This costs ${words(price)} and ${words(missing)} ${missing === 1 ? 'is' : 'are'} missing.`,
    extra: { missing, balance },
  };
};

export const creditsProblem = (refusal: CreditsRefusal): ProblemError => {
  switch (refusal.code) {
    case 'no_credit_account':
      return new ProblemError({
        status: 404,
        code: 'unknown_user',
        title: 'Unknown account',
        detail: 'There is no such account.',
      });
    case 'not_enough_credits':
      return new ProblemError(notEnoughCredits(refusal, refusal.missing));
    case 'balance_below_zero':
      return new ProblemError({
        status: 409,
        code: 'balance_below_zero',
        title: 'More than there is',
        detail: `Only ${words(refusal.available)} can be taken.`,
        extra: { balance: refusal.balance, available: refusal.available },
      });
    default:
      return unreachable(refusal);
  }
};

export const planProblem = (refusal: PlanRefusal): ProblemError => {
  switch (refusal.code) {
    case 'plan_exists':
      return new ProblemError({
        status: 409,
        code: 'plan_exists',
        title: 'Plan exists',
        detail: 'There is a plan with this code already. Change that one, or choose another code.',
      });
    case 'unknown_plan':
      return new ProblemError({
        status: 404,
        code: 'unknown_plan',
        title: 'Unknown plan',
        detail: 'There is no such plan.',
      });
    case 'plan_needed':
      return new ProblemError({
        status: 409,
        code: 'plan_needed',
        title: 'Plan needed',
        detail: 'New accounts or admins get this plan by themselves: change it instead.',
      });
    case 'plan_in_use':
      return new ProblemError({
        status: 409,
        code: 'plan_in_use',
        title: 'Plan in use',
        detail:
          refusal.users === 1
            ? 'One account has this plan. Give it another one first.'
            : `${refusal.users} accounts have this plan. Give them another one first.`,
      });
    default:
      return unreachable(refusal);
  }
};
