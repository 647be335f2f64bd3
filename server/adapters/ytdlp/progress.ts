import { z } from 'zod';
import type { ExtractionProgress } from '../../extractions/contract.ts';

const mark = 'encore-progress ';
const lineBytesMax = 64 * 1024;
/** Lines that are not about progress; the last ones are kept. */
const wordsCharactersMax = 4 * 1024;

const fields = {
  bytes: 'downloaded_bytes',
  total: 'total_bytes',
  estimate: 'total_bytes_estimate',
  speed: 'speed',
};

/** For `--progress-template`: each report is one line of JSON behind a mark. */
export const progressTemplate = `download:${mark}{${Object.entries(fields)
  .map(([name, field]) => `"${name}":%(progress.${field}|null)s`)
  .join(',')}}`;

const amount = z.number().nonnegative().nullable().catch(null);
const report = z.object({ bytes: amount, total: amount, estimate: amount, speed: amount });

const parseLine = (line: string): ExtractionProgress | undefined => {
  const at = line.indexOf(mark);
  if (at === -1) return undefined;
  try {
    const { bytes, total, estimate, speed } = report.parse(
      JSON.parse(line.slice(at + mark.length)),
    );
    if (bytes === null) return undefined;
    const of = total ?? estimate;
    return {
      percent: of === null || of === 0 ? null : Math.min(100, (bytes / of) * 100),
      bytes: Math.round(bytes),
      bytes_total: of === null ? null : Math.round(of),
      bytes_per_second: speed,
    };
  } catch {
    return undefined;
  }
};

/** Takes yt-dlp's output as it comes and tells its reports from its words. */
export const readProgress = (onProgress: (progress: ExtractionProgress) => void) => {
  const decoder = new TextDecoder();
  let rest = '';
  let words = '';
  return {
    push: (chunk: Uint8Array): void => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/[\r\n]+/);
      rest = (lines.pop() ?? '').slice(-lineBytesMax);
      for (const line of lines) {
        const progress = parseLine(line);
        if (progress) onProgress(progress);
        else words = `${words}${line}\n`.slice(-wordsCharactersMax);
      }
    },
    words: (): string => words + rest,
  };
};
