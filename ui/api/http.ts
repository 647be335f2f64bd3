import { apiBase, takeEarly, usualMs } from './early.ts';
import { problemOf, Unreachable } from './problem.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type Call = {
  method: Method;
  path: string;
  body?: unknown;
  timeoutMs?: number;
  /** Instead of a time: for what ends when nobody wants it any more. */
  signal?: AbortSignal;
  accept?: string;
};

const send = async (call: Call): Promise<Response> => {
  const { method, path, body, timeoutMs = usualMs, accept = 'application/json' } = call;
  const early = method === 'GET' ? takeEarly(path) : undefined;
  const answer = early && (await early);
  if (answer) return answer;
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    signal: call.signal ?? AbortSignal.timeout(timeoutMs),
    headers: { accept },
  };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { accept, 'content-type': 'application/json' };
  }
  try {
    return await fetch(`${apiBase}${path}`, init);
  } catch (error) {
    throw new Unreachable(error);
  }
};

const read = async <T>(response: Response): Promise<T> => {
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch (error) {
    throw new Unreachable(error);
  }
};

/** Of the answer itself, however it was packed for the way. */
const tagOf = ({ headers }: Response): string | null =>
  headers.get('etag')?.replace(/-(br|gzip)"$/, '"') ?? null;

async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  if (rest.trim() !== '') yield rest;
}

export type SignedOutListener = () => void;

/** An answer and what tells it from others; null where the server says nothing of that. */
export type Tagged<T> = { body: T; tag: string | null };

export type Http = {
  get<T>(path: string): Promise<T>;
  /** null where the answer is still the one with this tag. */
  getNew<T>(path: string, tag: string | null): Promise<Tagged<T> | null>;
  /** `timeoutMs` is for what takes its time, such as a scan. */
  post<T>(path: string, body?: unknown, timeoutMs?: number): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  patch<T>(path: string, body: unknown): Promise<T>;
  delete<T>(path: string): Promise<T>;
  /** Lines of JSON, one by one as the server writes them. */
  lines(path: string, onLine: (line: unknown) => void, signal: AbortSignal): Promise<void>;
  /** Like `post`, for the doors that need no identity: a 401 there is an answer, not an expiry. */
  postOpen<T>(path: string, body?: unknown): Promise<T>;
  /** One rotation of the cookie pair, however many callers wait for it. */
  refresh(): Promise<boolean>;
};

/** JSON over fetch. An expired access cookie is rotated once and the call repeated, unseen. */
export const createHttp = (onSignedOut: SignedOutListener): Http => {
  let rotation: Promise<boolean> | undefined;

  const refresh = (): Promise<boolean> => {
    rotation ??= send({ method: 'POST', path: '/auth/refresh' })
      .then((response) => {
        if (response.status >= 500) throw new Unreachable();
        return response.ok;
      })
      .finally(() => (rotation = undefined));
    return rotation;
  };

  const answered = async (call: Call): Promise<Response> => {
    let response = await send(call);
    if (response.status === 401 && (await refresh())) response = await send(call);
    if (response.status === 401) onSignedOut();
    return response;
  };
  const guarded = async <T>(call: Call): Promise<T> => read<T>(await answered(call));

  return {
    get: (path) => guarded({ method: 'GET', path }),
    async getNew<T>(path: string, before: string | null) {
      const response = await answered({ method: 'GET', path });
      const tag = response.ok ? tagOf(response) : null;
      if (tag !== null && tag === before) {
        await response.body?.cancel();
        return null;
      }
      return { body: await read<T>(response), tag };
    },
    post: (path, body, timeoutMs = usualMs) => guarded({ method: 'POST', path, body, timeoutMs }),
    put: (path, body) => guarded({ method: 'PUT', path, body }),
    patch: (path, body) => guarded({ method: 'PATCH', path, body }),
    delete: (path) => guarded({ method: 'DELETE', path }),
    async lines(path, onLine, signal) {
      const accept = 'application/x-ndjson, application/json';
      const response = await answered({ method: 'GET', path, signal, accept });
      if (!response.ok) throw await problemOf(response);
      try {
        for await (const line of linesOf(response)) onLine(JSON.parse(line));
      } catch (error) {
        throw new Unreachable(error);
      }
    },
    postOpen: async (path, body) => read(await send({ method: 'POST', path, body })),
    refresh,
  };
};
