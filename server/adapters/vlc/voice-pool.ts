/** Voices ready to play: each a media player of libvlc bound to a slot of the mixer, made once and reused. */
import type { Logger } from 'pino';
import type { PlayCommand } from '../../player/contract.ts';
import { landingOf } from './landing.ts';
import { duckings, framesPerMs, mixerSlots, type Mixer, type MixerEvent } from './mixer.ts';
import type { Libvlc, VlcPlayer } from './libvlc.ts';

export type VoiceOutcome = 'ended' | 'stopped' | 'failed';

export type VoiceListener = {
  /** `latencyMs`: from `atMs`, when the first frame was mixed, to the listener's ear. */
  started(atMs: number, latencyMs: number): void;
  /** Exactly once, and last. */
  over(outcome: VoiceOutcome, heardMs: number): void;
};

export type Voice = {
  stop(fadeMs: number): void;
  heardMs(): number;
  /** 0 until known. */
  durationMs(): number;
};

export type VoiceFile = Pick<PlayCommand, 'path' | 'demuxer' | 'start_ms' | 'end_ms' | 'ducks'>;

export type VoicePool = {
  /** null: every voice is taken. The listener is never called before this returns. */
  start(file: VoiceFile, gainDb: number, listener: VoiceListener): Voice | null;
};

export type VoicePoolParts = { mixer: Mixer; libvlc: Libvlc; log: Logger };

/** Frames of a sound that is not cut: more than a file can hold. */
const framesUnlimited = Number.MAX_SAFE_INTEGER;

const framesOf = (ms: number): number => Math.round(ms * framesPerMs);
/** How much of a file is heard between its cue points; `wholeMs` 0: its length is not known. */
const cutMs = (wholeMs: number, startMs: number, endMs: number | undefined): number => {
  if (wholeMs === 0) return endMs === undefined ? 0 : endMs - startMs;
  return Math.max(0, Math.min(endMs ?? wholeMs, wholeMs) - startMs);
};

export const linear = (gainDb: number): number => 10 ** (gainDb / 20);

export const createVoicePool = ({ mixer, libvlc, log }: VoicePoolParts): VoicePool => {
  const players: VlcPlayer[] = [];
  for (let slot = 0; slot < mixerSlots; slot++)
    players.push(libvlc.createPlayer(mixer.voice(slot), mixer.callbacks));
  const freeSlots = players.map((_, slot) => slot);
  const listeners = new Map<number, VoiceListener>();

  const release = (slot: number, player: VlcPlayer): void => {
    player.stop().then(
      () => {
        mixer.free(slot);
        freeSlots.push(slot);
      },
      // The slot stays taken: a media player in an unknown state must not be played again.
      (error: unknown) =>
        log.error({ err: error, slot }, 'libvlc did not stop a voice; one voice fewer from now on'),
    );
  };

  const finish = (slot: number, outcome: VoiceOutcome, frames: number): void => {
    const listener = listeners.get(slot);
    const player = players[slot];
    if (listener === undefined || player === undefined) return;
    listeners.delete(slot);
    release(slot, player);
    // Corrupt files and such that are no audio make libvlc report a quiet end, not an error.
    const nothingDecoded = outcome === 'ended' && frames === 0;
    listener.over(nothingDecoded ? 'failed' : outcome, frames / framesPerMs);
  };

  const on = (event: MixerEvent): void => {
    if (event.type === 'started') listeners.get(event.slot)?.started(event.atMs, event.latencyMs);
    else finish(event.slot, event.type, event.frames);
  };
  mixer.listen(() => mixer.takeEvents().forEach(on));

  return {
    start(file, gainDb, listener) {
      const slot = freeSlots.shift();
      const player = slot === undefined ? undefined : players[slot];
      if (slot === undefined || player === undefined) return null;
      listeners.set(slot, listener);
      const { path, start_ms: startMs = 0, end_ms: endMs } = file;
      const { fromMs, demuxer, skippedMs } = landingOf({ path, demuxer: file.demuxer, startMs });
      const lengthMs = endMs === undefined ? null : endMs - startMs;
      mixer.start(
        slot,
        linear(gainDb),
        duckings.indexOf(file.ducks ?? 'duck'),
        framesOf(skippedMs),
        lengthMs === null ? framesUnlimited : framesOf(lengthMs),
      );
      if (!player.play({ path, demuxer, fromMs })) setImmediate(finish, slot, 'failed', 0);
      return {
        stop: (fadeMs) => listeners.get(slot) === listener && mixer.stop(slot, fadeMs),
        heardMs: () => mixer.frames(slot) / framesPerMs,
        durationMs: () => cutMs(mixer.durationMs(slot), startMs, endMs),
      };
    },
  };
};
