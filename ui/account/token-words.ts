import type { ApiToken, Role, Scope } from '../../server/users/contract.ts';
import { dateWord } from '../design/time-words.ts';

export type Kind = ApiToken['kind'];

/** What a scope lets its holder do, in one line. */
export const scopeWords: Record<Scope, { label: string; about: string }> = {
  read: { label: 'Read', about: 'See sounds, playlists, history and credits.' },
  play: { label: 'Play', about: 'Play and stop sounds, and speak. Costs credits as ever.' },
  player: { label: 'Player', about: 'Control the music, its queue and the volume.' },
  library: { label: 'Library', about: 'Add, rename, tag and trim sounds, and edit playlists.' },
  extract: { label: 'Extract', about: 'Take sounds from links. Costs credits as ever.' },
  mqtt: { label: 'MQTT', about: 'Sign in to the message broker with this token as password.' },
  admin: { label: 'Administration', about: 'Everything only administrators may do.' },
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
  user: { label: 'For yourself', chip: 'Own', about: 'Scripts and apps that act as you.' },
  device: {
    label: 'For a device',
    chip: 'Device',
    about: 'A button or sensor: only its own topics.',
  },
  bridge: {
    label: 'For a bridge',
    chip: 'Bridge',
    about: 'Home Assistant or Zigbee2MQTT: all commands and states.',
  },
};

/** Bridges hear and say everything: they are for administrators. */
export const kindsFor = (role: Role): Kind[] =>
  role === 'admin' ? ['user', 'device', 'bridge'] : ['user', 'device'];

const dayMs = 24 * 60 * 60 * 1_000;
export const expiries = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'never', label: 'Never' },
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
  if (expiresAt === null) return 'Does not expire';
  return `${Date.parse(expiresAt) <= nowMs ? 'Expired' : 'Expires'} ${dateWord(expiresAt)}`;
};

/** A line for a terminal that shows that the token works. */
export const curlLine = (origin: string, token: string): string =>
  `curl -H 'Authorization: Bearer ${token}' ${origin}/api/v1/auth/me`;
