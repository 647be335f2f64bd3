import { msg, str } from '@lit/localize';
import { serverWords } from '../languages/server-words.ts';

/** An RFC 9457 problem as the server sends it. */
type ProblemBody = {
  title?: string;
  detail?: string;
  code?: string;
  errors?: { path: string; message: string }[];
  request_id?: string;
};

/** The server answered, and the answer is no. `message` is a sentence for a person. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly { path: string; message: string }[];
  readonly requestId: string | undefined;
  /** Seconds, when the server asked for patience. */
  readonly retryAfter: number | undefined;

  constructor(status: number, body: ProblemBody, retryAfter?: number) {
    super(
      serverWords(
        `problem.${body.code}`,
        body.detail ?? body.title ?? msg(str`Encore answered ${status}.`),
      ),
    );
    this.name = 'ApiProblem';
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.errors = body.errors ?? [];
    this.requestId = body.request_id;
    this.retryAfter = retryAfter;
  }
}

/** Nobody answered: no network, no server, or something that is not Encore. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super(msg('Encore does not answer.'), { cause });
    this.name = 'Unreachable';
  }
}

export const problemOf = async (response: Response): Promise<ApiProblem> => {
  const retryAfter = Number(response.headers.get('retry-after'));
  const body = await response.json().catch(() => ({}));
  return new ApiProblem(response.status, body as ProblemBody, retryAfter || undefined);
};

/** The server said no to a command of the feed, or there is no line to ask on. */
export class CommandRefused extends Error {
  readonly code: string;

  constructor(code: string, detail: string) {
    super(serverWords(`problem.${code}`, detail));
    this.name = 'CommandRefused';
    this.code = code;
  }
}

/** A sentence for a person about anything thrown. */
export const sentenceOf = (error: unknown): string =>
  error instanceof ApiProblem || error instanceof Unreachable || error instanceof CommandRefused
    ? error.message
    : msg('Something went wrong in this page. Reload it and try again.');
