import { msg, str } from '@lit/localize';
import type { Board } from '../../server/boards/contract.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { soundsWord } from '../library/words.ts';
import { attempt } from '../player/attempt.ts';
import type { Boards } from './boards.ts';

/** Takes pads off a board, with a way back to their places. Answers whether they are off. */
export const takeOff = async (
  host: EventTarget,
  boards: Boards,
  { id, name: board, sounds }: Board,
  chosen: readonly { id: string; name: string }[],
): Promise<boolean> => {
  const ids = new Set(chosen.map((sound) => sound.id));
  const off = sounds.filter((one) => ids.has(one));
  const all = Promise.all(off.map((one) => boards.take(id, one)));
  if (!(await attempt(host, all))) return false;
  const putBack = async (): Promise<void> => {
    // The last one first, so that what follows each of them stands there already.
    for (const one of off.toReversed()) {
      await boards.add(id, [one], sounds[sounds.indexOf(one) + 1] ?? null);
    }
  };
  const [one, ...more] = chosen.filter(({ id: sound }) => off.includes(sound));
  const text =
    one && more.length === 0
      ? msg(str`${one.name} is off ${board}.`)
      : msg(str`${soundsWord(off.length)} are off ${board}.`);
  const undo = { label: msg('Undo'), run: () => void attempt(host, putBack()) };
  host.dispatchEvent(new ToastEvent(text, undo, 'done'));
  return true;
};
