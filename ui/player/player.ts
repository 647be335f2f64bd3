import { batch, computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type {
  PlayerMode,
  PlayerState,
  PlayerSummary,
  SleepBody,
  TrackSound,
} from '../../server/player/contract.ts';
import type { PlaylistChanged } from '../../server/playlists/contract.ts';
import type { Http } from '../api/http.ts';
import type { Feed } from '../feed/feed.ts';
import { createPlace } from './place.ts';
import { watchWhileShown } from './watching.ts';
import { createWish } from './wish.ts';

/** The jukebox as this page knows it, and what can be asked of it. Asking rejects when refused. */
export type Player = {
  /** null until it is known. */
  readonly state: ReadonlySignal<PlayerSummary | null>;
  /** In ms; goes on by itself while music plays and the page shows. */
  readonly position: ReadonlySignal<number>;
  /** 0 to 100: one's own choice until shortly after the last input, then the server's. */
  readonly volume: ReadonlySignal<number>;
  /** The loaded list in its order; null while it is not known. */
  readonly tracks: ReadonlySignal<readonly TrackSound[] | null>;
  /** Keeps `tracks` with the loaded list until the answer is called. */
  wantTracks(): () => void;
  /** `index` is a place in the loaded list, from 0; without it the music goes on. */
  play(index?: number): Promise<void>;
  pause(): Promise<void>;
  /** Whichever of the two it is time for. */
  toggle(): Promise<void>;
  stop(): Promise<void>;
  next(): Promise<void>;
  previous(): Promise<void>;
  seek(positionMs: number): Promise<void>;
  setVolume(volume: number): Promise<void>;
  setMode(mode: PlayerMode): Promise<void>;
  /** null takes the timer back. */
  sleep(timer: SleepBody | null): Promise<void>;
  /** Loads a list and plays one of its entries. */
  playFrom(playlistId: string, index: number): Promise<void>;
  queue(soundId: string, where: 'next' | 'end'): Promise<string>;
  unqueue(queueId: string): Promise<void>;
  /** Shows the order at once; a refusal puts back what was. */
  orderQueue(queueIds: readonly string[]): Promise<void>;
};

const reloadAfterMs = 300;

const createPlayer = (feed: Feed, http: Http): Player => {
  const state = signal<PlayerSummary | null>(null);
  const tracks = signal<readonly TrackSound[] | null>(null);
  const place = createPlace();
  let wanted = 0;
  let stale = false;
  let heard = 0;
  let reload: ReturnType<typeof setTimeout> | undefined;

  const know = (summary: PlayerSummary): void => {
    const before = state.peek()?.playlist;
    const { playlist } = summary;
    const same =
      before?.id === playlist?.id &&
      before?.length === playlist?.length &&
      before?.duration === playlist?.duration;
    batch(() => {
      state.value = summary;
      place.know(summary);
    });
    if (!same) refresh();
  };

  const load = async (): Promise<void> => {
    const turn = ++heard;
    try {
      const whole = wanted > 0;
      const path = whole ? '/player/state' : '/player/state?tracks=false';
      const { playlist, ...rest } = await http.get<PlayerState | PlayerSummary>(path);
      // Something was said meanwhile, and is newer than this answer.
      if (turn !== heard) {
        if (stale) refresh();
        return;
      }
      const { sounds = null, ...list } = { sounds: undefined, ...playlist };
      stale = !whole;
      batch(() => {
        tracks.value = sounds;
        state.value = { ...rest, playlist: playlist && (list as PlayerSummary['playlist']) };
        place.know(rest);
      });
      // Somebody came to want them meanwhile.
      if (!whole && wanted > 0) void load();
    } catch {
      // The line comes back, or the next message of the feed tells.
      stale = true;
    }
  };

  const refresh = (): void => {
    stale = true;
    clearTimeout(reload);
    if (wanted > 0) reload = setTimeout(() => void load(), reloadAfterMs);
  };

  const hear = ({ type, data }: FeedMessage): void => {
    if (type === 'player_state') {
      heard++;
      know(data as PlayerSummary);
    }
    if (type === 'player_position') place.hear(data as { position: number; duration: number });
    if (type === 'resync') void load();
    if (type !== 'playlist_changed') return;
    const changed = data as PlaylistChanged;
    if (changed.playlist_id === state.peek()?.playlist?.id) refresh();
  };

  const ask = async (command: string, data?: object): Promise<void> => {
    await feed.command(`player_${command}`, data);
  };
  const volume = createWish((level: number) => ask('volume', { volume: level }));

  feed.on(hear);
  watchWhileShown(feed);
  feed.link.subscribe((link) => {
    if (link === 'live') void load();
  });

  const play = (index?: number): Promise<void> => ask('play', index === undefined ? {} : { index });
  const pause = (): Promise<void> => ask('pause');

  return {
    state,
    position: place.position,
    volume: computed(() => volume.value.value ?? state.value?.volume ?? 0),
    tracks,
    wantTracks() {
      wanted++;
      if (stale) refresh();
      return () => void wanted--;
    },
    play,
    pause,
    toggle: () => (state.peek()?.status === 'playing' ? pause() : play()),
    stop: () => ask('stop'),
    next: () => ask('next'),
    previous: () => ask('previous'),
    async seek(positionMs) {
      const { duration } = state.peek() ?? { duration: 0 };
      // The very end is the next track's affair.
      const to = Math.round(Math.max(0, Math.min(positionMs, duration - 1)));
      const takeBack = place.wish(to);
      await ask('seek', { position_ms: to }).catch((error: unknown) => {
        takeBack();
        throw error;
      });
    },
    setVolume: (level) => volume.wish(Math.round(Math.max(0, Math.min(100, level)))),
    setMode: (mode) => ask('mode', { mode }),
    sleep: (timer) => (timer ? http.post('/player/sleep', timer) : http.delete('/player/sleep')),
    async playFrom(playlistId, index) {
      if (state.peek()?.playlist?.id !== playlistId) {
        await http.post(`/player/playlist/${encodeURIComponent(playlistId)}`);
      } else await http.post('/player/reload-playlist');
      await play(index);
    },
    async queue(soundId, where) {
      const answer = await http.post<{ queue_id: string }>('/player/queue', {
        sound_id: soundId,
        where,
      });
      return answer.queue_id;
    },
    unqueue: (queueId) => http.delete(`/player/queue/${encodeURIComponent(queueId)}`),
    async orderQueue(queueIds) {
      const before = state.peek();
      const queue = queueIds.flatMap(
        (id) => before?.queue.find((one) => one.queue_id === id) ?? [],
      );
      const wished = before && { ...before, queue };
      state.value = wished;
      try {
        await http.put('/player/queue/order', { queue_ids: queueIds });
      } catch (error) {
        // Unless the server has told since how it is.
        if (state.peek() === wished) state.value = before;
        throw error;
      }
    },
  };
};

const players = new WeakMap<Feed, Player>();

/** The one player of the page's line; made when it is first asked for. */
export const playerOf = (feed: Feed, http: Http): Player => {
  let player = players.get(feed);
  if (!player) players.set(feed, (player = createPlayer(feed, http)));
  return player;
};

/** Whether there is anything that a player could show. */
export const hasMusic = (state: PlayerSummary | null): state is PlayerSummary =>
  state !== null && (state.playlist !== null || state.sound !== null || state.queue.length > 0);
