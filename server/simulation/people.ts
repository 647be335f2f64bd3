import type { Outcome } from '../kernel/command-bus.ts';
import type { Identity } from '../kernel/door.ts';
import { ProblemError } from '../kernel/problem.ts';
import { mainPlaylistId } from '../playlists/index.ts';
import type { Box } from './box.ts';
import type { Random } from './random.ts';

export type Reply = { readonly ok: boolean; readonly position: number; readonly answer: string };

/** What somebody wants, whichever server hears of it, however often. */
export type Wish = {
  readonly name: string;
  readonly identity: Identity;
  /** What is on the log once, when it was accepted. */
  readonly led: string | null;
  ask(box: Box, key: string, receivedAtMs: number): Promise<Reply>;
};

export const people = {
  admin: { role: 'admin', plan: null },
  ann: { role: 'user', plan: 'free' },
  ben: { role: 'user', plan: 'free' },
  cleo: { role: 'user', plan: 'premium' },
} as const;
export type Name = keyof typeof people;
export const payers: readonly Name[] = ['ann', 'ben', 'cleo'];

export const identityOf = (name: Name): Identity => ({
  actor: name,
  name,
  role: people[name].role,
  scopes: null,
  credential: name,
});

const commandOf = (identity: Identity, key: string, fingerprint: string) => ({
  actor: identity.actor,
  origin: 'ws' as const,
  correlationId: key,
  repeat: { key: `${identity.actor}:${key}`, fingerprint },
});

const replyOf = (outcome: Outcome<unknown, unknown>): Reply => ({
  ok: outcome.ok,
  position: outcome.position,
  answer: JSON.stringify(outcome.ok ? outcome.result : outcome.reason),
});

/** A command of the WebSocket. */
export const say = (
  identity: Identity,
  command: string,
  data: unknown,
  led: string | null = null,
): Wish => ({
  name: command,
  identity,
  led,
  ask: async (box, key, receivedAtMs) =>
    replyOf(
      await box.socketCommand(command).handle({
        data,
        identity,
        command: commandOf(identity, key, `${command} ${JSON.stringify(data)}`),
        receivedAtMs,
      }),
    ),
});

/** A request over HTTP, as the door hands it on: parsed, and with an idempotency key. */
export const request = (
  identity: Identity,
  route: string,
  { params = {}, body = {}, led = null }: { params?: object; body?: object; led?: string | null },
): Wish => ({
  name: route,
  identity,
  led,
  async ask(box, key, receivedAtMs) {
    try {
      const reply = await box.route(route).handle({
        params,
        query: {},
        body,
        form: undefined,
        identity,
        command: commandOf(identity, key, `${route} ${JSON.stringify([params, body])}`),
        receivedAtMs,
        cookie: () => undefined,
        header: () => undefined,
        address: '127.0.0.1',
      });
      return { ok: true, position: reply.position ?? 0, answer: 'done' };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return { ok: false, position: 0, answer: error.problem.code };
    }
  },
});

export type Known = {
  readonly sounds: readonly string[];
  /** Extractions somebody was answered with, newest last. */
  extractions(box: Box): { id: string; user_id: Name; status: string }[];
};

const jukeboxWords = ['pause', 'resume', 'stop', 'next', 'previous'] as const;
const modes = ['continuous', 'loop', 'loop_one', 'random', 'single'] as const;
const medias = 9;

const admin = identityOf('admin');

/** What a person thinks of next. */
export const nextWish = (random: Random, name: Name, known: Known, box: Box | undefined): Wish => {
  const identity = identityOf(name);
  const drawn = random.next();
  const sound = random.pick(known.sounds);
  if (drawn < 0.55) return press(identity, sound);
  if (drawn < 0.58) return say(identity, 'stop_sounds', { fade_ms: random.pick([0, 200]) });
  if (drawn < 0.66) return say(identity, `player_${random.pick(jukeboxWords)}`, undefined);
  if (drawn < 0.68) return say(identity, 'player_play', { index: random.below(6) });
  if (drawn < 0.7) return say(identity, 'player_mode', { mode: random.pick(modes) });
  if (drawn < 0.71) return say(identity, 'player_volume', { volume: random.below(101) });
  if (drawn < 0.72) return say(identity, 'player_seek', { position_ms: random.below(1000) });
  if (drawn < 0.8) return extraction(identity, `${random.below(medias)}`);
  if (drawn < 0.86) {
    const jobs = box ? known.extractions(box) : [];
    const job = jobs.length > 0 ? random.pick(jobs) : undefined;
    if (!job) return press(identity, sound);
    const fits = job.status === 'open' ? 'cancel' : 'retry';
    const word = random.chance(0.9) ? fits : 'cancel';
    const who = random.chance(0.2) ? admin : identityOf(job.user_id);
    return request(who, `POST /extractions/{id}/${word}`, { params: { id: job.id } });
  }
  if (drawn < 0.9) {
    const amount = random.pick([8, 3, 1, -3, -20]);
    return grant(random.pick(payers), amount);
  }
  if (drawn < 0.93) {
    const route = `POST /playlists/{id}/sounds`;
    const params = { id: mainPlaylistId };
    return request(admin, route, { params, body: { sound_id: sound } });
  }
  if (drawn < 0.95) {
    const body = random.pick([
      { resume_after_power_cut: random.chance(0.5) },
      { crossfade_ms: random.below(3) * 1000 },
      { volume_max: random.pick([100, 60]) },
    ]);
    return request(admin, 'PATCH /admin/settings', { body });
  }
  return press(identity, sound);
};

export const press = (identity: Identity, sound_id: string): Wish =>
  say(identity, 'play_sound', { sound_id }, 'PlayRequested');

export const grant = (to: Name, amount: number): Wish =>
  request(admin, 'POST /admin/users/{id}/credits', {
    params: { id: to },
    body: { amount, reason: 'a wish' },
    led: 'adjustment',
  });

export const extraction = (identity: Identity, media: string): Wish =>
  request(identity, 'POST /extractions/', {
    body: { url: `https://media.example/${media}`, sponsorblock: false },
    led: 'ExtractionRequested',
  });
