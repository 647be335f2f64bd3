/** What the server is told of tracks, with decks that make no sound. */
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MusicCommand, PlayerReport } from '../../player/contract.ts';
import type { Deck, DeckListener, DeckPool } from './deck-pool.ts';
import { createMusic, type Music } from './music.ts';

type FakeDeck = {
  path: string;
  startMs: number;
  listener: DeckListener;
  view: ReturnType<Deck['view']>;
};

let opened: FakeDeck[];
let decksLeft: number;
let asked: string[];
let reports: PlayerReport[];
let music: Music;
let freed: () => void;
let now: number;
let ids: number;

const pool: DeckPool = {
  open({ path, startMs }, _gainDb, listener) {
    if (decksLeft === 0) return null;
    decksLeft -= 1;
    const view = {
      handedMs: 0,
      heardMs: 0,
      waitingMs: 0,
      decodedMs: 0,
      durationMs: 60_000,
      drained: false,
    };
    opened.push({ path, startMs, listener, view });
    return { slot: opened.length - 1, startMs, view: () => view };
  },
  onFree: (listener) => void (freed = listener),
  takeEvents: () => {},
  pace: () => {},
};

const mixer = new Proxy({} as Parameters<typeof createMusic>[0]['mixer'], {
  get:
    (_target, name) =>
    (...args: unknown[]) =>
      asked.push([String(name), ...args.map(String)].join(' ')),
});

beforeEach(() => {
  [opened, decksLeft, asked, reports, now, ids] = [[], 5, [], [], 10_000, 0];
  music = createMusic({
    mixer,
    decks: pool,
    report: (report) => reports.push(report),
    faultOf: async () => ({ code: 'file_corrupt', message: 'bad' }),
    nowMs: () => now,
    log: pino({ level: 'silent' }),
  });
});

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
const send = (command: Without<MusicCommand, 'command_id'>): string => {
  const command_id = `command-${++ids}`;
  music.execute({ ...command, command_id });
  return command_id;
};
const trackOf = (track_id: string) => ({
  track_id,
  sound_id: track_id,
  path: `/${track_id}.wav`,
  demuxer: 'wav' as const,
  gain_db: 0,
  crossfade_ms: 0,
});
const play = (id: string, options: { paused?: boolean; pressed_at_ms?: number } = {}) =>
  send({
    type: 'track_play',
    ...trackOf(id),
    position_ms: 0,
    paused: false,
    fresh_ms: 3000,
    ...options,
  });
const follow = (after: string, id: string | null) =>
  send({ type: 'track_next', after, track: id === null ? null : trackOf(id) });
const seek = (track_id: string, position_ms: number) =>
  send({ type: 'track_seek', track_id, position_ms });
const deck = (at: number): FakeDeck => {
  const found = opened[at];
  if (found === undefined) throw new Error(`deck ${at} was never opened`);
  return found;
};
const begin = (at: number): void => {
  deck(at).listener.took();
  deck(at).listener.started(now, 20);
};
const over = (at: number, outcome: Parameters<DeckListener['over']>[0], ms = 0): void => {
  deck(at).view.handedMs = ms;
  deck(at).view.decodedMs = ms;
  deck(at).listener.over(outcome, ms, ms);
};
const outcomes = (): string[] =>
  reports.flatMap((report) => {
    if (report.type === 'track_started') return [`${report.track_id} started`];
    if (report.type === 'track_ended')
      return [`${report.track_id} ${report.reason} after ${report.heard_ms}`];
    if (report.type === 'track_failed') return [`${report.track_id} failed: ${report.code}`];
    return report.type === 'track_refused' ? [`${report.track_id} refused: ${report.code}`] : [];
  });

describe('a chain of tracks', () => {
  it('is told in order', () => {
    play('a');
    begin(0);
    follow('a', 'b');
    expect(asked).toEqual(['start 0 0 false', 'next 1 0 0']);
    over(0, 'ended', 1000);
    begin(1);
    over(1, 'ended', 500);
    expect(outcomes()).toEqual([
      'a started',
      'a finished after 1000',
      'b started',
      'b finished after 500',
    ]);
  });

  it('takes the newest word about what follows', () => {
    play('a');
    begin(0);
    follow('a', 'b');
    follow('a', 'c');
    over(1, 'refused');
    expect(asked.slice(1)).toEqual(['next 1 0 0', 'withdraw 1', 'next 2 0 0']);
    expect(music.state().next_track_id).toBe('c');
    expect(outcomes()).toEqual(['a started']);
  });

  it('says when the mixer had gone on already', () => {
    play('a');
    begin(0);
    follow('a', 'b');
    follow('a', 'c');
    over(0, 'ended', 1000);
    begin(1);
    over(2, 'refused');
    expect(outcomes().slice(1)).toEqual([
      'a finished after 1000',
      'b started',
      'c refused: too_late',
    ]);
    expect(music.state().track?.track_id).toBe('b');
  });

  it('says when what is taken back has begun', () => {
    play('a');
    begin(0);
    follow('a', 'b');
    const command_id = follow('a', null);
    begin(1);
    expect(reports).toContainEqual(
      expect.objectContaining({ type: 'track_refused', command_id, track_id: 'b' }),
    );
  });

  it('refuses to follow what does not play', () => {
    follow('a', 'b');
    play('a');
    begin(0);
    play('c');
    follow('a', 'b');
    expect(outcomes()).toEqual(['b refused: too_late', 'a started', 'b refused: too_late']);
    follow('c', 'b');
    expect(asked.at(-1)).toBe('next 2 1 0');
  });

  it('goes on as soon as it can when every deck was taken', () => {
    decksLeft = 1;
    play('a');
    begin(0);
    follow('a', 'b');
    over(0, 'ended', 1000);
    expect(opened).toHaveLength(1);
    decksLeft = 1;
    freed();
    expect(asked.at(-1)).toBe('start 1 0 false');
    begin(1);
    expect(outcomes()).toEqual(['a started', 'a finished after 1000', 'b started']);
  });
});

describe('plays in a hurry', () => {
  it('end as replaced, unheard, but for the last', () => {
    decksLeft = 2;
    for (const id of ['a', 'b', 'c', 'd']) play(id);
    over(0, 'cut');
    over(1, 'cut');
    decksLeft = 1;
    freed();
    begin(2);
    expect(opened.map(({ path }) => path)).toEqual(['/a.wav', '/b.wav', '/d.wav']);
    expect(outcomes()).toEqual([
      'c replaced after 0',
      'a replaced after 0',
      'b replaced after 0',
      'd started',
    ]);
  });

  it('that are too old are refused', () => {
    play('a', { pressed_at_ms: now - 3001 });
    expect(outcomes()).toEqual(['a refused: stale']);
    expect(opened).toEqual([]);
  });
});

describe('seeks', () => {
  beforeEach(() => {
    play('a');
    begin(0);
    deck(0).view.handedMs = 1000;
    deck(0).view.heardMs = 950;
  });

  it('coalesce to the last while one is on its way', () => {
    for (const position of [5000, 6000, 7000]) seek('a', position);
    expect(opened.slice(1).map(({ startMs }) => startMs)).toEqual([5000]);
    begin(1);
    expect(opened.slice(1).map(({ startMs }) => startMs)).toEqual([5000, 7000]);
    expect(asked.slice(1)).toEqual(['seek 1 0', 'seek 2 1']);
  });

  it('never add to what was heard', () => {
    seek('a', 30_000);
    deck(1).listener.took();
    over(0, 'cut', 1000);
    deck(1).view.handedMs = 500;
    deck(1).view.heardMs = 500;
    expect(music.state().track).toMatchObject({ heard_ms: 1500, position_ms: 30_500 });
    over(1, 'ended', 700);
    expect(outcomes()).toEqual(['a started', 'a finished after 1700']);
  });

  it('may overlap with the end of the old place', () => {
    seek('a', 30_000);
    over(0, 'ended', 1000);
    begin(1);
    expect(outcomes()).toEqual(['a started']);
    expect(music.state().track?.position_ms).toBe(30_000);
  });

  it('overtaken by another track do not hide the end', () => {
    seek('a', 30_000);
    play('b');
    over(0, 'cut', 1000);
    over(1, 'refused');
    begin(2);
    expect(outcomes()).toEqual(['a started', 'a replaced after 1000', 'b started']);
    expect(reports).toContainEqual(
      expect.objectContaining({ type: 'track_ended', track_id: 'a', position_ms: 1000 }),
    );
  });

  it('that cannot be opened leave the track where it is', () => {
    seek('a', 30_000);
    over(1, 'failed');
    expect(outcomes()).toEqual(['a started']);
    expect(music.state().track?.position_ms).toBe(950);
  });

  it('beyond the end end the track', () => {
    seek('a', 60_000);
    expect(asked.at(-1)).toBe('end 0');
  });

  it('before the next track is named are followed by it', () => {
    seek('a', 30_000);
    follow('a', 'b');
    expect(asked.at(-1)).toBe('next 2 1 0');
  });

  it('in another track are refused', () => {
    seek('b', 10);
    expect(outcomes()).toEqual(['a started', 'b refused: too_late']);
  });
});

describe('a track that fails', () => {
  it('is reported with what is wrong with the file', async () => {
    play('a');
    over(0, 'ended');
    await Promise.resolve();
    expect(outcomes()).toEqual(['a failed: file_corrupt']);
  });

  it('by coming to a standstill is given up', async () => {
    play('a');
    begin(0);
    deck(0).listener.stalled(false);
    over(0, 'failed', 400);
    await Promise.resolve();
    expect(asked.at(-1)).toBe('giveUp 0');
    expect(outcomes()).toEqual(['a started', 'a failed: timeout']);
  });

  it('to say that it has ended is ended', () => {
    play('a');
    begin(0);
    deck(0).listener.stalled(true);
    expect(asked.at(-1)).toBe('end 0');
  });
});

describe('a stop', () => {
  it('is the end of what plays, and nothing follows', () => {
    play('a');
    begin(0);
    follow('a', 'b');
    send({ type: 'track_stop', fade_ms: 500 });
    over(0, 'stopped', 800);
    over(1, 'stopped');
    expect(outcomes()).toEqual(['a started', 'a stopped after 800']);
    expect(music.state()).toMatchObject({ track: null, next_track_id: null });
  });
});
