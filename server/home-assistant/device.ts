/** The one message by which Home Assistant knows the whole box. */
import { createHash } from 'node:crypto';
import type { Tone } from '../soundboard/index.ts';

export type DeviceFacts = {
  readonly room: string;
  /** `<base>/<room>` */
  readonly topic: string;
  readonly version: string;
  /** Absolute. */
  readonly publicUrl: string;
  readonly modes: readonly string[];
  /** Whether who commands may switch quiet hours. */
  readonly quietSwitch: boolean;
  readonly tones: readonly Tone[];
  /** Names of the lists that the household shares. */
  readonly playlists: readonly string[];
  /** Sounds with a button of their own. */
  readonly buttons: readonly Tone[];
  /** Who lets their credits be shown: account name, and how they are called in topics. */
  readonly people: readonly {
    readonly user_id: string;
    readonly name: string;
    readonly topicName: string;
  }[];
};

type Component = { readonly p: string } & Readonly<Record<string, unknown>>;
export type Components = Readonly<Record<string, Component>>;

export const deviceLimits = {
  /** A state of Home Assistant, and so an option, has at most so many. */
  stateCharactersMax: 255,
  buttonsMax: 50,
  peopleMax: 100,
  playlistsMax: 200,
} as const;

const fits = (name: string): boolean => name.length <= deviceLimits.stateCharactersMax;

/** Letters, digits and `_` alone, whatever an id is made of. */
const keyOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 16);

const command = (topic: string, key: string) => ({
  command_topic: `${topic}/cmd/${key}`,
  qos: 1,
});

const playerComponents = ({ topic, modes, playlists }: DeviceFacts): Components => {
  const button = (name: string, key: string, icon: string): Component => ({
    p: 'button',
    name,
    icon,
    ...command(topic, key),
    payload_press: '{}',
  });
  const lists = playlists.filter(fits).slice(0, deviceLimits.playlistsMax);
  return {
    mode: {
      p: 'select',
      name: 'Mode',
      icon: 'mdi:repeat',
      ...command(topic, 'mode'),
      command_template: '{"mode": {{ value | tojson }}}',
      state_topic: `${topic}/state/mode`,
      value_template: '{{ value_json.mode }}',
      options: modes,
    },
    ...(lists.length > 0 && {
      playlist: {
        p: 'select',
        name: 'Playlist',
        icon: 'mdi:playlist-music',
        ...command(topic, 'play'),
        command_template: '{"playlist": {{ value | tojson }}}',
        state_topic: `${topic}/state/playing`,
        value_template: '{{ value_json.playlist }}',
        options: lists,
      },
    }),
    volume: {
      p: 'number',
      name: 'Volume',
      icon: 'mdi:volume-high',
      ...command(topic, 'volume'),
      command_template: '{"volume": {{ value | int }}}',
      state_topic: `${topic}/state/volume`,
      value_template: '{{ value_json.volume }}',
      min: 0,
      max: 100,
      step: 1,
      mode: 'slider',
      unit_of_measurement: '%',
    },
    stop: button('Stop all', 'stop', 'mdi:stop'),
    next: button('Next', 'next', 'mdi:skip-next'),
    previous: button('Previous', 'previous', 'mdi:skip-previous'),
    pause: button('Pause', 'pause', 'mdi:pause'),
    resume: button('Resume', 'resume', 'mdi:play'),
  };
};

const sensorComponents = ({ topic, people }: DeviceFacts): Components => ({
  now_playing: {
    p: 'sensor',
    name: 'Now playing',
    icon: 'mdi:music',
    state_topic: `${topic}/state/playing`,
    value_template: `{{ (value_json.name or '-')[:${deviceLimits.stateCharactersMax}] }}`,
    json_attributes_topic: `${topic}/state/playing`,
  },
  plays_today: {
    p: 'sensor',
    name: 'Plays today',
    icon: 'mdi:counter',
    state_topic: `${topic}/state/stats`,
    value_template: '{{ value_json.plays_today }}',
    state_class: 'total_increasing',
  },
  queue: {
    p: 'sensor',
    name: 'Up next',
    icon: 'mdi:playlist-play',
    state_topic: `${topic}/state/queue`,
    value_template: '{{ value_json.length }}',
    state_class: 'measurement',
  },
  ...Object.fromEntries(
    people
      .slice(0, deviceLimits.peopleMax)
      .map(({ user_id, name, topicName }): [string, Component] => [
        `credits_${keyOf(user_id)}`,
        {
          p: 'sensor',
          name: `Credits of ${name}`,
          icon: 'mdi:hand-coin',
          state_topic: `${topic}/state/users/${topicName}`,
          value_template: '{{ value_json.credits }}',
          state_class: 'measurement',
        },
      ]),
  ),
});

const houseComponents = ({ topic, quietSwitch }: DeviceFacts): Components => ({
  ...(quietSwitch && {
    quiet: {
      p: 'switch',
      name: 'Quiet hours',
      icon: 'mdi:sleep',
      ...command(topic, 'quiet'),
      state_topic: `${topic}/state/quiet`,
      value_template: "{{ 'ON' if value_json.enabled else 'OFF' }}",
    },
  }),
  plays: {
    p: 'event',
    name: 'Play',
    icon: 'mdi:bell-ring',
    state_topic: `${topic}/event/play`,
    event_types: ['started', 'finished', 'stopped', 'refused'],
  },
  say: {
    p: 'notify',
    name: 'Say',
    icon: 'mdi:account-voice',
    ...command(topic, 'say'),
    command_template: '{"text": {{ value | tojson }}}',
  },
  text: {
    p: 'text',
    name: 'Say a text',
    icon: 'mdi:form-textbox',
    ...command(topic, 'say'),
    command_template: '{"text": {{ value | tojson }}}',
    min: 1,
    max: deviceLimits.stateCharactersMax,
  },
  update: {
    p: 'update',
    name: 'Version',
    state_topic: `${topic}/info`,
    // Encore knows of no newer one, so that both are the same.
    value_template:
      "{{ {'installed_version': value_json.version, 'latest_version': value_json.version} | tojson }}",
    entity_category: 'diagnostic',
  },
});

/** `unique_id` and the wish for an entity id, the same at every start. */
const identified = (room: string, components: Components): Components =>
  Object.fromEntries(
    Object.entries(components).map(([key, component]) => [
      key,
      {
        ...component,
        unique_id: `encore_${room}_${key}`,
        default_entity_id: `${component.p}.encore_${room}_${key}`,
      },
    ]),
  );

/** Key → what Home Assistant is to make of it. */
export const componentsOf = (facts: DeviceFacts): Components => {
  const { topic, room } = facts;
  const tones = facts.tones.map(({ tone }) => tone).filter(fits);
  return identified(room, {
    siren: {
      p: 'siren',
      name: 'Sounds',
      icon: 'mdi:bullhorn',
      ...command(topic, 'siren'),
      state_topic: `${topic}/state/siren`,
      // An empty list is refused.
      ...(tones.length > 0 && { available_tones: tones }),
      support_duration: true,
      support_volume_set: true,
    },
    ...playerComponents(facts),
    ...sensorComponents(facts),
    ...houseComponents(facts),
    ...Object.fromEntries(
      facts.buttons
        .slice(0, deviceLimits.buttonsMax)
        .map(({ tone, sound_id }): [string, Component] => [
          `sound_${keyOf(sound_id)}`,
          {
            p: 'button',
            name: tone,
            icon: 'mdi:music-note',
            ...command(topic, 'play'),
            payload_press: JSON.stringify({ id: sound_id }),
          },
        ]),
    ),
  });
};

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
    availability_topic: `${topic}/status`,
    cmps: { ...gone, ...componentsOf(facts) },
  };
};
