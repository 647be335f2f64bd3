import { msg } from '@lit/localize';
import type { ApiToken, Role, Scope } from '../../server/users/contract.ts';
import { dateWord } from '../design/time-words.ts';

export type Kind = ApiToken['kind'];

/** What a scope lets its holder do, in one line. */
export const scopeWords: Record<Scope, { label: string; about: string }> = {
  read: { label: msg('Read'), about: msg('See sounds, playlists, history and credits.') },
  play: {
    label: msg('Play'),
    about: msg('Play and stop sounds, and speak. Costs credits as ever.'),
  },
  player: { label: msg('Player'), about: msg('Control the music, its queue and the volume.') },
  library: {
    label: msg('Library'),
    about: msg('Add, rename, tag and trim sounds, and edit playlists.'),
  },
  extract: { label: msg('Extract'), about: msg('Take sounds from links. Costs credits as ever.') },
  mqtt: { label: 'MQTT', about: msg('Sign in to the message broker with this token as password.') },
  admin: { label: msg('Administration'), about: msg('Everything only administrators may do.') },
};

const scopeOrder: readonly Scope[] = [
  'read',
  'play',
  'player',
  'library',
  'extract',
  'mqtt',
  'admin',
];
const guestScopes: ReadonlySet<Scope> = new Set(['read', 'play', 'mqtt']);

/** Scopes that are of use: a token never does more than the role of its owner. */
export const scopesFor = (role: Role): Scope[] =>
  scopeOrder.filter((scope) => {
    if (scope === 'admin') return role === 'admin';
    return role !== 'guest' || guestScopes.has(scope);
  });

export const kindWords: Record<Kind, { label: string; chip: string; about: string }> = {
  user: {
    label: msg('For yourself'),
    chip: msg('Own'),
    about: msg('Scripts and apps that act as you.'),
  },
  device: {
    label: msg('For a device'),
    chip: msg('Device'),
    about: msg('A button or sensor: only its own topics.'),
  },
  bridge: {
    label: msg('For a bridge'),
    chip: msg('Bridge'),
    about: msg('Home Assistant or Zigbee2MQTT: all commands and states.'),
  },
};

/** Bridges hear and say everything: they are for administrators. */
export const kindsFor = (role: Role): Kind[] =>
  role === 'admin' ? ['user', 'device', 'bridge'] : ['user', 'device'];

const dayMs = 24 * 60 * 60 * 1_000;
export const expiries = [
  { value: '30', label: msg('In 30 days') },
  { value: '90', label: msg('In 90 days') },
  { value: '365', label: msg('In a year') },
  { value: 'never', label: msg('Never') },
] as const;

/** The moment that a preset means; undefined is never. */
export const expiryOf = (preset: string, nowMs = Date.now()): string | undefined =>
  preset === 'never' ? undefined : new Date(nowMs + Number(preset) * dayMs).toISOString();

/** Topic prefixes as they are typed: one a line or with commas between. */
export const prefixesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
];

/** "Read, Play, Player" */
export const scopeList = (scopes: readonly Scope[]): string =>
  scopeOrder
    .filter((scope) => scopes.includes(scope))
    .map((scope) => scopeWords[scope].label)
    .join(', ');

export const expiryWord = (expiresAt: string | null, nowMs = Date.now()): string => {
  if (expiresAt === null) return msg('Does not expire');
  return `${Date.parse(expiresAt) <= nowMs ? msg('Expired') : msg('Expires')} ${dateWord(expiresAt)}`;
};

/** A line for a terminal that shows that the token works. */
export const curlLine = (origin: string, token: string): string =>
  `curl -H 'Authorization: Bearer ${token}' ${origin}/api/v1/auth/me`;
