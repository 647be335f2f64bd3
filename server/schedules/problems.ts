import { unreachable } from '../kernel/decider.ts';
import { ProblemError, type Problem } from '../kernel/problem.ts';
import type { ScheduleRefusal } from './decider.ts';

const problemOf = (refusal: ScheduleRefusal): Problem => {
  switch (refusal.code) {
    case 'unknown_schedule':
      return {
        status: 404,
        code: 'unknown_schedule',
        title: 'Unknown schedule',
        detail: 'There is no such schedule.',
      };
    case 'too_many_schedules':
      return {
        status: 409,
        code: 'too_many_schedules',
        title: 'Too many schedules',
        detail: `There are ${refusal.max} schedules already. Remove one first.`,
      };
    case 'fired_already':
    case 'switched_off':
      return {
        status: 409,
        code: refusal.code,
        title: 'Not due',
        detail: 'The schedule is switched off, or has fired for this time already.',
      };
    default:
      return unreachable(refusal);
  }
};

export const scheduleProblem = (refusal: ScheduleRefusal): ProblemError =>
  new ProblemError(problemOf(refusal));
