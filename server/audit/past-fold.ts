import { unreachable } from '../kernel/decider.ts';
import type { Recorded } from '../kernel/event.ts';
import type { CreditsEvent } from '../credits/events.ts';
import { evolvePlayer, initialPlayerState, type PlayerState } from '../player/index.ts';
import type { PlayerEvent } from '../player/events.ts';
import type { PlayEvent } from '../soundboard/events.ts';

type Press = { readonly sound_id: string; readonly user_id: string | null };
type Voice = Press & { readonly started_at: number };

/** What the log says up to some position. Its values are never changed in place. */
export type Past = {
  /** User id → settled credits. */
  readonly balances: Map<string, number>;
  /** Play id → a press that nothing was heard of yet. */
  readonly presses: Map<string, Press>;
  /** Play id → what sounds, in the order in which it began. */
  readonly voices: Map<string, Voice>;
  /** By room. */
  readonly players: Map<string, PlayerState>;
};

export const emptyPast = (): Past => ({
  balances: new Map(),
  presses: new Map(),
  voices: new Map(),
  players: new Map(),
});

export const copyPast = ({ balances, presses, voices, players }: Past): Past => ({
  balances: new Map(balances),
  presses: new Map(presses),
  voices: new Map(voices),
  players: new Map(players),
});

type FoldedEvent = CreditsEvent | PlayEvent | PlayerEvent;

/** True of exactly the types that are folded: a new one of theirs fails the build here. */
const folded: Record<FoldedEvent['type'], 'credits' | 'play' | 'player'> = {
  CreditAccountOpened: 'credits',
  CreditsReserved: 'credits',
  CreditsDeducted: 'credits',
  CreditsReleased: 'credits',
  CreditsGranted: 'credits',
  CreditsTaken: 'credits',
  CreditsReplenished: 'credits',
  RefillPassed: 'credits',
  DeductionRefused: 'credits',
  PlayRequested: 'play',
  PlayLowered: 'play',
  PlayStarted: 'play',
  PlayFinished: 'play',
  PlayStopped: 'play',
  PlayFailed: 'play',
  PlayerConnected: 'player',
  PlayerLost: 'player',
  PlaylistLoaded: 'player',
  PlaylistReloaded: 'player',
  TrackChosen: 'player',
  TrackStarted: 'player',
  TrackCounted: 'player',
  TrackFinished: 'player',
  TrackFailed: 'player',
  PlaybackPaused: 'player',
  PlaybackResumed: 'player',
  PlaybackStopped: 'player',
  Seeked: 'player',
  VolumeSet: 'player',
  ModeSet: 'player',
  TrackQueued: 'player',
  TrackUnqueued: 'player',
  QueueOrdered: 'player',
  SleepTimerSet: 'player',
  SleepTimerCleared: 'player',
};

/** The event types that say something about the past as it is told here. */
export const foldedTypes: ReadonlySet<string> = new Set(Object.keys(folded));

const foldCredits = ({ balances }: Past, event: CreditsEvent): void => {
  switch (event.type) {
    case 'CreditAccountOpened':
      balances.set(event.data.user_id, 0);
      return;
    case 'CreditsDeducted':
    case 'CreditsGranted':
    case 'CreditsTaken':
    case 'CreditsReplenished':
      balances.set(event.data.user_id, event.data.balance_after);
      return;
    case 'CreditsReserved':
    case 'CreditsReleased':
    case 'RefillPassed':
    case 'DeductionRefused':
      return;
    default:
      unreachable(event);
  }
};

const foldPlay = ({ presses, voices }: Past, event: PlayEvent, recordedAt: number): void => {
  const { play_id } = event.data;
  switch (event.type) {
    case 'PlayRequested':
      presses.set(play_id, { sound_id: event.data.sound_id, user_id: event.data.user_id });
      return;
    case 'PlayLowered':
      return;
    case 'PlayStarted': {
      const user_id = presses.get(play_id)?.user_id ?? null;
      presses.delete(play_id);
      voices.set(play_id, { sound_id: event.data.sound_id, user_id, started_at: recordedAt });
      return;
    }
    case 'PlayFinished':
    case 'PlayStopped':
    case 'PlayFailed':
      presses.delete(play_id);
      voices.delete(play_id);
      return;
    default:
      unreachable(event);
  }
};

/** Takes one more event of `foldedTypes` in, in the order of the log. */
export const foldPast = (past: Past, recorded: Recorded): void => {
  const event = recorded as Recorded<FoldedEvent>;
  const kind = folded[event.type];
  switch (kind) {
    case 'credits':
      return foldCredits(past, event as CreditsEvent);
    case 'play':
      return foldPlay(past, event as PlayEvent, event.recordedAt);
    case 'player': {
      const change = event as PlayerEvent;
      const { room } = change.data;
      past.players.set(room, evolvePlayer(past.players.get(room) ?? initialPlayerState, change));
      return;
    }
    default:
      unreachable(kind);
  }
};
