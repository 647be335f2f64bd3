import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { qrPath } from './qr.ts';

/** Draws the path back into modules, as a camera would see them. */
const drawn = ({ path, size }: { path: string; size: number }): boolean[][] => {
  const modules = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g)) {
    modules[Number(y)]?.fill(true, Number(x), Number(x) + Number(length));
  }
  return modules;
};

test('every module is drawn, inside a quiet zone of four', () => {
  const { data } = encode('http://encore.local/#invite=k7fm-2xqp', { border: 0 });
  const picture = drawn(qrPath(data));
  expect(picture).toHaveLength(data.length + 8);
  expect(picture.slice(4, -4).map((row) => row.slice(4, -4))).toEqual(data);
  const around = [...picture.slice(0, 4), ...picture.slice(-4)].flat();
  expect(around.some(Boolean)).toBe(false);
});
