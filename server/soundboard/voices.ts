import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from '../credits/index.ts';
import { done, type Tx } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { StorageUnavailable, storageError } from '../kernel/storage.ts';
import type { PlayerReport } from '../player/contract.ts';
import type { PlayerLink } from '../player/player-link.ts';
import { playDecider, type PlayCommand } from './decider.ts';
import { playStream, type PlayEvent } from './events.ts';
import type { PlayQueries } from './queries.ts';

/** How long a restarted server waits for a player that kept on playing. */
export const playerReturnMs = 5000;

/** How long a stopping server waits for the player to report the ends. */
const lastReportsMs = 2000;

/** How soon a report that a full disk refused is tried again. */
const keepAgainMs = 1000;

const lost: PlayCommand = {
  type: 'ReportFailed',
  code: 'player_lost',
  message: 'The player stopped while this sound was due.',
};

/** Turns what the player reports into commands, and gives up plays that no player knows. */
export const createVoices = (kernel: Kernel, plays: PlayQueries, ledger: Ledger) => {
  const stopping = new AbortController();
  /** Reports under way, one after the other for each play. */
  const turns = new Map<string, Promise<void>>();

  /** First sound heard: paid. Ended without one: given back; after one there is nothing left to give. */
  const pay = (tx: Tx, { type, data }: PlayEvent, userId: string) => {
    switch (type) {
      case 'PlayRequested':
      case 'PlayLowered':
        return;
      case 'PlayStarted':
      case 'PlayFinished':
        ledger.settle(tx, userId, data.play_id);
        return;
      case 'PlayStopped':
        ledger.release(tx, userId, data.play_id, data.reason);
        return;
      case 'PlayFailed':
        ledger.release(tx, userId, data.play_id, data.code);
    }
  };

  const keep = async (playId: string, command: PlayCommand): Promise<void> => {
    const cause = plays.cause(playId);
    if (!cause) return;
    const request = { actor: 'system', origin: 'system', ...cause } as const;
    await kernel.bus.execute(request, (tx) => {
      const stream = playStream(playId);
      const { events } = tx.decide(playDecider, stream, command);
      const play = tx.state(playDecider, stream);
      if (play.kind !== 'unknown' && play.user_id !== null) {
        for (const event of events) pay(tx, event, play.user_id);
      }
      return done(null);
    });
  };

  /** Until the disk takes it: a play whose end is not kept would hold its credits for good. */
  const keepAtLast = async (playId: string, command: PlayCommand): Promise<void> => {
    for (let tries = 1; ; tries++) {
      try {
        await keep(playId, command);
        return;
      } catch (error) {
        const passes = storageError(error) instanceof StorageUnavailable;
        const words = `${command.type} could not be kept${passes ? ' yet' : ''}`;
        if (tries === 1) kernel.logger.error({ err: error, play_id: playId }, words);
        // What is left open at the stop is given up, or heard of again, at the next start.
        if (!passes || stopping.signal.aborted) return;
        await sleep(keepAgainMs, undefined, stopping).catch(() => undefined);
      }
    }
  };

  const report = async (playId: string, command: PlayCommand): Promise<void> => {
    const before = turns.get(playId);
    const turn = before
      ? before.then(() => keepAtLast(playId, command))
      : keepAtLast(playId, command);
    turns.set(playId, turn);
    await turn;
    if (turns.get(playId) === turn) turns.delete(playId);
  };

  const giveUp = (alive: ReadonlySet<string>) =>
    Promise.all(
      plays
        .open()
        .filter((id) => !alive.has(id))
        .map((id) => report(id, lost)),
    );

  let playerExpected: NodeJS.Timeout | undefined;

  return {
    report,

    heard(message: PlayerReport): void {
      switch (message.type) {
        case 'hello':
          clearTimeout(playerExpected);
          void giveUp(
            new Set([...message.voices.map(({ play_id }) => play_id), ...message.queued]),
          );
          return;
        case 'voice_started': {
          const latency_ms = Math.round(message.latency_ms * 10) / 10;
          void report(message.play_id, { type: 'ReportStarted', latency_ms });
          return;
        }
        case 'voice_ended': {
          const heard_ms = Math.round(message.heard_ms);
          const { reason, play_id } = message;
          void report(
            play_id,
            reason === 'finished'
              ? { type: 'ReportFinished', heard_ms }
              : { type: 'ReportStopped', heard_ms, reason },
          );
          return;
        }
        case 'voice_failed': {
          const { play_id, code, message: words } = message;
          void report(play_id, { type: 'ReportFailed', code, message: words });
          return;
        }
        case 'voices':
          kernel.publish({ type: 'voices', data: { voices: message.voices } });
          return;
        case 'output':
        case 'heartbeat':
        case 'track_started':
        case 'track_ended':
        case 'track_failed':
        case 'track_refused':
        case 'track_position':
          return;
      }
    },

    playerLost(): void {
      kernel.publish({ type: 'voices', data: { voices: [] } });
      void giveUp(new Set());
    },

    /** Plays left open by an earlier run are lost unless a player says soon that they still sound. */
    expectPlayer(): void {
      playerExpected = setTimeout(() => void giveUp(new Set()), playerReturnMs);
    },

    /** Ends what sounds while the player and the log are still there, so that it is recorded. */
    async stop(link: PlayerLink): Promise<void> {
      clearTimeout(playerExpected);
      stopping.abort();
      if (plays.open().length === 0) return;
      if (!link.send({ type: 'stop', command_id: kernel.ids(), play_id: null, fade_ms: 20 }))
        return;
      const deadline = kernel.clock.monotonic() + lastReportsMs;
      while (plays.open().length > 0 && kernel.clock.monotonic() < deadline) await sleep(10);
    },
  };
};
export type Voices = ReturnType<typeof createVoices>;
