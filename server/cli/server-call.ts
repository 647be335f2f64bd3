import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { CommandFault } from './command.ts';

/** Encore is not running, or not on this data folder. */
export class NotRunning extends CommandFault {}

type Answer = { readonly status: number; readonly body: unknown };

export type Call = {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the origin. */
  readonly path: string;
  readonly body?: unknown;
  /** Instead of `body`. */
  readonly form?: FormData;
  /** Name of the account that it is done as; left out: the house. */
  readonly as?: string;
};

const problem = z.object({
  title: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

const isNobodyThere = (error: unknown): boolean =>
  ['ENOENT', 'ECONNREFUSED'].includes((error as NodeJS.ErrnoException).code ?? '');

const send = (options: RequestOptions, content: Readable | null): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const asked = request(options, resolve);
    asked.on('error', reject);
    // A refusal may come before the last byte was taken.
    if (content) pipeline(content, asked).catch(reject);
    else asked.end();
  });

const contentOf = ({ body, form }: Call): { type: string | null; content: Readable | null } => {
  if (!form && body === undefined) return { type: null, content: null };
  const { headers, body: stream } = new Response(form ?? JSON.stringify(body));
  const type = form ? headers.get('Content-Type') : 'application/json';
  return { type, content: stream && Readable.fromWeb(stream) };
};

/**
 * Asks the server that runs on the data folder, through its admin socket; whatever it answers.
 * @throws NotRunning, CommandFault where this user may not
 */
export const callServer = async (config: Config, call: Call): Promise<Answer> => {
  const { adminSocket: socketPath, dataDir } = config.paths;
  const { type, content } = contentOf(call);
  const options: RequestOptions = {
    socketPath,
    method: call.method ?? 'GET',
    path: call.path,
    headers: {
      ...(type === null ? {} : { 'Content-Type': type }),
      ...(call.as === undefined ? {} : { 'Encore-As': Buffer.from(call.as).toString('base64') }),
    },
  };
  try {
    const response = await send(options, content);
    let text = '';
    for await (const chunk of response) text += String(chunk);
    const body: unknown = text === '' ? null : JSON.parse(text);
    return { status: response.statusCode ?? 0, body };
  } catch (error) {
    if (isNobodyThere(error)) {
      throw new NotRunning(`Encore is not running on ${dataDir}: start it, or set DATA_DIR`, {
        cause: error,
      });
    }
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') {
      throw new CommandFault(
        `${socketPath} is for the user that Encore runs as, and for root: run this with sudo`,
        { cause: error },
      );
    }
    throw new CommandFault(`Encore did not answer: ${(error as Error).message}`, { cause: error });
  }
};

const wordsOf = (answer: Answer): string => {
  const said = problem.safeParse(answer.body);
  if (!said.success) return `Encore answered ${answer.status}`;
  const fields = (said.data.errors ?? []).map(({ path, message }) => `${path}: ${message}`);
  return fields.length > 0 ? fields.join('; ') : said.data.detail;
};

/** The body of what went well. @throws CommandFault with the words of a refusal */
export const askServer = async <Schema extends z.ZodType>(
  config: Config,
  call: Call,
  schema: Schema,
): Promise<z.output<Schema>> => {
  const answer = await callServer(config, { ...call, path: `/api/v1${call.path}` });
  if (answer.status >= 400) throw new CommandFault(wordsOf(answer));
  return schema.parse(answer.body);
};
