import type { Kernel } from '../kernel/kernel.ts';
import type { Household } from './household.ts';

/** How late a jump of the clock is noticed. */
const lookEveryMs = 60_000;

/** Tells when quiet hours begin and end. */
export const createQuietWatch = (
  { clock, publish }: Pick<Kernel, 'clock' | 'publish'>,
  household: Household,
) => {
  let timer: NodeJS.Timeout | undefined;
  let known = '';
  let stopped = false;

  const look = (): void => {
    if (stopped) return;
    const state = household.quietState();
    const text = JSON.stringify(state);
    if (known !== '' && text !== known) {
      publish({ type: 'quiet_changed', data: state });
      household.tellChanged();
    }
    known = text;
    const now = household.quietNow();
    const edge = now.quiet ? now.until : now.next;
    const waitMs = edge === null ? lookEveryMs : Math.min(edge - clock.now(), lookEveryMs);
    clearTimeout(timer);
    timer = setTimeout(look, waitMs).unref();
  };

  return {
    start: look,
    look,
    stop(): void {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
