import { signal, type Signal } from '@preact/signals-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { initialFeed, type FeedState } from '../feed/feed-state.ts';
import type { Feed } from '../feed/feed.ts';
import type { Link } from '../feed/socket-client.ts';
import { followUpdates } from './updates.ts';

let state: Signal<FeedState>;
let link: Signal<Link>;
const offer = vi.fn();

const hello = (version: string): void => {
  state.value = { ...state.peek(), version };
  link.value = 'live';
};
const lost = (): void => void (link.value = 'offline');

/** A window without a worker and without a script: of its own page it knows nothing newer. */
beforeEach(async () => {
  vi.stubGlobal('document', { querySelector: () => null });
  state = signal(initialFeed);
  link = signal<Link>('connecting');
  offer.mockClear();
  await followUpdates({ state, link } as unknown as Feed, offer);
});
afterEach(() => vi.unstubAllGlobals());

test('a box of another version is offered, though its page is the same', () => {
  hello('1.0.0');
  lost();
  hello('1.1.0');
  expect(offer.mock.calls.map(([text, label]) => [text, label])).toEqual([
    ['Encore has been updated.', 'Load the new version'],
  ]);
});

test('it is offered once, however often the box comes back with another', () => {
  for (const version of ['1.0.0', '1.1.0', '1.0.0', '1.2.0']) {
    lost();
    hello(version);
  }
  expect(offer).toHaveBeenCalledTimes(1);
});

test('a box that comes back as it was is offered to nobody', () => {
  hello('1.0.0');
  lost();
  hello('1.0.0');
  expect(offer).not.toHaveBeenCalled();
});
