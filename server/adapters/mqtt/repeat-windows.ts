import { randomUUID } from 'node:crypto';
import type { Clock } from '../../kernel/ports.ts';
import { mqttLimits } from './limits.ts';

/**
 * The bus remembers repeats for a day, a button's `key` means a minute: each use after that is
 * a new window, and so a new command.
 */
export const createRepeatWindows = (clock: Clock): ((key: string) => string) => {
  const windows = new Map<string, { readonly id: string; readonly endsMs: number }>();
  return (key) => {
    const now = clock.monotonic();
    const known = windows.get(key);
    if (known && known.endsMs > now) return `${key}:${known.id}`;
    const opened = { id: randomUUID(), endsMs: now + mqttLimits.keyMs };
    windows.delete(key);
    windows.set(key, opened);
    for (const [oldest, { endsMs }] of windows) {
      if (endsMs > now && windows.size <= mqttLimits.keysMax) break;
      windows.delete(oldest);
    }
    return `${key}:${opened.id}`;
  };
};
