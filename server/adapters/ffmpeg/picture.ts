import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { mediaFailure, pictureSideMax } from '../../sounds/media.ts';
import type { MediaFailure, MediaTools } from '../../sounds/media.ts';
import type { RunTool } from './child.ts';
import { failureOf, guardedInput, guardedStart, sniff } from './input.ts';
import { parseJson } from './probe.ts';

export const pictureTimeoutMs = 15_000;
/** A few bytes can declare any size: 24 megapixels take a hundred megabytes once decoded. */
export const picturePixelsMax = 24_000_000;
const probeOutputBytesMax = 64 * 1024;
const codecs = ['mjpeg', 'png', 'webp', 'gif', 'bmp'];

const pictureStreams = z.object({
  streams: z.array(
    z.object({
      index: z.number().int(),
      codec_type: z.string().optional(),
      codec_name: z.string().optional(),
      width: z.number().int().default(0),
      height: z.number().int().default(0),
      disposition: z.object({ attached_pic: z.number().default(0) }).default({ attached_pic: 0 }),
    }),
  ),
});

/** Told to ffmpeg, which would take a picture's name for a pattern of names otherwise. */
const pictureFormat = async (path: string): Promise<readonly string[]> => {
  await using file = await open(path, 'r');
  const { buffer } = await file.read(Buffer.alloc(12), 0, 12, 0);
  const head = buffer.toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return ['-f', 'jpeg_pipe'];
  if (head.startsWith('\x89PNG')) return ['-f', 'png_pipe'];
  if (/^RIFF[^]{4}WEBP/.test(head)) return ['-f', 'webp_pipe'];
  return [];
};

type Found = { readonly ok: true; readonly index: number } | MediaFailure;

const side = `min(${pictureSideMax}\\,iw):min(${pictureSideMax}\\,ih)`;

export const createPicture = (ffmpeg: RunTool, ffprobe: RunTool): MediaTools['picture'] => {
  /** A film is no picture: in a sound file only what is marked as a cover counts. */
  const find = async (
    path: string,
    format: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<Found> => {
    const args = [
      '-v',
      'error',
      '-hide_banner',
      '-max_pixels',
      String(picturePixelsMax),
      '-of',
      'json',
      '-show_entries',
      'stream=index,codec_type,codec_name,width,height:stream_disposition=attached_pic',
      ...format,
      ...guardedInput(path, 'pictures'),
    ];
    const result = await ffprobe(args, {
      timeoutMs: pictureTimeoutMs,
      stdoutBytesMax: probeOutputBytesMax,
      signal,
    });
    if (result.outcome !== 'succeeded') return failureOf(result);
    const read = pictureStreams.safeParse(parseJson(result.stdout));
    const picture = read.data?.streams.find(
      ({ codec_type, disposition }) =>
        codec_type === 'video' && (format.length > 0 || disposition.attached_pic === 1),
    );
    if (!picture) return mediaFailure('no_picture', 'the file holds no picture', result.lastWords);
    if (!codecs.includes(picture.codec_name ?? '')) {
      return mediaFailure('no_picture', 'the picture has a format that is not drawn here');
    }
    // Some decoders only find out while they decode: then the same limit ends them there.
    if (picture.width * picture.height > picturePixelsMax) {
      return mediaFailure('no_picture', 'the picture has too many pixels');
    }
    return { ok: true, index: picture.index };
  };

  return async (path, outPath, signal) => {
    const sniffed = await sniff(path);
    if (sniffed) return sniffed;
    const format = await pictureFormat(path);
    const found = await find(path, format, signal);
    if (!found.ok) return found;

    const temporary = join(dirname(outPath), `.${randomUUID()}.part`);
    const args = [
      ...guardedStart(path, {
        inputOptions: [
          '-codec_whitelist',
          codecs.join(','),
          '-max_pixels',
          String(picturePixelsMax),
          ...format,
        ],
        also: 'pictures',
      }),
      '-map',
      `0:${found.index}`,
      '-an',
      '-sn',
      '-dn',
      '-map_metadata',
      '-1',
      '-frames:v',
      '1',
      '-vf',
      `scale=${side}:force_original_aspect_ratio=decrease,format=yuvj420p`,
      '-c:v',
      'mjpeg',
      '-q:v',
      '3',
      '-threads',
      '1',
      '-f',
      'image2',
      '-update',
      '1',
      `file:${temporary}`,
    ];
    try {
      await mkdir(dirname(outPath), { recursive: true });
      const result = await ffmpeg(args, { timeoutMs: pictureTimeoutMs, stdoutBytesMax: 0, signal });
      if (result.outcome !== 'succeeded') return failureOf(result);
      const drawn = await stat(temporary).catch(() => undefined);
      if (!drawn?.size) {
        return mediaFailure('no_picture', 'the picture cannot be drawn', result.lastWords);
      }
      await rename(temporary, outPath);
      return { ok: true };
    } catch (error) {
      signal?.throwIfAborted();
      const code = (error as NodeJS.ErrnoException).code;
      if (code === undefined) throw error;
      return mediaFailure('not_written', `the picture cannot be written (${code})`);
    } finally {
      await rm(temporary, { force: true });
    }
  };
};
