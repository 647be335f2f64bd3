/** Wire shapes of boards: pages of pads with keys pinned to them. Times RFC 3339 UTC. */
import { z } from 'zod';
import { padsMax } from './events.ts';

export const boardLimits = {
  nameCharactersMax: 60,
  padsMax,
  /** Of one person, deleted ones not counted. */
  boardsMax: 100,
  /** Pads added by one request. */
  addedAtOnceMax: 100,
  keyMin: 1,
  keyMax: 9,
  /** How long a deleted board can be brought back. */
  restoreMsMax: 30 * 24 * 60 * 60_000,
} as const;

/** The id by which everybody reaches the keys of their own, which hold where all sounds are shown. */
export const ownKeys = 'own';

/** The eight hues of pads, in degrees. */
export const boardHues = [20, 52, 100, 145, 185, 230, 295, 345] as const;
export const boardHue = z.literal(boardHues);
export type BoardHue = z.infer<typeof boardHue>;

// oxlint-disable-next-line no-control-regex -- names are one line of text
const noControls = /^[^\u0000-\u001f\u007f]*$/;
const name = z
  .string()
  .trim()
  .min(1, 'a name is needed')
  .max(boardLimits.nameCharactersMax)
  .regex(noControls, 'a name is one line of text');

export const boardKey = z.number().int().min(boardLimits.keyMin).max(boardLimits.keyMax);
const soundIds = z.array(z.string()).max(boardLimits.addedAtOnceMax);

export const boardSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Null: without a colour. */
    hue: boardHue.nullable(),
    /** Everybody sees it; its owner and admins change it. */
    shared: z.boolean(),
    owner_id: z.string(),
    /** Null: somebody who was forgotten. */
    owner_name: z.string().nullable(),
    /** Pads whose sound is there. */
    pads: z.number().int(),
    /** Grows by one with each fact; what `?revision=` of a change is compared with. */
    revision: z.number().int(),
    /** Whether the caller may change it. */
    may_edit: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'BoardSummary' });
export type BoardSummary = z.infer<typeof boardSummary>;

export const board = boardSummary
  .extend({
    /** Ids in order; a sound that is away comes back to its place. */
    sounds: z.array(z.string()),
    /** What the keys 1 to 9 play while the board is in view. */
    keys: z.array(z.object({ key: boardKey, sound_id: z.string() })),
  })
  .meta({ id: 'Board' });
export type Board = z.infer<typeof board>;

export const newBoardBody = z
  .strictObject({
    name,
    hue: boardHue.nullable().default(null),
    shared: z.boolean().default(false),
    /** Its first pads. */
    sound_ids: soundIds.default([]),
  })
  .meta({ id: 'NewBoard' });
export type NewBoard = z.output<typeof newBoardBody>;

export const boardChangesBody = z
  .strictObject({
    name: name.optional(),
    hue: boardHue.nullable().optional(),
    shared: z.boolean().optional(),
  })
  .meta({ id: 'BoardChanges' });
export type BoardChanges = z.output<typeof boardChangesBody>;

/** The pad that follows then; null: at the end. */
const before = z.string().nullable();

export const newPadsBody = z
  .strictObject({ sound_ids: soundIds.min(1), before: before.default(null) })
  .meta({ id: 'NewPads' });
export type NewPads = z.output<typeof newPadsBody>;
export const padMoveBody = z.strictObject({ before });
export const pinBody = z.strictObject({ sound_id: z.string() });

/** Left out: whatever the board has become meanwhile. */
export const revisionQuery = z.object({ revision: z.coerce.number().int().min(0).optional() });

/** Feed message `board_changed`; of one's own keys with the id `own`. */
export type BoardChanged = {
  board_id: string;
  change: 'made' | 'described' | 'pads' | 'keys' | 'deleted' | 'restored';
  /** Of the board with this change in it. */
  revision: number;
};
