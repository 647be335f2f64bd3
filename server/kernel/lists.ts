/** What every list at the doors has in common: how it is paged, and how times are asked for. */
import { z } from 'zod';

/** Rows of a page. */
export const pageLimit = z.coerce.number().int().min(1).max(500).default(100);

/** Cursor of a list in the order of the log: the global position where the page before ended. */
export const positionCursor = z
  .string()
  .regex(/^\d{1,15}$/, 'not a cursor of this list')
  .transform(Number);

/** A moment in a query, RFC 3339; milliseconds since the epoch once parsed. */
export const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** A page: its items, where the next one begins (null: nowhere), and how many there are in all. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next_cursor: z.string().nullable(),
    total: z.number().int(),
  });

/** Lists that are short and come whole have the shape of a page that is the only one. */
export const wholeListOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next_cursor: z.null(), total: z.number().int() });

export const wholeList = <Item>(items: readonly Item[]) => ({
  items,
  next_cursor: null,
  total: items.length,
});
