import type { Kernel } from '../kernel/kernel.ts';

/** How late a connection of an expired credential may end. */
const sweepEveryMs = 15_000;

/**
 * Ends what expired tokens and sessions have opened. A socket and an MQTT connection are asked who
 * they are when they begin, and never again.
 */
export const createExpiry = (kernel: Kernel, revoke: (credential: string) => void) => {
  const { storage, clock } = kernel;
  const tokens = storage
    .prepare<[string, string], string>(
      'SELECT id FROM api_tokens WHERE expires_at > ? AND expires_at <= ?',
    )
    .pluck();
  const sessions = storage
    .prepare<[number, number], string>(
      'SELECT id FROM sessions WHERE expires_at > ? AND expires_at <= ?',
    )
    .pluck();
  let swept = clock.now();
  let timer: NodeJS.Timeout | undefined;

  const sweep = () => {
    const now = clock.now();
    const [since, until] = [swept, now].map((ms) => new Date(ms).toISOString()) as [string, string];
    for (const id of [...tokens.all(since, until), ...sessions.all(swept, now)]) revoke(id);
    swept = now;
  };

  return {
    sweep,
    start() {
      timer = setInterval(sweep, sweepEveryMs);
    },
    stop: () => clearInterval(timer),
  };
};
