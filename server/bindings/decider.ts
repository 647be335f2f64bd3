import { accepted, refused, unreachable, type Decider } from '../kernel/decider.ts';
import type { BindingEvent, Occasion, Pause, Terms, TriggerOutcome } from './events.ts';

export type BindingCommand = { binding_id: string } & (
  | { type: 'Define'; terms: Terms; bindings: number; bindingsMax: number }
  | { type: 'Redefine'; terms: Partial<Terms> }
  | { type: 'Remove' }
  | { type: 'Pause'; pause: Pause }
  | { type: 'Resume' }
  | { type: 'ReportTriggered'; occasion: Occasion; house_run: boolean; outcome: TriggerOutcome }
);

export type BindingRefusal =
  | { code: 'unknown_binding' }
  | { code: 'already_paused' }
  | { code: 'not_paused' }
  | { code: 'too_many_bindings'; max: number };

export type BindingState = { kind: 'none' } | { kind: 'defined'; terms: Terms; paused: boolean };

export const bindingDecider: Decider<BindingState, BindingCommand, BindingEvent, BindingRefusal> = {
  initialState: () => ({ kind: 'none' }),

  decide(command, state) {
    const { binding_id } = command;
    if (command.type === 'Define') {
      const { terms, bindings, bindingsMax } = command;
      if (bindings >= bindingsMax) return refused({ code: 'too_many_bindings', max: bindingsMax });
      return accepted({ type: 'BindingDefined', data: { binding_id, ...terms } });
    }
    if (state.kind === 'none') return refused({ code: 'unknown_binding' });
    switch (command.type) {
      case 'Redefine': {
        const data = { binding_id, ...state.terms, ...command.terms };
        return accepted({ type: 'BindingDefined', data });
      }
      case 'Remove':
        return accepted({ type: 'BindingRemoved', data: { binding_id } });
      case 'Pause':
        if (state.paused) return refused({ code: 'already_paused' });
        return accepted({ type: 'BindingPaused', data: { binding_id, ...command.pause } });
      case 'Resume':
        if (!state.paused) return refused({ code: 'not_paused' });
        return accepted({ type: 'BindingResumed', data: { binding_id } });
      case 'ReportTriggered': {
        const { occasion, house_run, outcome } = command;
        const { owner_id } = state.terms;
        const data = { binding_id, owner_id, ...occasion, house_run, outcome };
        return accepted({ type: 'BindingTriggered', data });
      }
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'BindingDefined': {
        const { binding_id: _, ...terms } = event.data;
        return { kind: 'defined', terms, paused: state.kind === 'defined' && state.paused };
      }
      case 'BindingRemoved':
        return { kind: 'none' };
      case 'BindingPaused':
      case 'BindingResumed':
        return state.kind === 'none' ? state : { ...state, paused: event.type === 'BindingPaused' };
      case 'BindingTriggered':
        return state;
      default:
        return unreachable(event);
    }
  },
};
