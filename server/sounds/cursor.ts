import { z } from 'zod';

/** Where a page ended: the order that it was in, and the sorted value and id of its last sound. */
const cursorParts = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string()]);

export type ListCursor = {
  readonly order: string;
  readonly value: string | number;
  readonly id: string;
};

export const notACursor = 'not a cursor of this list';

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** An opaque cursor, as `cursorText` writes it. */
export const listCursor = z
  .string()
  .max(4096)
  .transform((text, context): ListCursor => {
    const read = cursorParts.safeParse(parseJson(Buffer.from(text, 'base64url').toString()));
    if (read.success) {
      const [order, value, id] = read.data;
      return { order, value, id };
    }
    context.addIssue({ code: 'custom', message: notACursor });
    return z.NEVER;
  });

export const cursorText = ({ order, value, id }: ListCursor): string =>
  Buffer.from(JSON.stringify([order, value, id])).toString('base64url');
