import fc from 'fast-check';
import type { WebSocket } from 'ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, openSocket } from '../users/testing/people.ts';
import type { PlayerState, PlayerSummary } from './contract.ts';
import type { PlayerEvent } from './events.ts';
import { evolvePlayer, initialPlayerState } from './player-state.ts';

type Act = { path: string; body?: Record<string, unknown> };
type Listener = { token: string; socket: WebSocket; heard: PlayerSummary[] };

let app: TestApp;
let people: Listener[];

/** What each heard up to the message that tells of this volume, and forgets it. */
const heardUpTo = (volume: number): Promise<PlayerSummary[][]> =>
  Promise.all(
    people.map(({ heard }) =>
      eventually(() => (heard.at(-1)?.volume === volume ? heard.splice(0) : undefined)),
    ),
  );

const listen = async (token: string): Promise<Listener> => {
  const heard: PlayerSummary[] = [];
  const socket = await openSocket(app, token);
  socket.on('message', (raw) => {
    const { type, data } = JSON.parse((raw as Buffer).toString()) as {
      type: string;
      data: PlayerSummary;
    };
    if (type === 'player_state') heard.push(data);
  });
  return { token, socket, heard };
};

beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    app.addSound(`${name}.wav`, 300 + index * 100, 10_000);
  }
  await app.call('POST', '/sounds/scan');
  app.player.connect();
  const ben = await addPerson(app, 'Ben', { role: 'user' });
  people = [await listen(app.token() ?? ''), await listen(ben.token)];
  // The first of them may have heard what went on before the second came.
  await app.call('POST', '/player/volume', { body: { volume: 1 } });
  await heardUpTo(1);
});
afterAll(async () => {
  for (const { socket } of people) socket.close();
  await app.stop();
});

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom('play', 'pause', 'resume', 'stop', 'next', 'previous').map((path) => ({ path })),
  fc.nat(3).map((index) => ({ path: `play/${index}` })),
  fc.nat(100).map((volume) => ({ path: 'volume', body: { volume } })),
  fc
    .constantFrom('continuous', 'loop', 'loop_one', 'random', 'single')
    .map((mode) => ({ path: 'mode', body: { mode } })),
  fc.nat(9999).map((position_ms) => ({ path: 'seek', body: { position_ms } })),
);

/** Whatever of a state does not go on by itself. */
const still = ({ status, mode, volume, index, entry_id, sound }: PlayerSummary) => ({
  status,
  mode,
  volume,
  index,
  entry_id,
  sound: sound?.id ?? null,
});

const folded = async () => {
  let state = initialPlayerState;
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = `stream=player-main&order=asc&limit=500${cursor && `&cursor=${cursor}`}`;
    const { body } = await app.call('GET', `/admin/audit/events?${query}`);
    const events = body['items'] as { type: string; data: never; position: number }[];
    for (const { type, data } of events) state = evolvePlayer(state, { type, data } as PlayerEvent);
    cursor = body['next_cursor'] as string | null;
  }
  return state;
};

it('two people who act at once see one order of things, and it is what the log says', async () => {
  const acts = fc.array(act, { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(acts, acts, async (...both) => {
      const asked = people.flatMap(({ token }, index) =>
        (both[index] ?? []).map(({ path, body }) =>
          app.call('POST', `/player/${path}`, { token, ...(body ? { body } : {}) }),
        ),
      );
      for (const { status } of await Promise.all(asked)) expect(status).toBeLessThan(500);
      // Another volume than before, so that there is a last message to wait for.
      const { volume } = (await app.call('GET', '/player/state')).body as PlayerState;
      const last = (volume + 1) % 101;
      await app.call('POST', '/player/volume', { body: { volume: last } });
      const now = still((await app.call('GET', '/player/state')).body as PlayerState);
      const [mira, ben] = await heardUpTo(last);
      expect(mira?.map(still).at(-1)).toEqual(now);
      expect(ben).toEqual(mira);
      const state = await folded();
      expect([state.status, state.mode, state.volume, state.place?.index]).toEqual([
        now.status,
        now.mode,
        now.volume,
        now.index ?? undefined,
      ]);
    }),
    { numRuns: 12 },
  );
});
