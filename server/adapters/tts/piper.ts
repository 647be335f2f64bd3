import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { EngineVoice, SpeechEngine } from '../../speech/speech-engine.ts';
import { parseJson } from '../door/json.ts';
import { ask, hear } from './run-engine.ts';

const ending = '.onnx';
const voicesMax = 200;
const modelFileBytesMax = 1024 * 1024;
const sampleRateMax = 48_000;

/** The part of a model's `.onnx.json` that is needed. */
const modelFile = z.object({
  audio: z.object({ sample_rate: z.number().int().min(8000).max(sampleRateMax) }),
  language: z.object({ code: z.string().min(2).max(32) }).optional(),
  espeak: z.object({ voice: z.string().min(2).max(32) }).optional(),
});

type Model = EngineVoice & { readonly path: string; readonly sample_rate: number };

const readModel = async (folder: string, file: string): Promise<Model | undefined> => {
  const path = join(folder, file);
  const [model, described] = [await stat(path), await stat(`${path}.json`)];
  if (!model.isFile() || described.size > modelFileBytesMax) return undefined;
  const json = parseJson(await readFile(`${path}.json`, 'utf8'));
  const read = modelFile.safeParse(json.ok ? json.value : undefined);
  if (!read.success) return undefined;
  const id = file.slice(0, -ending.length);
  const code = read.data.language?.code ?? read.data.espeak?.voice ?? 'en';
  const language = code.toLowerCase().replaceAll('_', '-');
  const base = language.split('-')[0] ?? language;
  return {
    id,
    name: id,
    language,
    speaks: { [base]: 1, [language]: 0 },
    gender: null,
    revision: `${model.size} ${Math.floor(model.mtimeMs)}`,
    path,
    sample_rate: read.data.audio.sample_rate,
  };
};

const readModels = async (folder: string): Promise<Model[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith(ending));
  const models: Model[] = [];
  for (const file of files.toSorted().slice(0, voicesMax)) {
    // A model without its description is one that is still being copied.
    const model = await readModel(folder, file).catch(() => undefined);
    if (model) models.push(model);
  }
  return models;
};

/** Piper: a neural voice, from a program and models that somebody put there. */
export const createPiper = (command: string, voicesFolder: string): SpeechEngine => {
  let models = new Map<string, Model>();
  return {
    name: 'piper',
    async look() {
      const version = await ask(command, ['--version']);
      if (version.outcome === 'not_started') {
        return { ok: false, reason: `piper could not be started (${command}): set PIPER_PATH` };
      }
      const found = await readModels(voicesFolder).catch(() => []);
      if (found.length === 0) {
        return {
          ok: false,
          reason: `there is no piper voice (NAME.onnx with NAME.onnx.json) in ${voicesFolder}: put one there, or set PIPER_VOICES_DIR`,
        };
      }
      models = new Map(found.map((model) => [model.id, model]));
      const number = /\d+(?:\.\d+)+/.exec(version.stdout)?.[0] ?? 'unknown';
      const voices = found.map(({ path: _, sample_rate: __, ...voice }) => voice);
      return { ok: true, version: number, voices };
    },
    async speak(text, voiceId, signal) {
      const model = models.get(voiceId);
      if (!model) throw new Error(`piper was not asked for ${voiceId}`);
      const { path, sample_rate } = model;
      const said = { text: `${text}\n`, sampleRateMax: sample_rate, signal };
      const heard = await hear(command, ['--model', path, '--output-raw'], said);
      return heard.ok ? { ok: true, sample_rate, pcm: heard.bytes } : heard;
    },
  };
};
