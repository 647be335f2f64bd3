import toEnd from 'lucide-static/icons/arrow-right-to-line.svg?raw';
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import one from 'lucide-static/icons/circle-stop.svg?raw';
import grip from 'lucide-static/icons/grip-vertical.svg?raw';
import listMusic from 'lucide-static/icons/list-music.svg?raw';
import moonStar from 'lucide-static/icons/moon-star.svg?raw';
import repeat from 'lucide-static/icons/repeat.svg?raw';
import repeatOne from 'lucide-static/icons/repeat-1.svg?raw';
import shuffle from 'lucide-static/icons/shuffle.svg?raw';
import speaker from 'lucide-static/icons/speaker.svg?raw';
import square from 'lucide-static/icons/square.svg?raw';
import volumeOff from 'lucide-static/icons/volume-x.svg?raw';
import volumeOn from 'lucide-static/icons/volume-2.svg?raw';
import type { PlayerMode } from '../../server/player/contract.ts';
import { icon } from '../design/icon.ts';

const filled = (path: string, size: number) =>
  icon(
    `<svg class="" width="24" height="24" viewBox="0 0 24 24" fill="currentColor"><path d="${path}"/></svg>`,
    size,
  );

const play =
  'M7 4.6v14.8a1.2 1.2 0 0 0 1.83 1.02l12-7.4a1.2 1.2 0 0 0 0-2.04l-12-7.4A1.2 1.2 0 0 0 7 4.6z';
const pause =
  'M6.2 4h2.6A1.2 1.2 0 0 1 10 5.2v13.6A1.2 1.2 0 0 1 8.8 20H6.2A1.2 1.2 0 0 1 5 18.800V5.2A1.2 1.2 0 0 1 6.2 4zm9 0h2.6A1.2 1.2 0 0 1 19 5.2v13.6a1.2 1.2 0 0 1-1.2 1.2h-2.6a1.2 1.2 0 0 1-1.2-1.2V5.2A1.2 1.2 0 0 1 15.2 4z';
const next =
  'M4 5.600v12.800a1.2 1.2 0 0 0 1.85 1L16.5 13v6a1 1 0 0 0 2 0V5a1 1 0 0 0-2 0v6L5.85 4.600A1.2 1.2 0 0 0 4 5.600z';
const previous =
  'M20 5.600v12.800a1.2 1.2 0 0 1-1.85 1L7.5 13v6a1 1 0 0 1-2 0V5a1 1 0 0 1 2 0v6l10.65-6.400A1.2 1.2 0 0 1 20 5.600z';

export const playerIcons = {
  close: icon(chevronDown, 20),
  grip: icon(grip, 16),
  next: filled(next, 20),
  nextLarge: filled(next, 24),
  pause: filled(pause, 18),
  pauseLarge: filled(pause, 24),
  play: filled(play, 18),
  playLarge: filled(play, 24),
  previous: filled(previous, 20),
  previousLarge: filled(previous, 24),
  queue: icon(listMusic, 18),
  room: icon(speaker, 16),
  sleep: icon(moonStar, 17),
  stop: icon(square, 16),
  volume: icon(volumeOn, 18),
  muted: icon(volumeOff, 18),
};

export const modeIcons = {
  continuous: icon(toEnd, 18),
  loop: icon(repeat, 18),
  loop_one: icon(repeatOne, 18),
  random: icon(shuffle, 18),
  single: icon(one, 18),
} satisfies Record<PlayerMode, object>;
