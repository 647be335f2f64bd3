import type { Announcement } from '../kernel/door.ts';
import type { Module } from '../kernel/module.ts';
import { createDiscovery, discoverySideTables, type DiscoverySettings } from './discovery.ts';
import { consentProjection } from './projection.ts';
import { consentRoutes } from './routes.ts';

export type HomeAssistantPorts = {
  readonly homeAssistant: DiscoverySettings;
  readonly announce: (announcement: Announcement) => void;
};

/** The box as a device of Home Assistant, over MQTT. */
export const homeAssistant: Module<HomeAssistantPorts> = {
  name: 'home-assistant',
  projections: [consentProjection],
  sideTables: discoverySideTables,
  setup(kernel, { homeAssistant: settings, announce }) {
    const discovery = createDiscovery(kernel, { settings, announce, random: Math.random });
    return {
      routes: consentRoutes(kernel),
      hearing: discovery.hearing,
      standing: discovery.standing,
      stop: discovery.stop,
    };
  },
};
