import { unreachable } from '../kernel/decider.ts';
import type { HeardMessage } from '../kernel/door.ts';
import type { Logger } from '../kernel/logger.ts';
import { createCounters } from './counters.ts';
import { createExtractor, type Extractor } from './extract.ts';
import type { Fire } from './fire.ts';
import { createGate } from './gate.ts';
import type { Learn } from './learn.ts';
import { loopLimits, type LoopSign, type LoopWatch } from './loop-watch.ts';
import type { Occasion } from './events.ts';
import { createMatcher, type Matcher } from './matcher.ts';
import type { Notes } from './notes.ts';
import { payloadOf, type Payload } from './payload.ts';
import { tooFast } from './problems.ts';
import { deviceSubject, type BindingQueries, type KnownBinding } from './queries.ts';
import { createTopicIndex } from './topic-index.ts';
import { recognise, type Recognised } from './vendors.ts';

type Taker = KnownBinding & { readonly rank: number; matches: Matcher; takes: Extractor | null };

/** How soon the same card counts anew for whoever is told of tags. */
const tagAgainMs = 1000;

/** From what others say over MQTT to what it sets off. */
export const createListener = (ports: {
  queries: Pick<BindingQueries, 'all'>;
  notes: Pick<Notes, 'get' | 'set'>;
  learn: Learn;
  loops: Pick<LoopWatch, 'take' | 'release'>;
  /** Until somebody resumes it. */
  pause: (taker: KnownBinding, sign: LoopSign, topic: string) => void;
  fire: Fire;
  tellTag: (tag: { uid: string; device: string }) => void;
  now: () => number;
  logger: Logger;
}) => {
  const { queries, notes, learn, fire, loops, logger } = ports;
  const gate = createGate({
    get: notes.get,
    set: notes.set,
  });
  let takers: readonly Taker[] = [];
  let takersOf = createTopicIndex<Taker>([]);
  const tags = new Map<string, number>();
  /** Binding → the press that may be the answer to what it did itself. */
  const held = new Map<string, { occasion: Occasion; timer: NodeJS.Timeout }>();
  const wasTold = createCounters();

  const look = (): void => {
    takers = queries
      .all()
      .filter(({ terms, paused }) => terms.enabled && paused === null)
      .map((binding, rank) => ({
        ...binding,
        rank,
        matches: createMatcher(binding.terms.match),
        takes: binding.terms.extract && createExtractor(binding.terms.extract),
      }));
    takersOf = createTopicIndex(takers.map((taker) => [taker.terms.filter, taker]));
  };

  const hold = (id: string, occasion: Occasion, receivedAtMs: number): void => {
    const release = () => {
      held.delete(id);
      const chain = loops.release(id);
      const taker = takers.find((one) => one.id === id);
      if (taker && chain) fire(taker, occasion, { receivedAtMs, chain });
    };
    held.set(id, { occasion, timer: setTimeout(release, loopLimits.silenceMs).unref() });
  };
  /** The press that was held back, if one was: it is held no longer. */
  const letGo = (id: string): Occasion | undefined => {
    const one = held.get(id);
    clearTimeout(one?.timer);
    held.delete(id);
    return one?.occasion;
  };

  const noteTag = (uid: string, device: string, atMs: number): void => {
    const key = `${device} ${uid}`;
    const last = tags.get(key) ?? Number.NEGATIVE_INFINITY;
    for (const [old, at] of tags) if (atMs - at >= tagAgainMs) tags.delete(old);
    tags.set(key, atMs);
    if (atMs - last >= tagAgainMs) ports.tellTag({ uid, device });
  };

  const offer = (
    taker: Taker,
    message: HeardMessage,
    payload: Payload,
    recognised: Recognised,
    repeated: boolean,
  ): void => {
    const { id, terms } = taker;
    const reading = taker.matches(payload);
    const value = taker.takes ? (taker.takes(payload) ?? null) : null;
    // What the command goes by is not in it.
    if (taker.takes && value === null) return;
    const { topic, receivedAtMs, retained, live = false } = message;
    const { vendor, device } = recognised;
    const kept = retained && !live;
    if (reading.holds && !kept) {
      notes.set(id, '', 'heard', String(ports.now()));
      notes.set(id, '', 'device', JSON.stringify({ vendor, device }));
    }
    const arrival = { bindingId: id, terms, topic, reading, recognised, value, repeated };
    const verdict = gate({ ...arrival, kept, toBeKept: retained && live, atMs: receivedAtMs });
    if (verdict === 'no' || verdict === 'still_too_fast') return;
    const { press } = recognised;
    if (value !== null) notes.set(id, '', 'value', JSON.stringify(value));
    const occasion = { topic, device, press, value, test: false };
    if (verdict === 'too_fast') return fire(taker, occasion, { receivedAtMs, refusal: tooFast });
    const words = `${topic} ${payload.text ?? ''}`;
    const loop = loops.take({ id, words, atMs: receivedAtMs });
    switch (loop.verdict) {
      case 'fires': {
        const late = letGo(id);
        const how = { receivedAtMs, chain: loop.chain };
        if (late && loop.late) fire(taker, late, how);
        return fire(taker, occasion, how);
      }
      case 'held':
        hold(id, occasion, receivedAtMs);
        return logger.info(
          { binding: id, topic },
          'a press is held back for a moment: many in a row came right after what Encore said',
        );
      case 'loop':
        return ports.pause(taker, loop.sign, topic);
      case 'stopped':
        return undefined;
      default:
        return unreachable(loop);
    }
  };

  const hear = (message: HeardMessage): void => {
    const { topic, retained, live = false, receivedAtMs } = message;
    const found = takersOf(topic);
    if (found.length === 0 && !learn.listens()) return;
    const payload = payloadOf(message.payload);
    if (!payload) return;
    const recognised = recognise(topic, payload);
    const { vendor, device, uid } = recognised;
    const kept = retained && !live;
    if (!kept && vendor !== 'other') {
      notes.set(deviceSubject(vendor, device), '', 'seen', String(ports.now()));
    }
    if (!kept && uid !== null) noteTag(uid, device, receivedAtMs);
    const inOrder = found.toSorted((a, b) => a.rank - b.rank);
    const repeated = wasTold(topic, recognised, receivedAtMs);
    for (const taker of inOrder) offer(taker, message, payload, recognised, repeated);
    if (recognised.afterword) return;
    learn.hear(
      message,
      payload,
      recognised,
      inOrder.map(({ terms }) => terms.name),
    );
  };

  return {
    look,
    filters: (): string[] => [
      ...new Set([...takers.map(({ terms }) => terms.filter), ...learn.filters()]),
    ],
    hear(message: HeardMessage): void {
      try {
        hear(message);
      } catch (error) {
        logger.error({ err: error, topic: message.topic }, 'a message could not be taken in');
      }
    },
    stop(): void {
      for (const id of held.keys()) letGo(id);
    },
  };
};
