import { accepted, refused, unreachable, type Decider } from '../kernel/decider.ts';
import type { PlanEvent, PlanTerms } from './plan-events.ts';

export type PlanCommand =
  | { type: 'DefinePlan'; code: string; terms: PlanTerms }
  | { type: 'SetTerms'; code: string; terms: Partial<PlanTerms> }
  | { type: 'RetirePlan'; code: string; users: number };

export type PlanRefusal =
  | { code: 'plan_exists' }
  | { code: 'unknown_plan' }
  | { code: 'plan_needed' }
  | { code: 'plan_in_use'; users: number };

export type PlanState = { kind: 'none' } | { kind: 'defined'; retired: boolean; terms: PlanTerms };

/** Those that come with a role: an account would have no plan without them. */
const neededPlans: ReadonlySet<string> = new Set(['free', 'admin']);

/** What an account of this plan gets and pays. */
export const planDecider: Decider<PlanState, PlanCommand, PlanEvent, PlanRefusal> = {
  initialState: () => ({ kind: 'none' }),

  decide(command, plan) {
    const { code } = command;
    const isOpen = plan.kind === 'defined' && !plan.retired;
    switch (command.type) {
      case 'DefinePlan':
        if (isOpen) return refused({ code: 'plan_exists' });
        return accepted({ type: 'PlanDefined', data: { code, ...command.terms } });
      case 'SetTerms':
        if (!isOpen) return refused({ code: 'unknown_plan' });
        return accepted({ type: 'PlanTermsSet', data: { code, ...plan.terms, ...command.terms } });
      case 'RetirePlan':
        if (!isOpen) return refused({ code: 'unknown_plan' });
        if (neededPlans.has(code)) return refused({ code: 'plan_needed' });
        if (command.users > 0) return refused({ code: 'plan_in_use', users: command.users });
        return accepted({ type: 'PlanRetired', data: { code } });
      default:
        return unreachable(command);
    }
  },

  evolve(plan, event) {
    switch (event.type) {
      case 'PlanDefined':
      case 'PlanTermsSet': {
        const { code: _code, ...terms } = event.data;
        return { kind: 'defined', retired: false, terms };
      }
      case 'PlanRetired':
        return plan.kind === 'none' ? plan : { ...plan, retired: true };
      default:
        return unreachable(event);
    }
  },
};
