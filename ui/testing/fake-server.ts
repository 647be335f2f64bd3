import { vi } from 'vitest';

/** Path below /api/v1 → what a call of it gets; a status alone has an empty body. */
export type Answers = Record<string, () => object | number | Promise<object>>;

/** Answers `fetch` from a table until `vi.unstubAllGlobals()`; tells what was asked. */
export const fakeServer = (answers: Answers): { readonly asked: string[] } => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string, { method = 'GET' }: RequestInit = {}) => {
    const path = url.replace('/api/v1', '');
    asked.push(`${method} ${path}`);
    const answer = (await answers[path]?.()) ?? 404;
    if (typeof answer === 'number') {
      if (answer === 0) throw new TypeError('nobody there');
      return Response.json({}, { status: answer });
    }
    return Response.json(answer);
  });
  return { asked };
};
