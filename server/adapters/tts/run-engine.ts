import { speechEngineLimits, type Spoken } from '../../speech/speech-engine.ts';
import { createRunChild } from '../ffmpeg/child.ts';

const { spokenMsMax, speakTimeoutMs, lookTimeoutMs } = speechEngineLimits;
const bytesPerSample = 2;
const lookBytesMax = 1024 * 1024;
/** Somebody waits for it: the usual priority. */
const run = createRunChild([]);

/** The bytes a program says for a text it is given on its standard input. */
export const hear = async (
  command: string,
  args: readonly string[],
  said: { readonly text: string; readonly sampleRateMax: number; readonly signal: AbortSignal },
): Promise<{ ok: true; bytes: Buffer } | Extract<Spoken, { ok: false }>> => {
  const chunks: Buffer[] = [];
  const result = await run(command, args, {
    timeoutMs: speakTimeoutMs,
    stdoutBytesMax: (spokenMsMax / 1000) * said.sampleRateMax * bytesPerSample,
    stdin: said.text,
    onStdout: (chunk) => void chunks.push(chunk),
    signal: said.signal,
  });
  const failed = (code: Extract<Spoken, { ok: false }>['code']) =>
    ({ ok: false, code, last_words: result.lastWords }) as const;
  switch (result.outcome) {
    case 'succeeded':
      return { ok: true, bytes: Buffer.concat(chunks) };
    case 'not_started':
      return failed('engine_missing');
    case 'timed_out':
      return failed('timed_out');
    case 'too_much_output':
      return failed('too_long');
    case 'failed':
      return failed('engine_failed');
  }
};

/** What a program says of itself. */
export const ask = (command: string, args: readonly string[]) =>
  run(command, args, { timeoutMs: lookTimeoutMs, stdoutBytesMax: lookBytesMax });
