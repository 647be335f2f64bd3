import type { Recorded } from '../kernel/event.ts';
import type { FeedMap } from '../kernel/feed.ts';
import type { Module } from '../kernel/module.ts';
import type { OpenJukebox } from '../player/index.ts';
import { createPlaylistQueries } from '../playlists/index.ts';
import type { Board } from '../soundboard/index.ts';
import type { OpenSpeech } from '../speech/index.ts';
import type { ScheduleChanged } from './contract.ts';
import type { ScheduleEvent } from './events.ts';
import { createPerform } from './perform.ts';
import { schedulesProjection } from './projection.ts';
import { createScheduleQueries } from './queries.ts';
import { scheduleRoutes } from './routes.ts';
import { createScheduler } from './scheduler.ts';

export type SchedulesPorts = {
  readonly board: Board;
  readonly jukebox: OpenJukebox;
  readonly speech: OpenSpeech;
};

const told =
  (change: ScheduleChanged['change']): FeedMap[string] =>
  (recorded) => {
    const { schedule_id } = (recorded as Recorded<ScheduleEvent>).data;
    const data: ScheduleChanged = { schedule_id, change };
    return { type: 'schedule_changed', data, audience: ({ role }) => role === 'admin' };
  };

const feed = {
  ScheduleDefined: told('defined'),
  ScheduleRemoved: told('removed'),
  ScheduleFired: told('fired'),
  ScheduleFailed: told('failed'),
} satisfies Record<ScheduleEvent['type'], FeedMap[string]>;

const redefining: ReadonlySet<string> = new Set(['ScheduleDefined', 'ScheduleRemoved']);

/** Alarms and other sounds by the clock. */
export const schedules: Module<SchedulesPorts> = {
  name: 'schedules',
  projections: [schedulesProjection],
  setup(kernel, { board, jukebox: { jukebox }, speech: { speech } }) {
    const queries = createScheduleQueries(kernel.storage);
    const perform = createPerform({ board, jukebox, speech, clock: kernel.clock });
    const scheduler = createScheduler(kernel, queries, perform);
    kernel.bus.onCommitted((events) => {
      if (events.some(({ type }) => redefining.has(type))) scheduler.changed();
    });
    const playlists = createPlaylistQueries(kernel.storage, kernel.clock.now);
    return {
      routes: scheduleRoutes(kernel, { queries, scheduler, playlists }),
      feed,
      start: scheduler.start,
      stop: scheduler.stop,
    };
  },
};
