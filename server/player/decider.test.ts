import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { specification } from '../kernel/testing/specification.ts';
import type { PlayerMode } from './contract.ts';
import { playerDecider, type PlayerCommand } from './decider.ts';
import type { PlayerEvent, TrackChoice } from './events.ts';
import { followingTrack, type ListEntry } from './next-track.ts';
import { evolvePlayer, initialPlayerState, type PlayerState } from './player-state.ts';

const spec = specification(playerDecider);
const room = 'main';
const listOf = (...ids: string[]): ListEntry[] =>
  ids.map((id) => ({ entry_id: id, sound_id: `sound of ${id}`, missing: false }));
const abc = listOf('a', 'b', 'c');
const placeIn = (entries: readonly ListEntry[], index: number) => {
  const { entry_id, sound_id } = entries[index] as ListEntry;
  return { entry_id, sound_id, index };
};
const loaded = (entries = abc): PlayerEvent => ({
  type: 'PlaylistLoaded',
  data: { room, playlist_id: 'p', place: entries[0] ? placeIn(entries, 0) : null },
});
const chosen = (index: number, track_id = 't1', more: Partial<TrackChoice> = {}): PlayerEvent => ({
  type: 'TrackChosen',
  data: {
    room,
    track_id,
    sound_id: abc[index]?.sound_id ?? '',
    place: placeIn(abc, index),
    queue_id: null,
    position_ms: 0,
    new_round: false,
    ...more,
  },
});
const started = (track_id = 't1', index = 0): PlayerEvent => ({
  type: 'TrackStarted',
  data: { room, track_id, sound_id: abc[index]?.sound_id ?? '' },
});
const stopped = (reason: 'end' | 'asked' | 'nothing_playable' | 'sleep_timer'): PlayerEvent => ({
  type: 'PlaybackStopped',
  data: { room, reason, fade_ms: 0 },
});
const paused: PlayerEvent = {
  type: 'PlaybackPaused',
  data: { room, position_ms: 5000, reason: 'asked' },
};
const inMode = (mode: PlayerMode): PlayerEvent => ({
  type: 'ModeSet',
  data: { room, mode, seed: 7 },
});
const queued = (queue_id: string): PlayerEvent => ({
  type: 'TrackQueued',
  data: { room, queue_id, sound_id: 'extra', before: null },
});
const extra = (track_id: string, index = 0) =>
  chosen(index, track_id, { sound_id: 'extra', queue_id: 'q1' });
const finishedOf = (track_id: string, sound_id: string): PlayerEvent => ({
  type: 'TrackFinished',
  data: { room, track_id, sound_id, heard_ms: 1000 },
});

const play = (index: number | null = null): PlayerCommand => ({
  type: 'Play',
  room,
  index,
  entries: abc,
  track_id: 't2',
});
const next: PlayerCommand = { type: 'Next', room, entries: abc, track_id: 't2' };
const previous = (position_ms: number): PlayerCommand => ({
  type: 'Previous',
  room,
  entries: abc,
  track_id: 't2',
  position_ms,
});
const finish = {
  type: 'ReportFinished',
  room,
  ended: 't1',
  heard_ms: 1000,
  duration_ms: 10_000,
  entries: abc,
  track_id: 't2',
} as const;
const fail = (failed: string, track_id: string): PlayerCommand => ({
  type: 'ReportFailed',
  room,
  failed,
  code: 'file_missing',
  message: 'Gone.',
  entries: abc,
  track_id,
});
const reload = (entries: ListEntry[], forced = false, plays_on = false): PlayerCommand => ({
  type: 'ReloadPlaylist',
  room,
  entries,
  forced,
  plays_on,
});
const reloaded = (entries: ListEntry[], index: number | null, stop = false): PlayerEvent => ({
  type: 'PlaylistReloaded',
  data: {
    room,
    playlist_id: 'p',
    place: index === null ? null : placeIn(entries, index),
    stopped: stop,
  },
});

describe('play', () => {
  it('begins where the list stands', () => {
    spec.given(loaded()).when(play()).thenAccepted(chosen(0, 't2'));
    spec.given(loaded(), chosen(2), stopped('asked')).when(play()).thenAccepted(chosen(2, 't2'));
  });

  it('begins anew after the end of the list, also where it was loaded again', () => {
    const end = [loaded(), chosen(2), stopped('end')];
    spec
      .given(...end)
      .when(play())
      .thenAccepted(chosen(0, 't2'));
    spec
      .given(...end, reloaded(abc, 2))
      .when(play())
      .thenAccepted(chosen(0, 't2'));
    spec
      .given(...end, chosen(1), stopped('asked'))
      .when(play())
      .thenAccepted(chosen(1, 't2'));
  });

  it('in mode single begins the same track again after its end', () => {
    spec
      .given(loaded(), inMode('single'), chosen(1), stopped('end'))
      .when(play())
      .thenAccepted(chosen(1, 't2'));
  });

  it('goes on after a pause, and changes nothing while it plays', () => {
    spec
      .given(loaded(), chosen(0), paused)
      .when(play())
      .thenAccepted({ type: 'PlaybackResumed', data: { room } });
    spec.given(loaded(), chosen(0)).when(play()).thenAccepted();
  });

  it('takes an index that the list has', () => {
    spec.given(loaded(), chosen(0)).when(play(2)).thenAccepted(chosen(2, 't2'));
    spec.given(loaded()).when(play(3)).thenRefused({ code: 'index_out_of_range', length: 3 });
  });

  it('says when there is nothing to play', () => {
    spec
      .given()
      .when({ type: 'Play', room, index: null, entries: [], track_id: 't' })
      .thenRefused({ code: 'nothing_to_play' });
  });
});

describe('the end of a track', () => {
  const goesTo = (mode: PlayerMode, index: number, ...events: PlayerEvent[]) =>
    spec
      .given(loaded(), inMode(mode), chosen(index))
      .when(finish)
      .thenAccepted(finishedOf('t1', abc[index]?.sound_id ?? ''), ...events);

  it('continuous: the next one, and after the last the end', () => {
    goesTo('continuous', 0, chosen(1, 't2'));
    goesTo('continuous', 2, stopped('end'));
  });
  it('loop: from the last to the first', () => goesTo('loop', 2, chosen(0, 't2')));
  it('loop_one: the same again', () => goesTo('loop_one', 1, chosen(1, 't2')));
  it('single: the end', () => goesTo('single', 0, stopped('end')));

  it('plays what was queued, and then goes on in the list', () => {
    spec
      .given(loaded(), chosen(1), queued('q1'))
      .when(finish)
      .thenAccepted(finishedOf('t1', 'sound of b'), extra('t2', 1));
    spec
      .given(loaded(), chosen(1), queued('q1'), extra('t1', 1))
      .when(finish)
      .thenAccepted(finishedOf('t1', 'extra'), chosen(2, 't2'));
  });

  it('is the end of the evening when the sleep timer waits for it', () => {
    spec
      .given(loaded(), chosen(0), {
        type: 'SleepTimerSet',
        data: { room, ends_at: null, fade_ms: 0 },
      })
      .when(finish)
      .thenAccepted(finishedOf('t1', 'sound of a'), stopped('sleep_timer'), {
        type: 'SleepTimerCleared',
        data: { room },
      });
  });

  it('of a track that plays no more changes nothing', () => {
    spec.given(loaded(), chosen(0, 'other')).when(finish).thenAccepted();
    spec.given(loaded(), chosen(0), stopped('asked')).when(finish).thenAccepted();
  });

  it('is known with the start of what follows, where the player goes on by itself', () => {
    const to = (chosen(1, 't2') as Extract<PlayerEvent, { type: 'TrackChosen' }>).data;
    const { room: _, ...choice } = to;
    spec
      .given(loaded(), chosen(0), started())
      .when({
        type: 'ReportAdvanced',
        room,
        from: 't1',
        heard_ms: 1000,
        duration_ms: 10_000,
        to: choice,
      })
      .thenAccepted(finishedOf('t1', 'sound of a'), chosen(1, 't2'), started('t2', 1));
  });

  it('while a pause fades takes nothing of the pause back: what follows waits', () => {
    const { room: _, ...to } = (chosen(1, 't2') as Extract<PlayerEvent, { type: 'TrackChosen' }>)
      .data;
    const heard = { heard_ms: 1000, duration_ms: 10_000 };
    const reason = 'quiet_hours' as const;
    const still = { ...paused, data: { room, position_ms: 0, reason } } as const;
    const fading = [loaded(), chosen(0), started(), { ...still, data: { ...paused.data, reason } }];
    const finished = finishedOf('t1', 'sound of a');
    spec
      .given(...fading)
      .when({ type: 'ReportAdvanced', room, from: 't1', to, ...heard })
      .thenAccepted(finished, chosen(1, 't2'), started('t2', 1), still);
    spec
      .given(...fading)
      .when(finish)
      .thenAccepted(finished, chosen(1, 't2'), still);
    spec
      .given(loaded(), chosen(2), started('t1', 2), paused)
      .when(finish)
      .thenAccepted(finishedOf('t1', 'sound of c'), stopped('end'));
  });

  it('that fails in a pause is no reason to play', () => {
    const { events } = playerDecider.decide(
      fail('t1', 't2'),
      [loaded(), chosen(0), paused].reduce(evolvePlayer, initialPlayerState),
    );
    expect(events.map(({ type }) => type)).toEqual([
      'TrackFailed',
      'TrackChosen',
      'PlaybackPaused',
    ]);
  });
});

describe('next and previous', () => {
  it('next lets go of the modes that stay on one track', () => {
    spec.given(loaded(), inMode('loop_one'), chosen(0)).when(next).thenAccepted(chosen(1, 't2'));
    spec.given(loaded(), inMode('single'), chosen(2)).when(next).thenAccepted(chosen(0, 't2'));
  });

  it('next after the last one is the end', () => {
    spec.given(loaded(), chosen(2)).when(next).thenAccepted(stopped('end'));
    spec
      .given(loaded(), chosen(2), stopped('end'))
      .when(next)
      .thenRefused({ code: 'nothing_to_play' });
  });

  it('previous is the beginning of a track that is under way', () => {
    const back: PlayerEvent = { type: 'Seeked', data: { room, track_id: 't1', position_ms: 0 } };
    spec.given(loaded(), chosen(1)).when(previous(3001)).thenAccepted(back);
    spec.given(loaded(), chosen(1)).when(previous(3000)).thenAccepted(chosen(0, 't2'));
    spec.given(loaded(), chosen(0)).when(previous(100)).thenAccepted(back);
    spec.given(loaded(), inMode('loop'), chosen(0)).when(previous(0)).thenAccepted(chosen(2, 't2'));
    spec.given(loaded()).when(previous(0)).thenRefused({ code: 'no_previous_track' });
  });

  it('previous in random mode is what played before', () => {
    spec
      .given(loaded(), inMode('random'), chosen(2, 't0'), chosen(0))
      .when(previous(0))
      .thenAccepted(chosen(2, 't2'));
  });
});

describe('a list that was edited', () => {
  it('is followed to the track that plays', () => {
    const moved = listOf('c', 'a', 'b');
    spec.given(loaded(), chosen(0)).when(reload(moved)).thenAccepted(reloaded(moved, 1));
  });

  it('without the track that plays stops at the first that is there', () => {
    const rest: ListEntry[] = [{ ...abc[1], missing: true } as ListEntry, abc[2] as ListEntry];
    spec
      .given(loaded(), chosen(0))
      .when(reload(rest))
      .thenAccepted(reloaded(rest, 1, true));
    spec
      .given(loaded(), chosen(0), paused)
      .when(reload(rest))
      .thenAccepted(reloaded(rest, 1, true));
  });

  it('that is empty leaves nothing', () => {
    spec
      .given(loaded(), chosen(0))
      .when(reload([]))
      .thenAccepted(reloaded([], null, true));
  });

  it('while stopped keeps its place, or takes the first', () => {
    const moved = listOf('b', 'a');
    spec
      .given(loaded(), chosen(0), stopped('asked'))
      .when(reload(moved))
      .thenAccepted(reloaded(moved, 1));
    const other = listOf('x', 'y');
    spec.given(loaded()).when(reload(other)).thenAccepted(reloaded(other, 0));
  });

  it('of a list of rules lets go of a track without stopping it, and goes on after it', () => {
    const rest = listOf('a', 'c');
    spec
      .given(loaded(), chosen(1))
      .when(reload(rest, false, true))
      .thenAccepted();
    spec
      .given(loaded(), chosen(1))
      .when({ ...finish, entries: rest })
      .thenAccepted(finishedOf('t1', 'sound of b'), chosen(2, 't2', { place: placeIn(rest, 1) }));
  });

  it('while paused stays paused', () => {
    const moved = listOf('b', 'a');
    spec.given(loaded(), chosen(0), paused).when(reload(moved)).thenAccepted(reloaded(moved, 1));
  });

  it('elsewhere changes nothing, unless it is asked for', () => {
    const longer = listOf('a', 'b', 'c', 'd');
    spec.given(loaded(), chosen(0)).when(reload(longer)).thenAccepted();
    spec.given(loaded(), chosen(0)).when(reload(longer, true)).thenAccepted(reloaded(longer, 0));
  });

  it('lets a track of the queue play on', () => {
    const rest = listOf('b', 'c');
    spec
      .given(loaded(), chosen(0), queued('q1'), extra('t2'))
      .when(reload(rest))
      .thenAccepted(reloaded(rest, null));
  });

  it('loads another list and stops, or is the same and goes on', () => {
    spec
      .given(loaded(), chosen(0))
      .when({ type: 'LoadPlaylist', room, playlist_id: 'q', entries: abc })
      .thenAccepted({
        type: 'PlaylistLoaded',
        data: { room, playlist_id: 'q', place: placeIn(abc, 0) },
      });
    spec
      .given(loaded(), chosen(1))
      .when({ type: 'LoadPlaylist', room, playlist_id: 'p', entries: abc })
      .thenAccepted(reloaded(abc, 1));
  });
});

describe('a track that cannot be played', () => {
  const failure = (track_id: string, sound_id: string): PlayerEvent => ({
    type: 'TrackFailed',
    data: { room, track_id, sound_id, code: 'file_missing', message: 'Gone.' },
  });

  it('is skipped, also in the modes that stay on one', () => {
    spec
      .given(loaded(), inMode('loop_one'), chosen(0))
      .when(fail('t1', 't2'))
      .thenAccepted(failure('t1', 'sound of a'), chosen(1, 't2'));
  });

  it('stops the player when no other can either', () => {
    spec
      .given(
        loaded(),
        inMode('loop'),
        chosen(0, 't0'),
        failure('t0', 'sound of a'),
        chosen(1, 't0b'),
        failure('t0b', 'sound of b'),
        chosen(2),
      )
      .when(fail('t1', 't2'))
      .thenAccepted(failure('t1', 'sound of c'), stopped('nothing_playable'));
  });
});

describe('a track counts as a play', () => {
  const heard = (heard_ms: number, duration_ms = 10_000): PlayerCommand => ({
    type: 'ReportHeard',
    room,
    track_id: 't1',
    heard_ms,
    duration_ms,
  });
  const counted: PlayerEvent = {
    type: 'TrackCounted',
    data: { room, track_id: 't1', sound_id: 'sound of a' },
  };

  it('when a fifth was heard, once per start', () => {
    spec.given(loaded(), chosen(0), started()).when(heard(1999)).thenAccepted();
    spec.given(loaded(), chosen(0), started()).when(heard(2000)).thenAccepted(counted);
    spec.given(loaded(), chosen(0), started(), counted).when(heard(9000)).thenAccepted();
    spec.given(loaded(), chosen(0), started()).when(heard(9000, 0)).thenAccepted();
  });

  it('when it ended before its place was reported, and not a second time', () => {
    const whole = { ...finish, duration_ms: 1000 };
    const end = [finishedOf('t1', 'sound of a'), chosen(1, 't2')];
    spec
      .given(loaded(), chosen(0), started())
      .when(whole)
      .thenAccepted(counted, ...end);
    spec
      .given(loaded(), chosen(0), started(), counted)
      .when(whole)
      .thenAccepted(...end);
  });
});

describe('seeking, volume and mode', () => {
  it('seeks within the track that plays', () => {
    const seek = { type: 'Seek', room, position_ms: 9000, duration_ms: 10_000 } as const;
    spec
      .given(loaded(), chosen(0))
      .when(seek)
      .thenAccepted({ type: 'Seeked', data: { room, track_id: 't1', position_ms: 9000 } });
    spec
      .given(loaded(), chosen(0))
      .when({ ...seek, position_ms: 10_001 })
      .thenRefused({ code: 'seek_beyond_end', duration_ms: 10_000 });
    spec.given(loaded()).when(seek).thenRefused({ code: 'nothing_playing' });
  });

  it('keeps only what is new', () => {
    spec.given().when({ type: 'SetVolume', room, volume: 70 }).thenAccepted();
    spec.given().when({ type: 'SetMode', room, mode: 'continuous', seed: 1 }).thenAccepted();
    spec
      .given()
      .when({ type: 'SetMode', room, mode: 'random', seed: 7 })
      .thenAccepted(inMode('random'));
  });
});

describe('the queue', () => {
  it('is ordered as a whole', () => {
    const order = (...queue_ids: string[]): PlayerCommand => ({
      type: 'OrderQueue',
      room,
      queue_ids,
    });
    spec
      .given(queued('q1'), queued('q2'))
      .when(order('q2', 'q1'))
      .thenAccepted({ type: 'QueueOrdered', data: { room, queue_ids: ['q2', 'q1'] } });
    for (const wrong of [['q1'], ['q1', 'q1'], ['q1', 'x'], ['q1', 'q2', 'x']]) {
      spec
        .given(queued('q1'), queued('q2'))
        .when(order(...wrong))
        .thenRefused({ code: 'order_stale' });
    }
  });

  it('lets items go', () => {
    const unqueue: PlayerCommand = { type: 'UnqueueTrack', room, queue_id: 'q1' };
    spec
      .given(queued('q1'))
      .when(unqueue)
      .thenAccepted({ type: 'TrackUnqueued', data: { room, queue_id: 'q1', sound_id: 'extra' } });
    spec.given().when(unqueue).thenRefused({ code: 'unknown_queue_item' });
  });
});

describe('random order', () => {
  const rounds = (length: number, seed: number, tracks: number): string[] => {
    const entries = listOf(...Array.from({ length }, (_, at) => `e${at}`));
    let state: PlayerState = evolvePlayer(
      evolvePlayer(initialPlayerState, {
        type: 'PlaylistLoaded',
        data: { room, playlist_id: 'p', place: null },
      }),
      { type: 'ModeSet', data: { room, mode: 'random', seed } },
    );
    return Array.from({ length: tracks }, (_, at) => {
      const candidate = followingTrack(state, entries);
      const track = { room, track_id: `t${at}`, position_ms: 0 };
      if (!candidate) throw new Error('random mode has no end');
      state = evolvePlayer(state, { type: 'TrackChosen', data: { ...track, ...candidate } });
      return candidate.place?.entry_id ?? '';
    });
  };

  it('is a fair bag without repeats, and the same again from its seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 0 }), (length, seed) => {
        const played = rounds(length, seed, length * 3);
        for (let round = 0; round < 3; round++) {
          const one = played.slice(round * length, (round + 1) * length);
          expect(new Set(one).size).toBe(length);
        }
        played.forEach((id, at) => expect(id).not.toBe(played[at + 1]));
        expect(rounds(length, seed, length * 3)).toEqual(played);
      }),
    );
  });

  it('differs from seed to seed', () => {
    const orders = Array.from({ length: 50 }, (_, seed) => rounds(10, seed, 10).join());
    expect(new Set(orders).size).toBeGreaterThan(45);
  });
});

describe('any commands in any order', () => {
  const lists = fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 })
    .map((ids) => listOf(...ids));
  type Step = { command: (state: PlayerState, id: string) => PlayerCommand; entries: ListEntry[] };
  const step = (entries: ListEntry[]): fc.Arbitrary<Step> => {
    const ms = fc.nat(20_000);
    const of = (make: (state: PlayerState, track_id: string) => PlayerCommand) =>
      fc.constant({ command: make, entries });
    const current = ({ track }: PlayerState) => track?.track_id ?? 'none';
    return fc.oneof(
      fc.option(fc.nat(6), { nil: null }).map((index) => ({
        command: (_: PlayerState, track_id: string): PlayerCommand => ({
          type: 'Play',
          room,
          index,
          entries,
          track_id,
        }),
        entries,
      })),
      of((_, track_id) => ({ type: 'Next', room, entries, track_id })),
      ms.chain((position_ms) =>
        of((_, track_id) => ({ type: 'Previous', room, entries, track_id, position_ms })),
      ),
      ms.chain((position_ms) => of(() => ({ type: 'Pause', room, position_ms, reason: 'asked' }))),
      of(() => ({ type: 'Resume', room })),
      of(() => ({ type: 'Stop', room })),
      ms.chain((position_ms) =>
        of(() => ({ type: 'Seek', room, position_ms, duration_ms: 10_000 })),
      ),
      fc
        .constantFrom<PlayerMode>('continuous', 'loop', 'loop_one', 'random', 'single')
        .chain((mode) => of(() => ({ type: 'SetMode', room, mode, seed: 3 }))),
      fc
        .constantFrom('p', 'q')
        .chain((playlist_id) => of(() => ({ type: 'LoadPlaylist', room, playlist_id, entries }))),
      of(() => ({ type: 'ReloadPlaylist', room, entries, forced: false, plays_on: false })),
      of((_, queue_id) => ({ type: 'QueueTrack', room, queue_id, sound_id: 's', before: null })),
      of((state) => ({ type: 'ReportStarted', room, track_id: current(state) })),
      of((state, track_id) => ({
        type: 'ReportFinished',
        room,
        ended: current(state),
        heard_ms: 1,
        duration_ms: 4,
        entries,
        track_id,
      })),
      of((state, track_id) => ({
        type: 'ReportFailed',
        room,
        failed: current(state),
        code: 'x',
        message: '',
        entries,
        track_id,
      })),
      of((state) => ({
        type: 'ReportHeard',
        room,
        track_id: current(state),
        heard_ms: 5000,
        duration_ms: 10_000,
      })),
      of(() => ({ type: 'SetSleepTimer', room, ends_at: null, fade_ms: 0 })),
    );
  };

  it('leave a player that makes sense', () => {
    const plan = fc.array(
      lists.chain((entries) => fc.array(step(entries), { maxLength: 12 })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(plan, (phases) => {
        let state = evolvePlayer(initialPlayerState, loaded([]));
        const counted = new Map<string, number>();
        let id = 0;
        for (const { command, entries } of phases.flat()) {
          // An edit reloads before anything else is asked of the list.
          const commands = [
            { type: 'ReloadPlaylist', room, entries, forced: false, plays_on: false } as const,
            command(state, `t${id++}`),
          ];
          for (const one of commands) {
            const { events } = playerDecider.decide(one, state);
            for (const event of events) {
              state = evolvePlayer(state, event);
              if (event.type !== 'TrackCounted') continue;
              const { track_id } = event.data;
              counted.set(track_id, (counted.get(track_id) ?? 0) + 1);
            }
          }
          if (state.place)
            expect(entries[state.place.index]).toMatchObject({ entry_id: state.place.entry_id });
          expect(state.track === null).toBe(state.status === 'stopped');
          expect(state.position_ms).toBeGreaterThanOrEqual(0);
          expect(new Set(state.played).size).toBe(state.played.length);
          if (state.status === 'playing' && !state.queued) {
            expect(state.track?.sound_id).toBe(state.place?.sound_id);
          }
        }
        expect([...counted.values()].every((times) => times === 1)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
