/** The clock of the machine jumps by hours under the running server, by libfaketime. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { anySound, lostOf, verdictOn, type Held } from '../testing/held-presses.ts';
import { makePremises, password } from '../testing/server-process.ts';

const library = ['x86_64', 'aarch64']
  .map((arch) => `/usr/lib/${arch}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((path) => existsSync(path));
const secondMs = 1000;
const hourMs = 3600 * secondMs;
const dayMs = 24 * hourMs;

it('jumps by hours and days lose no press, sign nobody out, refill once and fire once', async (context) => {
  if (library === undefined) return context.skip('this needs Debian’s libfaketime');
  const dir = mkdtempSync(join(tmpdir(), 'encore-clock-'));
  const offset = join(dir, 'offset');
  // At noon, so that no hours lead into another day.
  const noon = Math.ceil(Date.now() / dayMs) * dayMs + dayMs / 2;
  const homeMs = noon - Date.now();
  const set = (ms: number) => {
    const seconds = Math.round((homeMs + ms) / secondMs);
    writeFileSync(offset, `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}`);
  };
  set(0);
  const premises = await makePremises(dir);
  const house = await premises.start({
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: offset,
      FAKETIME_CACHE_DURATION: '1',
      DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
  });
  try {
    await house.ready();
    await premises.setUp();
    const soundId = await anySound(premises);
    const held: Held[] = [];

    const serverTime = async () =>
      Date.parse((await premises.call('GET', '/credits/balance')).body['at'] as string);
    const home = () => Date.now() + homeMs;
    /** To so far from where it was, and until the server has noticed. */
    const jump = async (ms: number) => {
      set(ms);
      while (Math.abs((await serverTime()) - home() - ms) > 10 * secondMs) await sleep(50);
    };
    const press = async () => {
      const { status, body, headers } = await premises.call('POST', `/sounds/play/${soundId}`);
      expect(status).toBe(202);
      const playId = body['play_id'] as string;
      held.push({ playId, position: Number(headers.get('X-Event-Position')) });
      for (;;) {
        const play = (await premises.call('GET', `/plays/${playId}`)).body;
        if (play['ended_at'] !== null) return expect(play['status']).toBe('finished');
        await sleep(20);
      }
    };

    const person = { name: 'Ben', password, role: 'user', plan: 'free' };
    const { body: ben } = await premises.call('POST', '/admin/users', person);
    const signIn = await premises.call('POST', '/auth/login', { name: 'Ben', password });
    let session = signIn;
    const cookies = () =>
      session.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ');
    const asBen = (path: string) =>
      premises.call('GET', path, undefined, {
        Authorization: `Bearer ${session.body['access_token'] as string}`,
      });
    const refresh = async () => {
      session = await premises.call('POST', '/auth/refresh', undefined, {
        Cookie: cookies(),
        'Sec-Fetch-Site': 'same-origin',
        Authorization: '',
      });
      expect(session.status).toBe(200);
    };
    const balance = async () =>
      (await premises.call('GET', `/admin/credits/${ben['id'] as string}`)).body['balance'];

    // Rings in an hour, by nobody's clock but the server's.
    const ringsAt = Math.ceil((home() + hourMs) / 60_000) * 60_000;
    const alarm = {
      name: 'Alarm',
      when: {
        weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
        time: new Date(ringsAt).toISOString().slice(11, 16),
      },
      zone: 'UTC',
      what: { type: 'play_sound', sound_id: soundId },
    };
    const { body: schedule } = await premises.call('POST', '/admin/schedules', alarm);
    const scheduleId = schedule['id'] as string;
    /** The scheduler looks at its clock at least each minute, and when a schedule changes. */
    const look = async (name: string) =>
      expect(
        (await premises.call('PATCH', `/admin/schedules/${scheduleId}`, { name })).status,
      ).toBe(200);
    const rang = async () => {
      const { body } = await premises.call('GET', '/plays?limit=100');
      const plays = body['items'] as { origin: string }[];
      return plays.filter(({ origin }) => origin === 'schedule').length;
    };

    await press();
    expect((await asBen('/auth/me')).status).toBe(200);

    await jump(3 * hourMs);
    await press();
    expect((await asBen('/auth/me')).status).toBe(401);
    await refresh();
    expect((await asBen('/auth/me')).status).toBe(200);
    await look('Missed');
    expect(await rang()).toBe(0);

    await jump(-3 * hourMs);
    await press();
    expect((await asBen('/auth/me')).status).toBe(200);
    await refresh();
    expect((await asBen('/auth/me')).status).toBe(200);

    for (let time = 0; time < 2; time++) {
      await jump(ringsAt - home() - 4 * secondMs);
      await look(`Rings, time ${time}`);
      while ((await serverTime()) < ringsAt + 2 * secondMs) await sleep(50);
      expect(await rang()).toBe(1);
      await jump(-3 * hourMs);
    }

    await jump(0);
    expect(await balance()).toBe(25);
    await jump(dayMs);
    while ((await balance()) === 25) await sleep(100);
    expect(await balance()).toBe(40);
    await jump(-dayMs);
    await press();
    await jump(dayMs);
    await press();
    await jump(0);
    expect(await balance()).toBe(40);

    expect(await house.end('SIGTERM')).toBe(0);
    expect(lostOf(premises, held)).toEqual([]);
    expect(verdictOn(premises)).toMatchObject({ verdict: 'valid' });
  } finally {
    await house.end('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  }
}, 600_000);
