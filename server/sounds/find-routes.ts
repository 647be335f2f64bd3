import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { pageLimit, pageOf } from '../kernel/lists.ts';
import { sound } from './contract.ts';
import { cursorText, listCursor, notACursor } from './cursor.ts';
import type { SoundQueries } from './queries.ts';
import type { SoundFilter, SoundSearch } from './search.ts';
import { soundSorts, type SoundSort } from './sound-orders.ts';

const repeatable = z.union([z.string().max(200), z.array(z.string().max(200)).max(50)]);
const flag = z.enum(['true', 'false']);

const defaultOrder: Record<SoundSort, 'asc' | 'desc'> = {
  name: 'asc',
  plays: 'desc',
  recent: 'desc',
  duration: 'asc',
  relevance: 'asc',
};

type Order = {
  sort?: SoundSort | undefined;
  order?: 'asc' | 'desc' | undefined;
  q?: string | undefined;
};
const orderOf = (query: Order) => {
  const sort = query.sort ?? (query.q ? 'relevance' : 'plays');
  const order = query.order ?? defaultOrder[sort];
  return { sort, order, name: `${sort} ${order}` };
};

const listQuery = z
  .object({
    types: repeatable.optional(),
    q: z.string().max(200).optional(),
    /** Every one of them. */
    tags: repeatable.optional(),
    favourite: flag.optional(),
    is_normalized: flag.optional(),
    sort: z.enum(soundSorts).optional(),
    order: z.enum(['asc', 'desc']).optional(),
    limit: pageLimit,
    cursor: listCursor.optional(),
  })
  .refine(({ cursor, ...query }) => cursor === undefined || cursor.order === orderOf(query).name, {
    path: ['cursor'],
    message: notACursor,
  });
type ListQuery = z.output<typeof listQuery>;

const list = (value: string | string[] | undefined): readonly string[] | undefined =>
  typeof value === 'string' ? [value] : value;

/** Favourites are asked for only when they matter. */
const filterOf = (query: ListQuery, favourites: () => readonly string[]): SoundFilter => {
  const { sort, order } = orderOf(query);
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
    order,
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
      const next_cursor = next ? cursorText({ order: orderOf(query).name, ...next }) : null;
      return { status: 200, body: { items, next_cursor, total } };
    },
  }),
];
