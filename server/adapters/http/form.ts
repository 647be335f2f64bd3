import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { z } from 'zod';
import type { Form, FormDescription, FormFile } from '../../kernel/door.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { invalidFields } from '../door/problems.ts';
import { resetBodyClock } from './body-clock.ts';
import { httpLimits } from './limits.ts';

type Limits = Omit<FormDescription<unknown>, 'fields'>;

const malformed = (detail: string) =>
  new ProblemError({ status: 400, code: 'malformed', title: 'Malformed request', detail });

const notAForm = () =>
  new ProblemError({
    status: 415,
    code: 'unsupported_media_type',
    title: 'Unsupported media type',
    detail: 'Send the files as multipart/form-data.',
  });

const mebibytes = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${bytes} bytes` : `${Math.floor(bytes / (1024 * 1024))} MiB`;

const tooLarge = (filename: string, { fileBytesMax }: Limits) =>
  new ProblemError({
    status: 413,
    code: 'file_too_large',
    title: 'File too large',
    detail: `${filename || 'A file'} is larger than ${mebibytes(fileBytesMax)}. Nothing was kept; shorten it or store it in a smaller format.`,
    extra: { file_bytes_max: fileBytesMax },
  });

const tooMany = ({ filesMax }: Limits) =>
  new ProblemError({
    status: 413,
    code: 'too_many_files',
    title: 'Too many files',
    detail: `At most ${filesMax} files at a time. Nothing was kept; send the rest afterwards.`,
    extra: { files_max: filesMax },
  });

const stalled = ({ stallMsMax }: Limits) =>
  new ProblemError({
    status: 408,
    code: 'upload_stalled',
    title: 'Upload stalled',
    detail: `Nothing came for ${stallMsMax / 1000} seconds. Nothing was kept; send it again.`,
  });

/** Browsers write these three so, and no others. */
const plainName = (filename: string) =>
  filename.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');

const openParser = (request: IncomingMessage, limits: Limits): BusboyInstance => {
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) throw notAForm();
  try {
    return new Busboy({
      headers: request.headers as BusboyHeaders,
      preservePath: true,
      // A file is one by its name: a browser sends a blob without a type as octet-stream, too.
      isPartAFile: (_field, _type, filename) => filename !== undefined,
      limits: {
        files: limits.filesMax,
        fileSize: limits.fileBytesMax,
        fields: httpLimits.formFieldsMax,
        fieldSize: httpLimits.formFieldBytesMax,
        parts: limits.filesMax + httpLimits.formFieldsMax + 1,
        headerSize: httpLimits.formPartHeadBytesMax,
      },
    });
  } catch {
    throw malformed('The form has no boundary.');
  }
};

export type OpenForm = Form<unknown> & {
  /** Lets go of the request, whatever of it has come. */
  close(): void;
};

/** Reads a form as it comes, no faster than its files are taken. @throws ProblemError 400, 415 */
export const openForm = (
  request: IncomingMessage,
  description: FormDescription<z.ZodObject>,
): OpenForm => {
  const parser = openParser(request, description);
  const waiting: FormFile[] = [];
  const open = new Set<Readable>();
  const values = new Map<string, string | string[]>();
  let fault: ProblemError | undefined;
  let ended = false;
  let wake = (): void => undefined;

  const fail = (problem: ProblemError) => {
    if (fault || ended) return;
    fault = problem;
    request.unpipe(parser);
    for (const stream of open) stream.destroy(problem);
    wake();
  };

  async function* bytesOf(stream: Readable): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of stream) yield chunk as Uint8Array;
    } catch (error) {
      throw fault ?? (error instanceof ProblemError ? error : cutShort());
    }
  }

  parser.on('file', (_field, stream, filename) => {
    const name = plainName(filename ?? '');
    open.add(stream);
    // Where nobody reads the file, nobody else hears of its end.
    stream.on('error', () => undefined);
    stream.once('close', () => open.delete(stream));
    stream.once('limit', () => fail(tooLarge(name, description)));
    waiting.push({ filename: name, bytes: bytesOf(stream) });
    wake();
  });
  parser.on('field', (name, value, _nameTruncated, valueTruncated) => {
    if (valueTruncated) fail(malformed(`The field ${name} is too long.`));
    const before = values.get(name);
    values.set(name, before === undefined ? value : [before, value].flat());
  });
  parser.on('filesLimit', () => fail(tooMany(description)));
  parser.on('fieldsLimit', () => fail(malformed('The form has too many fields.')));
  parser.on('partsLimit', () => fail(malformed('The form has too many parts.')));
  parser.on('error', () => fail(cutShort()));
  parser.on('finish', () => {
    ended = true;
    wake();
  });

  const stall = setTimeout(() => {
    // Where we are the slow ones, the client is not to blame.
    if (parser.writableNeedDrain) stall.refresh();
    else fail(stalled(description));
  }, description.stallMsMax);
  const moved = () => void stall.refresh();
  const gone = () => {
    if (!request.complete) fail(cutShort());
  };

  async function* files(): AsyncGenerator<FormFile> {
    resetBodyClock(request, httpLimits.formTimeoutMs);
    request.on('data', moved);
    request.on('error', gone);
    request.on('close', gone);
    request.pipe(parser);
    for (;;) {
      if (fault) throw fault;
      const file = waiting.shift();
      if (file) yield file;
      else if (ended) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  return {
    files: files(),
    fields() {
      const read = description.fields.safeParse(Object.fromEntries(values));
      if (!read.success) throw new ProblemError(invalidFields(read.error));
      return read.data;
    },
    close() {
      clearTimeout(stall);
      fail(cutShort());
      request.off('data', moved);
      if (request.complete) return;
      resetBodyClock(request, httpLimits.requestTimeoutMs);
      // To be read off, or the client would still be sending when the answer is there.
      request.resume();
    },
  };
};

const cutShort = () => malformed('The form ends in the middle. Nothing was kept; send it again.');
