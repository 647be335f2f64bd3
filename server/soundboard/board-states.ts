import type { Announcement } from '../kernel/door.ts';
import type { Recorded } from '../kernel/event.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { createPace } from '../kernel/pace.ts';
import { topicNameOf } from '../kernel/topic-names.ts';
import type { PlayEvent } from './events.ts';
import type { Tones } from './tones.ts';

/** Retained messages are told at most so often. */
const announceEveryMs = 500;
/** A new day begins everybody's count anew; it is looked for, since clocks jump and boxes sleep. */
const lookEveryMs = 60_000;

type Person = { user_id: string; name: string; credits: number };

const state = (name: string, payload: Announcement['payload']): Announcement => ({
  topic: `state/${name}`,
  payload,
  retain: true,
});

/** What the board keeps on `state/siren`, `state/stats` and `state/users/…`. */
export const createBoardStates = (
  kernel: Kernel,
  ports: { tones: Tones; announce: (announcement: Announcement) => void },
) => {
  const { storage, clock } = kernel;
  const people = storage.prepare<[], Person>(
    `SELECT users.id AS user_id, people.name, coalesce(balance, 0) AS credits
     FROM users JOIN people ON people.user_id = users.id
     LEFT JOIN credit_accounts ON credit_accounts.user_id = users.id WHERE disabled = 0`,
  );
  const playsSince = storage.prepare<[number], { user_id: string | null; plays: number }>(
    `SELECT user_id, count(*) AS plays FROM plays
     WHERE requested_at >= ? AND started_at IS NOT NULL GROUP BY user_id`,
  );
  const sounds = storage
    .prepare<[], number>('SELECT count(*) FROM sounds WHERE missing = 0 AND removed_at IS NULL')
    .pluck();
  /** What sounds, in the order in which it began. */
  const sounding = new Map<string, string>();
  /** User id → where their state is kept by the broker. */
  const told = new Map<string, string>();

  /** Topic → what was told last: most figures are the same as before. */
  const lastTold = new Map<string, string>();

  const midnight = () => new Date(clock.now()).setHours(0, 0, 0, 0);

  const silence = state('siren', { state: 'OFF' });
  const siren = (): Announcement => {
    const soundId = [...sounding.values()].at(-1);
    if (soundId === undefined) return silence;
    const tone = ports.tones.list().find(({ sound_id }) => sound_id === soundId)?.tone;
    // Home Assistant refuses a tone that it was not offered.
    return state('siren', { state: 'ON', ...(tone !== undefined && { tone }) });
  };

  const counts = () => {
    const rows = playsSince.all(midnight());
    const byUser = new Map(rows.map(({ user_id, plays }) => [user_id, plays]));
    const plays_today = rows.reduce((sum, { plays }) => sum + plays, 0);
    return { byUser, plays_today };
  };

  const figures = (): Announcement[] => {
    const { byUser, plays_today } = counts();
    const everybody = people.all();
    const gone = new Map(told);
    const states = everybody.map(({ user_id, name, credits }) => {
      const one = state(`users/${topicNameOf({ name, actor: user_id })}`, {
        id: user_id,
        name,
        credits,
        plays_today: byUser.get(user_id) ?? 0,
      });
      if (gone.get(user_id) === one.topic) gone.delete(user_id);
      told.set(user_id, one.topic);
      return one;
    });
    const live = new Set(states.map(({ topic }) => topic));
    const cleared = [...gone].flatMap(([userId, topic]): Announcement[] => {
      if (told.get(userId) === topic) told.delete(userId);
      // Somebody else may have taken the name.
      return live.has(topic) ? [] : [{ topic, payload: '', retain: true }];
    });
    const stats = state('stats', { plays_today, sounds: sounds.get() ?? 0 });
    return [stats, ...cleared, ...states];
  };

  const tellSiren = createPace(announceEveryMs, () => ports.announce(siren()));
  const tellFigures = createPace(announceEveryMs, () => {
    for (const announcement of figures()) {
      const text = JSON.stringify(announcement.payload);
      if (lastTold.get(announcement.topic) === text) continue;
      lastTold.set(announcement.topic, text);
      ports.announce(announcement);
    }
  });
  let timer: NodeJS.Timeout | undefined;

  const follow = (event: Recorded) => {
    const play = event as Recorded<PlayEvent>;
    switch (play.type) {
      case 'PlayStarted':
        sounding.set(play.data.play_id, play.data.sound_id);
        tellSiren.soon();
        return;
      case 'PlayFinished':
      case 'PlayStopped':
      case 'PlayFailed':
        if (sounding.delete(play.data.play_id)) tellSiren.soon();
        return;
      case 'PlayRequested':
      case 'PlayLowered':
    }
  };

  const counting =
    /^(?:PlayStarted|TrackCounted|Credit|Sound(?:Added|Removed|Restored|Missing|Found)|User)/;
  kernel.bus.onCommitted((events) => {
    events.forEach(follow);
    if (events.some(({ type }) => counting.test(type))) tellFigures.soon();
  });

  return {
    standing: (): Announcement[] => [siren(), ...figures()],
    /** The box falls silent after the broker was told so: lights that follow it go out. */
    farewell(): Announcement[] {
      tellSiren.stop();
      return [silence];
    },
    start(): void {
      timer = setInterval(tellFigures.soon, lookEveryMs).unref();
    },
    stop(): void {
      clearInterval(timer);
      tellSiren.stop();
      tellFigures.stop();
    },
  };
};
