import { done } from '../kernel/command-bus.ts';
import { soundDecider } from '../sounds/decider.ts';
import { soundStream } from '../sounds/events.ts';
import type { Box } from './box.ts';
import { soundFile } from './media.ts';
import { people } from './people.ts';

/** Id, which is its name too, and what a second press of it does. */
export const sounds = [
  ['overlap', 'overlap'],
  ['overlap-2', 'overlap'],
  ['restart', 'restart'],
  ['ignore', 'ignore'],
  ['queue', 'queue'],
  ['queue-2', 'queue'],
] as const;

const by = { actor: 'system', origin: 'system' } as const;

/** What a first evening brings: people, and sounds to press. */
export const furnish = async ({ kernel, registerAccount }: Box): Promise<void> => {
  for (const [name, { role, plan }] of Object.entries(people)) {
    const account = { userId: name, name, email: null, passwordHash: 'x', plan } as const;
    await kernel.bus.execute(by, (tx) =>
      registerAccount(tx, { ...account, role: role === 'admin' ? 'first_admin' : role }),
    );
  }
  await kernel.bus.execute(by, (tx) => {
    for (const [sound_id, policy] of sounds) {
      const file = soundFile(`${sound_id}.wav`, sound_id.padEnd(64, '0'), 'SDB');
      const stream = soundStream(sound_id);
      const named = { sound_id, name: sound_id, tags: [], known: false };
      tx.decide(soundDecider, stream, { type: 'AddSound', ...named, file });
      tx.decide(soundDecider, stream, { type: 'DescribeSound', changes: { policy } });
    }
    return done(null);
  });
};
