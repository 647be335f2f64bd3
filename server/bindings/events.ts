import type { BindingCommand, Extract, Match, edges, pauseReasons } from './contract.ts';

/** What a binding is; a definition replaces the one before it. */
export type Terms = {
  name: string;
  enabled: boolean;
  filter: string;
  match: Match;
  extract: Extract | null;
  command: BindingCommand;
  debounce_ms: number;
  edge: (typeof edges)[number];
  ignore_retained: boolean;
  /** Null: the house. */
  owner_id: string | null;
  order: number;
};

/** What made it fire: a message, or somebody who tried it out. */
export type Occasion = {
  topic: string | null;
  device: string;
  press: string | null;
  /** What was taken out of the payload. */
  value: string | number | null;
  test: boolean;
};

/** What came of it. */
export type TriggerOutcome =
  | { result: 'done'; play_id: string | null; sound_id: string | null }
  | { result: 'refused'; code: string; message: string };

/** Why it does nothing any more until somebody says that it may. */
export type Pause = {
  reason: (typeof pauseReasons)[number];
  /** On which the message came that was one too many. */
  topic: string;
};

/** Stream `binding-<id>`. */
export type BindingEvent =
  | { type: 'BindingDefined'; data: Terms & { binding_id: string } }
  | { type: 'BindingRemoved'; data: { binding_id: string } }
  | { type: 'BindingPaused'; data: Pause & { binding_id: string } }
  | { type: 'BindingResumed'; data: { binding_id: string } }
  | {
      type: 'BindingTriggered';
      data: Occasion & {
        binding_id: string;
        owner_id: string | null;
        /** The house gave something away: it counts for the house's budget. */
        house_run: boolean;
        outcome: TriggerOutcome;
      };
    };

export const bindingStream = (bindingId: string): string => `binding-${bindingId}`;
