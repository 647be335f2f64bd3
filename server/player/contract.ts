/**
 * The protocol between the server and the one process that owns libvlc: JSON lines over a unix
 * socket. Both ends parse what they receive with these schemas. Times called `*_at_ms` are
 * readings of this machine's monotonic clock in milliseconds (`process.hrtime`, CLOCK_MONOTONIC),
 * the same in both processes and in the mixer.
 */
import { z } from 'zod';
import { demuxers } from './demuxers.ts';
import { musicCommands, musicReports, musicState } from './music-contract.ts';

export * from './music-contract.ts';
export * from './state-contract.ts';

export { demuxers };

export const playCommand = z.object({
  type: z.literal('play'),
  command_id: z.string(),
  play_id: z.string(),
  /** Absolute path of a file that ffprobe has identified as audio. */
  path: z.string(),
  demuxer: z.enum(demuxers),
  /** Only this part of the file is played; left out: from its beginning, to its end. */
  start_ms: z.number().min(0).optional(),
  end_ms: z.number().positive().optional(),
  gain_db: z.number().min(-60).max(12),
  /** What happens when the same sound still sounds; `sound_id` says which is the same. */
  sound_id: z.string(),
  policy: z.enum(['overlap', 'restart', 'ignore', 'queue']),
  /** When the press reached the server's edge; a play older than `fresh_ms` is refused as stale. */
  pressed_at_ms: z.number(),
  fresh_ms: z.number().positive(),
  /**
   * What the music does while this voice sounds: `duck` (without a word: this) lowers it, `pause` (an
   * announcement) holds it at its place, `none` leaves it alone. See `duckingCommand`.
   */
  ducks: z.enum(['duck', 'pause', 'none']).optional(),
});

export const stopCommand = z.object({
  type: z.literal('stop'),
  command_id: z.string(),
  /** null: every voice. */
  play_id: z.string().nullable(),
  fade_ms: z.number().min(0).max(10_000),
});

export const playerCommand = z.discriminatedUnion('type', [
  playCommand,
  stopCommand,
  ...musicCommands,
]);
export type PlayerCommand = z.infer<typeof playerCommand>;
export type PlayCommand = z.infer<typeof playCommand>;
export type StopCommand = z.infer<typeof stopCommand>;

export const outputState = z.object({
  /** `none`: a machine without sound; plays run on a null clock and are not heard. */
  kind: z.enum(['pulse', 'alsa', 'none']),
  state: z.enum(['ok', 'lost']),
  /** What is wrong, for a person; empty when ok. */
  detail: z.string(),
});
export type OutputState = z.infer<typeof outputState>;

export const voiceFailureCodes = [
  'file_missing',
  'file_unreadable',
  'file_corrupt',
  'stale',
  'ignored',
  'player_busy',
  'timeout',
] as const;

export const voicePosition = z.object({
  play_id: z.string(),
  sound_id: z.string(),
  position_ms: z.number(),
  /** 0 until known. */
  duration_ms: z.number(),
});

export const playerReport = z.discriminatedUnion('type', [
  /** First line of every connection; `voices` lets a restarted server see which plays live on. */
  z.object({
    type: z.literal('hello'),
    pid: z.number().int(),
    version: z.string(),
    vlc_version: z.string(),
    voices_max: z.number().int(),
    output: outputState,
    voices: z.array(voicePosition),
    /** Plays that wait for their own sound to end. */
    queued: z.array(z.string()),
    music: musicState,
  }),
  z.object({
    type: z.literal('voice_started'),
    command_id: z.string(),
    play_id: z.string(),
    at_ms: z.number(),
    /** Press at the server's edge → first frame at the output, the output's own latency included. */
    latency_ms: z.number(),
  }),
  z.object({
    type: z.literal('voice_ended'),
    play_id: z.string(),
    reason: z.enum(['finished', 'stopped', 'restarted', 'voice_limit']),
    /** Frames handed to the output, in milliseconds of sound. */
    heard_ms: z.number(),
  }),
  z.object({
    type: z.literal('voice_failed'),
    command_id: z.string(),
    play_id: z.string(),
    code: z.enum(voiceFailureCodes),
    message: z.string(),
  }),
  /** 4 Hz while anything sounds, and at once when the set changes. */
  z.object({ type: z.literal('voices'), voices: z.array(voicePosition) }),
  z.object({ type: z.literal('output'), output: outputState }),
  ...musicReports,
  /** Each second: proof of life, with the mixer's own counters. */
  z.object({
    type: z.literal('heartbeat'),
    underruns: z.number().int(),
    voices: z.number().int(),
    output_latency_ms: z.number(),
    /** How much sound waits at the output; grows by itself on a busy machine. */
    buffer_ms: z.number(),
  }),
]);
export type PlayerReport = z.infer<typeof playerReport>;
export type VoicePosition = z.infer<typeof voicePosition>;
export type VoiceFailureCode = (typeof voiceFailureCodes)[number];

export const protocolLimits = { lineBytesMax: 64 * 1024 } as const;
