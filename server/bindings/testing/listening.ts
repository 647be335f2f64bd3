import { expect } from 'vitest';
import { countingIds, fakeClock } from '../../kernel/testing/fake-ports.ts';
import { recordingLogger } from '../../kernel/testing/recording-logger.ts';
import type { LearnSession } from '../contract.ts';
import type { Occasion, Terms } from '../events.ts';
import { createLearn } from '../learn.ts';
import { createLoopWatch } from '../loop-watch.ts';
import { createListener } from '../listener.ts';
import type { NoteKind } from '../notes.ts';

export const termsOf = (change: Partial<Terms> = {}): Terms => ({
  name: 'Gong',
  enabled: true,
  filter: 'zigbee2mqtt/button',
  match: 'any',
  extract: null,
  command: { type: 'play', sound_id: 'gong' },
  debounce_ms: 300,
  edge: 'auto',
  ignore_retained: true,
  owner_id: null,
  order: 0,
  ...change,
});

export type Said = {
  readonly topic: string;
  /** Text as it is, anything else as JSON. */
  readonly payload: unknown;
  readonly retained?: boolean;
  readonly live?: boolean;
  /** Since the message before. */
  readonly afterMs?: number;
};

/** What a reader of the notes gives a listener; survives a restart of it. */
export const inMemory = () => {
  const kept = new Map<string, string>();
  const key = (...parts: string[]) => JSON.stringify(parts);
  return {
    kept,
    get: (subject: string, topic: string, kind: NoteKind) => kept.get(key(subject, topic, kind)),
    set: (subject: string, topic: string, kind: NoteKind, value: string) =>
      void kept.set(key(subject, topic, kind), value),
  };
};

const bytesOf = (payload: unknown): Uint8Array => {
  if (payload instanceof Uint8Array) return payload;
  return Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
};

/** The ear of the house with everything behind it taken away: what would fire is written down. */
export const listening = (bindings: readonly Partial<Terms>[], notes = inMemory()) => {
  const clock = fakeClock();
  const logger = recordingLogger();
  const fired: { name: string; occasion: Occasion; refused: string | null }[] = [];
  const tags: { uid: string; device: string }[] = [];
  const sessions: LearnSession[] = [];
  const learn = createLearn({
    clock,
    ids: countingIds('learn'),
    tell: (session) => void sessions.push(session),
    filtersChanged: () => undefined,
  });
  const bindingOf = (change: Partial<Terms>, at: number) => ({
    id: `binding-${at}`,
    terms: termsOf({ order: at, ...change }),
    triggered_at: null,
    triggers: 0,
    problem: null,
    paused: null,
    owner_name: null,
  });
  const known = bindings.map(bindingOf);
  const listener = createListener({
    queries: { all: () => known },
    notes,
    learn,
    loops: createLoopWatch(),
    pause: ({ terms }) => expect.unreachable(`${terms.name} is no loop`),
    fire: ({ terms }, occasion, { refusal }) =>
      void fired.push({ name: terms.name, occasion, refused: refusal?.code ?? null }),
    tellTag: (tag) => void tags.push(tag),
    now: clock.now,
    logger,
  });
  listener.look();
  return {
    clock,
    logger,
    learn,
    listener,
    fired,
    tags,
    sessions,
    notes,
    /** One more. */
    bind(change: Partial<Terms>): void {
      known.push(bindingOf(change, known.length));
      listener.look();
    },
    /** A second apart where nothing else is said; how often something has fired by then. */
    say(...messages: readonly Said[]): number {
      for (const { topic, payload, retained = false, live = false, afterMs = 1000 } of messages) {
        clock.advance(afterMs);
        const receivedAtMs = clock.monotonic();
        const message = { topic, payload: bytesOf(payload), retained, receivedAtMs };
        listener.hear(live ? { ...message, live } : message);
      }
      return fired.length;
    },
  };
};
