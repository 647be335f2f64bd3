import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { playerSummary, queueBody, queueOrderBody, queuedTrack, sleepBody } from './contract.ts';
import type { Jukebox } from './jukebox.ts';
import { askedOf, controlAccess, readAccess, resultOf } from './routes.ts';
import type { Summaries } from './summary.ts';

const unknownItem = { status: 404, code: 'unknown_queue_item' } as const;

/** What plays beside the list, and the sleep timer. */
export const queueRoutes = (jukebox: Jukebox, summaries: Summaries): Route[] => [
  route({
    method: 'GET',
    path: '/player/queue',
    summary: 'Tracks that play before the list goes on',
    access: readAccess,
    answers: {
      200: {
        description: 'The queue, in order',
        schema: z.object({ items: playerSummary.shape.queue }),
      },
    },
    handle: () => ({ status: 200, body: { items: summaries.summary().queue } }),
  }),
  route({
    method: 'POST',
    path: '/player/queue',
    summary: 'Play a sound next, or after what is queued',
    access: controlAccess,
    body: queueBody,
    answers: { 201: { description: 'Queued', schema: queuedTrack } },
    problems: [
      { status: 404, code: 'unknown_sound' },
      { status: 409, code: 'queue_full' },
    ],
    async handle(request) {
      const { sound_id, where } = request.body;
      const { result, position } = resultOf(await jukebox.queue(askedOf(request), sound_id, where));
      return { status: 201, body: result, position };
    },
  }),
  route({
    method: 'DELETE',
    path: '/player/queue/{queue_id}',
    summary: 'Take a track out of the queue',
    access: controlAccess,
    params: z.object({ queue_id: z.string() }),
    answers: { 204: { description: 'Taken out', schema: null } },
    problems: [unknownItem],
    async handle(request) {
      const outcome = await jukebox.unqueue(askedOf(request), request.params.queue_id);
      return { status: 204, position: resultOf(outcome).position };
    },
  }),
  route({
    method: 'PUT',
    path: '/player/queue/order',
    summary: 'Put the queue in another order',
    access: controlAccess,
    body: queueOrderBody,
    answers: { 204: { description: 'Ordered', schema: null } },
    problems: [{ status: 409, code: 'order_stale' }],
    async handle(request) {
      const outcome = await jukebox.orderQueue(askedOf(request), request.body.queue_ids);
      return { status: 204, position: resultOf(outcome).position };
    },
  }),
  route({
    method: 'POST',
    path: '/player/sleep',
    summary: 'Stop the music after a while, fading out, or at the end of the track',
    access: controlAccess,
    body: sleepBody,
    answers: { 200: { description: 'How the player stands then', schema: playerSummary } },
    async handle(request) {
      const { position } = resultOf(await jukebox.setSleepTimer(askedOf(request), request.body));
      return { status: 200, body: summaries.summary(), position };
    },
  }),
  route({
    method: 'DELETE',
    path: '/player/sleep',
    summary: 'Take the sleep timer back',
    access: controlAccess,
    answers: { 204: { description: 'No timer runs', schema: null } },
    async handle(request) {
      const { position } = resultOf(await jukebox.clearSleepTimer(askedOf(request)));
      return { status: 204, position };
    },
  }),
];
