import { msg } from '@lit/localize';
import type { Role } from '../../server/users/contract.ts';

/** Where the shell shows a screen: in its first list, below "House", or in the account menu; one stands outside of it. */
export type PlaceGroup = 'main' | 'house' | 'account' | 'outside';

type PlaceFacts = {
  /** A URLPattern pathname; a trailing slash is accepted everywhere. */
  pathname: string;
  href: string;
  label: string;
  group: PlaceGroup;
  /** The least role that sees it. */
  role: Role;
};

/** Every screen of the app, in the order in which the shell lists them. */
export const places = {
  sounds: { pathname: '/', href: '/', label: msg('Sounds'), group: 'main', role: 'guest' },
  playlists: {
    pathname: '/playlists{/:id}?',
    href: '/playlists',
    label: msg('Playlists'),
    group: 'main',
    role: 'guest',
  },
  extractions: {
    pathname: '/extractions{/:part}?',
    href: '/extractions',
    label: msg('Extractions'),
    group: 'main',
    role: 'user',
  },
  credits: {
    pathname: '/credits',
    href: '/credits',
    label: msg('Credits'),
    group: 'main',
    role: 'guest',
  },
  stats: { pathname: '/stats', href: '/stats', label: msg('Stats'), group: 'main', role: 'guest' },
  library: {
    pathname: '/library{/:part}?',
    href: '/library',
    label: msg('Library'),
    group: 'house',
    role: 'user',
  },
  people: {
    pathname: '/people{/:part}?',
    href: '/people',
    label: msg('People & plans'),
    group: 'house',
    role: 'admin',
  },
  buttons: {
    pathname: '/buttons',
    href: '/buttons',
    label: msg('Buttons'),
    group: 'house',
    role: 'admin',
  },
  schedules: {
    pathname: '/schedules',
    href: '/schedules',
    label: msg('Schedules'),
    group: 'house',
    role: 'admin',
  },
  timeline: {
    pathname: '/timeline',
    href: '/timeline',
    label: msg('Timeline'),
    group: 'house',
    role: 'admin',
  },
  settings: {
    pathname: '/settings',
    href: '/settings',
    label: msg('Settings'),
    group: 'house',
    role: 'admin',
  },
  account: {
    pathname: '/account',
    href: '/account',
    label: msg('Account'),
    group: 'account',
    role: 'guest',
  },
  wall: { pathname: '/wall', href: '/wall', label: 'Wall', group: 'outside', role: 'guest' },
} as const satisfies Record<string, PlaceFacts>;

export type Place = keyof typeof places;
export const placeNames = Object.keys(places) as Place[];

/** The screens of a group that this person gets to see. */
export const placesIn = (group: PlaceGroup, role: Role): Place[] =>
  placeNames.filter((place) => places[place].group === group && mayVisit(place, role));

const patterns = placeNames.map(
  (place) => [place, new URLPattern({ pathname: `${places[place].pathname}{/}?` })] as const,
);

/** The screen of an address. Unknown addresses are the sounds: that is what the box is for. */
export const placeOf = (url: string): Place =>
  patterns.find(([, pattern]) => pattern.test(url))?.[0] ?? 'sounds';

export const titleOf = (place: Place): string =>
  place === 'sounds' ? 'Encore' : `${places[place].label} · Encore`;

const ranks: Record<Role, number> = { guest: 0, user: 1, admin: 2 };

/** What of the house this person gets to see. */
export const mayVisit = (place: Place, role: Role): boolean =>
  ranks[role] >= ranks[places[place].role];
