import { afterEach, beforeEach, expect, it } from 'vitest';
import { causeChain } from './contract.ts';
import { look, startPressedHouse, type PressedHouse } from './testing/pressed-house.ts';

let house: PressedHouse;
beforeEach(async () => {
  house = await startPressedHouse();
});
afterEach(() => house.app.stop());

it('tells a press from its beginning to its end, from any of its events', async () => {
  const idOf = (type: string) =>
    look(house.database, `SELECT event_id FROM events WHERE type = '${type}'`) as string;
  const { body } = await house.app.call('GET', `/admin/audit/why/${idOf('PlayStarted')}`);
  const { chain } = causeChain.parse(body);
  expect(chain.map(({ type }) => type)).toEqual(['PlayRequested', 'PlayStarted', 'PlayFinished']);
  expect(chain[0]).toMatchObject({ after_ms: 0, origin: 'http', causation_id: null });
  expect(chain[1]?.causation_id).toBe(chain[0]?.event_id);
  for (const event of chain) {
    const time = (one: { recorded_at: string } | undefined) => Date.parse(one?.recorded_at ?? '');
    expect(event.after_ms).toBe(time(event) - time(chain[0]));
  }
  const same = await house.app.call('GET', `/admin/audit/why/${idOf('PlayRequested')}`);
  expect(same.body).toEqual(body);
});

it('knows no event of another name', async () => {
  const { status, body } = await house.app.call('GET', '/admin/audit/why/nothing');
  expect([status, body['code']]).toEqual([404, 'unknown_event']);
});
