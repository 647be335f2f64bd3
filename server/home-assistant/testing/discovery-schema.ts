/**
 * What Home Assistant takes, by its documentation of MQTT discovery and of each platform. It refuses
 * a whole device for one key too many at the top, in `dev` or in `o`, and drops unknown keys of a
 * component without a word: here they are all faults.
 */
import { z } from 'zod';

const template = z
  .string()
  .min(1)
  .refine((text) => {
    const count = (part: string) => text.split(part).length;
    return count('{{') === count('}}');
  }, 'braces in pairs');
const topic = z
  .string()
  .regex(/^[^+#]+$/)
  .max(200);
const stateText = z.string().min(1).max(255);
const absoluteUrl = z.url({ protocol: /^https?$/ });

const entity = {
  unique_id: z.string().regex(/^[a-z0-9_]+$/),
  default_entity_id: z.string().max(255),
  name: stateText,
  icon: z.string().startsWith('mdi:').optional(),
  qos: z.literal([0, 1]).optional(),
  entity_category: z.enum(['config', 'diagnostic']).optional(),
  enabled_by_default: z.boolean().optional(),
  json_attributes_topic: topic.optional(),
  /** Beside it one bare topic, here or above, makes Home Assistant refuse the component. */
  availability: z.array(z.strictObject({ topic, value_template: template.optional() })).optional(),
  availability_mode: z.enum(['all', 'any', 'latest']).optional(),
};

const live = z.discriminatedUnion('p', [
  z.strictObject({
    p: z.literal('siren'),
    ...entity,
    command_topic: topic,
    state_topic: topic,
    available_tones: z
      .array(stateText)
      .min(1)
      .max(500)
      .refine((tones) => new Set(tones).size === tones.length, 'each once')
      .optional(),
    support_duration: z.boolean(),
    support_volume_set: z.boolean(),
  }),
  z.strictObject({
    p: z.literal('select'),
    ...entity,
    command_topic: topic,
    command_template: template,
    state_topic: topic,
    value_template: template,
    options: z.array(stateText).min(1),
  }),
  z.strictObject({
    p: z.literal('number'),
    ...entity,
    command_topic: topic,
    command_template: template,
    state_topic: topic,
    value_template: template,
    min: z.number(),
    max: z.number(),
    step: z.number().min(0.001),
    mode: z.enum(['auto', 'box', 'slider']),
    unit_of_measurement: z.string(),
  }),
  z.strictObject({
    p: z.literal('button'),
    ...entity,
    command_topic: topic,
    payload_press: z.string(),
  }),
  z.strictObject({
    p: z.literal('sensor'),
    ...entity,
    state_topic: topic,
    value_template: template,
    state_class: z.enum(['measurement', 'total', 'total_increasing']).optional(),
  }),
  z.strictObject({
    p: z.literal('switch'),
    ...entity,
    command_topic: topic,
    state_topic: topic,
    value_template: template,
  }),
  z.strictObject({
    p: z.literal('event'),
    ...entity,
    state_topic: topic,
    event_types: z.array(z.string()).min(1),
    device_class: z.enum(['button', 'doorbell', 'motion']).optional(),
  }),
  z.strictObject({
    p: z.literal('notify'),
    ...entity,
    command_topic: topic,
    command_template: template,
  }),
  z.strictObject({
    p: z.literal('text'),
    ...entity,
    command_topic: topic,
    command_template: template,
    min: z.number().int().min(0),
    max: z.number().int().max(255),
  }),
  z.strictObject({
    p: z.literal('update'),
    ...entity,
    state_topic: topic,
    value_template: template,
  }),
  z.strictObject({
    p: z.literal('image'),
    ...entity,
    image_topic: topic,
    image_encoding: z.literal('b64'),
    content_type: z.literal('image/jpeg'),
  }),
  // The next two are no entities, and have no key of one.
  z.strictObject({
    p: z.literal('tag'),
    topic,
    value_template: template,
    qos: z.literal([0, 1]),
  }),
  z.strictObject({
    p: z.literal('device_automation'),
    automation_type: z.literal('trigger'),
    type: z.string().min(1),
    subtype: z.string().min(1),
    topic,
    value_template: template,
    // An empty one is as good as none: the trigger would fire for all.
    payload: z.string().min(1),
    qos: z.literal([0, 1]),
  }),
]);

/** Takes a component back. */
const gone = z.strictObject({ p: z.enum(live.options.map(({ shape }) => shape.p.value)) });

export const deviceDiscovery = z.strictObject({
  dev: z.strictObject({
    ids: z.array(z.string()).min(1),
    name: z.string(),
    mf: z.string(),
    mdl: z.string(),
    sw: z.string(),
    cu: absoluteUrl,
  }),
  o: z.strictObject({ name: z.string(), sw: z.string(), url: absoluteUrl }),
  availability: z.array(z.strictObject({ topic })).min(1),
  cmps: z
    .record(z.string().regex(/^[a-z0-9_]+$/), z.union([live, gone]))
    .superRefine((components, context) => {
      const ids = Object.values(components).flatMap((one) =>
        'unique_id' in one ? [one.unique_id] : [],
      );
      if (new Set(ids).size !== ids.length) context.addIssue('unique_id twice');
      const triggers = Object.values(components).flatMap((one) =>
        'subtype' in one ? [`${one.type} ${one.subtype}`] : [],
      );
      if (new Set(triggers).size !== triggers.length) {
        context.addIssue('type and subtype of a trigger twice');
      }
      for (const one of Object.values(components)) {
        if ('default_entity_id' in one && !one.default_entity_id.startsWith(`${one.p}.`)) {
          context.addIssue(`${one.default_entity_id} is not of the domain ${one.p}`);
        }
      }
    }),
});
