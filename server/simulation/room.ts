import type { Logger } from 'pino';
import { createPlayer, type Player } from '../adapters/vlc/player.ts';
import type { Voice, VoiceListener, VoicePool } from '../adapters/vlc/voice-pool.ts';
import { silentLogger } from '../kernel/logger.ts';
import type { PlayCommand, PlayerCommand, PlayerReport } from '../player/contract.ts';
import type { PlayerLink, PlayerLinkListener } from '../player/player-link.ts';
import { createDeck } from './deck.ts';
import type { Random } from './random.ts';
import type { Owner, Timeline } from './timeline.ts';

export type RoomTroubles = {
  /** Of all voices. */
  brokenFileShare: number;
  hangingShare: number;
  /** Of all reports and commands. */
  diesShare: number;
  hangsUpShare: number;
  /** Of all reports: told again later, behind newer ones. */
  repeatedShare: number;
  /** Of all commands: they wait, with all behind them, for a player that is busy. */
  stallsShare: number;
  /** Of all commands: they arrive a second time. */
  commandTwiceShare: number;
};

export const quietRoom: RoomTroubles = {
  brokenFileShare: 0,
  hangingShare: 0,
  diesShare: 0,
  hangsUpShare: 0,
  repeatedShare: 0,
  stallsShare: 0,
  commandTwiceShare: 0,
};

/** The server's end of the socket, in one life of the server. */
type ServerEnd = {
  readonly house: Owner;
  deliver(report: PlayerReport): void;
  dropped(reason: string): void;
};

/** What a second delivery may follow; a hello is a connection's first word and no other. */
const repeatable: ReadonlySet<PlayerReport['type']> = new Set([
  'voice_started',
  'voice_ended',
  'voice_failed',
  'track_started',
  'track_ended',
  'track_position',
]);

/**
 * The player process, with the server's own rules of playing, over voices that make no sound; and
 * the socket between the two. Both ends come and go.
 */
export const createRoom = (
  timeline: Timeline,
  random: Random,
  heard: {
    /** It is being opened, to sound at once. */
    begins(playId: string): void;
    voice(playId: string): void;
  },
) => {
  let troubles = quietRoom;
  let processOwner: Owner = { name: 'player', alive: false };
  let player: Player | undefined;
  let deck: ReturnType<typeof createDeck> | undefined;
  /** Somebody listens there. */
  let open: ServerEnd | undefined;
  /** A connection; each is an object of its own. */
  let line: { readonly end: ServerEnd } | undefined;
  let bootedAt = 0;
  let upAt = 0;
  let downAt = 0;
  const totals = { deaths: 0, voices: 0, repeats: 0 };

  const monotonic = () => timeline.now() - bootedAt;

  const hangUp = (reason: string) => {
    const was = line;
    line = undefined;
    if (!was) return;
    upAt = Math.max(upAt, timeline.now()) + 0.1;
    timeline.after(upAt - timeline.now(), () => was.end.dropped(reason), was.end.house);
    if (processOwner.alive) timeline.after(random.between(5, 300), connect, processOwner);
  };

  const die = (backMs: number) => {
    if (!processOwner.alive) return;
    totals.deaths += 1;
    processOwner.alive = false;
    hangUp('the player closed the connection');
    timeline.after(backMs, start, timeline.world);
  };

  const report = (message: PlayerReport, lateMs = 0) => {
    const to = line;
    if (!to) return;
    const arrives = Math.max(upAt, timeline.now()) + random.between(0.02, 3);
    if (lateMs === 0) upAt = arrives;
    timeline.after(
      arrives + lateMs - timeline.now(),
      () => {
        if (line === to) to.end.deliver(message);
      },
      to.end.house,
    );
    if (lateMs > 0) return;
    if (repeatable.has(message.type) && random.chance(troubles.repeatedShare)) {
      totals.repeats += 1;
      report(message, random.between(1, 2000));
    }
    if (random.chance(troubles.diesShare)) die(random.between(50, 4000));
    else if (random.chance(troubles.hangsUpShare)) hangUp('silent for 5000 ms');
  };

  const voices: VoicePool = {
    start(file, _gainDb, listener: VoiceListener): Voice {
      const { play_id } = file as PlayCommand;
      const owner = processOwner;
      heard.begins(play_id);
      let startedAt: number | undefined;
      let over = false;
      const durationMs = random.between(50, 2500);
      const heardMs = () =>
        startedAt === undefined ? 0 : Math.min(durationMs, timeline.now() - startedAt);
      const end = (outcome: 'ended' | 'stopped' | 'failed') => {
        if (over) return;
        over = true;
        listener.over(outcome, heardMs());
      };
      if (random.chance(troubles.brokenFileShare)) {
        timeline.after(random.between(2, 50), () => end('failed'), owner);
      } else if (!random.chance(troubles.hangingShare)) {
        timeline.after(
          random.between(2, 40),
          () => {
            if (over) return;
            startedAt = timeline.now();
            totals.voices += 1;
            heard.voice(play_id);
            listener.started(monotonic(), 20);
            timeline.after(durationMs, () => end('ended'), owner);
          },
          owner,
        );
      }
      return {
        stop: (fadeMs) => void timeline.after(fadeMs + 1, () => end('stopped'), owner),
        heardMs,
        durationMs: () => durationMs,
      };
    },
  };

  const execute = (command: PlayerCommand) => {
    player?.execute(command);
    if (random.chance(troubles.diesShare)) die(random.between(50, 4000));
  };

  const connect = () => {
    if (!processOwner.alive || line) return;
    if (!open?.house.alive || !player || !deck) {
      timeline.after(random.between(100, 300), connect, processOwner);
      return;
    }
    line = { end: open };
    downAt = timeline.now();
    report({
      type: 'hello',
      pid: 1,
      version: 'simulated',
      vlc_version: 'none',
      voices_max: 32,
      output: { kind: 'pulse', state: 'ok', detail: '' },
      voices: player.positions(),
      queued: player.queued(),
      music: deck.state(),
    });
  };

  const start = () => {
    if (processOwner.alive) return;
    const owner: Owner = { name: 'player', alive: true };
    processOwner = owner;
    deck = createDeck(timeline, random, owner, {
      monotonic,
      report,
      isBroken: () => random.chance(troubles.brokenFileShare),
    });
    player = createPlayer({
      voices,
      report,
      music: deck.execute,
      faultOf: () => Promise.resolve({ code: 'file_corrupt', message: 'It cannot be played.' }),
      nowMs: monotonic,
      log: silentLogger as unknown as Logger,
    });
    const watch = () => {
      player?.watch();
      timeline.after(1000, watch, owner);
    };
    watch();
    timeline.after(random.between(1, 250), connect, owner);
  };

  return {
    totals,
    monotonic,
    start,
    die,
    hangUp: () => hangUp('the connection broke'),
    set troubles(some: RoomTroubles) {
      troubles = some;
    },
    /** The machine starts anew: its monotonic clock begins again. */
    boot(): void {
      bootedAt = timeline.now() - 5000;
    },
    alive: () => processOwner.alive,
    connected: () => line !== undefined,

    /** The server's end of the socket, for one life of the server. `aroundEffect` is called before and after each command. */
    linkFor(owner: Owner, aroundEffect: () => void): PlayerLink {
      const listeners: PlayerLinkListener[] = [];
      /** Since its hello. */
      let connected = false;
      const end: ServerEnd = {
        house: owner,
        deliver(message) {
          connected ||= message.type === 'hello';
          for (const listener of listeners) listener.report(message);
        },
        dropped(reason) {
          if (!connected) return;
          connected = false;
          for (const listener of listeners) listener.lost(reason);
        },
      };
      return {
        get connected() {
          return connected;
        },
        start() {
          open = end;
          return Promise.resolve();
        },
        stop() {
          listeners.length = 0;
          connected = false;
          if (open === end) open = undefined;
          if (line?.end === end) hangUp('the server stops');
          return Promise.resolve();
        },
        listen: (listener) => void listeners.push(listener),
        send(command) {
          aroundEffect();
          if (!connected) return false;
          const to = line;
          if (to?.end === end) {
            downAt = Math.max(downAt, timeline.now()) + random.between(0.02, 2);
            if (random.chance(troubles.stallsShare)) downAt += random.between(200, 8000);
            const copy = JSON.parse(JSON.stringify(command)) as PlayerCommand;
            const run = () => {
              if (line === to) execute(copy);
            };
            timeline.after(downAt - timeline.now(), run, processOwner);
            if (random.chance(troubles.commandTwiceShare)) {
              timeline.after(downAt - timeline.now() + random.between(1, 500), run, processOwner);
            }
          }
          aroundEffect();
          return true;
        },
      };
    },

    /** The server is gone: what plays goes on, unless nobody keeps the player. */
    serverGone(owner: Owner): void {
      if (open?.house === owner) open = undefined;
      if (line?.end.house !== owner) return;
      line = undefined;
      if (random.chance(0.3)) die(random.between(2000, 4000));
      else timeline.after(random.between(100, 300), connect, processOwner);
    },
  };
};
