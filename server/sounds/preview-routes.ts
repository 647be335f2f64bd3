import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { route, type Route, type RouteReply } from '../kernel/door.ts';
import { ProblemError } from '../kernel/problem.ts';
import { done } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Caretaker } from './caretaker.ts';
import { waveform, type Sound } from './contract.ts';
import { typeFolders } from './library-walk.ts';
import type { MediaFacts } from './media-facts.ts';
import { mediaTypeOf } from './media-types.ts';
import type { Pictures } from './pictures.ts';
import { soundUnknown } from './problems.ts';
import type { SoundQueries } from './queries.ts';
import type { Thumbnails } from './thumbnails.ts';

const read = { role: 'guest', scope: 'read' } as const;
const params = z.object({ id: z.string() });
const version = z.string().max(64).optional().meta({
  description: 'The hash of the content: with it the answer may be kept for ever',
});

const problem = (status: 404 | 409 | 503, code: string, title: string, detail: string) =>
  new ProblemError({ status, code, title, detail });

const fileMissing = () =>
  problem(
    404,
    'file_missing',
    'File missing',
    'The file of this sound is not there. Put it back or upload it again.',
  );

const fileChanged = (reason: string) =>
  problem(409, 'file_changed', 'File changed', `${reason}. Scan the sounds and try again.`);

const notNormalized = () =>
  problem(409, 'not_normalized', 'Not normalized', 'There is no normalized copy of this sound.');

const noThumbnail = () =>
  problem(404, 'no_thumbnail', 'No picture', 'This sound has no picture of its own.');

/** RFC 6266: a plain name for old programs, the true one for all others. */
export const inlineName = (name: string): string => {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `inline; filename="${plain}"; filename*=UTF-8''${exact}`;
};

/** The file of a sound below the library's root, and what is known of it. */
const audioOf = (sound: Sound, normalized: boolean) => {
  const folder = typeFolders[sound.type];
  if (!normalized) {
    const { filename, hash, size } = sound;
    return { place: join('originals', folder, filename), filename, hash, size };
  }
  const { normalized_filename: filename, normalized_hash: hash, normalized_size: size } = sound;
  if (filename === null || hash === null || size === null) throw notNormalized();
  return { place: join('normalized', folder, filename), filename, hash, size };
};

const tagged = (hash: string, asked: string | undefined) => ({
  ETag: `"${hash}"`,
  'Cache-Control': asked === hash ? 'private, max-age=31536000, immutable' : 'private, no-cache',
});

/** A sound heard, seen and pictured in the browser. */
export const previewRoutes = (ports: {
  kernel: Kernel;
  queries: SoundQueries;
  facts: MediaFacts;
  caretaker: Caretaker;
  pictures: Pictures;
  thumbnails: Thumbnails;
  soundsDir: string;
}): Route[] => {
  const { kernel, queries, facts, caretaker, pictures, thumbnails, soundsDir } = ports;

  const find = (id: string): Sound => {
    const sound = queries.find(id, null);
    if (!sound) throw soundUnknown();
    return sound;
  };

  const look = async (sound: Sound): Promise<void> => {
    const mended = await caretaker.mend({ ...sound, duration_ms: sound.duration });
    if (mended.ok) return;
    if (!(await lstat(originalOf(sound)).catch(() => undefined))) throw fileMissing();
    throw fileChanged(`The sound cannot be read: ${mended.reason}`);
  };
  const originalOf = (sound: Sound) => join(soundsDir, audioOf(sound, false).place);

  return [
    route({
      method: 'GET',
      path: '/sounds/{id}/audio',
      summary: 'The file itself, to listen to here; in ranges',
      access: read,
      params,
      query: z.object({
        normalized: z.enum(['true', 'false']).default('false'),
        h: version,
      }),
      answers: {
        200: { description: 'The file', schema: null, mediaType: 'audio/*' },
        206: { description: 'The part that was asked for', schema: null, mediaType: 'audio/*' },
      },
      problems: [
        { status: 404, code: 'unknown_sound' },
        { status: 404, code: 'file_missing' },
        { status: 409, code: 'file_changed' },
        { status: 409, code: 'not_normalized' },
      ],
      async handle({ params, query }): Promise<RouteReply> {
        const sound = find(params.id);
        const { place, filename, hash, size } = audioOf(sound, query.normalized === 'true');
        const path = join(soundsDir, place);
        const stat = await lstat(path).catch(() => undefined);
        if (!stat) throw fileMissing();
        if (!stat.isFile() || stat.size !== size) {
          throw fileChanged('The file on the disk is no longer the one that is known');
        }
        return {
          status: 200,
          headers: {
            ...tagged(hash, query.h),
            'Content-Type': mediaTypeOf(filename),
            'Content-Disposition': inlineName(filename.slice(filename.lastIndexOf('/') + 1)),
          },
          file: { path, size },
        };
      },
    }),
    route({
      method: 'GET',
      path: '/sounds/{id}/waveform',
      summary: 'How loud the sound is along its length',
      access: read,
      params,
      query: z.object({ h: version }),
      answers: { 200: { description: 'Duration and levels', schema: waveform } },
      problems: [
        { status: 404, code: 'unknown_sound' },
        { status: 404, code: 'file_missing' },
        { status: 409, code: 'file_changed' },
      ],
      async handle({ params, query }) {
        const sound = find(params.id);
        const { hash, duration } = sound;
        if (!facts.fine(hash)) await look(sound);
        const peaks = [...(facts.fine(hash) ?? [])];
        return { status: 200, body: { duration, peaks }, headers: tagged(hash, query.h) };
      },
    }),
    route({
      method: 'GET',
      path: '/sounds/{id}/thumbnail',
      summary: 'The picture that the file carries, or that came with it, drawn small',
      access: read,
      params,
      query: z.object({ h: version }),
      answers: { 200: { description: 'The picture', schema: null, mediaType: 'image/jpeg' } },
      problems: [
        { status: 404, code: 'unknown_sound' },
        { status: 404, code: 'no_thumbnail' },
        { status: 503, code: 'no_room' },
      ],
      async handle({ params, query }): Promise<RouteReply> {
        const sound = find(params.id);
        const { hash } = sound;
        if (!facts.fine(hash)) await look(sound);
        if (!facts.hasPicture(hash)) throw noThumbnail();
        const source = thumbnails.has(hash) ? thumbnails.pathOf(hash) : originalOf(sound);
        const picture = await pictures.ensure(hash, source);
        if (!picture.ok && picture.code === 'not_written') {
          throw problem(503, 'no_room', 'No room', `Make room on the disk: ${picture.reason}.`);
        }
        if (!picture.ok && picture.code === 'unreadable') throw fileMissing();
        if (!picture.ok) {
          kernel.logger.warn({ file: sound.filename, said: picture.last_words }, picture.reason);
          await kernel.bus.execute({ actor: 'system', origin: 'system' }, () => {
            facts.keepUndrawable(hash);
            return done(null);
          });
          throw noThumbnail();
        }
        const { size } = await lstat(picture.path);
        return {
          status: 200,
          headers: { ...tagged(hash, query.h), 'Content-Type': 'image/jpeg' },
          file: { path: picture.path, size },
        };
      },
    }),
  ];
};
