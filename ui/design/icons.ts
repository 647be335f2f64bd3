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
import eye from 'lucide-static/icons/eye.svg?raw';
import eyeOff from 'lucide-static/icons/eye-off.svg?raw';
import grid2 from 'lucide-static/icons/grid-2x2.svg?raw';
import grid3 from 'lucide-static/icons/grid-3x3.svg?raw';
import heart from 'lucide-static/icons/heart.svg?raw';
import history from 'lucide-static/icons/history.svg?raw';
import keyRound from 'lucide-static/icons/key-round.svg?raw';
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
import shieldCheck from 'lucide-static/icons/shield-check.svg?raw';
import sun from 'lucide-static/icons/sun.svg?raw';
import triangleAlert from 'lucide-static/icons/triangle-alert.svg?raw';
import users from 'lucide-static/icons/users.svg?raw';
import wifiOff from 'lucide-static/icons/wifi-off.svg?raw';
import x from 'lucide-static/icons/x.svg?raw';
import zap from 'lucide-static/icons/zap.svg?raw';
import { icon } from './icon.ts';

const shape = (path: string, size: number): TemplateResult =>
  icon(
    `<svg class="" width="24" height="24" viewBox="0 0 24 24" fill="currentColor"><path d="${path}"/></svg>`,
    size,
  );

const googlePath =
  'M12.48 10.92v3.28h7.84c-.24 1.84-.853 3.187-1.787 4.133-1.147 1.147-2.933 2.4-6.053 2.4-4.827 0-8.6-3.893-8.6-8.72s3.773-8.72 8.6-8.72c2.6 0 4.507 1.027 5.907 2.347l2.307-2.307C18.747 1.44 16.133 0 12.48 0 5.867 0 .307 5.387.307 12s5.56 12 12.173 12c3.573 0 6.267-1.173 8.373-3.36 2.16-2.16 2.84-5.213 2.84-7.667 0-.76-.053-1.467-.173-2.053H12.48z';
const githubPath =
  'M12 .297c-6.63 0-12 5.373-12 12 0 5.303 3.438 9.8 8.205 11.385.6.113.82-.258.82-.577 0-.285-.01-1.04-.015-2.04-3.338.724-4.042-1.61-4.042-1.61-.546-1.387-1.333-1.757-1.333-1.757-1.087-.744.084-.729.084-.729 1.205.084 1.838 1.236 1.838 1.236 1.07 1.835 2.809 1.305 3.495.998.108-.776.417-1.305.76-1.605-2.665-.3-5.466-1.332-5.466-5.93 0-1.31.465-2.38 1.235-3.22-.135-.303-.54-1.523.105-3.176 0 0 1.005-.322 3.3 1.23.96-.267 1.98-.399 3-.405 1.02.006 2.04.138 3 .405 2.28-1.552 3.285-1.23 3.285-1.23.645 1.653.24 2.873.12 3.176.765.84 1.23 1.91 1.23 3.22 0 4.61-2.805 5.625-5.475 5.92.42.36.81 1.096.81 2.22 0 1.606-.015 2.896-.015 3.286 0 .315.21.69.825.57C20.565 22.092 24 17.592 24 12.297c0-6.627-5.373-12-12-12';

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
  github: shape(githubPath, 17),
  google: shape(googlePath, 15),
  heart: icon(heart, 16),
  hide: icon(eyeOff, 18),
  key: icon(keyRound, 16),
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
  show: icon(eye, 18),
  signOut: icon(logOut, 16),
  sort: icon(arrowUpDown, 15),
  sounds: icon(layoutGrid, 18),
  stats: icon(chartColumn, 18),
  stop: shape('M7 4h10a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z', 17),
  sun: icon(sun, 17),
  timeline: icon(history, 18),
  verified: icon(shieldCheck, 18),
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
