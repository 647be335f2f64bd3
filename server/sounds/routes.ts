import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { catalogue, catalogueLimitMax, sound, waveforms } from './contract.ts';
import { soundUnknown } from './problems.ts';
import type { SoundQueries } from './queries.ts';

const read = { role: 'guest', scope: 'read' } as const;

const catalogueQuery = z.object({
  /** The first of them alone. */
  limit: z.coerce.number().int().min(1).max(catalogueLimitMax).optional(),
});

export const soundRoutes = (ports: {
  queries: SoundQueries;
  /** Positions in the log up to which each answer is the same. */
  versions: Readonly<Record<'catalogue' | 'waveforms', number>>;
}): Route[] => {
  const { queries, versions } = ports;
  const tagged = (answer: keyof typeof versions, limit?: number) => ({
    ETag: `"${answer}-${versions[answer]}${limit === undefined ? '' : `-${limit}`}"`,
    'Cache-Control': 'private, no-cache',
  });

  return [
    route({
      method: 'GET',
      path: '/sounds/catalogue',
      summary: 'Every playable sound, small: what the board loads first',
      access: read,
      query: catalogueQuery,
      answers: { 200: { description: 'The catalogue', schema: catalogue } },
      handle: ({ query: { limit } }) => ({
        status: 200,
        body: { items: queries.catalogue(limit) },
        headers: tagged('catalogue', limit),
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
      handle({ params, command }) {
        const found = queries.find(params.id, command.actor);
        if (!found) throw soundUnknown();
        return { status: 200, body: found };
      },
    }),
  ];
};
