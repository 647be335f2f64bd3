import type { Clock } from '../kernel/ports.ts';

/** Calls `due` at the moment that is set, or soon after where it has passed. */
export const createSleepTimer = (clock: Clock, due: () => void) => {
  let at: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  return {
    /** RFC 3339; null: never. */
    set(endsAt: string | null): void {
      if (endsAt === at) return;
      at = endsAt;
      clearTimeout(timer);
      if (at === null) return;
      timer = setTimeout(due, Math.max(0, Date.parse(at) - clock.now())).unref();
    },
  };
};
