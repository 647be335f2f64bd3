import type { TemplateResult } from 'lit';
import braces from 'lucide-static/icons/braces.svg?raw';
import arrowUp from 'lucide-static/icons/arrow-up.svg?raw';
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import download from 'lucide-static/icons/download.svg?raw';
import cable from 'lucide-static/icons/cable.svg?raw';
import coins from 'lucide-static/icons/coins.svg?raw';
import layoutGrid from 'lucide-static/icons/layout-grid.svg?raw';
import house from 'lucide-static/icons/house.svg?raw';
import library from 'lucide-static/icons/library.svg?raw';
import listMusic from 'lucide-static/icons/list-music.svg?raw';
import music from 'lucide-static/icons/music.svg?raw';
import quote from 'lucide-static/icons/message-square-quote.svg?raw';
import users from 'lucide-static/icons/users.svg?raw';
import x from 'lucide-static/icons/x.svg?raw';
import zap from 'lucide-static/icons/zap.svg?raw';
import { icon } from '../design/icon.ts';
import type { Kind } from './event-words.ts';

export const kindIcons: Readonly<Record<Kind, TemplateResult>> = {
  plays: icon(zap, 15),
  music: icon(music, 15),
  credits: icon(coins, 15),
  sounds: icon(library, 15),
  playlists: icon(listMusic, 15),
  boards: icon(layoutGrid, 15),
  extractions: icon(download, 15),
  speech: icon(quote, 15),
  people: icon(users, 15),
  buttons: icon(cable, 15),
  house: icon(house, 15),
};

export const timelineIcons = {
  data: icon(braces, 15),
  down: icon(chevronDown, 14, 2),
  newer: icon(arrowUp, 14, 2),
  drop: icon(x, 13, 2),
};
