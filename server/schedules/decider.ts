import { accepted, refused, unreachable, type Decider } from '../kernel/decider.ts';
import type { ScheduleEvent, Terms } from './events.ts';

/** How many due times are remembered: a clock that jumps back further than they reach fires again. */
const firedRememberedMax = 400;

export type ScheduleCommand = { schedule_id: string } & (
  | { type: 'Define'; terms: Terms; schedules: number; schedulesMax: number }
  | { type: 'Redefine'; terms: Partial<Terms> }
  | { type: 'Remove' }
  /** `due_at` null: now, whatever the clock says. */
  | { type: 'Fire'; due_at: string | null }
  | { type: 'ReportFailed'; due_at: string | null; code: string; message: string }
);

export type ScheduleRefusal =
  | { code: 'unknown_schedule' }
  | { code: 'too_many_schedules'; max: number }
  | { code: 'fired_already' }
  | { code: 'switched_off' };

export type ScheduleState =
  | { kind: 'none' }
  /** `fired`: due times, the newest last. */
  | { kind: 'defined'; terms: Terms; fired: readonly string[] };

/** One schedule. However often the clock comes by a due time, it fires once. */
export const scheduleDecider: Decider<
  ScheduleState,
  ScheduleCommand,
  ScheduleEvent,
  ScheduleRefusal
> = {
  initialState: () => ({ kind: 'none' }),

  decide(command, state) {
    const { schedule_id } = command;
    if (command.type === 'Define') {
      const { terms, schedules, schedulesMax } = command;
      if (schedules >= schedulesMax) {
        return refused({ code: 'too_many_schedules', max: schedulesMax });
      }
      return accepted({ type: 'ScheduleDefined', data: { schedule_id, ...terms } });
    }
    if (state.kind === 'none') return refused({ code: 'unknown_schedule' });
    switch (command.type) {
      case 'Redefine': {
        const data = { schedule_id, ...state.terms, ...command.terms };
        return accepted({ type: 'ScheduleDefined', data });
      }
      case 'Remove':
        return accepted({ type: 'ScheduleRemoved', data: { schedule_id } });
      case 'Fire': {
        const { due_at } = command;
        if (due_at !== null && !state.terms.enabled) return refused({ code: 'switched_off' });
        if (due_at !== null && state.fired.includes(due_at)) {
          return refused({ code: 'fired_already' });
        }
        return accepted({ type: 'ScheduleFired', data: { schedule_id, due_at } });
      }
      case 'ReportFailed': {
        const { due_at, code, message } = command;
        return accepted({ type: 'ScheduleFailed', data: { schedule_id, due_at, code, message } });
      }
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'ScheduleDefined': {
        const { schedule_id: _, ...terms } = event.data;
        return { kind: 'defined', terms, fired: state.kind === 'defined' ? state.fired : [] };
      }
      case 'ScheduleRemoved':
        return { kind: 'none' };
      case 'ScheduleFired': {
        const { due_at } = event.data;
        if (state.kind === 'none' || due_at === null) return state;
        return { ...state, fired: [...state.fired, due_at].slice(-firedRememberedMax) };
      }
      case 'ScheduleFailed':
        return state;
      default:
        return unreachable(event);
    }
  },
};
