import { z } from 'zod';
import { mediaFailure } from '../../sounds/media.ts';
import type { Demuxer, MediaTools, ProbeResult } from '../../sounds/media.ts';
import type { RunTool } from './child.ts';
import { failureOf, guardedInput, sniff, type Besides } from './input.ts';
import { readPlainWav, type PlainWav } from './plain-wav.ts';

export const probeTimeoutMs = 15_000;
export const probeOutputBytesMax = 256 * 1024;
const tagCharactersMax = 200;

const seconds = z.coerce.number().nonnegative().optional().catch(undefined);
const tags = z.record(z.string(), z.string()).catch({}).default({});

const probeOutput = z.object({
  streams: z
    .array(
      z.object({
        codec_type: z.string().optional(),
        codec_name: z.string().default('unknown'),
        channels: z.number().int().optional(),
        sample_rate: z.coerce.number().int().optional(),
        duration: seconds,
        disposition: z.object({ attached_pic: z.number().default(0) }).default({ attached_pic: 0 }),
        tags,
      }),
    )
    .default([]),
  format: z.object({ format_name: z.string(), duration: seconds, tags }),
});

const plainFormat: Record<string, string> = {
  'mov,mp4,m4a,3gp,3g2,mj2': 'm4a',
  'matroska,webm': 'webm',
  asf: 'wma',
};

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** libvlc's own demuxers are exact for plain wav and mp3 and lose audio of all other formats. */
const demuxerFor = (format: string, codec: string): Demuxer => {
  if (format === 'mp3') return 'mp3';
  return format === 'wav' && codec.startsWith('pcm_') ? 'wav' : 'avformat';
};

const tag = (name: 'title' | 'artist', ...sources: readonly Record<string, string>[]) => {
  for (const source of sources) {
    const key = Object.keys(source).find((candidate) => candidate.toLowerCase() === name);
    // oxlint-disable-next-line no-control-regex
    const value = key && source[key]?.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
    if (value) return { [name]: value.slice(0, tagCharactersMax) };
  }
  return {};
};

const answerOf = ({ bits, channels, sample_rate, ...wav }: PlainWav): ProbeResult => {
  if (wav.truncated) return mediaFailure('truncated', 'the file ends too early');
  return {
    ok: true,
    format: 'wav',
    codec: bits === 8 ? 'pcm_u8' : `pcm_s${bits}le`,
    duration_ms: wav.duration_ms,
    duration_is_estimate: false,
    channels,
    sample_rate,
    demuxer: 'wav',
    // A picture needs a chunk that a plain file does not have.
    has_picture: false,
    tags: {},
  };
};

export const createProbe =
  (run: RunTool, also: Besides = 'nothing'): MediaTools['probe'] =>
  async (path, signal) => {
    const sniffed = await sniff(path);
    if (sniffed) return sniffed;
    const plain = await readPlainWav(path);
    if (plain) return answerOf(plain);

    const args = [
      '-v',
      'warning',
      '-hide_banner',
      '-of',
      'json',
      '-show_entries',
      'format=format_name,duration:format_tags:stream=codec_type,codec_name,channels,sample_rate,duration:stream_disposition=attached_pic:stream_tags',
      ...guardedInput(path, also),
    ];
    const result = await run(args, {
      timeoutMs: probeTimeoutMs,
      stdoutBytesMax: probeOutputBytesMax,
      signal,
    });
    if (result.outcome !== 'succeeded') return failureOf(result);
    const words = result.lastWords;

    const read = probeOutput.safeParse(parseJson(result.stdout));
    if (!read.success) return mediaFailure('corrupt', 'the sound in this file is damaged', words);
    const { streams, format } = read.data;
    const audio = streams.find((stream) => stream.codec_type === 'audio');
    if (!audio) return mediaFailure('not_audio', 'the file holds no sound', words);
    if (!audio.channels || !audio.sample_rate) {
      return mediaFailure('corrupt', 'the sound in this file is damaged', words);
    }

    const name = plainFormat[format.format_name] ?? format.format_name;
    if (name === 'wav' && /Packet corrupt/.test(words)) {
      return mediaFailure('truncated', 'the file ends too early', words);
    }
    const duration_ms = Math.round((audio.duration ?? format.duration ?? 0) * 1000);
    return {
      ok: true,
      format: name,
      codec: audio.codec_name,
      duration_ms,
      duration_is_estimate: duration_ms === 0 || /Estimating duration/.test(words),
      channels: audio.channels,
      sample_rate: audio.sample_rate,
      demuxer: demuxerFor(name, audio.codec_name),
      has_picture: streams.some(({ disposition }) => disposition.attached_pic === 1),
      tags: {
        ...tag('title', format.tags, audio.tags),
        ...tag('artist', format.tags, audio.tags),
      },
    };
  };
