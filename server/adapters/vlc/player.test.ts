/** Policies, limits and idempotency, with voices that make no sound. */
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PlayCommand, PlayerReport } from '../../player/contract.ts';
import { createPlayer, type Player, playerLimits } from './player.ts';
import type { VoiceListener, VoicePool } from './voice-pool.ts';

type FakeVoice = {
  path: string;
  listener: VoiceListener;
  fadeMs: number | null;
  heardMs: number;
  durationMs: number;
};

let now: number;
let opened: FakeVoice[];
let voicesLeft: number;
let reports: PlayerReport[];
let player: Player;
let ids: number;

const pool: VoicePool = {
  start({ path }, _gainDb, listener) {
    if (voicesLeft === 0) return null;
    voicesLeft -= 1;
    const voice: FakeVoice = { path, listener, fadeMs: null, heardMs: 0, durationMs: 1000 };
    opened.push(voice);
    return {
      stop: (fadeMs) => void (voice.fadeMs = fadeMs),
      heardMs: () => voice.heardMs,
      durationMs: () => voice.durationMs,
    };
  },
};

beforeEach(() => {
  [now, opened, voicesLeft, reports, ids] = [10_000, [], 100, [], 0];
  player = createPlayer({
    voices: pool,
    report: (report) => reports.push(report),
    music: () => {},
    faultOf: async () => ({ code: 'file_corrupt', message: 'bad' }),
    nowMs: () => now,
    log: pino({ level: 'silent' }),
  });
});

const play = (options: Partial<PlayCommand> = {}): string => {
  const play_id = `play-${++ids}`;
  player.execute({
    type: 'play',
    command_id: `command-${ids}`,
    play_id,
    path: '/a.wav',
    demuxer: 'wav',
    gain_db: 0,
    sound_id: 'a',
    policy: 'overlap',
    pressed_at_ms: now,
    fresh_ms: 3000,
    ...options,
  });
  return play_id;
};
const stop = (play_id: string | null): void =>
  player.execute({ type: 'stop', command_id: `stop-${++ids}`, play_id, fade_ms: 20 });
const voice = (at: number): FakeVoice => {
  const found = opened[at];
  if (found === undefined) throw new Error(`voice ${at} was never opened`);
  return found;
};
const outcomes = (): string[] =>
  reports.flatMap((report) => {
    if (report.type === 'voice_ended') return [`${report.play_id} ${report.reason}`];
    return report.type === 'voice_failed' ? [`${report.play_id} ${report.code}`] : [];
  });

describe('a second press of a sound that still sounds', () => {
  it('overlaps', () => {
    play();
    play();
    expect(opened.map(({ fadeMs }) => fadeMs)).toEqual([null, null]);
  });

  it('restarts: the first one fades out', () => {
    play();
    play({ policy: 'restart' });
    expect(voice(0).fadeMs).toBeGreaterThan(0);
    voice(0).listener.over('stopped', 300);
    expect(outcomes()).toEqual(['play-1 restarted']);
  });

  it('is ignored, but not when the first one is fading out already', () => {
    play();
    play({ policy: 'ignore' });
    expect(outcomes()).toEqual(['play-2 ignored']);
    stop('play-1');
    play({ policy: 'ignore' });
    expect(opened).toHaveLength(2);
  });

  it('waits for its turn, each in order', () => {
    play();
    play({ policy: 'queue', path: '/b.wav' });
    play({ policy: 'queue', path: '/c.wav' });
    expect(opened.map(({ path }) => path)).toEqual(['/a.wav']);
    voice(0).listener.over('ended', 1000);
    expect(opened.map(({ path }) => path)).toEqual(['/a.wav', '/b.wav']);
    voice(1).listener.over('ended', 1000);
    expect(opened.map(({ path }) => path)).toEqual(['/a.wav', '/b.wav', '/c.wav']);
  });

  it('waits in vain when its own limit passes first', () => {
    play();
    play({ policy: 'queue' });
    play({ policy: 'queue', fresh_ms: 60_000 });
    now += 4000;
    voice(0).listener.over('ended', 1000);
    expect(outcomes()).toEqual(['play-1 finished', 'play-2 stale']);
    expect(opened).toHaveLength(2);
  });

  it('waits no longer when everything is stopped', () => {
    play();
    play({ policy: 'queue' });
    stop(null);
    voice(0).listener.over('stopped', 100);
    expect(outcomes()).toEqual(['play-2 stopped', 'play-1 stopped']);
    expect(opened).toHaveLength(1);
  });
});

describe('limits', () => {
  it('a press that is too old is refused', () => {
    play({ pressed_at_ms: now - 3001 });
    expect(outcomes()).toEqual(['play-1 stale']);
  });

  it('the oldest of 32 makes room for the 33rd, the next oldest for the 34th', () => {
    for (let i = 0; i < playerLimits.voicesMax + 2; i++) play({ sound_id: `sound-${i}` });
    expect(opened).toHaveLength(34);
    expect(opened.map(({ fadeMs }) => fadeMs !== null).lastIndexOf(true)).toBe(1);
    voice(0).listener.over('stopped', 100);
    expect(outcomes()).toEqual(['play-1 voice_limit']);
  });

  it('no voice at all is an answer too', () => {
    voicesLeft = 0;
    play();
    expect(outcomes()).toEqual(['play-1 player_busy']);
  });

  it('a repeated command does nothing', () => {
    play({ command_id: 'same' });
    play({ command_id: 'same' });
    expect(opened).toHaveLength(1);
  });
});

describe('the watchdog', () => {
  it('gives up a voice that never starts, once', () => {
    play();
    player.watch();
    now += playerLimits.stalledMsMax + 1;
    player.watch();
    player.watch();
    voice(0).listener.over('stopped', 0);
    expect(outcomes()).toEqual(['play-1 timeout']);
    expect(voice(0).fadeMs).toBe(0);
  });

  it('takes a voice that was heard to the end for finished', () => {
    play();
    voice(0).heardMs = 990;
    player.watch();
    now += playerLimits.stalledMsMax + 1;
    player.watch();
    expect(outcomes()).toEqual(['play-1 finished']);
  });

  it('never takes silence for a short sound that was heard to the end', () => {
    play();
    voice(0).durationMs = 300;
    player.watch();
    now += playerLimits.stalledMsMax + 1;
    player.watch();
    expect(outcomes()).toEqual(['play-1 timeout']);
  });

  it('leaves a voice that moves', () => {
    play();
    for (let i = 1; i < 10; i++) {
      voice(0).heardMs = i * 2000;
      now += 2000;
      player.watch();
    }
    expect(outcomes()).toEqual([]);
  });
});

describe('a voice that fails', () => {
  it('is reported with what is wrong with the file', async () => {
    play();
    voice(0).listener.over('failed', 0);
    await Promise.resolve();
    expect(outcomes()).toEqual(['play-1 file_corrupt']);
  });

  it('while it is being stopped was stopped', () => {
    play();
    stop('play-1');
    voice(0).listener.over('failed', 0);
    expect(outcomes()).toEqual(['play-1 stopped']);
  });
});
