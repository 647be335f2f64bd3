/** The one message by which Home Assistant knows the whole box. */
import { buttonComponents } from './button-components.ts';
import {
  availableBy,
  commandTo,
  deviceLimits,
  fits,
  identifiedAll,
  keyOf,
  within,
  type Component,
  type Components,
  type DeviceFacts,
} from './facts.ts';
import { playerComponents } from './player-components.ts';
import { stateComponents } from './state-components.ts';

const boardComponents = ({ topic, ...facts }: DeviceFacts): Components => {
  const tones = within(facts.tones.map(({ tone }) => tone).filter(fits), {
    bytesMax: deviceLimits.tonesBytesMax,
  });
  const buttons = facts.buttons.map(({ tone, sound_id }): [string, Component] => [
    `sound_${keyOf(sound_id)}`,
    {
      p: 'button',
      name: tone,
      icon: 'mdi:music-note',
      ...commandTo(topic, 'play'),
      payload_press: JSON.stringify({ id: sound_id }),
    },
  ]);
  const { buttonsMax: countMax, buttonsBytesMax: bytesMax } = deviceLimits;
  return {
    siren: {
      p: 'siren',
      name: 'Sounds',
      icon: 'mdi:bullhorn',
      ...commandTo(topic, 'siren'),
      state_topic: `${topic}/state/siren`,
      // An empty list is refused.
      ...(tones.length > 0 && { available_tones: tones }),
      support_duration: true,
      support_volume_set: true,
    },
    ...Object.fromEntries(within(buttons, { countMax, bytesMax })),
  };
};

/** Key → what Home Assistant is to make of it. */
export const componentsOf = (facts: DeviceFacts): Components => ({
  ...identifiedAll(facts.room, {
    ...boardComponents(facts),
    ...playerComponents(facts),
    ...stateComponents(facts),
  }),
  ...buttonComponents(facts),
});

/** `gone` are keys of components that were announced once, with what they were. */
export const deviceConfig = (facts: DeviceFacts, gone: Components): Record<string, unknown> => {
  const { room, topic, version, publicUrl } = facts;
  return {
    dev: {
      ids: [`encore_${room}`],
      name: room === 'main' ? 'Encore' : `Encore ${room}`,
      mf: 'Encore',
      mdl: 'Sound box',
      sw: version,
      cu: publicUrl,
    },
    o: { name: 'Encore', sw: version, url: publicUrl },
    // A list, as some components bring one: beside a bare topic Home Assistant refuses theirs.
    availability: [availableBy(topic)],
    cmps: { ...gone, ...componentsOf(facts) },
  };
};
