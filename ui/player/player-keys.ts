import { inLayer, isTyping, singleKeys } from '../design/keys.ts';
import { modeAfter } from './modes.ts';
import { toggleMute } from './mute.ts';
import type { Player } from './player.ts';

const skipMs = 10_000;
const volumeStep = 5;

/** What a key asks of the player; undefined when it is nobody's. */
const actOf = (player: Player, key: string): (() => Promise<void>) | undefined => {
  const [now, level] = [player.position.peek(), player.volume.peek()];
  const acts: Record<string, () => Promise<void>> = {
    k: () => player.toggle(),
    j: () => player.seek(now - skipMs),
    l: () => player.seek(now + skipMs),
    p: () => player.previous(),
    n: () => player.next(),
    r: () => player.setMode(modeAfter(player.state.peek()?.mode ?? 'continuous')),
    m: () => toggleMute(player),
    '-': () => player.setVolume(level - volumeStep),
    '+': () => player.setVolume(level + volumeStep),
    '=': () => player.setVolume(level + volumeStep),
  };
  return acts[key.toLowerCase()];
};

/**
 * Single keys for the player, while nobody types and nothing lies on top.
 *
 * @param mayControl whether the person may do more than look
 * @param act does it, and explains a refusal
 */
export const onPlayerKey = (
  event: KeyboardEvent,
  player: Player,
  mayControl: boolean,
  does: { act(work: Promise<void>): void; toggleQueue(): void },
): void => {
  if (event.defaultPrevented || !singleKeys.peek() || isTyping(event) || inLayer(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.toLowerCase() === 'q' && !event.repeat) {
    event.preventDefault();
    return does.toggleQueue();
  }
  const work = mayControl ? actOf(player, event.key) : undefined;
  if (!work) return;
  event.preventDefault();
  does.act(work());
};
