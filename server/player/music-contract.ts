/**
 * The music half of the protocol: one track at a time, and the one that follows it. Part of
 * `contract.ts`, which everybody else imports.
 *
 * The player keeps time, level and transitions; which track follows which is the server's matter. Sequence
 * of a playlist: `track_play` → `track_started` → `track_next` → (the mixer changes over by itself) →
 * `track_ended` of the first, `track_started` of the second → `track_next` → … When nothing follows,
 * `track_ended` is the last word. A track that was to follow and never began has none.
 *
 * A `track_id` is one playing of a sound and never used again: the same sound in a loop is another track.
 *
 * While no output is there (`output.state` is `lost`) music stands still at its place and goes on when
 * the output is back; on a machine without sound (`kind: none`, `state: ok`) it runs on a clock.
 */
import { z } from 'zod';
import { demuxers } from './demuxers.ts';

export const musicLimits = {
  crossfadeMsMax: 12_000,
  /** A sleep timer's. */
  stopFadeMsMax: 600_000,
  pauseFadeMsMax: 10_000,
  duckingDbMax: 60,
  duckingRampMsMax: 10_000,
} as const;

const track = z.object({
  track_id: z.string(),
  sound_id: z.string(),
  /** Absolute path of a file that ffprobe has identified as audio. */
  path: z.string(),
  demuxer: z.enum(demuxers),
  gain_db: z.number().min(-60).max(12),
  /**
   * How long it sounds together with the one before it (equal power). 0: no overlapping, which is a
   * quick change in `track_play` and a gapless one in `track_next`.
   */
  crossfade_ms: z.number().int().min(0).max(musicLimits.crossfadeMsMax),
});
export type MusicTrack = z.infer<typeof track>;

/**
 * This track now, instead of the one that plays, which goes on until the new one has sound to give (and
 * plays on if it never does: `track_failed`). What was to follow is forgotten, as is a pause or a fade of
 * `track_stop`. Of several in a hurry only the last is heard; the others end as `replaced` with `heard_ms` 0.
 */
export const trackPlayCommand = track.extend({
  type: z.literal('track_play'),
  command_id: z.string(),
  /** Where to begin, as exact as `track_seek`. */
  position_ms: z.number().min(0),
  /** Open it and stand at its place in silence until `track_resume`; what plays falls silent. */
  paused: z.boolean(),
  /** Both or neither: a play older than `fresh_ms` is refused as `stale`; without them none is. */
  pressed_at_ms: z.number().optional(),
  fresh_ms: z.number().positive().optional(),
});

/**
 * What follows `after`, on the frame on which that ends (wav and flac: no frame between them; others: what
 * their encoders padded, less than 10 ms). It is opened at once, so that a broken file is known
 * (`track_failed`) long before its turn. The newest word holds; `null` takes it back. `track_refused`
 * says `too_late` when `after` is over or has handed over already: then `track_started` tells to whom.
 * A `track_next` that arrives while its `after` still plays, but too close to its end to be opened in
 * time, is played as soon as it can be, after a pause.
 */
export const trackNextCommand = z.object({
  type: z.literal('track_next'),
  command_id: z.string(),
  after: z.string(),
  track: track.nullable(),
});

/** Keeps the exact place, for hours if need be, and costs no CPU. Withdraws a `track_stop` that still fades. */
export const trackPauseCommand = z.object({
  type: z.literal('track_pause'),
  command_id: z.string(),
  fade_ms: z.number().min(0).max(musicLimits.pauseFadeMsMax),
});

/** Goes on where it paused, or withdraws a `track_stop` that still fades: the level rises again from where it is. */
export const trackResumeCommand = z.object({
  type: z.literal('track_resume'),
  command_id: z.string(),
  fade_ms: z.number().min(0).max(musicLimits.pauseFadeMsMax),
});

/**
 * Another place in the track that plays, or that is paused (it stays paused). The old place is heard until
 * the new one has been opened; of several in between only the last counts. Beyond the end: the track ends
 * (`finished`) and the next one follows. Error measured with libvlc 3.0.24: wav none, mp3 10 ms, ogg, opus and
 * m4a 15 ms, flac 20 ms; the positions reported afterwards carry it on.
 */
export const trackSeekCommand = z.object({
  type: z.literal('track_seek'),
  command_id: z.string(),
  track_id: z.string(),
  position_ms: z.number().min(0),
});

/**
 * Fades out and ends the music; tracks that follow each other during a long fade (a sleep timer) go on
 * doing so, under the same fade. It can be withdrawn until it is over: `track_resume` (the level rises
 * again), `track_pause` (keeps the place instead) or `track_play`. A second one replaces the first.
 */
export const trackStopCommand = z.object({
  type: z.literal('track_stop'),
  command_id: z.string(),
  fade_ms: z.number().min(0).max(musicLimits.stopFadeMsMax),
});

/**
 * Level of the music alone: voices of the board have gains of their own. Gain = (volume / 100)³, which
 * is what VLC and PulseAudio do and comes close to the ear: 50 is 18 dB down, 10 is 60 dB, 0 is silence.
 * Moves within 50 ms. 100 until told otherwise: send it before the first `track_play`.
 */
export const musicVolumeCommand = z.object({
  type: z.literal('music_volume'),
  command_id: z.string(),
  volume: z.number().min(0).max(100),
});

const ducking = z.object({
  /** How much quieter the music is under a voice with `ducks: 'duck'`; 0: not at all. */
  depth_db: z.number().min(0).max(musicLimits.duckingDbMax),
  /** From the first voice's first frame; also how fast music falls silent for `ducks: 'pause'`. */
  attack_ms: z.number().min(0).max(musicLimits.duckingRampMsMax),
  /** From the last voice's last frame. */
  release_ms: z.number().min(0).max(musicLimits.duckingRampMsMax),
});
export type Ducking = z.infer<typeof ducking>;
/** Until told otherwise. */
export const duckingDefault: Ducking = { depth_db: 12, attack_ms: 60, release_ms: 400 };

/** Ramps are even in decibels, and apply on top of the volume; place and volume are kept. */
export const duckingCommand = ducking.extend({
  type: z.literal('ducking'),
  command_id: z.string(),
});

export const musicCommands = [
  trackPlayCommand,
  trackNextCommand,
  trackPauseCommand,
  trackResumeCommand,
  trackSeekCommand,
  trackStopCommand,
  musicVolumeCommand,
  duckingCommand,
] as const;
export type TrackPlayCommand = z.infer<typeof trackPlayCommand>;
export type TrackNextCommand = z.infer<typeof trackNextCommand>;
export type TrackSeekCommand = z.infer<typeof trackSeekCommand>;
export type MusicCommand = z.infer<(typeof musicCommands)[number]>;

const trackPosition = z.object({
  track_id: z.string(),
  sound_id: z.string(),
  /** Of what is heard at `at_ms`, the output's latency included; paused: exactly where it goes on. */
  position_ms: z.number(),
  /** 0 until known; an estimate for mp3 with variable bitrate and no index. */
  duration_ms: z.number(),
  /** Frames handed out since the track's start, in milliseconds of sound; a seek never adds to it. */
  heard_ms: z.number(),
  /** By command. An announcement holds the position too, but is not a pause. */
  paused: z.boolean(),
  at_ms: z.number(),
});
export type TrackPosition = z.infer<typeof trackPosition>;

/** In `hello`, so that a restarted server knows what plays. */
export const musicState = z.object({
  track: trackPosition.nullable(),
  next_track_id: z.string().nullable(),
  volume: z.number(),
  ducking,
});
export type MusicState = z.infer<typeof musicState>;

export const trackFailureCodes = [
  'file_missing',
  'file_unreadable',
  'file_corrupt',
  'timeout',
] as const;

export const trackRefusalCodes = ['stale', 'too_late'] as const;
export type TrackRefusalCode = (typeof trackRefusalCodes)[number];

export const musicReports = [
  /** The first frame was handed out; after a `track_play` with `paused`, when it is resumed. */
  z.object({
    type: z.literal('track_started'),
    track_id: z.string(),
    /** Of the `track_play` or `track_next`. */
    command_id: z.string(),
    at_ms: z.number(),
    /** `track_play`: from `pressed_at_ms`, or from when the command arrived, to the listener; `track_next`: from the mixer to the listener. */
    latency_ms: z.number(),
    position_ms: z.number(),
  }),
  /** The last word on a track that was not refused or failed; in a crossfade it comes after the other's start. */
  z.object({
    type: z.literal('track_ended'),
    track_id: z.string(),
    reason: z.enum(['finished', 'stopped', 'replaced']),
    heard_ms: z.number(),
    position_ms: z.number(),
  }),
  /** The last word on a track that could not be played, or not to its end. What plays, or follows, goes on. */
  z.object({
    type: z.literal('track_failed'),
    track_id: z.string(),
    command_id: z.string(),
    code: z.enum(trackFailureCodes),
    message: z.string(),
    heard_ms: z.number(),
  }),
  /**
   * A command that could not be followed, and changed nothing. `stale`: see `track_play`. `too_late`: a
   * `track_seek`, or the `after` of a `track_next`, names a track that neither plays nor is about to, or
   * what `track_next` takes back has begun.
   */
  z.object({
    type: z.literal('track_refused'),
    command_id: z.string(),
    /** Of the track the command names; for `track_next` with null: of the one that has begun, or `after`. */
    track_id: z.string(),
    code: z.enum(trackRefusalCodes),
    message: z.string(),
  }),
  /** 4 Hz while it plays, and at once on start, pause, resume and seek. */
  trackPosition.extend({ type: z.literal('track_position') }),
] as const;
