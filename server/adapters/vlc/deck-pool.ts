/** Decks to play tracks from: each a media player of libvlc bound to a deck of the mixer, made when first needed. */
import type { Logger } from 'pino';
import type { Libvlc, VlcPlayer } from './libvlc.ts';
import type { MixerCallbacks } from './mixer.ts';
import { landingOf, type PlacedFile } from './landing.ts';
import { musicFramesOf } from './mp3-frames.ts';
import {
  mixerDecks,
  type DeckEvent,
  type DeckOutcome,
  type DeckView,
  type MusicMixer,
} from './music-mixer.ts';
import { linear } from './voice-pool.ts';

export const deckLimits = {
  /** libvlc decodes in real time, one second ahead; while nothing is taken it is stopped here, and goes on there. */
  aheadMsMax: 3000,
  aheadMsMin: 2000,
  /** A deck that is empty for this long although its file is not over. */
  stalledMsMax: 5000,
  /** The same near the end of the file: libvlc forgets to say so once in some thousand plays. */
  endStalledMsMax: 1000,
  endToleranceMs: 500,
} as const;

export type DeckListener = {
  took(): void;
  started(atMs: number, latencyMs: number): void;
  /** Exactly once, and last. `leftMs`: what had been handed out before it began to fade out for good. */
  over(outcome: DeckOutcome, handedMs: number, leftMs: number): void;
  /** Nothing comes from libvlc any more; `nearEnd`: and nothing much was missing. */
  stalled(nearEnd: boolean): void;
};

export type Deck = {
  /** As the mixer's commands name it. */
  readonly slot: number;
  readonly startMs: number;
  /** The last one remains when the deck is over. */
  view(): DeckView;
};

export type DeckPool = {
  /** null: every deck is taken. The listener is never called before this returns. */
  open(file: PlacedFile, gainDb: number, listener: DeckListener): Deck | null;
  /** Called whenever a deck has become free. */
  onFree(listener: () => void): void;
  /** What happened since the last time, told to the listeners. */
  takeEvents(): void;
  /** Keeps libvlc from decoding more than is wanted, and notices when it hangs; about four times a second. */
  pace(nowMs: number): void;
};

export type DeckPoolParts = {
  music: MusicMixer;
  callbacks: MixerCallbacks;
  libvlc: Libvlc;
  log: Logger;
};

type OpenDeck = {
  deck: Deck;
  player: VlcPlayer;
  listener: DeckListener;
  paused: boolean;
  decodedMs: number;
  /** Since when it has been empty and nothing came; null: it is not. */
  emptySinceMs: number | null;
  lastView: DeckView | null;
};

export const createDeckPool = ({ music, callbacks, libvlc, log }: DeckPoolParts): DeckPool => {
  const players = new Map<number, VlcPlayer>();
  const freeSlots = Array.from({ length: mixerDecks }, (_, slot) => slot);
  const open = new Map<number, OpenDeck>();
  let freed = (): void => {};

  const playerOf = (slot: number): VlcPlayer => {
    const known = players.get(slot);
    if (known !== undefined) return known;
    const player = libvlc.createPlayer(music.deck(slot), callbacks);
    players.set(slot, player);
    return player;
  };

  const release = (slot: number, player: VlcPlayer): void => {
    player.stop().then(
      () => {
        music.free(slot);
        freeSlots.push(slot);
        freed();
      },
      // The deck stays taken: a media player in an unknown state must not be played again.
      (error: unknown) =>
        log.error({ err: error, slot }, 'libvlc did not stop a track; one deck fewer from now on'),
    );
  };

  const on = ({ slot, took, started, outcome, handedMs, leftMs }: DeckEvent): void => {
    const one = open.get(slot);
    if (one === undefined) return;
    if (took) one.listener.took();
    if (started !== null) one.listener.started(started.atMs, started.latencyMs);
    if (outcome === null) return;
    one.lastView = music.view(slot);
    open.delete(slot);
    release(slot, one.player);
    one.listener.over(outcome, handedMs, leftMs);
  };

  const paceOne = (one: OpenDeck, { waitingMs }: DeckView): void => {
    const paused = one.paused
      ? waitingMs > deckLimits.aheadMsMin
      : waitingMs > deckLimits.aheadMsMax;
    if (paused === one.paused) return;
    one.paused = paused;
    one.player.pause(paused);
  };

  const watchOne = (one: OpenDeck, view: DeckView, nowMs: number): void => {
    const moves = view.waitingMs > 0 || view.drained || view.decodedMs !== one.decodedMs;
    one.decodedMs = view.decodedMs;
    if (moves) one.emptySinceMs = null;
    else one.emptySinceMs ??= nowMs;
    if (one.emptySinceMs === null) return;
    const { stalledMsMax, endStalledMsMax, endToleranceMs } = deckLimits;
    const nearEnd =
      view.durationMs > 0 &&
      view.handedMs > 0 &&
      one.deck.startMs + view.handedMs >= view.durationMs - endToleranceMs;
    if (nowMs - one.emptySinceMs > (nearEnd ? endStalledMsMax : stalledMsMax))
      one.listener.stalled(nearEnd);
  };

  return {
    open(file, gainDb, listener) {
      const slot = freeSlots.shift();
      if (slot === undefined) return null;
      const { fromMs, demuxer, skippedMs } = landingOf(file);
      if (!music.open(slot, linear(gainDb), file.startMs, skippedMs)) {
        freeSlots.push(slot);
        return null;
      }
      const player = playerOf(slot);
      const deck: Deck = {
        slot,
        startMs: file.startMs,
        view: () => one.lastView ?? music.view(slot),
      };
      const one: OpenDeck = {
        deck,
        player,
        listener,
        paused: false,
        decodedMs: 0,
        emptySinceMs: null,
        lastView: null,
      };
      open.set(slot, one);
      if (!player.play({ path: file.path, demuxer, fromMs })) music.giveUp(slot);
      if (file.demuxer === 'mp3' && file.startMs === 0)
        void musicFramesOf(file.path).then((frames) => {
          if (frames !== null && open.get(slot) === one) music.setFileFrames(slot, frames);
        });
      return deck;
    },
    onFree: (listener) => void (freed = listener),
    takeEvents() {
      const events = music.takeEvents();
      // The end of one and the start of the next happen on the same frame; the end is told first.
      const order = ({ outcome }: DeckEvent): number => (outcome === null ? 1 : 0);
      events.sort((one, other) => order(one) - order(other)).forEach(on);
    },
    pace(nowMs) {
      for (const one of open.values()) {
        const view = one.deck.view();
        paceOne(one, view);
        watchOne(one, view, nowMs);
      }
    },
  };
};
