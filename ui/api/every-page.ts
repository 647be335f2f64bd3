import type { Http } from './http.ts';

type Page<T> = { items: T[]; next_cursor: string | null };

const pageSize = 500;

/** All items of a list that comes in pages. */
export const everyPage = async <T>(http: Http, path: string): Promise<T[]> => {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Page<T> = await http.get(`${path}?limit=${pageSize}${from}`);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return items;
};
