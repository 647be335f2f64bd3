import { msg } from '@lit/localize';
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { SoundType } from '../../server/sounds/contract.ts';
import { icons } from '../design/icons.ts';
import type { Voice } from '../feed/feed-state.ts';
import type { PressMarks } from './press-marks.ts';

export const typeLooks = {
  SDB: { pad: icons.padEffects, chip: icons.effects, label: msg('Effects') },
  TTS: { pad: icons.padSpeech, chip: icons.speech, label: msg('Speech') },
  EXT: { pad: icons.padExtracted, chip: icons.extracted, label: msg('Extracted') },
} satisfies Record<SoundType, object>;

/** What makes a pad look other than at rest. */
export type PadLook = {
  /** 0 … 1 while it sounds, else null. */
  progress: number | null;
  /** Press to first audible frame, while it is worth showing. */
  latencyMs: number | null;
  /** Pressed, and no answer yet. */
  pending: boolean;
  /** Refused just now: shakes once. */
  refused: boolean;
};

export const atRest: PadLook = { progress: null, latencyMs: null, pending: false, refused: false };

export const looksDiffer = (a: PadLook, b: PadLook | undefined): boolean =>
  a.progress !== b?.progress ||
  a.latencyMs !== b.latencyMs ||
  a.pending !== b.pending ||
  a.refused !== b.refused;

export type PadLooks = ReadonlySignal<ReadonlyMap<string, PadLook>>;

const progressOf = (voice: Voice): number =>
  voice.durationMs > 0 ? Math.min(1, voice.positionMs / voice.durationMs) : 0;

/**
 * Sound id → look, for the few sounds that are not at rest. Each pad watches this itself, so that a
 * voice that moves costs one pad and not the whole grid.
 */
export const padLooks = (voices: () => readonly Voice[], marks: PressMarks): PadLooks =>
  computed(() => {
    const looks = new Map<string, PadLook>();
    const set = (id: string, part: Partial<PadLook>): void => {
      looks.set(id, { ...(looks.get(id) ?? atRest), ...part });
    };
    for (const voice of voices()) set(voice.soundId, { progress: progressOf(voice) });
    for (const [id, latencyMs] of marks.latencies.value) set(id, { latencyMs });
    for (const id of marks.pending.value) set(id, { pending: true });
    for (const id of marks.refused.value) set(id, { refused: true });
    return looks;
  });
