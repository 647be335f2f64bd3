import type { Event } from './event.ts';

/**
 * What a decider answers. A refusal is a value; it may carry events of its own, for refusals that
 * are facts worth keeping (an attempt without credit).
 */
export type Decision<E extends Event, Reason> =
  | { readonly accepted: true; readonly events: readonly E[] }
  | { readonly accepted: false; readonly reason: Reason; readonly events: readonly E[] };

export const accepted = <E extends Event>(...events: E[]): Decision<E, never> => ({
  accepted: true,
  events,
});

export const refused = <E extends Event, Reason>(
  reason: Reason,
  ...events: E[]
): Decision<E, Reason> => ({ accepted: false, reason, events });

/**
 * Emmett's Decider with a decision in place of thrown refusals. Pure and total: ids and time ride
 * in the command; `evolve` only remembers what `decide` reads, and returns a new state.
 */
export type Decider<State, Command, E extends Event, Reason> = {
  readonly decide: (command: Command, state: State) => Decision<E, Reason>;
  readonly evolve: (state: State, event: E) => State;
  readonly initialState: () => State;
};

/** Ends every switch over a union, so that a new member fails the build there. */
export const unreachable = (value: never): never => {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
};
