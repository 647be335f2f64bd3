import { expect, it } from 'vitest';
import { done } from '../kernel/command-bus.ts';
import type { Recorded } from '../kernel/event.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { soundsProjection } from '../sounds/projection.ts';
import { usersSideTables } from '../users/side-tables.ts';
import { playlistDecider } from './decider.ts';
import { playlistStream } from './events.ts';
import { playlists } from './index.ts';
import { playlistsProjection } from './projection.ts';

it('a message about a list looks the list up once, however many listen', async () => {
  const kernel = testKernel({
    projections: [playlistsProjection, soundsProjection],
    sideTables: [usersSideTables],
  });
  const { feed } = playlists.setup(kernel, undefined);
  const committed: Recorded[] = [];
  kernel.bus.onCommitted((events) => void committed.push(...events));
  await kernel.bus.execute({ actor: 'mira', origin: 'http' }, (tx) => {
    tx.decide(playlistDecider, playlistStream('p'), {
      type: 'CreatePlaylist',
      playlist_id: 'p',
      name: 'P',
      description: '',
      visibility: 'private',
      owner_id: 'mira',
      rules: null,
    });
    return done(null);
  });
  const [event] = committed;
  const message = event && feed?.['PlaylistCreated']?.(event);
  // Whoever looked now would find no such list.
  kernel.storage.exec('DELETE FROM playlists');
  const hears = (actor: string, role = 'user') => message?.audience?.({ actor, role });
  expect([hears('mira'), hears('ben'), hears('ben', 'admin')]).toEqual([true, false, true]);
});
