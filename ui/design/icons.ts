import { html, type TemplateResult } from 'lit';
import alarmClock from 'lucide-static/icons/alarm-clock.svg?raw';
import accountRound from 'lucide-static/icons/circle-user-round.svg?raw';
import arrowUpDown from 'lucide-static/icons/arrow-up-down.svg?raw';
import ban from 'lucide-static/icons/ban.svg?raw';
import cable from 'lucide-static/icons/cable.svg?raw';
import chartColumn from 'lucide-static/icons/chart-no-axes-column.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import circleAlert from 'lucide-static/icons/circle-alert.svg?raw';
import coins from 'lucide-static/icons/coins.svg?raw';
import download from 'lucide-static/icons/download.svg?raw';
import ellipsis from 'lucide-static/icons/ellipsis.svg?raw';
import grid2 from 'lucide-static/icons/grid-2x2.svg?raw';
import grid3 from 'lucide-static/icons/grid-3x3.svg?raw';
import heart from 'lucide-static/icons/heart.svg?raw';
import history from 'lucide-static/icons/history.svg?raw';
import keyboard from 'lucide-static/icons/keyboard.svg?raw';
import layoutGrid from 'lucide-static/icons/layout-grid.svg?raw';
import library from 'lucide-static/icons/library.svg?raw';
import link from 'lucide-static/icons/link.svg?raw';
import listMusic from 'lucide-static/icons/list-music.svg?raw';
import logOut from 'lucide-static/icons/log-out.svg?raw';
import plus from 'lucide-static/icons/plus.svg?raw';
import quote from 'lucide-static/icons/message-square-quote.svg?raw';
import monitor from 'lucide-static/icons/monitor.svg?raw';
import moon from 'lucide-static/icons/moon.svg?raw';
import rows3 from 'lucide-static/icons/rows-3.svg?raw';
import search from 'lucide-static/icons/search.svg?raw';
import gear from 'lucide-static/icons/settings.svg?raw';
import sun from 'lucide-static/icons/sun.svg?raw';
import triangleAlert from 'lucide-static/icons/triangle-alert.svg?raw';
import users from 'lucide-static/icons/users.svg?raw';
import wifiOff from 'lucide-static/icons/wifi-off.svg?raw';
import x from 'lucide-static/icons/x.svg?raw';
import zap from 'lucide-static/icons/zap.svg?raw';
import { icon, shape } from './icon.ts';

export const icons = {
  account: icon(accountRound, 18),
  add: icon(plus, 16, 2),
  alert: icon(circleAlert, 18),
  broken: icon(triangleAlert, 18),
  buttons: icon(cable, 18),
  check: icon(check, 16, 2),
  close: icon(x, 18),
  compact: icon(rows3, 15),
  credits: icon(coins, 18),
  comfortable: icon(grid3, 15),
  large: icon(grid2, 15),
  effects: icon(zap, 15),
  speech: icon(quote, 15),
  extracted: icon(link, 15),
  extractions: icon(download, 18),
  padEffects: icon(zap, 13),
  padSpeech: icon(quote, 13),
  padExtracted: icon(link, 13),
  padMore: icon(ellipsis, 15),
  heart: icon(heart, 16),
  keyboard: icon(keyboard, 16),
  library: icon(library, 18),
  moon: icon(moon, 17),
  more: icon(ellipsis, 18),
  offline: icon(wifiOff, 17),
  people: icon(users, 18),
  playlists: icon(listMusic, 18),
  refused: icon(ban, 12, 2),
  schedules: icon(alarmClock, 18),
  search: icon(search, 18),
  settings: icon(gear, 18),
  signOut: icon(logOut, 16),
  sort: icon(arrowUpDown, 15),
  sounds: icon(layoutGrid, 18),
  stats: icon(chartColumn, 18),
  stop: shape('M7 4h10a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z', 17),
  sun: icon(sun, 17),
  timeline: icon(history, 18),
  system: icon(monitor, 17),
  wall: icon(monitor, 18),
} satisfies Record<string, TemplateResult>;

/** The four bars of the mark, drawn rather than traced: 30 × 30 in its own rounded square. */
export const mark = (size: number): TemplateResult => marks[size] ?? (marks[size] = makeMark(size));

const marks: Record<number, TemplateResult> = {};

const makeMark = (size: number): TemplateResult => {
  const svg = `<svg aria-hidden="true" width="${size}" height="${size}" viewBox="0 0 30 30"><rect class="mark-ground" width="30" height="30" rx="8"/><g class="mark-bars"><rect x="6" y="12.5" width="2.6" height="5" rx="1.3"/><rect x="11.1" y="7.6" width="2.8" height="14.8" rx="1.4"/><rect x="16.4" y="10.3" width="2.6" height="9.4" rx="1.3"/><rect x="21.4" y="13.2" width="2.6" height="3.6" rx="1.3"/></g></svg>`;
  return html(Object.assign([svg], { raw: [svg] }));
};
