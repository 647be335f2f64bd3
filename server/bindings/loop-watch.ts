import type { Recorded } from '../kernel/event.ts';
import { createRecent } from './gate.ts';

export const loopLimits = {
  /** How often a binding may set itself off, known by ids of ours that came back. */
  roundsMax: 3,
  /** Within which a message may be the answer to what we said: brokers, automations, coalesced states. */
  answerMs: 1000,
  /** Messages in a row that may all be answers; fewer than the rate limit lets through at once. */
  answersMax: 8,
  /** So long is a press held back: somebody who presses on and on has pressed again by then. */
  silenceMs: 1500,
  /** After somebody was seen to press by themselves. */
  trustMs: 60_000,
  /** How often a row may stop with what it may have answered, and begin with what that press did. */
  silencesMax: 2,
  /** Nobody presses for so long without a pause of `answerMs`. */
  unbrokenMs: 300_000,
  textCharactersMax: 4096,
} as const;

/** Binding id → how often it is among what led here. */
export type Chain = ReadonlyMap<string, number>;
export const noChain: Chain = new Map();

/** `own_message`: it has ids of ours. `answers`: it always follows what we say, and stops with it. */
export type LoopSign = 'own_message' | 'answers';

export type LoopVerdict =
  /** `late`: what was held back is to fire first. */
  | { readonly verdict: 'fires'; readonly chain: Chain; readonly late: boolean }
  | { readonly verdict: 'held' }
  | { readonly verdict: 'loop'; readonly sign: LoopSign }
  | { readonly verdict: 'stopped' };

/** What may be a row of answers. */
type Row = {
  /** Those whose effects came before each of its messages. */
  readonly after: ReadonlySet<string>;
  readonly times: number;
  readonly sinceMs: number;
};
/** What may be answers to answers, whoever gave them: a press that nothing of ours came before begins it. */
type Links = { readonly count: number; readonly sinceMs: number };
type Watched = {
  row: Row | null;
  /** Of its last message. */
  links: Links;
  /** What led to the press that is held back; null: none is. */
  held: Chain | null;
  silences: number;
  trustedUntilMs: number;
  stopped: boolean;
};

const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/**
 * Sees bindings that set themselves off, alone or by way of each other. Whatever comes back with an
 * id of ours is known for certain. Other messages can only be suspected, and whoever presses quickly
 * looks the same: so one press is held back for a moment, and whether another one comes all the same tells. Both
 * fire then, and the one that was held fires late where none comes: no press is lost. Pure but for what it remembers; times are of the monotonic clock.
 */
export const createLoopWatch = () => {
  const watched = new Map<string, Watched>();
  /** Correlation id → what fired, and what had led to it. */
  const firings = createRecent<{ bindingId: string; chain: Chain; links: Links }>();
  /** Ids of plays and of bindings, as we tell them → what had led to them. */
  const chains = createRecent<Chain>();
  /** Binding id → its last effect. */
  const effects = new Map<string, { atMs: number; links: Links }>();

  const watch = (bindingId: string): Watched => {
    const fresh = {
      row: null,
      links: { count: 0, sinceMs: Number.POSITIVE_INFINITY },
      held: null,
      silences: 0,
      trustedUntilMs: Number.NEGATIVE_INFINITY,
      stopped: false,
    };
    const one = watched.get(bindingId) ?? fresh;
    watched.set(bindingId, one);
    return one;
  };

  /** What led to a message, as far as it has ids of ours. */
  const chainOf = (words: string): Chain => {
    const chain = new Map<string, number>();
    for (const [id] of words.slice(0, loopLimits.textCharactersMax).matchAll(uuid)) {
      for (const [bindingId, times] of chains.get(id.toLowerCase()) ?? []) {
        chain.set(bindingId, Math.max(times, chain.get(bindingId) ?? 0));
      }
    }
    return chain;
  };

  /** The row that a message is in; null: nothing of ours came before it. */
  const rowWith = (row: Row | null, after: ReadonlySet<string>, atMs: number): Row | null => {
    if (after.size === 0) return null;
    const both = row?.after.intersection(after);
    if (!row || !both || both.size === 0) return { after, times: 1, sinceMs: atMs };
    return { after: both, times: row.times + 1, sinceMs: row.sinceMs };
  };

  /** What a message goes on with, if it is an answer. */
  const goOn = (one: Watched, atMs: number): void => {
    const recent = [...effects].filter(([, effect]) => atMs - effect.atMs <= loopLimits.answerMs);
    one.row = rowWith(one.row, new Set(recent.map(([bindingId]) => bindingId)), atMs);
    one.links = {
      count: Math.max(0, ...recent.map(([, { links }]) => links.count + 1)),
      sinceMs: Math.min(atMs, ...recent.map(([, { links }]) => links.sinceMs)),
    };
  };

  /** Whether what its messages come after comes, over others or not, after its own effects. */
  const comesRound = (id: string): boolean => {
    const seen = new Set<string>();
    const open = [id];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const before = watched.get(next)?.row?.after ?? [];
      for (const one of before) {
        if (one === id) return true;
        if (!seen.has(one)) open.push(one);
        seen.add(one);
      }
    }
    return false;
  };

  /** What begins with a press each time is no loop, however regularly one follows the other. */
  const looksLikeLoop = (id: string, { row, links }: Watched): boolean =>
    Math.min(row?.times ?? 0, links.count) >= loopLimits.answersMax && comesRound(id);

  const goesOnForMinutes = (id: string, { row, links }: Watched, atMs: number): boolean =>
    row !== null &&
    atMs - Math.max(row.sinceMs, links.sinceMs) >= loopLimits.unbrokenMs &&
    comesRound(id);

  const stop = (one: Watched, sign: LoopSign): LoopVerdict => {
    Object.assign(one, { row: null, held: null, stopped: true });
    return { verdict: 'loop', sign };
  };

  return {
    /** Asked of each message that would fire. `words`: its topic and its text. */
    take({ id, words, atMs }: { id: string; words: string; atMs: number }): LoopVerdict {
      const one = watch(id);
      if (one.stopped) return { verdict: 'stopped' };
      const before = chainOf(words);
      const rounds = before.get(id) ?? 0;
      if (rounds >= loopLimits.roundsMax) return stop(one, 'own_message');
      const chain = new Map(before).set(id, rounds + 1);

      goOn(one, atMs);
      if (one.held) {
        const trustedUntilMs = atMs + loopLimits.trustMs;
        Object.assign(one, { held: null, silences: 0, trustedUntilMs });
        return { verdict: 'fires', chain, late: true };
      }
      if (!one.row) one.silences = 0;
      if (goesOnForMinutes(id, one, atMs)) return stop(one, 'answers');
      if (!looksLikeLoop(id, one) || atMs < one.trustedUntilMs) {
        return { verdict: 'fires', chain, late: false };
      }
      if (one.silences >= loopLimits.silencesMax) return stop(one, 'answers');
      one.held = chain;
      return { verdict: 'held' };
    },

    /** Nobody has pressed for `silenceMs`: what led to the press that is held back and fires now. */
    release(bindingId: string): Chain | null {
      const one = watch(bindingId);
      const { held } = one;
      if (held) Object.assign(one, { held: null, row: null, silences: one.silences + 1 });
      return held;
    },

    /** It fires now: whatever has this correlation id comes of it. */
    fires(bindingId: string, correlationId: string, chain: Chain): void {
      firings.set(correlationId, {
        bindingId,
        chain: chain.size > 0 ? chain : new Map([[bindingId, 1]]),
        links: watch(bindingId).links,
      });
    },

    /** What was committed is told to everybody, and may come back. */
    hearOfEffects(events: readonly Recorded[], atMs: number): void {
      for (const { correlationId, data } of events) {
        const firing = firings.get(correlationId);
        if (!firing) continue;
        // The end of a long play must not take back what came of later ones.
        const last = effects.get(firing.bindingId);
        const goesOn = last && atMs - last.atMs <= loopLimits.answerMs;
        const links = goesOn && last.links.count > firing.links.count ? last.links : firing.links;
        effects.set(firing.bindingId, { atMs, links });
        chains.set(firing.bindingId, firing.chain);
        const { play_id } = data as { play_id?: unknown };
        if (typeof play_id === 'string') chains.set(play_id, firing.chain);
      }
    },

    /** It is another one from now on, or none. */
    forget(bindingId: string): void {
      watched.delete(bindingId);
      effects.delete(bindingId);
    },
  };
};
export type LoopWatch = ReturnType<typeof createLoopWatch>;
