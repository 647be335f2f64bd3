import type { Recorded } from '../kernel/event.ts';
import type { Announcement } from '../kernel/door.ts';
import type { FeedMap } from '../kernel/feed.ts';
import type { Module } from '../kernel/module.ts';
import type { SettingsChanged } from './contract.ts';
import type { HouseholdEvent } from './events.ts';
import type { Household } from './household.ts';
import { settingsProjection } from './projection.ts';
import { createQuietWatch } from './quiet-watch.ts';
import { householdRoutes } from './routes.ts';
import { householdTopics, quietAnnouncement } from './topics.ts';

export { createHousehold, type Household } from './household.ts';

export type HouseholdPorts = {
  readonly household: Household;
  /** Tells MQTT listeners. */
  readonly announce: (announcement: Announcement) => void;
};

const feed: FeedMap = {
  SettingChosen(recorded) {
    const { name, value } = (recorded as Recorded<HouseholdEvent>).data;
    const data: SettingsChanged = { name, value };
    return { type: 'settings_changed', data, audience: ({ role }) => role === 'admin' };
  },
};

/** What the household has chosen, and when it wants quiet. */
export const household: Module<HouseholdPorts> = {
  name: 'household',
  projections: [settingsProjection],
  setup(kernel, { household: settings, announce }) {
    const watch = createQuietWatch(kernel, settings);
    kernel.bus.onCommitted((events) => {
      if (!events.some(({ type }) => type === 'SettingChosen')) return;
      settings.tellChanged();
      watch.look();
    });
    settings.onChanged(() => announce(quietAnnouncement(settings)));
    return {
      topics: householdTopics(kernel, settings),
      standing: () => [quietAnnouncement(settings)],
      routes: householdRoutes(kernel, settings),
      feed,
      start: watch.start,
      stop: watch.stop,
    };
  },
};
