import { createBindingQueries } from '../bindings/index.ts';
import type { Announcement, Hearing } from '../kernel/door.ts';
import { done } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { topicNameOf } from '../kernel/topic-names.ts';
import { playerModes } from '../player/contract.ts';
import { createTones } from '../soundboard/index.ts';
import { componentsOf, deviceConfig } from './device.ts';
import type { Components, DeviceFacts } from './facts.ts';

export type DiscoverySettings = {
  readonly enabled: boolean;
  /** Where Home Assistant looks: `homeassistant`. */
  readonly prefix: string;
  readonly baseTopic: string;
  readonly room: string;
  readonly version: string;
  readonly publicUrl: string;
  /** As whom commands run: an account's name, or null for the house; left out: as whoever sends them. */
  readonly account?: string | null;
};

/** A scan changes many sounds in a row: it is told once they have been quiet for so long. */
const quietMs = 2000;
/** Every box of a house hears the same birth; they do not all answer in the same moment. */
const birthDelayMsMax = 5000;
/** Of what is gone Home Assistant has to be told as long as it may not have heard it. */
const goneMax = 200;

export const discoverySideTables = `
CREATE TABLE IF NOT EXISTS home_assistant_components (
  key TEXT PRIMARY KEY,
  platform TEXT NOT NULL,
  gone_at INTEGER
) STRICT, WITHOUT ROWID;
`;

const changing =
  /^(?:Binding(?:Defined|Removed)|Sound(?:Added|Renamed|Tagged|Removed|Restored|Missing|Found)|Playlist(?:Created|Renamed|Shared|Deleted|Restored)|Credits(?:Shown|Hidden)|RoleAssigned|User(?:Renamed|Forgotten|Disabled|Enabled))$/;

/** Announces the box to Home Assistant, and again when it is born anew or something has changed. */
export const createDiscovery = (
  kernel: Kernel,
  ports: {
    settings: DiscoverySettings;
    announce: (announcement: Announcement) => void;
    /** From 0 to 1. */
    random: () => number;
  },
) => {
  const { storage, clock, logger } = kernel;
  const { settings, announce, random } = ports;
  const { room, baseTopic, version, publicUrl } = settings;
  const topic = `${settings.prefix}/device/encore_${room}/config`;
  const tones = createTones(kernel);
  const bindings = createBindingQueries(storage);
  const playlists = storage
    .prepare<[], string>(
      `SELECT DISTINCT name FROM playlists
       WHERE deleted_at IS NULL AND visibility = 'household' ORDER BY created_at, id`,
    )
    .pluck();
  const people = storage.prepare<[], { user_id: string; name: string }>(
    `SELECT shown_credits.user_id, people.name FROM shown_credits
     JOIN people ON people.user_id = shown_credits.user_id
     JOIN users ON users.id = shown_credits.user_id WHERE disabled = 0 ORDER BY users.id`,
  );
  const known = storage.prepare<[], { key: string; platform: string; gone_at: number | null }>(
    'SELECT key, platform, gone_at FROM home_assistant_components ORDER BY gone_at NULLS LAST',
  );
  const admins = storage
    .prepare<[], string>(
      `SELECT people.name FROM people JOIN users ON users.id = people.user_id
       WHERE role = 'admin' AND disabled = 0`,
    )
    .pluck();
  /** The house itself may not switch quiet hours. */
  const commandsAsAdmin = () => {
    const { account } = settings;
    if (account === undefined) return true;
    const same = (name: string) => name.toLowerCase() === account?.toLowerCase();
    return account !== null && admins.all().some(same);
  };
  let changed: NodeJS.Timeout | undefined;
  let birth: NodeJS.Timeout | undefined;
  // What ends as the house stops is still committed.
  let stopped = false;

  const facts = (): DeviceFacts => ({
    room,
    topic: `${baseTopic}/${room}`,
    version,
    publicUrl,
    modes: playerModes,
    quietSwitch: commandsAsAdmin(),
    tones: tones.list(),
    buttons: tones.marked(),
    bindings: bindings
      .all()
      .filter(({ terms }) => terms.enabled)
      // By age, so that names of two keep their numbers.
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, terms }) => ({ id, name: terms.name })),
    playlists: playlists.all(),
    people: people.all().map(({ user_id, name }) => ({
      user_id,
      name,
      topicName: topicNameOf({ name, actor: user_id }),
    })),
  });

  const goneBeside = (live: Components): Components =>
    Object.fromEntries(
      known
        .all()
        .filter(({ key }) => !(key in live))
        .slice(-goneMax)
        .map(({ key, platform }) => [key, { p: platform }]),
    );

  /** What was announced once has to be taken back by name, also after a restart. */
  const remember = async (live: Components): Promise<void> => {
    const before = new Map(known.all().map((one) => [one.key, one]));
    const added = Object.entries(live).filter(([key, { p }]) => {
      const one = before.get(key);
      return !one || one.gone_at !== null || one.platform !== p;
    });
    const gone = [...before.values()].filter(
      ({ key, gone_at }) => gone_at === null && !(key in live),
    );
    if (added.length === 0 && gone.length === 0) return;
    await kernel.bus.execute({ actor: 'system', origin: 'system' }, (tx) => {
      const put = tx.storage.prepare(
        'INSERT OR REPLACE INTO home_assistant_components VALUES (?, ?, ?)',
      );
      for (const [key, { p }] of added) put.run(key, p, null);
      for (const { key, platform } of gone) put.run(key, platform, clock.now());
      tx.storage
        .prepare(
          `DELETE FROM home_assistant_components WHERE key IN (
             SELECT key FROM home_assistant_components WHERE gone_at IS NOT NULL
             ORDER BY gone_at DESC LIMIT -1 OFFSET ?)`,
        )
        .run(goneMax);
      return done(null);
    });
  };

  const config = (): Announcement => {
    if (!settings.enabled) return { topic, payload: '', retain: true, root: true };
    const now = facts();
    const live = componentsOf(now);
    remember(live).catch((error: unknown) => {
      logger.warn({ err: error }, 'what Home Assistant was told could not be remembered');
    });
    return { topic, payload: deviceConfig(now, goneBeside(live)), retain: true, root: true };
  };

  const tell = () => announce(config());

  kernel.bus.onCommitted((events) => {
    if (stopped || !settings.enabled || !events.some(({ type }) => changing.test(type))) return;
    clearTimeout(changed);
    changed = setTimeout(tell, quietMs).unref();
  });

  const hearing: Hearing = {
    filters: () => (settings.enabled ? [`${settings.prefix}/status`] : []),
    onFiltersChanged: () => undefined,
    hear({ payload }) {
      if (Buffer.from(payload).toString() !== 'online') return;
      clearTimeout(birth);
      birth = setTimeout(tell, random() * birthDelayMsMax).unref();
    },
  };

  return {
    hearing,
    standing: (): Announcement[] => [config()],
    stop(): void {
      stopped = true;
      clearTimeout(changed);
      clearTimeout(birth);
    },
  };
};
