import { isUtf8 } from 'node:buffer';

/** More is no button. */
export const payloadBytesMax = 64 * 1024;

export type Payload = {
  /** Null where it is no text. */
  readonly text: string | null;
  /** `undefined` where it is no JSON: then only what is said of the text applies. */
  readonly json: unknown;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Undefined: nothing that a binding could take, such as the empty one that clears what was kept. */
export const payloadOf = (bytes: Uint8Array): Payload | undefined => {
  if (bytes.length === 0 || bytes.length > payloadBytesMax) return undefined;
  if (!isUtf8(bytes)) return { text: null, json: undefined };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').trim();
  return text === '' ? undefined : { text, json: jsonOf(text) };
};

export type Path = readonly string[];

/** `PN532.UID`, `params.events.*.event`, `params.events[0].event`, `$.action`; `''` is everything. */
export const pathOf = (path: string): Path =>
  path
    .replace(/^\$(?=\.|\[|$)/, '')
    .replaceAll(/\[(\*|\d*)\]/g, (_, index: string) => `.${index === '' ? '*' : index}`)
    .split('.')
    .filter((key) => key !== '');

/** The name of what a path leads to; undefined: everything, or an element of a list. */
export const keyOf = (path: Path): string | undefined =>
  path.findLast((part) => !/^(?:\*|\d+)$/.test(part));

/** A member of an object or of a list; never of their prototypes. */
export const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

/** Everything at a path: one of each element where it goes through a list. */
export const valuesAt = (value: unknown, path: Path): unknown[] => {
  const [key, ...rest] = path;
  if (key === undefined) return value === undefined ? [] : [value];
  if (Array.isArray(value) && !/^\d+$/.test(key)) {
    if (key === '*') return value.flatMap((element) => valuesAt(element, rest));
    // Through one list, or a deep nest of them would never end.
    return value.flatMap((element) => (Array.isArray(element) ? [] : valuesAt(element, path)));
  }
  return valuesAt(memberOf(value, key), rest);
};
