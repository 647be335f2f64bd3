/** The C mixer (`mixer/`) as JavaScript sees it: slots for voices, what became of them, and the output. */
import { Socket } from 'node:net';
import koffi from 'koffi';
import type { OutputState } from '../../player/contract.ts';
import { bindMusicMixer, type MusicMixer } from './music-mixer.ts';
import { loadLibrary } from '../system/native.ts';
import { withNamedThread } from './named-thread.ts';

export const framesPerMs = 48;

/** Voices that may exist at once, those included that libvlc has not let go of yet (SLOTS in mixer.h). */
export const mixerSlots = 40;

export const outputChoices = ['auto', 'pulse', 'alsa', 'dummy'] as const;
export type OutputChoice = (typeof outputChoices)[number];

/** What the music does under a voice (enum ducking in mixer.h). */
export const duckings = ['none', 'duck', 'pause'] as const;

/** As `top -H` shows it; the kernel takes 15 characters. */
const threadName = 'encore-mixer';
const outputKinds = ['none', 'pulse', 'alsa'] as const;
const eventBits = { started: 1, ended: 2, stopped: 4, failed: 8 } as const;
/** The limiter looks ahead: what is mixed now leaves this much later (LIMITER_DELAY_FRAMES). */
const limiterDelayMs = 69 / framesPerMs;

export type MixerEvent =
  /** `latencyMs`: from the mixer to the listener's ear, as far as the sound server knows. */
  | { type: 'started'; slot: number; atMs: number; latencyMs: number }
  | { type: 'ended' | 'stopped' | 'failed'; slot: number; frames: number };

export type MixerStatus = {
  output: OutputState;
  outputLatencyMs: number;
  /** How much sound waits at the output: grows by itself when that is too little. */
  bufferMs: number;
  /** Times that too little waited and somebody heard it. */
  underruns: number;
};

/** Addresses of C functions, for libvlc. */
export type MixerCallbacks = { play: bigint; flush: bigint; drain: bigint; event: bigint };

export type Mixer = {
  callbacks: MixerCallbacks;
  music: MusicMixer;
  /** Address of a slot's voice: the `opaque` of its callbacks. */
  voice(slot: number): bigint;
  /**
   * The slot is free and its media player stopped. `gain` is linear, `ducking` an index of `duckings`.
   * Of what is decoded the first `framesSkipped` are dropped, and after `framesMax` more it is over.
   */
  start(
    slot: number,
    gain: number,
    ducking: number,
    framesSkipped: number,
    framesMax: number,
  ): void;
  stop(slot: number, fadeMs: number): void;
  free(slot: number): void;
  frames(slot: number): number;
  durationMs(slot: number): number;
  takeEvents(): MixerEvent[];
  status(): MixerStatus;
  /** Grows for as long as the mixer's thread goes round: each round it sleeps once, a second at most. */
  heartbeat(): number;
  /** Whether the mixer's thread runs before everything else, once it has gone round. */
  isRealTime(): boolean;
  /** Called whenever there are events to take or the status changed. */
  listen(listener: () => void): void;
  close(): void;
};

type RawEvent = {
  slot: number;
  bits: number;
  frames: number;
  started_ns: number;
  started_latency_us: number;
};
type RawStatus = {
  kind: number;
  lost: number;
  latency_us: number;
  buffer_ms: number;
  underruns: number;
  detail: string;
};

const rawEventType = koffi.struct({
  slot: 'int32_t',
  bits: 'uint32_t',
  frames: 'int64_t',
  started_ns: 'int64_t',
  started_latency_us: 'int32_t',
});
const rawStatusType = koffi.struct({
  kind: 'int32_t',
  lost: 'int32_t',
  latency_us: 'int32_t',
  buffer_ms: 'int32_t',
  underruns: 'uint32_t',
  detail: koffi.array('char', 256, 'String'),
});

/** Both can have happened between two looks: a short sound starts and ends. */
const eventsOf = (raw: RawEvent): MixerEvent[] => {
  const { slot, bits, frames } = raw;
  const events: MixerEvent[] = [];
  if (bits & eventBits.started) {
    const latencyMs = raw.started_latency_us / 1000 + limiterDelayMs;
    events.push({ type: 'started', slot, atMs: raw.started_ns / 1e6, latencyMs });
  }
  if (bits & eventBits.ended) events.push({ type: 'ended', slot, frames });
  if (bits & eventBits.stopped) events.push({ type: 'stopped', slot, frames });
  if (bits & eventBits.failed) events.push({ type: 'failed', slot, frames });
  return events;
};

const statusOf = (raw: RawStatus): MixerStatus => ({
  output: {
    kind: outputKinds[raw.kind] ?? 'none',
    state: raw.lost ? 'lost' : 'ok',
    detail: raw.detail,
  },
  outputLatencyMs: raw.latency_us / 1000,
  bufferMs: raw.buffer_ms,
  underruns: raw.underruns,
});

export type MixerOptions = {
  /** The compiled mixer (`buildMixer()`). */
  binaryPath: string;
  output: OutputChoice;
  /** PulseAudio sink or ALSA device; empty for the system's default. */
  device: string;
  bufferMs: number;
};

/** Starts the mixer; at most once in a process, because the C side is one set of voices. */
export const openMixer = (options: MixerOptions): Mixer => {
  const library = loadLibrary(options.binaryPath);
  const open = library.func('int mixer_open(int choice, const char *device, int buffer_ms)');
  const takeEvent = library.func('mixer_take_event', 'int', [
    koffi.out(koffi.pointer(rawEventType)),
  ]);
  const getStatus = library.func('mixer_get_status', 'void', [
    koffi.out(koffi.pointer(rawStatusType)),
  ]);
  const openNow = (): number => {
    const fd: number = open(
      outputChoices.indexOf(options.output),
      options.device,
      options.bufferMs,
    );
    if (fd < 0) throw new Error('The mixer could not start: out of memory, threads or descriptors');
    return fd;
  };
  const { result: notifyFd, sleeps, isRealTime } = withNamedThread(threadName, openNow);
  // A pipe in the event loop: what the mixer has to say is read at once, without polling.
  const notifications = new Socket({ fd: notifyFd, readable: true, writable: false });

  return {
    callbacks: {
      play: library.symbol('mixer_vlc_play'),
      flush: library.symbol('mixer_vlc_flush'),
      drain: library.symbol('mixer_vlc_drain'),
      event: library.symbol('mixer_vlc_event'),
    },
    music: bindMusicMixer(library),
    voice: library.func('uintptr_t mixer_voice(int slot)'),
    start: library.func(
      'void mixer_voice_start(int slot, float gain, int ducking, uint64_t frames_skipped, uint64_t frames_max)',
    ),
    stop: library.func('void mixer_voice_stop(int slot, int fade_ms)'),
    free: library.func('void mixer_voice_free(int slot)'),
    frames: library.func('int64_t mixer_voice_frames(int slot)'),
    durationMs: library.func('int64_t mixer_voice_duration_ms(int slot)'),
    takeEvents() {
      const events: MixerEvent[] = [];
      const raw = {} as RawEvent;
      while (takeEvent(raw) === 1) events.push(...eventsOf(raw));
      return events;
    },
    status() {
      const raw = {} as RawStatus;
      getStatus(raw);
      return statusOf(raw);
    },
    heartbeat: sleeps,
    isRealTime,
    listen: (listener) => void notifications.on('data', listener),
    close() {
      library.func('void mixer_close()')();
      notifications.destroy();
    },
  };
};
