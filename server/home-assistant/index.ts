import type { Announcement } from '../kernel/door.ts';
import type { Module } from '../kernel/module.ts';
import type { OpenJukebox } from '../player/index.ts';
import { createCovers, type CoverPorts } from '../sounds/index.ts';
import { createCoverState } from './cover.ts';
import { createDiscovery, discoverySideTables, type DiscoverySettings } from './discovery.ts';
import { consentProjection } from './projection.ts';
import { consentRoutes } from './routes.ts';

export type HomeAssistantPorts = CoverPorts & {
  readonly homeAssistant: DiscoverySettings;
  readonly jukebox: OpenJukebox;
  readonly announce: (announcement: Announcement) => void;
};

/** The box as a device of Home Assistant, over MQTT. */
export const homeAssistant: Module<HomeAssistantPorts> = {
  name: 'home-assistant',
  projections: [consentProjection],
  sideTables: discoverySideTables,
  setup(kernel, { homeAssistant: settings, jukebox, announce, ...ports }) {
    const discovery = createDiscovery(kernel, { settings, announce, random: Math.random });
    const stopping = new AbortController();
    const cover = createCoverState(kernel, {
      announce,
      coverOf: createCovers(kernel, ports, stopping.signal),
      playing() {
        const { queued, place } = jukebox.state();
        return queued?.sound_id ?? place?.sound_id;
      },
    });
    return {
      routes: consentRoutes(kernel),
      hearing: discovery.hearing,
      standing() {
        cover.tellAgain();
        return discovery.standing();
      },
      stop() {
        cover.stop();
        stopping.abort(new Error('Encore is stopping'));
        discovery.stop();
      },
    };
  },
};
