/** One playing of a sound: the decks it was and is played from, a new one for each seek. */
import type { MusicTrack } from '../../player/contract.ts';
import type { Deck } from './deck-pool.ts';
import type { DeckOutcome } from './music-mixer.ts';

export type Track = {
  readonly track: MusicTrack;
  readonly commandId: string;
  readonly startMs: number;
  /** null: it follows another, so that nobody waits for it. */
  readonly pressedAtMs: number | null;
  /** The one it is heard from; null: none has been free yet. */
  readonly deck: Deck | null;
  /** Another place is being opened. */
  readonly seeking: boolean;
  /** Where a seek wants to go that has not been begun. */
  wantedMs: number | null;
  /** The server takes it for what plays, and waits for its end. */
  began: boolean;
  started: boolean;
  stalled: boolean;
  /** The command that took it back. */
  withdrawnBy: string | null;
  playWith(deck: Deck): void;
  seekWith(deck: Deck): void;
  newestDeck(): Deck | null;
  /** The deck is what is heard from now on. */
  deckTook(deck: Deck): void;
  deckHanded(deck: Deck, handedMs: number, leftMs: number): void;
  /** What became of the track; null: it goes on. */
  deckOver(deck: Deck, outcome: DeckOutcome): DeckOutcome | null;
  positionMs(): number;
  /** Of a track that is over: after the last frame that was handed out. */
  endPositionMs(): number;
  /** 0 until known. */
  durationMs(): number;
  heardMs(): number;
  /** libvlc reports a quiet end of what is no audio. */
  foundNothing(): boolean;
};

export type TrackParts = Pick<Track, 'track' | 'commandId' | 'startMs' | 'pressedAtMs'>;

export const createTrack = (parts: TrackParts): Track => {
  let deck: Deck | null = null;
  let seekDeck: Deck | null = null;
  /** Of the old place, when it was over before the new one was heard of. */
  let old: { deck: Deck; outcome: DeckOutcome } | null = null;
  /** What each deck handed out; null: it still does. */
  const handed = new Map<Deck, number | null>();

  return {
    ...parts,
    wantedMs: null,
    began: false,
    started: false,
    stalled: false,
    withdrawnBy: null,
    get deck() {
      return deck;
    },
    get seeking() {
      return seekDeck !== null;
    },
    playWith(opened) {
      deck = opened;
      handed.set(opened, null);
    },
    seekWith(opened) {
      seekDeck = opened;
      handed.set(opened, null);
    },
    newestDeck: () => seekDeck ?? deck,
    deckTook(took) {
      old = null;
      if (took !== seekDeck) return;
      // What fades out under the new place is not counted twice.
      if (deck !== null && handed.get(deck) === null) handed.set(deck, deck.view().handedMs);
      deck = seekDeck;
      seekDeck = null;
    },
    deckHanded(one, handedMs, leftMs) {
      handed.set(one, one === deck && seekDeck === null ? handedMs : leftMs);
    },
    deckOver(one, outcome) {
      if (one === seekDeck) {
        seekDeck = null;
        return null;
      }
      if (one !== deck) return null;
      if (seekDeck === null) {
        if (old === null) return outcome;
        // A new place that came to nothing does not say where and how the track ended.
        deck = old.deck;
        return old.outcome;
      }
      // The mixer goes on with the new place, if it has not been told otherwise.
      old = { deck: one, outcome };
      deck = seekDeck;
      seekDeck = null;
      return null;
    },
    positionMs: () => (deck === null ? parts.startMs : deck.startMs + deck.view().heardMs),
    endPositionMs: () => (deck === null ? parts.startMs : deck.startMs + deck.view().handedMs),
    durationMs: () => deck?.view().durationMs ?? 0,
    heardMs() {
      let sum = 0;
      for (const [one, ms] of handed) sum += ms ?? one.view().handedMs;
      return sum;
    },
    foundNothing: () => parts.startMs === 0 && handed.size === 1 && deck?.view().decodedMs === 0,
  };
};
