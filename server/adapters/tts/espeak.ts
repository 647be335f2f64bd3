import type { EngineVoice, SpeechEngine } from '../../speech/speech-engine.ts';
import { ask, hear } from './run-engine.ts';
import { wavHeaderBytes } from '../../kernel/wav.ts';

/** espeak-ng has voices of 16,000 and 22,050 Hz. */
const sampleRateMax = 22_050;
const wordsPerMinute = '170';
const pitch = '50';

const row = /^\s*(\d+)\s+(\S+)\s+(?:\d+|--)\/([A-Z-])\s+(\S+)\s+(\S+)\s*(.*)$/;
const genders: Record<string, EngineVoice['gender']> = { F: 'female', M: 'male' };

/** Reads what `espeak-ng --voices` prints; the file's name is what the program is told. */
export const parseVoices = (printed: string): (EngineVoice & { file: string })[] => {
  const voices: (EngineVoice & { file: string })[] = [];
  const taken = new Set<string>();
  for (const line of printed.split('\n')) {
    const [, priority = '', tag = '', gender = '', name = '', file = '', others = ''] =
      row.exec(line) ?? [];
    // MBROLA voices need data that Debian does not bring along.
    if (file === '' || tag === 'variant' || file.startsWith('mb/')) continue;
    const language = tag.toLowerCase();
    const own = file.slice(file.lastIndexOf('/') + 1).toLowerCase();
    const id = taken.has(language) ? own : language;
    if (taken.has(id)) continue;
    taken.add(id);
    const also = [...others.matchAll(/\((\S+) (\d+)\)/g)].map(
      ([, other = '', rank = '']) => [other.toLowerCase(), Number(rank)] as const,
    );
    voices.push({
      id,
      name: name.replaceAll('_', ' ').trim(),
      language,
      speaks: { ...Object.fromEntries(also), [language]: Number(priority) },
      gender: genders[gender] ?? null,
      revision: file,
      file,
    });
  }
  return voices;
};

const dataChunk = (wav: Buffer): { sample_rate: number; pcm: Buffer } | undefined => {
  if (wav.length < wavHeaderBytes || wav.toString('latin1', 0, 4) !== 'RIFF') return undefined;
  // Written to a pipe, the header cannot know the length: what came is what there is.
  return { sample_rate: wav.readUInt32LE(24), pcm: wav.subarray(wavHeaderBytes) };
};

/** espeak-ng: in Debian, in a hundred languages, a robot's voice. */
export const createEspeak = (command: string): SpeechEngine => {
  let files = new Map<string, string>();
  return {
    name: 'espeak-ng',
    async look() {
      const version = await ask(command, ['--version']);
      if (version.outcome === 'not_started') {
        return {
          ok: false,
          reason: `espeak-ng could not be started (${command}): run "apt install espeak-ng", or set ESPEAK_PATH`,
        };
      }
      const listed = await ask(command, ['--voices']);
      const voices = parseVoices(listed.stdout);
      if (listed.outcome !== 'succeeded' || voices.length === 0) {
        const words = listed.lastWords || 'it named no voice';
        return { ok: false, reason: `espeak-ng does not work (${command}): ${words}` };
      }
      files = new Map(voices.map(({ id, file }) => [id, file]));
      const number = /\d+(?:\.\d+)+/.exec(version.stdout)?.[0] ?? 'unknown';
      return {
        ok: true,
        version: `${number} ${wordsPerMinute}/${pitch}`,
        voices: voices.map(({ file: _, ...voice }) => voice),
      };
    },
    async speak(text, voiceId, signal) {
      const file = files.get(voiceId);
      if (file === undefined) throw new Error(`espeak-ng was not asked for ${voiceId}`);
      // Without -m markup is only text; -z leaves out the pause at the end.
      const args = ['--stdin', '--stdout', '-z', '-b', '1', '-v', file];
      const heard = await hear(command, [...args, '-s', wordsPerMinute, '-p', pitch], {
        text,
        sampleRateMax,
        signal,
      });
      if (!heard.ok) return heard;
      const found = heard.bytes.length === 0 ? undefined : dataChunk(heard.bytes);
      // It says nothing at all, not even a header, where there is nothing to say.
      return { ok: true, ...(found ?? { sample_rate: sampleRateMax, pcm: Buffer.alloc(0) }) };
    },
  };
};
