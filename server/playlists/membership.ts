import { done, type CommandRequest } from '../kernel/command-bus.ts';
import type { Recorded } from '../kernel/event.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Reactor } from '../kernel/reactors.ts';
import type { SoundEvent } from '../sounds/events.ts';
import { playlistDecider } from './decider.ts';
import { mainPlaylistId, playlistStream } from './events.ts';
import type { PlaylistQueries } from './queries.ts';

const mainName = 'All sounds';

/** Sounds that join the main list in one command, when there are many to catch up with. */
const joinedAtOnceMax = 200;

type JoinEvent = Extract<Recorded<SoundEvent>, { type: 'SoundAdded' | 'SoundRestored' }>;
type LeaveEvent = Extract<Recorded<SoundEvent>, { type: 'SoundRemoved' }>;

/** Every sound is in the main list; a sound that is removed leaves all lists. */
export const createMembership = (kernel: Kernel, queries: PlaylistQueries) => {
  const join = (request: CommandRequest, soundIds: readonly string[]) =>
    kernel.bus.execute(request, (tx) => {
      const stream = playlistStream(mainPlaylistId);
      tx.decide(playlistDecider, stream, {
        type: 'CreatePlaylist',
        playlist_id: mainPlaylistId,
        name: mainName,
        description: '',
        visibility: 'household',
        owner_id: null,
        rules: null,
      });
      for (const sound_id of soundIds) {
        // At least once, so it may be there already.
        if (queries.holding(sound_id).some((one) => one.playlist_id === mainPlaylistId)) continue;
        const entry_id = tx.newId();
        const entry = { entry_id, sound_id, before: null, known: true };
        tx.decide(playlistDecider, stream, { type: 'AddEntry', ...entry });
      }
      return done(null);
    });

  const leave = (request: CommandRequest, sound_id: string) =>
    kernel.bus.execute(request, (tx) => {
      for (const { playlist_id, entry_id } of queries.holding(sound_id)) {
        const command = { type: 'RemoveEntry', entry_id, sound_id, spare: true } as const;
        tx.decide(playlistDecider, playlistStream(playlist_id), command);
      }
      return done(null);
    });

  const reactor: Reactor = {
    name: 'playlists',
    on: ['SoundAdded', 'SoundRestored', 'SoundRemoved'],
    async react(recorded) {
      const event = recorded as JoinEvent | LeaveEvent;
      const { correlationId, eventId: causationId } = event;
      const request = { actor: 'system', origin: 'system', correlationId, causationId } as const;
      const { sound_id } = event.data;
      if (event.type === 'SoundRemoved') await leave(request, sound_id);
      else await join(request, [sound_id]);
    },
  };

  return {
    reactor,
    /** Makes the main list at the first start and takes in what came before there was one. */
    async catchUp(): Promise<void> {
      const request = { actor: 'system', origin: 'system' } as const;
      const missing = queries.outsideMain();
      do await join(request, missing.splice(0, joinedAtOnceMax));
      while (missing.length > 0);
    },
  };
};
