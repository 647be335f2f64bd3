import {
  availableBy,
  commandTo,
  deviceLimits,
  keyOf,
  within,
  type Component,
  type Components,
  type DeviceFacts,
} from './facts.ts';

const sensorComponents = ({ topic }: DeviceFacts): Components => ({
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
  cover: {
    p: 'image',
    name: 'Cover',
    icon: 'mdi:image',
    // By its address Home Assistant could not fetch it: pictures are for those who are signed in.
    image_topic: `${topic}/state/cover`,
    image_encoding: 'b64',
    content_type: 'image/jpeg',
    availability: [
      availableBy(topic),
      // Empty where the track has no picture.
      { topic: `${topic}/state/cover`, value_template: "{{ 'online' if value else 'offline' }}" },
    ],
    availability_mode: 'all',
  },
});

const peopleComponents = ({ topic, people }: DeviceFacts): Components => {
  const sensors = people.map(({ user_id, name, topicName }): [string, Component] => [
    `credits_${keyOf(user_id)}`,
    {
      p: 'sensor',
      name: `Credits of ${name}`,
      icon: 'mdi:hand-coin',
      state_topic: `${topic}/state/users/${topicName}`,
      value_template: '{{ value_json.credits }}',
      state_class: 'measurement',
    },
  ]);
  const { peopleMax: countMax, peopleBytesMax: bytesMax } = deviceLimits;
  return Object.fromEntries(within(sensors, { countMax, bytesMax }));
};

const houseComponents = ({ topic, quietSwitch }: DeviceFacts): Components => ({
  ...(quietSwitch && {
    quiet: {
      p: 'switch',
      name: 'Quiet hours',
      icon: 'mdi:sleep',
      ...commandTo(topic, 'quiet'),
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
    ...commandTo(topic, 'say'),
    command_template: '{"text": {{ value | tojson }}}',
  },
  text: {
    p: 'text',
    name: 'Say a text',
    icon: 'mdi:form-textbox',
    ...commandTo(topic, 'say'),
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

/** How the box and its people are, and what is said to the house. */
export const stateComponents = (facts: DeviceFacts): Components => ({
  ...sensorComponents(facts),
  ...peopleComponents(facts),
  ...houseComponents(facts),
});
