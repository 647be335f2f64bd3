import { batch, signal, type ReadonlySignal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { PlayEnded, SoundPlayed } from '../../server/soundboard/contract.ts';
import { CommandRefused } from '../api/problem.ts';
import type { SessionStore } from '../api/session.ts';
import { initialFeed, isPast, reduceFeed, type FeedState } from './feed-state.ts';
import { SocketClient, type Link, type SocketOptions } from './socket-client.ts';
import { watchWake } from './wake.ts';

export type Latency = { ms: number; of: 'press' | 'round trip' };

export type Feed = {
  readonly state: ReadonlySignal<FeedState>;
  readonly link: ReadonlySignal<Link>;
  /** What the live pill shows: the last press on this page, before that the line itself. */
  readonly latency: ReadonlySignal<Latency | null>;
  start(): void;
  stop(): void;
  retryNow(): void;
  play(soundId: string): Promise<void>;
  stopSounds(playId?: string): Promise<void>;
  /** Another command of the socket, with what it answers; rejects with a `CommandRefused`. */
  command(command: string, data?: object): Promise<Record<string, unknown>>;
  /** Whether this page asked for the play. */
  isOwn(playId: string): boolean;
  on(listener: (message: FeedMessage) => void): () => void;
};

const settleMs = 800;
/** Longer than a stop takes on a slow line, and short for who waits for silence. */
const stopAnswerMs = 1_500;

const ofThePress: ReadonlySet<string> = new Set(['sound_played', 'play_ended']);

/** Nobody can say whether the command was heard: no line, or none that answers. */
const unheard: ReadonlySet<string> = new Set(['no_answer', 'line_lost', 'not_connected']);
const wasUnheard = (error: unknown): boolean =>
  error instanceof CommandRefused && unheard.has(error.code);

const socketUrl = (after: number | null): string => {
  const url = new URL('/api/v1/socket', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  if (after !== null) url.searchParams.set('after', String(after));
  return url.href;
};

/** The page's one line to the server: what sounds now, and the commands that must not wait. */
export const createFeed = (
  session: SessionStore,
  createSocket?: SocketOptions['createSocket'],
): Feed => {
  const state = signal<FeedState>(initialFeed);
  const link = signal<Link>('idle');
  const latency = signal<Latency | null>(null);
  const listeners = new Set<(message: FeedMessage) => void>();
  const ownPlays = new Set<string>();
  let stopWatching: (() => void) | undefined;

  const onMessage = (message: FeedMessage): void => {
    batch(() => {
      state.value = reduceFeed(state.peek(), message);
      // What was played while this page slept must not flash or complain now.
      if (!isPast(state.peek(), message) || !ofThePress.has(message.type)) {
        if (message.type === 'sound_played') noteLatency(message.data as SoundPlayed);
        for (const listener of listeners) listener(message);
      }
      if (message.type === 'play_ended') ownPlays.delete((message.data as PlayEnded).play_id);
    });
  };

  const noteLatency = (played: SoundPlayed): void => {
    if (ownPlays.has(played.play_id)) latency.value = { ms: played.latency_ms, of: 'press' };
  };

  const onLink = (next: Link): void => {
    batch(() => {
      link.value = next;
      // What sounds is unknown while the line is down: better nothing than a frozen pad.
      if (next === 'offline') state.value = { ...state.peek(), voices: [] };
      if (next !== 'live' && next !== 'checking') latency.value = null;
    });
    if (next === 'live' && latency.peek() === null) void measureLine();
  };

  const measureLine = async (): Promise<void> => {
    // The page is busy drawing its pads first; the least of three is the line, the rest is us.
    await new Promise((done) => setTimeout(done, settleMs));
    let least = Infinity;
    for (let i = 0; i < 3; i++) {
      least = Math.min(least, await socket.roundTrip().catch(() => Infinity));
    }
    if (least < Infinity && latency.peek() === null)
      latency.value = { ms: least, of: 'round trip' };
  };

  const socket = new SocketClient({
    url: () => socketUrl(state.peek().position),
    onMessage,
    onLink,
    mayReconnect: async () => {
      await session.check();
      // Who was signed in stays so while nobody answers: then the socket itself is the next try.
      return session.state.peek().status === 'signed-in';
    },
    ...(createSocket && { createSocket }),
  });

  return {
    state,
    link,
    latency,
    start() {
      socket.start();
      stopWatching ??= watchWake({
        onWake: () => {
          socket.retryNow();
          void socket.probe();
        },
        onOffline: () => socket.lost(),
      });
    },
    stop() {
      stopWatching?.();
      stopWatching = undefined;
      socket.stop();
    },
    retryNow: () => socket.retryNow(),
    async play(soundId) {
      const { play_id: playId } = await socket
        .command('play_sound', { sound_id: soundId })
        .catch((error: unknown) => {
          // A line that swallows a press is looked at before the next one.
          if (wasUnheard(error)) void socket.probe();
          throw error;
        });
      if (typeof playId !== 'string') return;
      ownPlays.add(playId);
      // On a quick box the sound may be heard before the answer is read.
      const heard = state.peek().voices.find((voice) => voice.playId === playId)?.latencyMs;
      if (heard != null) latency.value = { ms: heard, of: 'press' };
    },
    async stopSounds(playId) {
      const data = playId === undefined ? {} : { play_id: playId };
      try {
        await socket.command('stop_sounds', data, { answerMs: stopAnswerMs, waits: false });
      } catch (error) {
        if (!wasUnheard(error)) throw error;
        void socket.probe();
        // Silence must not wait for a socket, and stopping twice is no harm.
        const one = playId === undefined ? '' : `?play_id=${encodeURIComponent(playId)}`;
        await session.http.post(`/sounds/stop${one}`, {});
      }
    },
    command: (command, data = {}) => socket.command(command, data),
    isOwn: (playId) => ownPlays.has(playId),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
