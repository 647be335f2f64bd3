import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { ProblemError } from '../kernel/problem.ts';
import { importBody, importReport, playlistLimits, transferFormat } from './contract.ts';
import { playlistProblem } from './problems.ts';
import type { Playlists } from './playlists.ts';
import type { PlaylistQueries } from './queries.ts';
import { changeAccess, playlistParams, readAccess, unknownPlaylist, whoOf } from './routes.ts';
import type { Transfer } from './transfer.ts';

const unmatchedShownMax = 100;

/** A character has up to 3 bytes in UTF-8; line ends and quotes have 2 in JSON. */
const importBytesMax = playlistLimits.importCharactersMax * 3 + 4096;

const noList = () => {
  const message =
    'This is no playlist in Encore’s JSON form. Choose the M3U form, or another file.';
  return new ProblemError({
    status: 422,
    code: 'invalid_fields',
    title: 'No playlist',
    detail: message,
    errors: [{ path: 'content', message }],
  });
};

/** A name that every file system takes, in a header that every browser reads. */
const disposition = (name: string, extension: string): string => {
  const file = encodeURIComponent(`${name.replaceAll(/[/\\:*?"<>|]+/g, ' ')}.${extension}`);
  return `attachment; filename*=UTF-8''${file.replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
};

/** Playlists as files. */
export const transferRoutes = (
  playlists: Playlists,
  queries: PlaylistQueries,
  transfer: Transfer,
): Route[] => [
  route({
    method: 'GET',
    path: '/playlists/{id}/export',
    summary: 'The playlist as a file',
    access: readAccess,
    params: playlistParams,
    query: z.object({ format: transferFormat.default('m3u8') }),
    answers: { 200: { description: 'The file', schema: null } },
    problems: [unknownPlaylist],
    handle({ identity, params, query: { format } }) {
      const row = playlists.find(whoOf(identity), params.id);
      const entries = queries.entries(row, 0, queries.sizeOf(row).length);
      const headers = { 'Content-Disposition': disposition(row.name, format) };
      if (format === 'json') {
        return { status: 200, headers, body: transfer.toJson(row.name, entries) };
      }
      const body = Buffer.from(transfer.toM3u(row.name, entries));
      return {
        status: 200,
        headers: { ...headers, 'Content-Type': 'audio/x-mpegurl; charset=utf-8' },
        body,
      };
    },
  }),
  route({
    method: 'POST',
    path: '/playlists/import',
    summary: 'Make a playlist from a file; nothing that it names is opened or fetched',
    access: changeAccess,
    body: importBody,
    bodyBytesMax: importBytesMax,
    answers: { 201: { description: 'The playlist, and what was not found', schema: importReport } },
    problems: [
      { status: 409, code: 'too_many_playlists' },
      { status: 409, code: 'playlist_full' },
      { status: 422, code: 'invalid_fields' },
    ],
    async handle({ command, identity, body: { name, format, content } }) {
      const read = transfer.read(format, content);
      if (!read) throw noList();
      const { soundIds, unmatched } = read;
      if (soundIds.length > playlistLimits.entriesMax) {
        throw playlistProblem({ code: 'playlist_full' });
      }
      const made = await playlists.create(
        command,
        whoOf(identity),
        { name, description: '', visibility: 'private' },
        soundIds,
      );
      return {
        status: 201,
        body: {
          playlist: made.playlist,
          matched: soundIds.length,
          unmatched: unmatched.slice(0, unmatchedShownMax),
          unmatched_total: unmatched.length,
        },
        position: made.position,
      };
    },
  }),
];
