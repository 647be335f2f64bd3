import { vi } from 'vitest';

type Answer = object | number | Response;

/**
 * A path below /api/v1, or a method and a path such as "POST /auth/tokens" → what a call of it gets. A
 * status alone has an empty body, 0 is nobody there; a Response is what it is.
 */
export type Answers = Record<string, (body: unknown) => Answer | Promise<Answer>>;

/** A refusal as the server words it. */
export const problem = (status: number, body: object): Response => Response.json(body, { status });

/** Answers `fetch` from a table until `vi.unstubAllGlobals()`; tells what was asked. */
export const fakeServer = (answers: Answers): { readonly asked: string[] } => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string, { method = 'GET', body }: RequestInit = {}) => {
    const path = url.replace('/api/v1', '');
    asked.push(`${method} ${path}`);
    const sent: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
    const answer = (await (answers[`${method} ${path}`] ?? answers[path])?.(sent)) ?? 404;
    if (answer instanceof Response) return answer;
    if (typeof answer === 'number') {
      if (answer === 0) throw new TypeError('nobody there');
      if (answer === 204) return new Response(null, { status: answer });
      return Response.json({}, { status: answer });
    }
    return Response.json(answer);
  });
  return { asked };
};
