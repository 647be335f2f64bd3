/**
 * What went wrong, for a person (`title`, `detail`) and a program (`code`); RFC 9457 over HTTP,
 * and the same words over WebSocket and MQTT.
 */
export type Problem = {
  readonly status: 400 | 401 | 403 | 404 | 408 | 409 | 413 | 415 | 422 | 429 | 500 | 503;
  readonly code: string;
  readonly title: string;
  /** A sentence that says what to do. */
  readonly detail: string;
  /** One entry per bad field. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  /** Further members for programs, such as `missing`. */
  readonly extra?: Readonly<Record<string, unknown>>;
};

/** A problem on its way to whoever knocked; adapters answer with it instead of a 500. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** One field of a request that cannot be, in words that its schema has not. */
export const invalidField = (path: string, message: string): ProblemError =>
  new ProblemError({
    status: 422,
    code: 'invalid_fields',
    title: 'Invalid fields',
    detail: message,
    errors: [{ path, message }],
  });
