import { expect, test } from 'vitest';
import { personHref, sectionOf } from './sections.ts';

test.each([
  ['/people', { name: 'people' }],
  ['/people/', { name: 'people' }],
  ['/people/invites', { name: 'invites' }],
  ['/people/plans/', { name: 'plans' }],
  [personHref('0199f3d2'), { name: 'person', id: '0199f3d2' }],
] as const)('%s shows %o', (path, section) => {
  expect(sectionOf(path)).toEqual(section);
});
