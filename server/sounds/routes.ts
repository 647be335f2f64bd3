import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { pageLimit, pageOf } from '../kernel/lists.ts';
import { catalogue, scanReport, sound, waveforms } from './contract.ts';
import type { Library } from './library.ts';
import { soundUnknown } from './problems.ts';
import { soundSorts, type SoundCursor, type SoundQueries, type SoundSort } from './queries.ts';

const read = { role: 'guest', scope: 'read' } as const;

/** An opaque cursor: the sorted value and id of the last sound of a page. */
const cursor = z
  .string()
  .max(512)
  .transform((text, context) => {
    const read = cursorParts.safeParse(parseJson(Buffer.from(text, 'base64url').toString()));
    if (read.success) return { value: read.data[0], id: read.data[1] };
    context.addIssue({ code: 'custom', message: 'not a cursor of this list' });
    return z.NEVER;
  });
const cursorParts = z.tuple([z.union([z.string(), z.number()]), z.string()]);
const cursorOf = ({ value, id }: SoundCursor): string =>
  Buffer.from(JSON.stringify([value, id])).toString('base64url');
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const listQuery = z.object({
  types: z.union([z.string(), z.array(z.string())]).optional(),
  q: z.string().max(200).optional(),
  is_normalized: z.enum(['true', 'false']).optional(),
  sort: z.enum(Object.keys(soundSorts) as SoundSort[]).default('plays'),
  order: z.enum(['asc', 'desc']).optional(),
  limit: pageLimit,
  cursor: cursor.optional(),
});

const defaultOrder = { name: 'asc', plays: 'desc', recent: 'desc', duration: 'asc' } as const;

export const soundRoutes = (ports: {
  queries: SoundQueries;
  library: Library;
  /** Positions in the log up to which each answer is the same. */
  versions: Readonly<Record<'catalogue' | 'waveforms', number>>;
}): Route[] => {
  const { queries, library, versions } = ports;
  const tagged = (answer: keyof typeof versions) => ({
    ETag: `"${answer}-${versions[answer]}"`,
    'Cache-Control': 'private, no-cache',
  });

  return [
    route({
      method: 'GET',
      path: '/sounds/',
      summary: 'Sounds of the library',
      access: read,
      query: listQuery,
      answers: {
        200: {
          description: 'A page of sounds',
          schema: pageOf(sound),
        },
      },
      handle({ query }) {
        const { items, next, total } = queries.list({
          types: typeof query.types === 'string' ? [query.types] : query.types,
          q: query.q,
          is_normalized:
            query.is_normalized === undefined ? undefined : query.is_normalized === 'true',
          sort: query.sort,
          order: query.order ?? defaultOrder[query.sort],
          limit: query.limit,
          after: query.cursor,
        });
        return { status: 200, body: { items, next_cursor: next ? cursorOf(next) : null, total } };
      },
    }),
    route({
      method: 'GET',
      path: '/sounds/catalogue',
      summary: 'Every playable sound, small: what the board loads first',
      access: read,
      answers: { 200: { description: 'The catalogue', schema: catalogue } },
      handle: () => ({
        status: 200,
        body: { items: queries.catalogue() },
        headers: tagged('catalogue'),
      }),
    }),
    route({
      method: 'GET',
      path: '/sounds/waveforms',
      summary: 'Waveform thumbnails of every playable sound',
      access: read,
      answers: { 200: { description: 'Bars by sound id', schema: waveforms } },
      handle: () => ({
        status: 200,
        body: { items: queries.waveforms() },
        headers: tagged('waveforms'),
      }),
    }),
    route({
      method: 'GET',
      path: '/sounds/{id}',
      summary: 'One sound',
      access: read,
      params: z.object({ id: z.string() }),
      answers: { 200: { description: 'The sound', schema: sound } },
      problems: [{ status: 404, code: 'unknown_sound' }],
      handle({ params }) {
        const found = queries.find(params.id);
        if (!found) throw soundUnknown();
        return { status: 200, body: found };
      },
    }),
    route({
      method: 'POST',
      path: '/sounds/scan',
      summary: 'Compare the library with the folders, and report',
      access: { role: 'admin', scope: 'library' },
      answers: { 200: { description: 'What changed', schema: scanReport } },
      async handle({ command }) {
        const { report, position } = await library.scan(command);
        return { status: 200, body: report, position };
      },
    }),
  ];
};
