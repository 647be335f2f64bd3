import { expect } from 'vitest';
import type { Decider } from '../decider.ts';
import type { Event } from '../event.ts';

/**
 * A decider's behaviour as a sentence: given these events, when this command, then exactly these
 * events, in this order, or this refusal. Also checks that decide and evolve leave their input
 * alone, since the store shares folded states between commands.
 */
export const specification = <State, Command, E extends Event, Reason>(
  decider: Decider<State, Command, E, Reason>,
) => ({
  given: (...history: E[]) => ({
    when(command: Command) {
      const state = deepFreeze(
        history.reduce(
          (folded, event) => decider.evolve(deepFreeze(folded), deepFreeze(event)),
          decider.initialState(),
        ),
      );
      const decision = decider.decide(deepFreeze(command), state);
      // A decided event must be foldable, or the next command would fail.
      decision.events.reduce(decider.evolve, state);
      return {
        thenAccepted: (...events: E[]) =>
          expect(decision).toStrictEqual({ accepted: true, events }),
        thenRefused: (reason: Reason, ...events: E[]) =>
          expect(decision).toStrictEqual({ accepted: false, reason, events }),
      };
    },
  }),
});

const deepFreeze = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
};
