import { expect, test } from 'vitest';
import { person } from '../testing/fake-authenticator.ts';
import { createAccessList } from './access-list.ts';

const access = createAccessList('encore/main');
const id = '01990000-0000-7000-8000-000000000001';

test('somebody is known in topics by their name, or by their id where the name cannot stand there', () => {
  const named = (name: string) => access.replyTopic(person(name, { actor: id }), 'x');
  expect(named('Ben')).toBe('encore/main/reply/Ben/x');
  for (const name of ['a/b', '#', '+', '$SYS', 'tab\tbed']) {
    expect(named(name)).toBe(`encore/main/reply/${id}/x`);
  }
});

test('who calls themselves by an id hears nothing of whose it is', () => {
  const eve = person(id, { actor: 'eve' });
  expect(access.mayHear(eve, `encore/main/state/users/${id}`)).toBe(false);
  expect(access.mayHear(eve, `encore/main/reply/${id}/#`)).toBe(false);
  expect(access.mayHear(eve, 'encore/main/reply/eve/#')).toBe(true);
});

test('commands are below cmd, and nothing stands there itself', () => {
  const ben = person('Ben');
  expect(access.mayPublish(ben, 'encore/main/cmd/play')).toBe(true);
  for (const topic of ['encore/main/cmd', 'encore/main/cmdx/play', 'encore/other/cmd/play']) {
    expect(access.mayPublish(ben, topic)).toBe(false);
  }
});
