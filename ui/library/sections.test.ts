import { expect, test } from 'vitest';
import { sectionOf } from './sections.ts';

test('an address names a section', () => {
  expect(sectionOf('/library', 'admin')).toBe('sounds');
  expect(sectionOf('/library/scan', 'admin')).toBe('scan');
  expect(sectionOf('/library/loudness/', 'admin')).toBe('loudness');
  expect(sectionOf('/library/trash', 'user')).toBe('trash');
});

test('what somebody may not see, and what does not exist, is the list of sounds', () => {
  expect(sectionOf('/library/scan', 'user')).toBe('sounds');
  expect(sectionOf('/library/cellar', 'admin')).toBe('sounds');
});
