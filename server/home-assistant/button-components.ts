/** What buttons, cards and knobs do, for automations of Home Assistant's own. */
import { numberedNames } from '../kernel/numbered-names.ts';
import {
  deviceLimits,
  identifiedAll,
  keyOf,
  within,
  type Component,
  type Components,
  type DeviceFacts,
} from './facts.ts';

/**
 * An automation knows a trigger by its kind and name, so that no two may have both. Each one is told
 * apart on the one topic by the binding's id.
 */
const triggers = ({ topic, bindings }: DeviceFacts): Components => {
  const names = numberedNames(bindings.map(({ name }) => name));
  const all = bindings.map(({ id, name }, at): [string, Component] => [
    `trigger_${keyOf(id)}`,
    {
      p: 'device_automation',
      automation_type: 'trigger',
      type: 'button_short_press',
      subtype: names[at] ?? name,
      topic: `${topic}/event/button`,
      // A press that Encore refused is one all the same.
      value_template: '{{ value_json.id }}',
      payload: id,
      qos: 1,
    },
  ]);
  const { triggersMax: countMax, triggersBytesMax: bytesMax } = deviceLimits;
  return Object.fromEntries(within(all, { countMax, bytesMax }));
};

export const buttonComponents = (facts: DeviceFacts): Components => ({
  ...identifiedAll(facts.room, {
    button_presses: {
      p: 'event',
      name: 'Button',
      icon: 'mdi:gesture-tap-button',
      device_class: 'button',
      state_topic: `${facts.topic}/event/button`,
      event_types: ['pressed', 'refused'],
    },
  }),
  // Neither is an entity, so that neither has an id of one.
  tags: {
    p: 'tag',
    topic: `${facts.topic}/event/tag`,
    value_template: '{{ value_json.uid }}',
    qos: 1,
  },
  ...triggers(facts),
});
