import { randomInt } from 'node:crypto';
import { done, refuse, type CommandRequest, type Outcome } from '../kernel/command-bus.ts';
import { unreachable } from '../kernel/decider.ts';
import { accessRoles, type Identity } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Problem } from '../kernel/problem.ts';
import type { Ledger } from '../credits/index.ts';
import type { OpenJukebox } from '../player/index.ts';
import { mayOnPlaylist } from '../playlists/index.ts';
import type { Board } from '../soundboard/index.ts';
import { tagOf } from '../sounds/index.ts';
import { sayData } from '../speech/contract.ts';
import type { Speech } from '../speech/index.ts';
import { bindingLimits, type BindingCommand, type Extract } from './contract.ts';
import type { Terms } from './events.ts';
import {
  houseBudgetSpent,
  noSoundTagged,
  nothingInPlaylist,
  noValue,
  ownerGone,
  ownerMayNot,
  receiverGone,
  tooManyCredits,
  unspeakable,
} from './problems.ts';
import type { BindingQueries } from './queries.ts';

export type Performed =
  | { ok: true; play_id: string | null; sound_id: string | null }
  | { ok: false; problem: Problem };

/** What a run goes by. */
export type Run = {
  /** As others are told of it. */
  readonly named: { readonly name: string; readonly owner_name: string | null };
  readonly terms: Pick<Terms, 'command' | 'extract' | 'owner_id'>;
  /** What was taken out of the payload. */
  readonly value: string | number | null;
  readonly correlationId: string;
  /** Monotonic clock when the message reached the server's edge. */
  readonly receivedAtMs: number;
};

type Asked = { command: CommandRequest; identity: Identity | null; receivedAtMs: number };
type Granting = BindingCommand & { type: 'grant_credits' };
type Chosen = { sound_id: string } | { problem: Problem };

const refused = (problem: Problem): Performed => ({ ok: false, problem });
const nothing: Performed = { ok: true, play_id: null, sound_id: null };

/** What costs credits, and so counts where the house gives it away. */
export const isPaid = ({ type }: BindingCommand): boolean =>
  type === 'play' || type === 'random' || type === 'say';

/** The role that the same command needs at the other doors. */
const roleOf = ({ type }: BindingCommand): Identity['role'] => {
  if (type === 'grant_credits') return 'admin';
  return type === 'play' || type === 'random' || type === 'none' ? 'guest' : 'user';
};

const mayRun = ({ role }: Identity, command: BindingCommand): boolean =>
  accessRoles.indexOf(role) >= accessRoles.indexOf(roleOf(command));

const beginningOfDay = (nowMs: number): number => new Date(nowMs).setHours(0, 0, 0, 0);

/** Bindings act by the very commands that people act by: as their owner, who pays, or as the house. */
export const createPerform = (
  kernel: Kernel,
  ports: {
    board: Board;
    jukebox: OpenJukebox;
    speech: Speech;
    ledger: Ledger;
    queries: Pick<BindingQueries, 'houseRunsSince' | 'soundsTagged'>;
    identityOf: (userId: string, credential: string) => Identity | undefined;
  },
) => {
  const { board, speech, ledger, queries } = ports;
  const { jukebox, playlists, state } = ports.jukebox;
  /** Where one of many was chosen: not the same twice in a row. */
  const lastOf = new Map<string, string>();

  const oneOf = (ids: readonly string[], pool: string): string | undefined => {
    const last = lastOf.get(pool);
    const fresh = ids.length > 1 ? ids.filter((id) => id !== last) : ids;
    const chosen = fresh.length > 0 ? fresh[randomInt(fresh.length)] : undefined;
    if (chosen !== undefined) lastOf.set(pool, chosen);
    return chosen;
  };

  const ofTag = (text: string): Chosen => {
    const tag = tagOf(text);
    const sound_id = oneOf(queries.soundsTagged(tag), `tag ${tag}`);
    return sound_id === undefined ? { problem: noSoundTagged(tag) } : { sound_id };
  };

  const ofPlaylist = (playlistId: string, identity: Identity | null): Chosen => {
    const list = playlists.find(playlistId);
    const seen = list?.deleted_at === null && (!identity || mayOnPlaylist(identity, list, 'read'));
    if (!list || !seen) return { problem: nothingInPlaylist };
    const ids = playlists.order(list).flatMap((one) => (one.missing ? [] : [one.sound_id]));
    const sound_id = oneOf(ids, `list ${playlistId}`);
    return sound_id === undefined ? { problem: nothingInPlaylist } : { sound_id };
  };

  const play = async (asked: Asked, sound_id: string): Promise<Performed> => {
    const outcome = await board.playById(asked, sound_id);
    return outcome.ok
      ? { ok: true, play_id: outcome.result.play_id, sound_id }
      : refused(outcome.reason);
  };

  const chosen = (asked: Asked, choice: Chosen): Promise<Performed> | Performed =>
    'problem' in choice ? refused(choice.problem) : play(asked, choice.sound_id);

  /** The sound that the message names. */
  const playValue = async (asked: Asked, value: string, as: Extract['as']): Promise<Performed> => {
    if (as === 'sound_id') return play(asked, value);
    if (as === 'rfid') return chosen(asked, ofTag(`rfid:${value}`));
    if (as === 'tag') return chosen(asked, ofTag(value));
    const outcome = await board.playByName(asked, value);
    return outcome.ok
      ? { ok: true, play_id: outcome.result.play_id, sound_id: null }
      : refused(outcome.reason);
  };

  const music = async (outcome: Promise<Outcome<unknown, Problem>>): Promise<Performed> => {
    const settled = await outcome;
    return settled.ok ? nothing : refused(settled.reason);
  };

  const toggle = (asked: Asked) => {
    const { status } = state();
    if (status === 'playing') return jukebox.pause(asked);
    return status === 'paused' ? jukebox.resume(asked) : jukebox.play(asked, null);
  };

  const say = async (asked: Asked, wish: object): Promise<Performed> => {
    const parsed = sayData.safeParse(wish);
    if (!parsed.success) return refused(unspeakable(parsed.error.issues[0]?.message ?? ''));
    const outcome = await speech.say({ ...asked, wish: parsed.data });
    if (!outcome.ok) return refused(outcome.reason);
    const { play_id, sound_id } = outcome.result;
    return { ok: true, play_id, sound_id };
  };

  const give = async (
    { command }: Asked,
    { user_id, amount }: Granting,
    { named, value }: Run,
  ): Promise<Performed> => {
    const times = typeof value === 'number' ? value : 1;
    const total = amount * times;
    if (total > bindingLimits.creditsMax) return refused(tooManyCredits(total));
    if (!ports.identityOf(user_id, 'binding')) return refused(receiverGone);
    const outcome = await kernel.bus.execute<null, Problem>(command, (tx) => {
      const problem = ledger.grant(tx, user_id, total, named.name);
      return problem ? refuse(problem) : done(null);
    });
    return outcome.ok ? nothing : refused(outcome.reason);
  };

  const perform = async (asked: Asked, run: Run): Promise<Performed> => {
    const { terms, value } = run;
    const { command, extract } = terms;
    const text = value === null ? undefined : String(value);
    switch (command.type) {
      case 'play':
        if (command.sound_id !== undefined) return play(asked, command.sound_id);
        return text === undefined || !extract
          ? refused(noValue)
          : playValue(asked, text, extract.as);
      case 'random': {
        if ('playlist_id' in command) {
          return chosen(asked, ofPlaylist(command.playlist_id, asked.identity));
        }
        const tag = command.tag ?? (extract?.as === 'rfid' && text ? `rfid:${text}` : text);
        return tag === undefined ? refused(noValue) : chosen(asked, ofTag(tag));
      }
      case 'stop':
        await board.stop(asked, {});
        return music(jukebox.stop(asked));
      case 'next':
      case 'previous':
      case 'pause':
      case 'resume':
        return music(jukebox[command.type](asked));
      case 'toggle':
        return music(toggle(asked));
      case 'volume': {
        if ('delta' in command) return music(jukebox.turnVolume(asked, command.delta));
        if (command.volume !== undefined) return music(jukebox.setVolume(asked, command.volume));
        if (typeof value !== 'number') return refused(noValue);
        return extract?.as === 'delta'
          ? music(jukebox.turnVolume(asked, value))
          : music(jukebox.setVolume(asked, value));
      }
      case 'mode':
        return music(jukebox.setMode(asked, command.mode));
      case 'say': {
        const { type: _, ...wish } = command;
        return wish.text === undefined && text === undefined
          ? refused(noValue)
          : say(asked, { text, ...wish });
      }
      case 'playlist': {
        const { playlist_id, volume = null } = command;
        return music(jukebox.playPlaylist(asked, { playlist_id, volume, fade_in_ms: 0 }));
      }
      case 'grant_credits':
        return give(asked, command, run);
      case 'none':
        return nothing;
      default:
        return unreachable(command);
    }
  };

  return async (run: Run): Promise<Performed> => {
    const { command, owner_id } = run.terms;
    const identity = owner_id === null ? null : ports.identityOf(owner_id, 'binding');
    if (identity === undefined) return refused(ownerGone);
    if (identity && !mayRun(identity, command)) return refused(ownerMayNot(identity.name));
    const spent = () => queries.houseRunsSince(beginningOfDay(kernel.clock.now()));
    if (!identity && isPaid(command) && spent() >= bindingLimits.houseRunsPerDayMax) {
      return refused(houseBudgetSpent);
    }
    const { correlationId, receivedAtMs } = run;
    const by = { actor: owner_id ?? 'binding', origin: 'binding', correlationId } as const;
    return perform({ command: by, identity, receivedAtMs }, run);
  };
};
export type Perform = ReturnType<typeof createPerform>;
