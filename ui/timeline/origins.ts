import { msg } from '@lit/localize';
const words: Readonly<Record<string, string>> = {
  http: msg('over HTTP'),
  ws: msg('from a window'),
  mqtt: msg('over MQTT'),
  binding: msg('by a button'),
  schedule: msg('by the clock'),
  system: msg('by Encore itself'),
};

/** Through which door it came. */
export const originWords = (origin: string): string => words[origin] ?? origin;
