import type { Problem } from '../kernel/problem.ts';

export const soundMissing = (name: string): Problem => ({
  status: 409,
  code: 'sound_missing',
  title: 'The file is gone',
  detail: `The file of "${name}" is not in its folder any more. Put it back, or scan the library.`,
});

export const playerUnavailable: Problem = {
  status: 503,
  code: 'player_unavailable',
  title: 'No player',
  detail: 'The player is not connected, so nothing can sound right now. It comes back by itself.',
};

export const coolingDown = (waitMs: number): Problem => {
  const seconds = Math.ceil(waitMs / 1000);
  return {
    status: 429,
    code: 'cooling_down',
    title: 'Not so fast',
    detail: `Wait ${seconds} s before the next press.`,
    extra: { retry_after_s: seconds },
  };
};

export const unknownName = (name: string, suggestions: readonly string[]): Problem => ({
  status: 404,
  code: 'unknown_sound',
  title: 'Unknown sound',
  detail:
    suggestions.length > 0
      ? `No single sound is called "${name}". Did you mean: ${suggestions.join(', ')}?`
      : `No sound is called "${name}".`,
  extra: { suggestions },
});

export const nothingTagged = (tag: string): Problem => ({
  status: 404,
  code: 'unknown_tag',
  title: 'Nothing to choose from',
  detail: `No sound has the tag "${tag}".`,
});

export const playUnknown: Problem = {
  status: 404,
  code: 'unknown_play',
  title: 'Unknown play',
  detail: 'There is no such play.',
};
