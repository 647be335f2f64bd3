/** Wire shapes of bindings: what an MQTT message of a button, a card or a knob makes the box do. */
import { z } from 'zod';
import { playerModes } from '../player/contract.ts';
import { speechLimits } from '../speech/contract.ts';

export const bindingLimits = {
  bindingsMax: 1000,
  filterBytesMax: 256,
  filterLevelsMax: 16,
  patternCharactersMax: 256,
  conditionsMax: 8,
  pathCharactersMax: 128,
  debounceMsMax: 60_000,
  /** Plays and speeches that the house gives away in a day, over all bindings without an owner. */
  houseRunsPerDayMax: 1000,
  /** Given by one message. */
  creditsMax: 1000,
  runsPerSecondMax: 10,
  runsPerMinuteMax: 120,
} as const;

const id = z.string().min(1).max(64);
const name = z.string().trim().min(1, 'a binding has a name').max(100);
/** Keys from the top, with dots: `PN532.UID`, `params.events.*.event`; `''` is the whole payload. */
const path = z.string().max(bindingLimits.pathCharactersMax);
const scalar = z.union([z.string().max(256), z.number(), z.boolean(), z.null()]);

export const conditionOps = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'exists', 'contains'] as const;
export const condition = z.strictObject({
  path,
  op: z.enum(conditionOps).default('eq'),
  /** Left out with `exists` only. */
  value: scalar.optional(),
});
export type Condition = z.infer<typeof condition>;

export const match = z.union([
  z.literal('any'),
  z.strictObject({ equals: z.union([z.string().max(256), z.number(), z.boolean()]) }),
  /** RE2 syntax, found anywhere in the text. */
  z.strictObject({ regex: z.string().min(1).max(bindingLimits.patternCharactersMax) }),
  condition,
  /** All of them, of one and the same element where they go through a list. */
  z.array(condition).min(1).max(bindingLimits.conditionsMax),
]);
export type Match = z.infer<typeof match>;

/** What a value of the payload is for. */
export const extractUses = [
  /** The UID of a card or tag: the sound that is tagged `rfid:<uid>`. */
  'rfid',
  /** A tag: a random sound that has it. */
  'tag',
  'sound_id',
  /** The name of a sound. */
  'name',
  'text',
  'volume',
  'delta',
  /** How often at once: a coin's pulses, each of them worth the command's amount. */
  'count',
] as const;
export const extract = z.strictObject({
  path,
  as: z.enum(extractUses),
  /** Of `volume`, `delta` and `count`: what the number is multiplied by; a knob of 0 to 255 has 0.3922. */
  scale: z.number().min(-1000).max(1000).optional(),
});
export type Extract = z.infer<typeof extract>;

const volume = z.number().int().min(0).max(100);
const tag = z.string().trim().min(1).max(64);
const speakable = z.string().trim().min(1).max(speechLimits.textCharactersMax);
const wish = z.string().trim().min(1).max(speechLimits.wishCharactersMax).optional();

export const command = z.union([
  /** Without a sound: the one that the message names, see `extract`. */
  z.strictObject({ type: z.literal('play'), sound_id: id.optional() }),
  z.strictObject({ type: z.literal('random'), playlist_id: id }),
  z.strictObject({ type: z.literal('random'), tag: tag.optional() }),
  /** Every sound of the board, and the music. */
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.enum(['next', 'previous', 'pause', 'resume', 'toggle']) }),
  z.strictObject({ type: z.literal('volume'), delta: z.number().int().min(-100).max(100) }),
  z.strictObject({ type: z.literal('volume'), volume: volume.optional() }),
  z.strictObject({ type: z.literal('mode'), mode: z.enum(playerModes) }),
  z.strictObject({
    type: z.literal('say'),
    text: speakable.optional(),
    voice: wish,
    language: wish,
  }),
  z.strictObject({
    type: z.literal('playlist'),
    playlist_id: id,
    volume: volume.optional(),
  }),
  /** Gives credits to somebody: a coin slot. With a `count` in the message so many times as much. */
  z.strictObject({
    type: z.literal('grant_credits'),
    user_id: id,
    amount: z.number().int().min(1).max(bindingLimits.creditsMax),
  }),
  /** Nothing here: MQTT listeners such as Home Assistant are told, and do the rest. */
  z.strictObject({ type: z.literal('none') }),
]);
export type BindingCommand = z.infer<typeof command>;

/**
 * When a message that matches counts. `auto`: each one, and of levels (ON, OFF, a number above a
 * threshold) only what has changed. `rising`, `falling`, `change`: when what matched not does now,
 * the other way round, or either.
 */
export const edges = ['auto', 'rising', 'falling', 'change'] as const;

/**
 * `loop`: it set itself off, alone or by way of others. `loop_suspected`: its messages always followed
 * what Encore said, and stopped with it.
 */
export const pauseReasons = ['loop', 'loop_suspected'] as const;

const debounceMs = z.number().int().min(0).max(bindingLimits.debounceMsMax);
const order = z.number().int().min(0).max(1_000_000);

export const bindingBody = z.strictObject({
  name,
  enabled: z.boolean().default(true),
  /** MQTT topic filter. */
  filter: z.string().min(1).max(bindingLimits.filterBytesMax),
  match,
  extract: extract.nullish(),
  command,
  /** After it fired, and as long as the like keeps coming. Left out: what suits the device. */
  debounce_ms: debounceMs.optional(),
  edge: z.enum(edges).default('auto'),
  /** Of events whose sender asks the broker to keep them; what the broker kept never fires. */
  ignore_retained: z.boolean().default(true),
  /** Who pays; null or left out: the house, which plays free. */
  owner_id: id.nullish(),
  /** In which order bindings stand and run; left out: last. */
  order: order.optional(),
});

export const bindingPatch = z.strictObject({
  name: name.optional(),
  enabled: z.boolean().optional(),
  filter: bindingBody.shape.filter.optional(),
  match: match.optional(),
  extract: extract.nullable().optional(),
  command: command.optional(),
  debounce_ms: debounceMs.optional(),
  edge: z.enum(edges).optional(),
  ignore_retained: z.boolean().optional(),
  owner_id: id.nullable().optional(),
  order: order.optional(),
});

export const vendors = [
  'zigbee2mqtt',
  'tasmota',
  'shelly',
  'esphome',
  'openmqttgateway',
  'other',
] as const;
export type Vendor = (typeof vendors)[number];

export const binding = z
  .object({
    id: z.string(),
    name: z.string(),
    enabled: z.boolean(),
    filter: z.string(),
    match,
    extract: extract.nullable(),
    command,
    debounce_ms: z.number(),
    edge: z.enum(edges),
    ignore_retained: z.boolean(),
    owner_id: z.string().nullable(),
    owner_name: z.string().nullable(),
    order: z.number(),
    /** What sends to the filter, as far as it is known. */
    device: z.object({
      name: z.string(),
      vendor: z.enum(vendors),
      /** When it last said anything. */
      seen_at: z.string().nullable(),
    }),
    /** When a message last matched. */
    heard_at: z.string().nullable(),
    /** When it last fired; a test counts. */
    triggered_at: z.string().nullable(),
    triggers: z.number().int(),
    /** Why nothing came of it then: for a person. */
    problem: z.string().nullable(),
    /** It does nothing until it is resumed; null: it does. */
    paused: z
      .object({
        reason: z.enum(pauseReasons),
        topic: z.string(),
        since: z.string(),
        /** Why, and what to do: for a person. */
        detail: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'Binding' });
export type Binding = z.infer<typeof binding>;

/** POST /admin/bindings/{id}/test. `value` stands in for what the message would bring. */
export const testBody = z
  .strictObject({ value: z.union([z.string().max(256), z.number()]).optional() })
  .optional();

/** What a message would become as a binding. */
export const suggestion = z.object({
  filter: z.string(),
  match,
  extract: extract.nullable(),
  debounce_ms: z.number(),
  edge: z.enum(edges),
  ignore_retained: z.boolean(),
});
export type Suggestion = z.infer<typeof suggestion>;

export const candidate = z.object({
  id: z.string(),
  device: z.string(),
  vendor: z.enum(vendors),
  /** What was done, such as `single`; null where that is not known. */
  press: z.string().nullable(),
  /** Of a card or tag. */
  uid: z.string().nullable(),
  topic: z.string(),
  /** The beginning of the payload. */
  payload: z.string(),
  times: z.number().int(),
  /** The higher, the likelier. */
  score: z.number(),
  /** Pressed once more. */
  confirmed: z.boolean(),
  suggestion,
  /** Bindings that take this message already. */
  bound: z.array(z.string()),
});
export type Candidate = z.infer<typeof candidate>;

export const learnLimits = {
  /** What is going on anyway is heard first. */
  baselineMs: 3000,
  listenMs: 30_000,
  messagesMax: 200,
  payloadBytesMax: 1024,
  candidatesMax: 20,
  baselineTopicsMax: 2000,
} as const;

/** POST /admin/bindings/learn */
export const learnBody = z
  .strictObject({
    /** Heard besides the usual ones, for a device of one's own making. */
    filter: z.string().min(1).max(bindingLimits.filterBytesMax).optional(),
  })
  .optional();

export const learnPhases = ['baseline', 'listening', 'confirmed', 'ended'] as const;
export const learnSession = z
  .object({
    id: z.string(),
    phase: z.enum(learnPhases),
    /** When to press: the baseline is over. */
    listens_at: z.string(),
    ends_at: z.string(),
    messages: z.number().int(),
    /** The likeliest first. */
    candidates: z.array(candidate),
  })
  .meta({ id: 'LearnSession' });
export type LearnSession = z.infer<typeof learnSession>;

/** Feed `binding_heard`, to admins: `learn` is ephemeral, `trigger` durable. */
export const bindingHeard = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('learn'), session: learnSession }),
  z.object({
    kind: z.literal('trigger'),
    binding_id: z.string(),
    device: z.string(),
    press: z.string().nullable(),
    outcome: z.enum(['done', 'refused']),
    code: z.string().nullable(),
    message: z.string().nullable(),
    play_id: z.string().nullable(),
  }),
]);
export type BindingHeard = z.infer<typeof bindingHeard>;

/** Feed `binding_changed`, to admins. */
export const bindingChanged = z.object({
  binding_id: z.string(),
  change: z.enum(['defined', 'removed', 'paused', 'resumed']),
});
export type BindingChanged = z.infer<typeof bindingChanged>;
