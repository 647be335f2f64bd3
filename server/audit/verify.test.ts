import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/test-app.ts';
import { verifyProgress, verifyVerdict, type VerifyVerdict } from './contract.ts';
import { look, startPressedHouse, tamper, tamperings } from './testing/pressed-house.ts';
import type { PressedHouse } from './testing/pressed-house.ts';

let house: PressedHouse;
beforeEach(async () => {
  house = await startPressedHouse();
});
afterEach(() => house.app.stop());

const open = (signal?: AbortSignal) =>
  fetch(`${house.app.url}/api/v1/admin/audit/verify`, {
    headers: { Authorization: `Bearer ${house.token}` },
    ...(signal ? { signal } : {}),
  });

const lines = async (): Promise<unknown[]> => {
  const text = await (await open()).text();
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
};
const verify = async (): Promise<VerifyVerdict> => verifyVerdict.parse((await lines()).at(-1));
const head = () => look(house.database, 'SELECT max(global_position) FROM events') as number;
const lastOf = (playId: string) =>
  look(
    house.database,
    `SELECT max(global_position) FROM events WHERE stream_id = 'play-${playId}'`,
  ) as number;

it('streams progress as JSON lines and ends with one verdict', async () => {
  const answer = await open();
  expect(answer.headers.get('Content-Type')).toBe('application/x-ndjson');
  await answer.text();
  const all = await lines();
  const verdict = verifyVerdict.strict().parse(all.at(-1));
  const hash = look(
    house.database,
    'SELECT lower(hex(hash)) FROM events ORDER BY global_position DESC',
  );
  expect(verdict).toEqual({ verdict: 'valid', position: head(), head: hash });
  const progress = all.slice(0, -1).map((line) => verifyProgress.strict().parse(line));
  expect(progress[0]).toEqual({ checked: 0, of: head() });
});

it('goes on beside presses, of one moment', async () => {
  const answer = open();
  const sound = look(house.database, 'SELECT id FROM sounds') as string;
  for (let press = 0; press < 20; press++) {
    expect((await house.app.call('POST', `/sounds/play/${sound}`)).status).toBe(202);
  }
  const text = await (await answer).text();
  expect(text).toContain('"verdict":"valid"');
});

it('is for admins', async () => {
  const { status } = await house.app.call('GET', '/admin/audit/verify', { token: null });
  expect(status).toBe(401);
});

describe('finds, with its position,', () => {
  it.each(tamperings)('$name', async ({ sql, position, fault }) => {
    const [was, playEnd] = [head(), lastOf(house.playId)];
    tamper(house.database, sql(was));
    const verdict = await verify();
    expect(verdict).toMatchObject({ verdict: 'broken', position: position(was, playEnd) });
    expect(verdict.fault).toMatch(fault);
  });

  it('two rows of a read model that changed places', async () => {
    house.app.addSound('Bell.wav', 880);
    await house.app.call('POST', '/sounds/scan');
    tamper(
      house.database,
      `UPDATE sounds SET created_at = (SELECT sum(created_at) FROM sounds) - created_at,
         name = (SELECT other.name FROM sounds AS other WHERE other.id <> sounds.id)`,
    );
    const verdict = await verify();
    // The horn's row was last written when it was heard.
    const heard = look(
      house.database,
      `SELECT global_position FROM events WHERE type = 'PlayStarted'`,
    );
    expect(verdict).toMatchObject({ verdict: 'broken', position: heard });
    expect(verdict.fault).toMatch(/^sounds: the row id = /);
  });

  it('a balance that somebody gave themselves, with the event it should be from', async () => {
    const userId = look(house.database, 'SELECT user_id FROM people') as string;
    const body = { amount: 5, reason: 'test' };
    await house.app.call('POST', `/admin/users/${userId}/credits`, { body });
    await house.app.call('POST', `/admin/users/${userId}/credits`, { body });
    const granted = head();
    // Something else happens after it, so that the log's end is not the answer.
    await house.app.call('POST', '/sounds/stop');
    tamper(house.database, 'UPDATE credit_accounts SET balance = 1000');
    const verdict = await verify();
    expect(verdict).toMatchObject({ verdict: 'broken', position: granted });
    expect(verdict.fault).toMatch(/^credit_accounts: the row user_id = /);
  });

  it('a movement that somebody made larger, in the log and in the table alike', async () => {
    const userId = look(house.database, 'SELECT user_id FROM people') as string;
    const body = { amount: 5, reason: 'test' };
    await house.app.call('POST', `/admin/users/${userId}/credits`, { body });
    const granted = head();
    await house.app.call('POST', '/sounds/stop');
    tamper(
      house.database,
      `UPDATE events SET data = json_set(data, '$.amount', 999, '$.balance_after', 999)
         WHERE global_position = ${granted};
       UPDATE credit_transactions SET amount = 999, balance_after = 999;
       UPDATE credit_accounts SET balance = 999`,
    );
    expect(await verify()).toMatchObject({
      verdict: 'broken',
      position: granted,
      fault: `event ${granted} was altered`,
    });
  });

  it('a head in the database that was published for another log', async () => {
    tamper(
      house.database,
      `INSERT INTO published_heads (position, head, published_at) VALUES (3, '${'cd'.repeat(32)}', 0)`,
    );
    expect(await verify()).toMatchObject({
      verdict: 'broken',
      position: 3,
      fault: 'event 3 is not the one whose hash was published',
    });
  });
});

it('stops when the client hangs up, and gives its place free', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const ending = new AbortController();
      const { status } = await open(ending.signal);
      ending.abort();
      return status;
    }),
  );
  expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 200, 429, 429, 429, 429]);
  const verdict = await eventually(async () => {
    const answer = await open();
    const text = await answer.text();
    return answer.status === 200 ? text : undefined;
  });
  expect(verdict).toContain('"verdict":"valid"');
});
