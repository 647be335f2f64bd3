import { expect, test } from 'vitest';
import { placeOf } from './places.ts';

test.each([
  ['/', 'sounds'],
  ['/credits', 'credits'],
  ['/credits/', 'credits'],
  ['/credits?at=2026-11-20T07:56:00Z', 'credits'],
  ['/credits/more', 'sounds'],
  ['/creditsx', 'sounds'],
  ['/library', 'library'],
  ['/library/scan', 'library'],
  ['/library/scan/old', 'sounds'],
  ['/playlists', 'playlists'],
  ['/playlists/0199f3d2-1', 'playlists'],
  ['/playlists/0199f3d2-1/more', 'sounds'],
  ['/people', 'people'],
  ['/people/', 'people'],
  ['/people/invites', 'people'],
  ['/people/0199f3d2-1', 'people'],
  ['/people/plans/', 'people'],
  ['/people/plans/free', 'sounds'],
  ['/schedules/', 'schedules'],
  ['/schedules/more', 'sounds'],
  ['/settings', 'settings'],
  ['/buttons', 'buttons'],
  ['/buttons/', 'buttons'],
  ['/timeline', 'timeline'],
  ['/timeline?event=0199f3d2-1&at=2026-11-20T07:56:00Z', 'timeline'],
  ['/stats/', 'stats'],
  ['/stats/more', 'sounds'],
  ['/wall?board=0199f3d2-1', 'wall'],
  ['/wall/more', 'sounds'],
  ['/no/such/place', 'sounds'],
] as const)('%s is the screen of %s', (path, place) => {
  expect(placeOf(`http://encore.local${path}`)).toBe(place);
});
