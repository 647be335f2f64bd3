import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Chapter, ResolvedMedia, SourceLimits, Span } from '../../extractions/media-source.ts';
import type { SourceFailure } from '../../extractions/media-source.ts';
import { isLive, sourceFailure } from './failures.ts';
import { parseLink } from './link.ts';
import { plainText } from './plain-text.ts';

export const infoLimits = {
  titleCharactersMax: 200,
  idCharactersMax: 200,
  chaptersMax: 500,
  spansMax: 500,
  /** Lists of lists, such as the tabs of a channel. */
  nestedListsMax: 5,
} as const;

const text = z.string().nullish().catch(null);
const amount = z.number().nonnegative().nullish().catch(null);
const piece = z.object({ start_time: z.number(), end_time: z.number(), title: text });
const pieces = z.array(z.unknown()).nullish().catch(null);

const info = z.object({
  _type: z.string().default('video'),
  id: z.union([z.string(), z.number()]).transform(String).nullish().catch(null),
  extractor_key: text,
  webpage_url: text,
  url: text,
  title: text,
  uploader: text,
  channel: text,
  duration: amount,
  playlist_count: amount,
  is_live: z.boolean().nullish().catch(null),
  live_status: text,
  chapters: pieces,
  sponsorblock_chapters: pieces,
  entries: z.array(z.unknown()).nullish().catch(null),
});
type Info = z.infer<typeof info>;

/** Their ids are bare file names, which a thousand sites share. */
const withoutIds = new Set(['generic', 'html5mediaembed']);

const ms = (seconds: number): number => Math.round(seconds * 1000);

const spansOf = (list: readonly unknown[] | null | undefined, durationMs: number | null) =>
  (list ?? []).flatMap((entry) => {
    const read = piece.safeParse(entry);
    if (!read.success) return [];
    const start_ms = ms(Math.max(0, read.data.start_time));
    const end_ms = Math.min(ms(read.data.end_time), durationMs ?? Infinity);
    return end_ms > start_ms && Number.isFinite(end_ms)
      ? [{ title: read.data.title ?? '', start_ms, end_ms }]
      : [];
  });

const chaptersOf = ({ chapters }: Info, durationMs: number | null): Chapter[] =>
  spansOf(chapters?.slice(0, infoLimits.chaptersMax), durationMs)
    .map((span) => ({ ...span, title: plainText(span.title, infoLimits.titleCharactersMax) }))
    .toSorted((a, b) => a.start_ms - b.start_ms);

/** Sorted and without overlaps. */
const sponsoredOf = ({ sponsorblock_chapters }: Info, durationMs: number | null): Span[] => {
  const spans = spansOf(sponsorblock_chapters?.slice(0, infoLimits.spansMax), durationMs);
  const merged: { start_ms: number; end_ms: number }[] = [];
  for (const { start_ms, end_ms } of spans.toSorted((a, b) => a.start_ms - b.start_ms)) {
    const last = merged.at(-1);
    if (last && start_ms <= last.end_ms) last.end_ms = Math.max(last.end_ms, end_ms);
    else merged.push({ start_ms, end_ms });
  }
  return merged;
};

const withoutFragment = (url: URL): string => {
  const bare = new URL(url);
  bare.hash = '';
  return bare.href;
};

/** The media's own address where the service has no ids: two pages with one file are one sound. */
const idOf = (media: Info, service: string, page: URL): string => {
  if (!withoutIds.has(service) && media.id) {
    return plainText(media.id, infoLimits.idCharactersMax);
  }
  const address = parseLink(media.url ?? '');
  const url = withoutFragment(address.ok ? address.url : page);
  return createHash('sha256').update(url).digest('hex');
};

const nothing = () =>
  sourceFailure(
    'unsupported_url',
    'There is nothing in this list.',
    'Use the link of one of its entries.',
  );

/** Follows first entries down to something that plays. */
const firstOf = (value: unknown, depth = 0): { media: Info; list: Info | null } | undefined => {
  const read = info.safeParse(value);
  if (!read.success) return undefined;
  if (read.data._type !== 'playlist' && read.data._type !== 'multi_video') {
    return { media: read.data, list: null };
  }
  const first = read.data.entries?.find((entry) => entry !== null && entry !== undefined);
  if (first === undefined || depth === infoLimits.nestedListsMax) return undefined;
  const found = firstOf(first, depth + 1);
  return found && { media: found.media, list: read.data };
};

/** yt-dlp's answer about a link, judged. `asked`: the link. */
export const judge = (
  answer: unknown,
  asked: URL,
  limits: SourceLimits,
): ({ readonly ok: true } & ResolvedMedia) | SourceFailure => {
  const found = firstOf(answer);
  if (!found) return nothing();
  const { media, list } = found;
  if (media.is_live === true || ['is_live', 'is_upcoming'].includes(media.live_status ?? '')) {
    return isLive();
  }
  const duration_ms = typeof media.duration === 'number' ? ms(media.duration) : null;
  if (duration_ms !== null && duration_ms > limits.durationMsMax) {
    const minutes = (milliseconds: number) => Math.ceil(milliseconds / 60_000);
    return sourceFailure(
      'too_long',
      `This takes ${minutes(duration_ms)} minutes, and at most ${minutes(limits.durationMsMax)} are fetched.`,
      'Choose something shorter, or ask the owner of the box for a higher limit.',
    );
  }
  const named = parseLink(media.webpage_url ?? '');
  const page = named.ok ? named.url : asked;
  const line = (said: string | null | undefined) =>
    plainText(said ?? '', infoLimits.titleCharactersMax);
  const service = line(media.extractor_key).toLowerCase() || 'generic';
  return {
    ok: true,
    service,
    service_id: idOf(media, service, page),
    webpage_url: page.href,
    title: line(media.title) || page.hostname,
    uploader: line(media.uploader) || line(media.channel) || null,
    duration_ms,
    chapters: chaptersOf(media, duration_ms),
    sponsored: sponsoredOf(media, duration_ms),
    playlist: list && { title: line(list.title) || null, entries: list.playlist_count ?? null },
  };
};
