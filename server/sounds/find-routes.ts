import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { pageLimit, pageOf } from '../kernel/lists.ts';
import { sound } from './contract.ts';
import type { SoundQueries } from './queries.ts';
import {
  soundSorts,
  type SoundCursor,
  type SoundFilter,
  type SoundSearch,
  type SoundSort,
} from './search.ts';

/** An opaque cursor: the sorted value and id of the last sound of a page. */
const cursor = z
  .string()
  .max(4096)
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

const repeatable = z.union([z.string().max(200), z.array(z.string().max(200)).max(50)]);
const flag = z.enum(['true', 'false']);

const listQuery = z.object({
  types: repeatable.optional(),
  q: z.string().max(200).optional(),
  /** Every one of them. */
  tags: repeatable.optional(),
  favourite: flag.optional(),
  is_normalized: flag.optional(),
  sort: z.enum(soundSorts).optional(),
  order: z.enum(['asc', 'desc']).optional(),
  limit: pageLimit,
  cursor: cursor.optional(),
});
type ListQuery = z.output<typeof listQuery>;

const defaultOrder: Record<SoundSort, 'asc' | 'desc'> = {
  name: 'asc',
  plays: 'desc',
  recent: 'desc',
  duration: 'asc',
  relevance: 'asc',
};

const list = (value: string | string[] | undefined): readonly string[] | undefined =>
  typeof value === 'string' ? [value] : value;

/** Favourites are asked for only when they matter. */
const filterOf = (query: ListQuery, favourites: () => readonly string[]): SoundFilter => {
  const sort = query.sort ?? (query.q ? 'relevance' : 'plays');
  return {
    types: list(query.types),
    q: query.q,
    tags: list(query.tags),
    is_normalized: query.is_normalized && query.is_normalized === 'true',
    favourites: query.favourite && {
      ids: new Set(favourites()),
      wanted: query.favourite === 'true',
    },
    sort,
    order: query.order ?? defaultOrder[sort],
    limit: query.limit,
    after: query.cursor,
  };
};

export const findRoutes = (ports: { queries: SoundQueries; search: SoundSearch }): Route[] => [
  route({
    method: 'GET',
    path: '/sounds/',
    summary: 'Sounds of the library; q forgives typos',
    access: { role: 'guest', scope: 'read' },
    query: listQuery,
    answers: { 200: { description: 'A page of sounds', schema: pageOf(sound) } },
    handle({ query, command }) {
      const { queries, search } = ports;
      const filter = filterOf(query, () => queries.favourites(command.actor));
      const { ids, next, total } = search.page(filter);
      const items = queries.all(ids, command.actor);
      return { status: 200, body: { items, next_cursor: next ? cursorOf(next) : null, total } };
    },
  }),
];
