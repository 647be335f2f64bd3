/** The music side of the C mixer (`mixer/deck.c`, `mixer/music.c`) as JavaScript sees it. */
import koffi, { type LibraryHandle } from 'koffi';
import type { Ducking } from '../../player/contract.ts';

/** Tracks that may be open at once, those included that libvlc has not let go of yet (DECKS in mixer.h). */
export const mixerDecks = 5;

const framesPerMs = 48;
const eventBits = {
  took: 1,
  started: 2,
  ended: 4,
  cut: 8,
  stopped: 16,
  failed: 32,
  refused: 64,
} as const;
const commands = {
  start: 0,
  seek: 1,
  next: 2,
  withdraw: 3,
  end: 4,
  giveUp: 5,
  pause: 6,
  resume: 7,
  stop: 8,
} as const;

/** How a deck's time was over: `ended` by itself, `cut` by another, `refused` because it came too late. */
const outcomes = ['ended', 'cut', 'stopped', 'failed', 'refused'] as const;
export type DeckOutcome = (typeof outcomes)[number];

export type DeckEvent = {
  slot: number;
  /** It is the current one from now on. */
  took: boolean;
  /** Its first frame was handed out; `latencyMs` from then to the listener's ear. */
  started: { atMs: number; latencyMs: number } | null;
  outcome: DeckOutcome | null;
  /** Handed out in all, and before it began to fade out for good. */
  handedMs: number;
  leftMs: number;
};

export type DeckView = {
  handedMs: number;
  /** Of it, what has reached the listener. */
  heardMs: number;
  /** Decoded and not yet handed out. */
  waitingMs: number;
  decodedMs: number;
  /** 0 until known. */
  durationMs: number;
  /** Everything has been decoded. */
  drained: boolean;
};

export type MusicMixer = {
  /** Address of a deck's source: the `opaque` of its callbacks. */
  deck(slot: number): bigint;
  /**
   * The deck is free and its media player stopped. `gain` is linear. Of what is decoded the first
   * `skippedMs` are dropped; what comes then is `startMs` of the file. False: out of memory.
   */
  open(slot: number, gain: number, startMs: number, skippedMs: number): boolean;
  /** Frames of the music in the file, for files that hold more. */
  setFileFrames(slot: number, frames: number): void;
  free(slot: number): void;
  view(slot: number): DeckView;
  takeEvents(): DeckEvent[];
  /** The deck replaces what plays, as soon as it has frames. */
  start(slot: number, crossfadeMs: number, paused: boolean): void;
  /** The deck replaces `after`, as another place in the same track. */
  seek(slot: number, after: number): void;
  /** The deck follows `after` at its end. */
  next(slot: number, after: number, crossfadeMs: number): void;
  /** If it has not begun. */
  withdraw(slot: number): void;
  /** If it is the current one: as if it had come to its end. */
  end(slot: number): void;
  /** Whatever it does: it is `failed`. */
  giveUp(slot: number): void;
  pause(fadeMs: number): void;
  resume(fadeMs: number): void;
  stop(fadeMs: number): void;
  /** Linear. */
  setVolume(gain: number): void;
  setDucking(ducking: Ducking): void;
  /** Paused, or waiting for an announcement or an output. */
  standsStill(): boolean;
};

type RawView = {
  frames: number;
  frames_heard: number;
  frames_waiting: number;
  frames_written: number;
  duration_ms: number;
  drained: number;
};
type RawEvent = {
  slot: number;
  bits: number;
  frames: number;
  left_frames: number;
  started_ns: number;
  started_latency_us: number;
};

const rawViewType = koffi.struct({
  frames: 'int64_t',
  frames_heard: 'int64_t',
  frames_waiting: 'int64_t',
  frames_written: 'int64_t',
  duration_ms: 'int64_t',
  drained: 'int32_t',
});
const rawEventType = koffi.struct({
  slot: 'int32_t',
  bits: 'uint32_t',
  frames: 'int64_t',
  started_ns: 'int64_t',
  started_latency_us: 'int32_t',
  left_frames: 'int64_t',
});

const eventOf = (raw: RawEvent): DeckEvent => ({
  slot: raw.slot,
  took: (raw.bits & eventBits.took) !== 0,
  started:
    raw.bits & eventBits.started
      ? { atMs: raw.started_ns / 1e6, latencyMs: raw.started_latency_us / 1000 }
      : null,
  outcome: outcomes.find((outcome) => raw.bits & eventBits[outcome]) ?? null,
  handedMs: raw.frames / framesPerMs,
  leftMs: raw.left_frames / framesPerMs,
});

const viewOf = (raw: RawView): DeckView => ({
  handedMs: raw.frames / framesPerMs,
  heardMs: raw.frames_heard / framesPerMs,
  waitingMs: raw.frames_waiting / framesPerMs,
  decodedMs: raw.frames_written / framesPerMs,
  durationMs: raw.duration_ms,
  drained: raw.drained !== 0,
});

const framesOf = (ms: number): number => Math.round(ms * framesPerMs);

export const bindMusicMixer = (library: LibraryHandle): MusicMixer => {
  const open = library.func(
    'int mixer_deck_open(int slot, float gain, int64_t start_frames, uint64_t frames_skipped)',
  );
  const getView = library.func('mixer_deck_view', 'void', [
    'int',
    koffi.out(koffi.pointer(rawViewType)),
  ]);
  const takeEvent = library.func('mixer_take_deck_event', 'int', [
    koffi.out(koffi.pointer(rawEventType)),
  ]);
  const execute = library.func(
    'int mixer_music_command(int type, int deck, int after, int frames, int paused)',
  );
  const setDucking = library.func(
    'void mixer_music_ducking(float level, int attack_ms, int release_ms)',
  );
  const standsStill = library.func('int mixer_music_stands_still()');
  const command = (type: keyof typeof commands, deck = -1, after = -1, ms = 0, paused = false) => {
    if (execute(commands[type], deck, after, framesOf(ms), paused ? 1 : 0) === 0)
      throw new Error('The mixer takes no commands: its thread hangs');
  };

  return {
    deck: library.func('uintptr_t mixer_deck(int slot)'),
    open: (slot, gain, startMs, skippedMs) =>
      open(slot, gain, framesOf(startMs), framesOf(skippedMs)) === 0,
    setFileFrames: library.func('void mixer_deck_file_frames(int slot, int64_t frames)'),
    free: library.func('void mixer_deck_free(int slot)'),
    view(slot) {
      const raw = {} as RawView;
      getView(slot, raw);
      return viewOf(raw);
    },
    takeEvents() {
      const events: DeckEvent[] = [];
      const raw = {} as RawEvent;
      while (takeEvent(raw) === 1) events.push(eventOf(raw));
      return events;
    },
    start: (slot, crossfadeMs, paused) => command('start', slot, -1, crossfadeMs, paused),
    seek: (slot, after) => command('seek', slot, after),
    next: (slot, after, crossfadeMs) => command('next', slot, after, crossfadeMs),
    withdraw: (slot) => command('withdraw', slot),
    end: (slot) => command('end', slot),
    giveUp: (slot) => command('giveUp', slot),
    pause: (fadeMs) => command('pause', -1, -1, fadeMs),
    resume: (fadeMs) => command('resume', -1, -1, fadeMs),
    stop: (fadeMs) => command('stop', -1, -1, fadeMs),
    setVolume: library.func('void mixer_music_volume(float level)'),
    setDucking: ({ depth_db, attack_ms, release_ms }) =>
      setDucking(10 ** (-depth_db / 20), Math.round(attack_ms), Math.round(release_ms)),
    standsStill: () => standsStill() === 1,
  };
};
