import { randomInt } from 'node:crypto';
import type { Ledger } from '../credits/index.ts';
import type { Household } from '../household/index.ts';
import { done, refuse, type CommandRequest, type Outcome, type Tx } from '../kernel/command-bus.ts';
import type { Identity } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Problem } from '../kernel/problem.ts';
import type { PlayerLink } from '../player/player-link.ts';
import {
  soundUnknown,
  type PlayableSound,
  type SoundQueries,
  type SoundSearch,
} from '../sounds/index.ts';
import type { PlayAccepted } from './contract.ts';
import { playDecider, stopDecider } from './decider.ts';
import { playStream, soundboardStream } from './events.ts';
import {
  coolingDown,
  nothingTagged,
  playerUnavailable,
  soundMissing,
  unknownName,
} from './problems.ts';
import type { FormerNames } from './former-names.ts';
import type { PlayQueries } from './queries.ts';

/** As quiet as the player can be told to play. */
const gainDbMin = -60;

/** What every door says of a press. */
export type Press = {
  readonly command: CommandRequest;
  /** Null: the house itself, which pays nothing and never has to wait. */
  readonly identity: Identity | null;
  /** An alarm passes quiet hours where the household lets it. */
  readonly alarm?: boolean;
  /** How loud, 0 to 100, as the music's volume goes; left out: as loud as the sound is. */
  readonly volume?: number;
  /** Monotonic clock when the press reached the server's edge. */
  readonly receivedAtMs: number;
};

/** Presses whose time is remembered until the player has been told: it is never long. */
const pressesRememberedMax = 1000;

/** The commands of the soundboard, the same behind every door. */
export const createBoard = (
  kernel: Kernel,
  ports: {
    sounds: SoundQueries;
    search: SoundSearch;
    plays: PlayQueries;
    ledger: Ledger;
    link: PlayerLink;
    room: string;
    household: Pick<Household, 'refusal' | 'gainCapDb'>;
    formerNames: FormerNames;
  },
) => {
  const { bus } = kernel;
  const { sounds, search, plays, ledger, link, household, formerNames } = ports;
  /** play id → when it was pressed, for the latency that the pad shows. Not a fact to keep. */
  const pressedAt = new Map<string, number>();

  /** How long this press has to wait by the plan of who pressed. */
  const coolingMs = (now: number, user_id: string, sound_id: string): number => {
    const cooldowns = ledger.planOf(user_id)?.cooldowns;
    if (!cooldowns) return 0;
    const rest = (ms: number, who: { user_id?: string; sound_id?: string }) => {
      const last = ms > 0 ? plays.lastPress(now - ms, who) : undefined;
      return last === undefined ? 0 : last + ms - now;
    };
    return Math.max(
      rest(cooldowns.user_ms, { user_id }),
      rest(cooldowns.sound_ms, { sound_id }),
      rest(cooldowns.global_ms, {}),
    );
  };

  /** The gain in dB that this press gets at most; null: no cap. */
  const gainCapDb = (press: Press, { gain_db }: PlayableSound): number | null => {
    const quiet = household.gainCapDb(press);
    if (press.volume === undefined || press.volume >= 100) return quiet;
    const lowered = Math.max(gainDbMin, gain_db + 60 * Math.log10(press.volume / 100));
    return Math.min(lowered, quiet ?? Infinity);
  };

  /** What the press reserves; nothing where the house plays. */
  const pay = (
    tx: Tx,
    user_id: string | null,
    subject: { play_id: string; sound_id: string },
  ): { funds: Omit<PlayAccepted, 'play_id'> } | { problem: Problem } => {
    if (user_id === null) return { funds: { balance: 0, available: 0 } };
    const waitMs = coolingMs(tx.at, user_id, subject.sound_id);
    if (waitMs > 0) return { problem: coolingDown(waitMs) };
    const reservation = { action: 'play', reservationId: subject.play_id, subject } as const;
    const paid = ledger.reserve(tx, { userId: user_id, ...reservation });
    return paid.ok ? { funds: paid.funds } : { problem: paid.problem };
  };

  /** The whole press, decided inside its transaction: a repeat is answered before anything is asked. */
  const play = (
    press: Press,
    choose: () => { found: PlayableSound } | { problem: Problem },
  ): Promise<Outcome<PlayAccepted, Problem>> =>
    bus.execute<PlayAccepted, Problem>(press.command, (tx) => {
      const chosen = choose();
      if ('problem' in chosen) return refuse(chosen.problem);
      const sound = chosen.found;
      if (sound.missing) return refuse(soundMissing(sound.name));
      if (!link.connected) return refuse(playerUnavailable);
      const quiet = household.refusal('board', press);
      if (quiet) return refuse(quiet);
      const play_id = tx.newId();
      const user_id = press.identity?.actor ?? null;
      const subject = { play_id, sound_id: sound.id };
      const paid = pay(tx, user_id, subject);
      if ('problem' in paid) return refuse(paid.problem);
      const command = { ...subject, user_id, gain_cap_db: gainCapDb(press, sound) };
      tx.decide(playDecider, playStream(play_id), { type: 'RequestPlay', ...command });
      pressedAt.set(play_id, press.receivedAtMs);
      if (pressedAt.size > pressesRememberedMax) {
        pressedAt.delete(pressedAt.keys().next().value as string);
      }
      return done({ play_id, ...paid.funds });
    });

  return {
    playById: (press: Press, soundId: string) =>
      play(press, () => {
        const found = sounds.playable(soundId);
        return found ? { found } : { problem: soundUnknown().problem };
      }),

    playByName: (press: Press, name: string) =>
      play(press, () => {
        const [found, ...others] = sounds.named(name);
        if (found && others.length === 0) return { found };
        const [former, ...more] = found ? [] : formerNames.soundsOnceCalled(name);
        const renamed =
          former !== undefined && more.length === 0 ? sounds.playable(former) : undefined;
        if (renamed) return { found: renamed };
        const suggestions = found
          ? [found, ...others].map((sound) => `${sound.name} (${sound.id})`)
          : search.suggestions(name);
        return { problem: unknownName(name, suggestions) };
      }),

    /** Any of the sounds with this tag. */
    playRandom: (press: Press, tag: string) =>
      play(press, () => {
        const ids = sounds.tagged(tag);
        const id = ids.length > 0 ? ids[randomInt(ids.length)] : undefined;
        const found = id === undefined ? undefined : sounds.playable(id);
        return found ? { found } : { problem: nothingTagged(tag) };
      }),

    stop: (
      press: Press,
      { play_id = null, fade_ms = 0 }: { play_id?: string | null; fade_ms?: number },
    ): Promise<Outcome<Record<string, never>, never>> =>
      bus.execute(press.command, (tx) => {
        const command = { type: 'RequestStop', play_id, fade_ms } as const;
        tx.decide(stopDecider, soundboardStream(ports.room), command);
        return done({});
      }),

    /** Reading of the monotonic clock at the press; taken once. */
    takePressedAt(playId: string): number | undefined {
      const at = pressedAt.get(playId);
      pressedAt.delete(playId);
      return at;
    },
  };
};
export type Board = ReturnType<typeof createBoard>;
