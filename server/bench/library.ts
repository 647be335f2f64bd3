import { createHash } from 'node:crypto';
import { createHouseKernel } from '../house-kernel.ts';
import { silentLogger } from '../kernel/logger.ts';
import { uuidv7 } from '../kernel/ports.ts';
import type { Storage } from '../kernel/storage.ts';
import { mainPlaylistId, playlistStream } from '../playlists/events.ts';

const syllables =
  'ba de fi go hu jam kel lor mun pra que ris sto tur vex win yor zan air horn'.split(' ');
const tags = ['alerts', 'house', 'memes', 'games', 'quizshow', 'music', 'sea', 'birds'];

/** Always the same numbers, so that runs compare. */
export const dice = (seed: number) => {
  let state = seed;
  return (sides: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % sides;
  };
};

/**
 * A library without files: of a folder that is not there, no sound is missed. Every sound has `also`
 * beside a tag of its own, and is in the main list, as a box has them; answers the ids.
 */
export const fillSounds = (
  storage: Storage,
  count: number,
  also: readonly string[] = [],
): string[] => {
  const kernel = createHouseKernel({ storage, logger: silentLogger });
  const roll = dice(1);
  const word = () =>
    Array.from({ length: 1 + roll(3) }, () => syllables[roll(syllables.length)]).join('');
  const ids = Array.from({ length: count }, () => uuidv7());
  const meta = {
    actor: 'system',
    origin: 'system',
    correlationId: 'bench',
    causationId: null,
  } as const;
  const append = (stream: string, after: number, type: string, data: Record<string, unknown>) => {
    for (const event of kernel.log.append(stream, after, [{ type, data }], meta)) {
      kernel.projector.project(event);
    }
  };
  const main = playlistStream(mainPlaylistId);
  storage.exec('BEGIN');
  append(main, 0, 'PlaylistCreated', {
    playlist_id: mainPlaylistId,
    name: 'All sounds',
    description: '',
    visibility: 'household',
    owner_id: null,
    rules: null,
  });
  for (const [number, sound_id] of ids.entries()) {
    const tag = tags[roll(tags.length)] as string;
    append(`sound-${sound_id}`, 0, 'SoundAdded', {
      sound_id,
      name: `${word()} ${word()} ${number}`,
      tags: [tag, ...also],
      type: 'SDB',
      filename: `${tag}/${number}.wav`,
      hash: createHash('sha256').update(sound_id).digest('hex'),
      size: 40_000 + number,
      duration_ms: 200 + roll(5000),
      format: 'wav',
      codec: 'pcm_s16le',
      channels: 2,
      sample_rate: 48_000,
      demuxer: 'wav',
    });
    const entry = { playlist_id: mainPlaylistId, entry_id: uuidv7(), sound_id, before: null };
    append(main, number + 1, 'EntryAdded', entry);
  }
  storage.exec('COMMIT');
  return ids;
};
