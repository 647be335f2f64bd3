/** When libvlc is held back, and when it is given up, with a mixer that makes no sound. */
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDeckPool, deckLimits, type Deck, type DeckPool } from './deck-pool.ts';
import type { Libvlc } from './libvlc.ts';
import { mixerDecks, type DeckEvent, type DeckView, type MusicMixer } from './music-mixer.ts';

let view: DeckView;
let events: DeckEvent[];
let asked: string[];
let stopped: (() => void)[];
let decks: DeckPool;

const callbacks = { play: 0n, flush: 0n, drain: 0n, event: 0n };

beforeEach(() => {
  view = {
    handedMs: 0,
    heardMs: 0,
    waitingMs: 0,
    decodedMs: 0,
    durationMs: 0,
    drained: false,
  };
  [events, asked, stopped] = [[], [], []];
  const music = {
    deck: () => 0n,
    open: () => true,
    free: () => {},
    view: () => view,
    takeEvents: () => events.splice(0),
    giveUp: (slot: number) => asked.push(`giveUp ${slot}`),
  } as unknown as MusicMixer;
  const libvlc: Libvlc = {
    version: 'none',
    createPlayer: () => ({
      play: ({ path }) => path !== '/refused.wav',
      pause: (paused) => asked.push(paused ? 'pause' : 'go on'),
      stop: () => new Promise((resolve) => stopped.push(resolve)),
    }),
  };
  decks = createDeckPool({ music, callbacks, libvlc, log: pino({ level: 'silent' }) });
});

const told: string[] = [];
const open = (path = '/a.wav'): Deck | null => {
  told.length = 0;
  return decks.open({ path, demuxer: 'wav', startMs: 0 }, 0, {
    took: () => told.push('took'),
    started: () => told.push('started'),
    over: (outcome) => told.push(outcome),
    stalled: (nearEnd) => told.push(nearEnd ? 'stalled near the end' : 'stalled'),
  });
};
const event = (slot: number, outcome: DeckEvent['outcome']): DeckEvent => ({
  slot,
  took: outcome === null,
  started: null,
  outcome,
  handedMs: 0,
  leftMs: 0,
});

describe('decoding', () => {
  it('stops when enough is in hand, and goes on when it is not', () => {
    open();
    for (const waitingMs of [1000, 2900, 3100, 5000, 2100, 1900, 2500]) {
      view.waitingMs = waitingMs;
      decks.pace(0);
    }
    expect(asked).toEqual(['pause', 'go on']);
  });
});

describe('a deck', () => {
  it('that gets nothing for too long has stalled', () => {
    open();
    decks.pace(1000);
    decks.pace(1000 + deckLimits.stalledMsMax);
    expect(told).toEqual([]);
    decks.pace(1001 + deckLimits.stalledMsMax);
    expect(told).toEqual(['stalled']);
  });

  it('that gets something now and then has not', () => {
    open();
    for (let now = 0; now < 60_000; now += 4000) {
      view.decodedMs = now + 1;
      decks.pace(now);
    }
    expect(told).toEqual([]);
  });

  it('that is full, or has everything, may wait for ever', () => {
    open();
    view.waitingMs = 3000;
    decks.pace(0);
    decks.pace(3_600_000);
    Object.assign(view, { waitingMs: 0, drained: true });
    decks.pace(3_600_001);
    decks.pace(7_200_000);
    expect(told).toEqual([]);
  });

  it('that is nearly at its end is not waited for so long', () => {
    open();
    Object.assign(view, { handedMs: 9700, decodedMs: 9700, durationMs: 10_000 });
    decks.pace(0);
    decks.pace(1);
    decks.pace(2 + deckLimits.endStalledMsMax);
    expect(told).toEqual(['stalled near the end']);
  });

  it('that libvlc does not take is given up', () => {
    open('/refused.wav');
    expect(asked).toEqual(['giveUp 0']);
  });

  it('is taken again only when libvlc let go of it', async () => {
    let freed = 0;
    decks.onFree(() => (freed += 1));
    for (let i = 0; i < mixerDecks; i++) expect(open()).not.toBeNull();
    expect(open()).toBeNull();
    events = [event(2, 'ended')];
    decks.takeEvents();
    expect(open()).toBeNull();
    stopped[0]?.();
    await Promise.resolve();
    await Promise.resolve();
    expect(freed).toBe(1);
    expect(open()?.slot).toBe(2);
  });
});

it('the end of one deck is told before another takes over', () => {
  open();
  const order: string[] = [];
  const listener = (name: string) => ({
    took: () => order.push(`${name} took`),
    started: () => {},
    over: () => order.push(`${name} over`),
    stalled: () => {},
  });
  decks.open({ path: '/b.wav', demuxer: 'wav', startMs: 0 }, 0, listener('next'));
  decks.open({ path: '/c.wav', demuxer: 'wav', startMs: 0 }, 0, listener('current'));
  events = [event(1, null), event(2, 'ended')];
  decks.takeEvents();
  expect(order).toEqual(['current over', 'next took']);
});
