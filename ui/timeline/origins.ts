const words: Readonly<Record<string, string>> = {
  http: 'over HTTP',
  ws: 'from a window',
  mqtt: 'over MQTT',
  binding: 'by a button',
  schedule: 'by the clock',
  system: 'by Encore itself',
};

/** Through which door it came. */
export const originWords = (origin: string): string => words[origin] ?? origin;
