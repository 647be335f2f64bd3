import { expect, test } from 'vitest';
import * as server from '../languages/german-server.ts';
import * as pages from '../languages/german.ts';
import { speak } from '../languages/speak.ts';

await speak('de', { ...pages, ...server });
const { failureWord } = await import('./backup-words.ts');

test('a German page says why a backup failed by its code', () => {
  expect(failureWord({ code: 'no_room', reason: '/mnt has room for 1 MB' })).toBe(
    'Für dieses Backup ist nicht genug Platz: Schaffe welchen oder setze BACKUP_DIR auf eine größere Platte.',
  );
});

test('what has no code of its own stays in the words of the server', () => {
  expect(failureWord({ code: 'other', reason: 'something strange' })).toBe('Something strange.');
});
