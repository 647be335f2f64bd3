import type { HeardMessage } from '../kernel/door.ts';
import type { Clock, Ids } from '../kernel/ports.ts';
import { learnLimits, type Candidate, type LearnSession, type Suggestion } from './contract.ts';
import { memberOf, type Payload } from './payload.ts';
import { debounceMs, type Recognised } from './vendors.ts';

/** Where devices speak, as far as that is known; never everything that a broker has. */
export const learnFilters: readonly string[] = [
  'zigbee2mqtt/#',
  'shellies/#',
  'dev/#',
  'stat/+/+',
  'tele/+/+',
  '+/events/rpc',
  '+/+/events/rpc',
  '+/binary_sensor/+/state',
  '+/event/+/state',
  '+/+',
  '+/+/+',
];

/** Sooner, and it is the same press. */
const pressAgainMs = 400;

const scores = { press: 100, tag: 20, fresh: 30, telling: 20, rare: 20, plain: 10 } as const;

/** Words under which devices of one's own making say what was done. */
const tellingKeys = ['action', 'event', 'event_type', 'button', 'click', 'uid', 'tag', 'code'];
const plainKeys = ['value', 'state', 'status'];

const plain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) && String(value).length <= 64;

/** The best guess at a message of no known vendor. */
const guess = (
  topic: string,
  { text, json }: Payload,
): { suggestion: Suggestion; telling: boolean } | undefined => {
  const rest = { filter: topic, extract: null, edge: 'auto', ignore_retained: true } as const;
  const terms = { ...rest, debounce_ms: debounceMs.usual };
  if (typeof json === 'object' && json !== null) {
    const keys = Object.keys(json);
    const keyOf = (words: readonly string[]) =>
      keys.find((key) => words.includes(key.toLowerCase()) && plain(memberOf(json, key)));
    const telling = keyOf(tellingKeys);
    const key = telling ?? keyOf(plainKeys);
    if (key === undefined) return undefined;
    const value = memberOf(json, key) as string | number | boolean;
    const match = { path: key, op: 'eq', value } as const;
    return { suggestion: { ...terms, match }, telling: telling !== undefined };
  }
  if (text === null || text.length > 64) return undefined;
  return { suggestion: { ...terms, match: { equals: text } }, telling: false };
};

/** `sure`: somebody did something; what merely has a new value may come by the clock. */
type Kept = Candidate & { readonly fresh: boolean; readonly sure: boolean; lastAtMs: number };
type Session = {
  readonly id: string;
  readonly filter: string | undefined;
  readonly startedAt: number;
  readonly before: Set<string>;
  readonly candidates: Map<string, Kept>;
  readonly topicTimes: Map<string, number>;
  messages: number;
  phase: LearnSession['phase'];
};

const isOpen = ({ phase }: Session): boolean => phase === 'baseline' || phase === 'listening';

type Times = Pick<typeof learnLimits, 'baselineMs' | 'listenMs'>;

/** One session for all admins: what is pressed while it listens becomes a candidate for a binding. */
export const createLearn = (ports: {
  clock: Clock;
  ids: Ids;
  tell: (session: LearnSession) => void;
  filtersChanged: () => void;
  times?: Times;
}) => {
  const { clock, ids } = ports;
  const { baselineMs, listenMs } = ports.times ?? learnLimits;
  let session: Session | undefined;
  let timers: NodeJS.Timeout[] = [];

  const scoreOf = ({ topic, press, uid, fresh, score }: Kept, one: Session): number => {
    const times = one.topicTimes.get(topic) ?? 1;
    const known = press === null ? score : scores.press + (uid === null ? 0 : scores.tag);
    return Math.round(known + (fresh ? scores.fresh : 0) + scores.rare / times);
  };

  const shown = (one: Session): LearnSession => ({
    id: one.id,
    phase: one.phase,
    listens_at: new Date(one.startedAt + baselineMs).toISOString(),
    ends_at: new Date(one.startedAt + baselineMs + listenMs).toISOString(),
    messages: one.messages,
    candidates: [...one.candidates.values()]
      .map((kept) => {
        const { fresh: _, sure: __, lastAtMs: ___, ...rest } = kept;
        return { ...rest, score: scoreOf(kept, one) };
      })
      .sort((a, b) => Number(b.confirmed) - Number(a.confirmed) || b.score - a.score),
  });

  const tell = () => {
    if (session) ports.tell(shown(session));
  };

  const end = (why: 'confirmed' | 'ended'): void => {
    if (!session || !isOpen(session)) return;
    session.phase = why;
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    ports.filtersChanged();
    tell();
  };

  const later = (ms: number, act: () => void) => {
    timers.push(setTimeout(act, ms).unref());
  };

  const isListening = () => session !== undefined && isOpen(session);

  /** A known candidate heard again. */
  const again = (one: Session, known: Kept, atMs: number, suggestion: Suggestion): void => {
    const isNewPress = atMs - known.lastAtMs >= Math.max(pressAgainMs, suggestion.debounce_ms);
    known.lastAtMs = atMs;
    // The one with more in it is the better way to hear the same press.
    if (known.suggestion.filter.startsWith(`${suggestion.filter}/`)) known.suggestion = suggestion;
    if (!isNewPress) return;
    known.times += 1;
    known.confirmed = true;
    one.messages += 1;
    if (known.sure) end('confirmed');
    else tell();
  };

  const begin = (
    one: Session,
    key: string,
    candidate: Omit<Kept, 'id' | 'times' | 'confirmed'>,
  ): void => {
    // What merely happens leaves room for a press.
    const most = candidate.sure ? learnLimits.messagesMax : learnLimits.messagesMax / 2;
    if (one.messages >= most) return;
    one.messages += 1;
    one.candidates.set(key, { ...candidate, id: ids(), times: 1, confirmed: false });
    if (one.candidates.size > learnLimits.candidatesMax) {
      const [worst] = [...one.candidates].sort(([, a], [, b]) => scoreOf(a, one) - scoreOf(b, one));
      if (worst) one.candidates.delete(worst[0]);
    }
    tell();
  };

  return {
    listens: isListening,
    filters: (): readonly string[] => {
      if (!session || !isListening()) return [];
      return [...learnFilters, ...(session.filter === undefined ? [] : [session.filter])];
    },

    /** Whoever comes second joins. */
    start(filter?: string): LearnSession {
      if (session && isListening()) return shown(session);
      session = {
        id: ids(),
        filter,
        startedAt: clock.now(),
        before: new Set(),
        candidates: new Map(),
        topicTimes: new Map(),
        messages: 0,
        phase: 'baseline',
      };
      const begun = session;
      later(baselineMs, () => {
        begun.phase = 'listening';
        tell();
      });
      later(baselineMs + listenMs, () => end('ended'));
      ports.filtersChanged();
      tell();
      return shown(session);
    },

    current: (): LearnSession | undefined => session && shown(session),

    stop(): void {
      end('ended');
    },

    hear(
      { topic, retained, live = false, receivedAtMs }: HeardMessage,
      payload: Payload,
      recognised: Recognised,
      bound: readonly string[],
    ): void {
      if (!session || !isListening() || (retained && !live)) return;
      const one = session;
      if (one.phase === 'baseline') {
        if (one.before.size < learnLimits.baselineTopicsMax) one.before.add(topic);
        return;
      }
      const times = one.topicTimes.get(topic);
      if (times !== undefined || one.topicTimes.size < learnLimits.baselineTopicsMax)
        one.topicTimes.set(topic, (times ?? 0) + 1);
      const fresh = !one.before.has(topic);
      const { vendor, device, press, uid } = recognised;
      const guessed =
        recognised.suggestion === null && vendor === 'other' && fresh
          ? guess(topic, payload)
          : undefined;
      const found = recognised.suggestion ?? guessed?.suggestion;
      if (!found) return;
      const isLevel = found.edge !== 'auto';
      const suggestion = { ...found, ignore_retained: isLevel || !retained };
      const what = press ?? JSON.stringify(suggestion.match);
      const key = JSON.stringify([vendor, device, what]);
      const known = one.candidates.get(key);
      if (known) {
        again(one, known, receivedAtMs, suggestion);
        return;
      }
      begin(one, key, {
        device,
        vendor,
        press,
        uid,
        topic,
        payload: (payload.text ?? '').slice(0, learnLimits.payloadBytesMax),
        score: guessed?.telling ? scores.plain + scores.telling : scores.plain,
        suggestion,
        bound: [...bound],
        fresh,
        sure: press !== null || guessed?.telling === true,
        lastAtMs: receivedAtMs,
      });
    },
  };
};
export type Learn = ReturnType<typeof createLearn>;
