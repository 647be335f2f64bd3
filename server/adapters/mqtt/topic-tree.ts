/** What the house says over MQTT, for the documents that describe it. */
import { z } from 'zod';
import { playerModes } from '../../player/contract.ts';

export type OutTopic = {
  /** Below `<base>/<room>/`; names in braces stand for one level. */
  readonly topic: string;
  readonly summary: string;
  readonly retained: boolean;
  readonly qos: 0 | 1;
  readonly payload: z.ZodType;
};

const percent = z.number().int().min(0).max(100);
const text = z.string();

const out = (
  topic: string,
  summary: string,
  payload: z.ZodType,
  more: { retained?: boolean; qos?: 0 } = {},
): OutTopic => ({ topic, summary, payload, retained: true, qos: 1, ...more });

export const outTopics: readonly OutTopic[] = [
  out('status', 'Whether Encore is there; also its last will', z.enum(['online', 'offline'])),
  out(
    'info',
    'What this box is',
    z.object({ version: text, api: text, sounds: z.number().int(), url: text }),
  ),
  out(
    'state/head',
    "The log's head, once a day",
    z.object({ position: z.number().int(), head: text, published_at: text }),
  ),
  out(
    'state/playing',
    'What the jukebox does',
    z.object({
      status: z.enum(['playing', 'paused', 'stopped']),
      id: text.nullable(),
      name: text.nullable(),
      playlist: text.nullable(),
      index: z.number().int().nullable(),
    }),
  ),
  out(
    'state/siren',
    'Whether the board sounds, as Home Assistant reads a siren',
    z.object({ state: z.enum(['ON', 'OFF']), tone: text.optional() }),
  ),
  out(
    'state/cover',
    'The picture of what the jukebox plays; empty where it has none',
    text.meta({ description: 'JPEG in base64' }),
    { qos: 0 },
  ),
  out('state/volume', 'Volume of the music', z.object({ volume: percent })),
  out('state/mode', 'What follows a track', z.object({ mode: z.enum(playerModes) })),
  out(
    'state/queue',
    'What is up next',
    z.object({ length: z.number().int(), next: text.nullable() }),
  ),
  out(
    'state/stats',
    'Figures of the day',
    z.object({ plays_today: z.number().int(), sounds: z.number().int() }),
  ),
  out(
    'state/quiet',
    'Quiet hours: kept at all, and now',
    z.object({ enabled: z.boolean(), quiet: z.boolean(), until: text.nullable() }),
  ),
  out(
    'state/users/{user}',
    'For that person and bridges only',
    z.object({
      id: text,
      name: text,
      credits: z.number().int(),
      plays_today: z.number().int(),
    }),
  ),
  out(
    'state/jobs/{id}',
    'Long work; at most once a second, cleared a minute after its end',
    z.object({ percent, stage: text, title: text }),
    { qos: 0 },
  ),
  out(
    'event/play',
    'What became of a press, and any command that was refused; `code` where that was at once',
    z.object({
      event_type: z.enum(['started', 'finished', 'stopped', 'refused']),
      id: text.nullable(),
      name: text.nullable(),
      by: text.nullable(),
      reason: text.nullable(),
      play_id: text.optional(),
      code: text.optional(),
    }),
    { retained: false },
  ),
  out(
    'event/button',
    'What became of a button that is bound',
    z.object({
      event_type: z.enum(['pressed', 'refused']),
      id: text,
      name: text.nullable(),
      by: text.nullable(),
      reason: text.nullable(),
      code: text.nullable(),
      device: text,
      press: text.nullable(),
      value: z.union([text, z.number()]).nullable(),
    }),
    { retained: false },
  ),
  out(
    'event/tag',
    'A card or tag that a reader saw, bound or not',
    z.object({
      event_type: z.literal('scanned'),
      id: text,
      name: text,
      uid: text,
      device: text,
    }),
    { retained: false },
  ),
  out(
    'reply/{user}/{reply}',
    'The outcome of a command that named a `reply`',
    z.looseObject({ ok: z.boolean(), code: text.optional(), detail: text.optional() }),
    { retained: false },
  ),
];
