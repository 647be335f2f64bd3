import { expect, test } from 'vitest';
import { anEvent } from '../testing/events.ts';
import { beforePath, changesOf, settingBefore } from './changes.ts';

test('a movement of credits says itself what was before', () => {
  const data = { user_id: 'bo', amount: 3, balance_before: 1_000, balance_after: 997 };
  const event = anEvent({ type: 'CreditsDeducted', data });
  expect(beforePath(event)).toBeNull();
  expect(changesOf(event, null)).toEqual([{ what: 'Balance', before: '1,000', after: '997' }]);
});

test('a name is compared with the one before it, given at the beginning or later', () => {
  const event = anEvent({
    type: 'SoundRenamed',
    stream: 'sound-horn',
    global_position: 9,
    data: { sound_id: 'horn', name: 'Foghorn' },
  });
  const query = new URLSearchParams(beforePath(event)?.split('?')[1]);
  expect(query.getAll('type')).toEqual(['SoundRenamed', 'SoundAdded']);
  expect([query.get('stream'), query.get('cursor')]).toEqual(['sound-horn', '9']);
  const added = anEvent({
    type: 'SoundAdded',
    data: { sound_id: 'horn', name: 'Air horn', size: 3 },
  });
  expect(changesOf(event, added)).toEqual([{ what: 'Name', before: 'Air horn', after: 'Foghorn' }]);
});

test('a volume that was never set before was not set', () => {
  expect(changesOf(anEvent(), null)).toEqual([{ what: 'Volume', before: null, after: '40' }]);
});

test('a setting is compared with its own last choice among those of all settings', () => {
  const chosen = (name: string, value: unknown) =>
    anEvent({ type: 'SettingChosen', data: { name, value } });
  const event = chosen('volume_max', 80);
  const before = settingBefore(event, [chosen('crossfade_ms', 0), chosen('volume_max', 100)]);
  expect(changesOf(event, before)).toEqual([{ what: 'Volume max', before: '100', after: '80' }]);
  expect(settingBefore(event, [chosen('crossfade_ms', 0)])).toBeNull();
});

test('terms of which only some changed show those', () => {
  const plan = (refill_amount: number) =>
    anEvent({
      type: 'PlanTermsSet',
      data: { code: 'free', name: 'Free', refill_amount, prices: {} },
    });
  expect(changesOf(plan(20), plan(15))).toEqual([
    { what: 'Refill amount', before: '15', after: '20' },
  ]);
});

test('what sets nothing changes nothing', () => {
  expect(changesOf(anEvent({ type: 'PlayRequested', data: { sound_id: 'horn' } }), null)).toEqual(
    [],
  );
});
