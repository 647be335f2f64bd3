import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Context } from 'koa';
import type { FileReply } from '../../kernel/door.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { sendProblem } from './problem-reply.ts';
import type { RequestState } from './request-state.ts';

type Range = { readonly start: number; readonly end: number };

/** The one range that was asked for; several, or none that can be read, mean the whole file. */
const rangeOf = (header: string, size: number): Range | 'whole' | 'unsatisfiable' => {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/i.exec(header.trim()) ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Number(last);
    return length === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return 'whole';
  return start >= size ? 'unsatisfiable' : { start, end };
};

/** Part of an older file would be put together with part of this one. */
const isStale = (ctx: Context): boolean => {
  const condition = ctx.get('If-Range');
  return condition !== '' && condition !== ctx.response.get('ETag');
};

const fileChanged = () =>
  new ProblemError({
    status: 409,
    code: 'file_changed',
    title: 'File changed',
    detail:
      'The file on the disk is no longer the one that is known. Scan the sounds and try again.',
  });

const openFile = async ({ path, size }: FileReply) => {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => {
    throw fileChanged();
  });
  const stat = await handle.stat();
  if (stat.isFile() && stat.size === size) return handle;
  await handle.close();
  throw fileChanged();
};

/** Sends a file, or the part of it that was asked for, without holding it in memory. */
export const sendFile = async (ctx: Context, file: FileReply): Promise<void> => {
  const { size } = file;
  ctx.set('Accept-Ranges', 'bytes');
  // Only GET knows ranges.
  const asked = ctx.method === 'GET' && !isStale(ctx) ? ctx.get('Range') : '';
  const range = rangeOf(asked, size);
  if (range === 'unsatisfiable') {
    for (const name of ['ETag', 'Content-Type', 'Content-Disposition']) ctx.remove(name);
    ctx.set('Content-Range', `bytes */${size}`);
    const detail = `The file has ${size} bytes.`;
    const problem = { status: 416, code: 'range_not_satisfiable', title: 'No such range', detail };
    sendProblem(ctx, problem, (ctx.state as RequestState).requestId);
    return;
  }
  const { start, end } = range === 'whole' ? { start: 0, end: size - 1 } : range;
  const type = ctx.response.get('Content-Type');
  if (ctx.method === 'HEAD') ctx.body = null;
  else {
    const handle = await openFile(file);
    // Koa destroys it, and with it the handle, when the client goes away; or never takes it up.
    if (ctx.res.destroyed || ctx.req.socket.destroyed) await handle.close();
    else ctx.body = handle.createReadStream({ start, end });
  }
  ctx.status = range === 'whole' ? 200 : 206;
  ctx.set('Content-Type', type);
  if (range !== 'whole') ctx.set('Content-Range', `bytes ${start}-${end}/${size}`);
  ctx.length = end - start + 1;
};
