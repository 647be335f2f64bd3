import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../kernel/testing/temporary-folder.ts';
import { createEspeak, parseVoices } from './espeak.ts';
import { createSpeechEngines } from './index.ts';
import { createPiper } from './piper.ts';

const never = new AbortController().signal;

/** A program that lists one voice as espeak-ng does, and does `speaks` when it is to speak. */
const program = (speaks: string): { path: string; folder: string } => {
  const folder = temporaryFolder();
  const path = join(folder, 'program');
  const lines = [
    '#!/bin/sh',
    'case "$1" in',
    '--version) echo "eSpeak NG text-to-speech: 9.9  Data at: /none"; exit;;',
    '--voices) echo " 5  en  --/F  English  gmw/en (en-gb 2)"; exit;;',
    'esac',
    `cd ${folder}`,
    speaks,
  ];
  writeFileSync(path, lines.join('\n'));
  chmodSync(path, 0o755);
  return { path, folder };
};
const espeakThat = async (speaks: string) => {
  const { path, folder } = program(speaks);
  const engine = createEspeak(path);
  expect(await engine.look()).toMatchObject({ ok: true, version: '9.9 170/50' });
  return { engine, folder };
};
const isAlive = (pid: number): boolean => {
  try {
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

describe('the list of voices', () => {
  it('is read with languages, gender and what else each is good for', () => {
    const printed = [
      'Pty Language       Age/Gender VoiceName          File                 Other Languages',
      ' 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)',
      ' 5  yue             --/F      Chinese_(Cantonese) sit/yue              (zh-yue 5)(zh 8)',
      ' 5  yue             --/M      Chinese_(Jyutping) sit/yue-Latn-jyutping (zh-yue 5)',
      ' 5  variant         --/F      Annie              !v/Annie             ',
      '11  en              --/M      en-swedish         mb/mb-sw1-en         ',
      'some other line',
    ].join('\n');
    expect(parseVoices(printed)).toMatchObject([
      {
        id: 'en-gb',
        name: 'English (Great Britain)',
        language: 'en-gb',
        speaks: { 'en-gb': 2, en: 2 },
        gender: 'male',
        file: 'gmw/en',
      },
      { id: 'yue', gender: 'female', speaks: { yue: 5, 'zh-yue': 5, zh: 8 } },
      { id: 'yue-latn-jyutping', language: 'yue' },
    ]);
  });
});

describe('espeak-ng itself', () => {
  it('speaks: samples at their rate', async () => {
    const engine = createEspeak('espeak-ng');
    expect(await engine.look()).toMatchObject({ ok: true });
    const spoken = await engine.speak('hello', 'en-us', never);
    expect(spoken).toMatchObject({ ok: true, sample_rate: 22_050 });
    expect(spoken.ok && spoken.pcm.length).toBeGreaterThan(10_000);
    expect(await engine.speak('hello', 'en-us', never)).toEqual(spoken);
  });

  it('takes a text for a text, whatever it looks like', async () => {
    const engine = createEspeak('espeak-ng');
    await engine.look();
    for (const text of ['--version', '-q', '<break time="60s"/>', '']) {
      const spoken = await engine.speak(text, 'en-us', never);
      expect(spoken.ok && spoken.pcm.length > 10_000).toBe(text !== '');
    }
  });
});

describe('a program that', () => {
  it('is not there is missed, with what to do', async () => {
    const looked = await createEspeak('/none/espeak-ng').look();
    expect(looked).toMatchObject({ ok: false });
    expect(!looked.ok && looked.reason).toContain('apt install espeak-ng');
  });

  it('names no voice does not work', async () => {
    expect(await createEspeak('true').look()).toMatchObject({
      ok: false,
      reason: 'espeak-ng does not work (true): it named no voice',
    });
  });

  it('fails is told with its last words', async () => {
    const { engine } = await espeakThat('echo "no such phoneme" >&2; exit 3');
    expect(await engine.speak('hi', 'en', never)).toEqual({
      ok: false,
      code: 'engine_failed',
      last_words: 'no such phoneme',
    });
  });

  it('speaks without end is cut off', async () => {
    const { engine } = await espeakThat('exec yes');
    expect(await engine.speak('hi', 'en', never)).toMatchObject({ ok: false, code: 'too_long' });
  });

  it('goes away between the list and the text is missing', async () => {
    const { engine, folder } = await espeakThat('exit 0');
    chmodSync(join(folder, 'program'), 0o600);
    expect(await engine.speak('hi', 'en', never)).toMatchObject({ code: 'engine_missing' });
  });

  it('does not read its text harms nobody', async () => {
    const { engine } = await espeakThat('exec </dev/null; exit 0');
    const spoken = await engine.speak('x'.repeat(1_000_000), 'en', never);
    expect(spoken).toMatchObject({ ok: true, pcm: Buffer.alloc(0) });
  });

  it('hangs is killed with all it started', async () => {
    const { engine, folder } = await espeakThat('sleep 600 & echo $! > pid; wait');
    const stop = new AbortController();
    const spoken = engine.speak('hi', 'en', stop.signal);
    const pid = await (async () => {
      for (;;) {
        const written = Number(await sleep(5).then(() => readPid(folder)));
        if (written > 0) return written;
      }
    })();
    expect(isAlive(pid)).toBe(true);
    stop.abort(new Error('enough'));
    await expect(spoken).rejects.toThrow('enough');
    while (isAlive(pid)) await sleep(5);
  });
});

const readPid = (folder: string): string => {
  try {
    return readFileSync(join(folder, 'pid'), 'utf8');
  } catch {
    return '0';
  }
};

describe('piper', () => {
  const house = (speaks: string) => {
    const { path, folder } = program(speaks);
    const put = (name: string, content: unknown) =>
      writeFileSync(join(folder, name), JSON.stringify(content));
    return { path, folder, put };
  };

  it('has the voices whose model and description are there', async () => {
    const { path, folder, put } = house('exit 0');
    put('de_DE-thorsten-low.onnx', 'a model');
    put('de_DE-thorsten-low.onnx.json', {
      audio: { sample_rate: 16_000 },
      language: { code: 'de_DE' },
    });
    put('half.onnx', 'a model');
    put('odd.onnx', 'a model');
    put('odd.onnx.json', { audio: { sample_rate: 'fast' } });
    expect(await createPiper(path, folder).look()).toMatchObject({
      ok: true,
      version: '9.9',
      voices: [
        {
          id: 'de_DE-thorsten-low',
          language: 'de-de',
          speaks: { de: 1, 'de-de': 0 },
          gender: null,
        },
      ],
    });
  });

  it('is given the model and the text, and its samples have the rate of the model', async () => {
    const { path, folder, put } = house('printf "%s\\n" "$@" > args; cat > text; printf abcd');
    put('v.onnx', 'a model');
    put('v.onnx.json', { audio: { sample_rate: 16_000 } });
    const engine = createPiper(path, folder);
    await engine.look();
    const spoken = await engine.speak('--help', 'v', never);
    expect(spoken).toEqual({ ok: true, sample_rate: 16_000, pcm: Buffer.from('abcd') });
    const model = join(folder, 'v.onnx');
    expect(readFileSync(join(folder, 'args'), 'utf8')).toBe(`--model\n${model}\n--output-raw\n`);
    expect(readFileSync(join(folder, 'text'), 'utf8')).toBe('--help\n');
  });

  it('without a voice or a program says what to do', async () => {
    const { path, folder } = house('exit 0');
    const voiceless = await createPiper(path, folder).look();
    expect(!voiceless.ok && voiceless.reason).toContain('PIPER_VOICES_DIR');
    const missing = await createPiper('/none/piper', folder).look();
    expect(!missing.ok && missing.reason).toContain('PIPER_PATH');
  });
});

it('piper comes first where it is configured, and either can be chosen alone', () => {
  const piper = { command: 'piper', voicesDir: '/none' };
  const names = (engine: 'auto' | 'espeak-ng' | 'piper', with_ = true) =>
    createSpeechEngines({ engine, espeak: 'espeak-ng', piper: with_ ? piper : null }).map(
      ({ name }) => name,
    );
  expect(names('auto')).toEqual(['piper', 'espeak-ng']);
  expect(names('auto', false)).toEqual(['espeak-ng']);
  expect(names('espeak-ng')).toEqual(['espeak-ng']);
  expect(names('piper')).toEqual(['piper']);
});
