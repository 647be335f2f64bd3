import { expect, test } from 'vitest';
import { sectionOf } from './sections.ts';

test('the machinery has an address of its own, for admins', () => {
  expect(sectionOf('/extractions/workers', 'admin')).toBe('workers');
  expect(sectionOf('/extractions/workers/', 'admin')).toBe('workers');
  expect(sectionOf('/extractions/workers', 'user')).toBe('links');
});

test('everything else is the list', () => {
  expect(sectionOf('/extractions', 'admin')).toBe('links');
  expect(sectionOf('/extractions/', 'user')).toBe('links');
  expect(sectionOf('/extractions/other', 'admin')).toBe('links');
});
