import { expect, test } from 'vitest';
import { soundExtensions } from '../../server/sounds/library-walk.ts';
import { uploadLimits } from '../../server/sounds/upload-routes.ts';
import { fileBytesMax, fileExtensions, limitFault } from './limits.ts';

test('the page knows the limits of the server', () => {
  expect(new Set(fileExtensions)).toEqual(soundExtensions);
  expect(fileBytesMax).toBe(uploadLimits.uploadBytesMax);
});

test('a sound of the largest size may be sent', () => {
  expect(limitFault({ name: 'Gong.MP3', size: fileBytesMax })).toBeNull();
});

test.each([
  [{ name: 'cover.jpg', size: 10 }, /takes sound files/],
  [{ name: 'mp3', size: 10 }, /takes sound files/],
  [{ name: 'gong.mp3', size: 0 }, /empty/],
  [
    { name: 'gong.wav', size: fileBytesMax + 1024 * 1024 },
    /It has 201 MiB, and a sound may have 200/,
  ],
])('%j is not sent, and told why', (file, why) => {
  expect(limitFault(file)).toMatch(why);
});
