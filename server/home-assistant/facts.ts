/** What Home Assistant is told of, and what it takes. */
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
  /** What is bound to a button, card or knob, the oldest first. */
  readonly bindings: readonly { readonly id: string; readonly name: string }[];
  /** Who lets their credits be shown: account name, and how they are called in topics. */
  readonly people: readonly {
    readonly user_id: string;
    readonly name: string;
    readonly topicName: string;
  }[];
};

export type Component = { readonly p: string } & Readonly<Record<string, unknown>>;
export type Components = Readonly<Record<string, Component>>;

/** In bytes all of them together stay below what a broker takes in one message. */
export const deviceLimits = {
  /** A state of Home Assistant, and so an option, has at most so many. */
  stateCharactersMax: 255,
  tonesBytesMax: 64 * 1024,
  buttonsMax: 50,
  buttonsBytesMax: 40 * 1024,
  peopleMax: 100,
  peopleBytesMax: 32 * 1024,
  playlistsMax: 200,
  playlistsBytesMax: 24 * 1024,
  triggersMax: 100,
  triggersBytesMax: 40 * 1024,
} as const;

export const fits = (name: string): boolean => name.length <= deviceLimits.stateCharactersMax;

/** The first `countMax` of them, or fewer: as many as have room in `bytesMax` of JSON. */
export const within = <T>(
  items: readonly T[],
  { countMax = Infinity, bytesMax }: { countMax?: number; bytesMax: number },
): T[] => {
  let bytes = 0;
  const taken: T[] = [];
  for (const item of items.slice(0, countMax)) {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    if (bytes > bytesMax) break;
    taken.push(item);
  }
  return taken;
};

/** Letters, digits and `_` alone, whatever an id is made of. */
export const keyOf = (id: string): string =>
  createHash('sha256').update(id).digest('hex').slice(0, 16);

export const commandTo = (topic: string, key: string) => ({
  command_topic: `${topic}/cmd/${key}`,
  qos: 1,
});

/** Whether the box is there. */
export const availableBy = (topic: string) => ({ topic: `${topic}/status` });

/** With `unique_id` and the wish for an entity id, the same at every start. */
export const identifiedAll = (room: string, components: Components): Components =>
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
