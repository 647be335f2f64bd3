import { msg, str } from '@lit/localize';
import type { PlayerMode, PlayerSummary, SleepBody } from '../../server/player/contract.ts';
import { capitalised, countWord } from '../design/words.ts';
import { locale } from '../design/locale.ts';

export const modeWords: Record<PlayerMode, string> = {
  continuous: msg('Play through once'),
  loop: msg('Repeat the list'),
  loop_one: msg('Repeat this track'),
  random: msg('Shuffle'),
  single: msg('One track, then stop'),
};

/** "2:33", "1:02:03"; tabular, so that it stands still. */
export const clockWord = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
};

export const tracksWord = (count: number): string =>
  count === 1 ? msg('1 track') : msg(str`${countWord(count)} tracks`);

/** "120 min", "45 s" */
export const minutesWord = (ms: number): string =>
  ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${countWord(Math.round(ms / 60_000))} min`;

/** "Friday night • 40 tracks" in two parts; what waits in the queue goes before. */
export const listWords = ({ playlist, queue }: PlayerSummary): string[] => {
  const waiting = queue.length > 0 ? msg(str`${countWord(queue.length)} in queue`) : null;
  if (!playlist) return [waiting ?? msg('No playlist')];
  return [playlist.name, waiting ?? tracksWord(playlist.length)];
};

/** "Living room" for living-room. */
export const roomWord = (slug: string): string =>
  slug === 'main' ? msg('Main room') : capitalised(slug.replaceAll(/[-_]+/g, ' '));

/** What the sleep menu offers. */
export const sleepChoices: readonly { id: string; label: string; timer: SleepBody | null }[] = [
  ...[15, 30, 60].map((minutes) => ({
    id: `m${minutes}`,
    label: msg(str`In ${minutes} minutes`),
    timer: { after_ms: minutes * 60_000, fade_ms: 10_000 },
  })),
  { id: 'track', label: msg('At the end of the track'), timer: { at_end_of_track: true } },
  { id: 'off', label: msg('Off'), timer: null },
];

/** "Stops at 23:40"; empty when no timer runs. */
export const sleepWord = (timer: PlayerSummary['sleep_timer']): string => {
  if (!timer) return '';
  if (timer.ends_at === null) return msg('Stops after this track');
  const time = new Date(timer.ends_at).toLocaleTimeString(locale, {
    hour: '2-digit',
    minute: '2-digit',
  });
  return msg(str`Stops at ${time}`);
};
