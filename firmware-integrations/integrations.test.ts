import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, parseDocument, type ScalarTag } from 'yaml';
import { componentsOf } from '../server/home-assistant/device.ts';

const here = import.meta.dirname;
const textOf = (file: string): string => readFileSync(join(here, file), 'utf8');
const files = (pattern: string): string[] => globSync(pattern, { cwd: here }).toSorted();

/** What ESPHome and Home Assistant add to YAML. */
const customTags = ['!secret', '!input', '!lambda'].map((tag): ScalarTag => ({
  tag,
  resolve: (text) => text,
}));

describe('every file is what its name says', () => {
  it.each(files('**/*.yaml'))('%s is YAML', (file) => {
    const documents = parseAllDocuments(textOf(file), { customTags });
    const faults = [...documents].flatMap(({ errors, warnings }) => [...errors, ...warnings]);
    expect(faults.map(({ message }) => message)).toEqual([]);
  });

  it.each(files('**/*.json'))('%s is JSON', (file) => {
    expect(() => JSON.parse(textOf(file))).not.toThrow();
  });

  it.each(files('**/*.py'))('%s is Python', (file) => {
    const parsed = spawnSync('python3', ['-c', 'import ast,sys; ast.parse(sys.stdin.read())'], {
      input: textOf(file),
      encoding: 'utf8',
    });
    expect(parsed).toMatchObject({ status: 0, stderr: '' });
  });

  it.each(files('shelly/*.js'))('%s is JavaScript', (file) => {
    const parsed = spawnSync(process.execPath, ['--check', join(here, file)], { encoding: 'utf8' });
    expect(parsed).toMatchObject({ status: 0, stderr: '' });
  });
});

it.each(files('*/README.md'))('%s says how to verify', (file) => {
  expect(textOf(file)).toMatch(/^## Verify\n[^#]*mosquitto_sub/m);
});

describe('every topic of ours is one that there is', () => {
  const rows = [
    ...textOf('TOPICS.md').matchAll(/^\| `((?:cmd|state|event|reply|status|info)[^`]*)`/gm),
  ];
  const known = rows.map(([, topic = '']) => topic.replaceAll(/\{\w+\}/g, '+'));
  const levelsOf = (topic: string) => topic.split('/');
  const fits = (topic: string) =>
    known.some((one) => {
      const [wanted, given] = [levelsOf(one), levelsOf(topic)];
      if (given.at(-1) === '#')
        return given.slice(0, -1).every((level, at) => level === wanted[at]);
      return (
        wanted.length === given.length &&
        wanted.every((level, at) => level === '+' || level === given[at])
      );
    });

  it.each(files('**/*.{yaml,json,md,js,rules,txt}').filter((file) => file !== 'TOPICS.md'))(
    '%s',
    (file) => {
      const said = [...textOf(file).matchAll(/encore\/(?:main|\{\{ room \}\})\/([\w/+#<>-]+)/g)];
      const topics = said.map(([, topic = '']) => topic.replaceAll(/<\w+>/g, '+'));
      expect(topics.filter((topic) => !fits(topic))).toEqual([]);
    },
  );
});

it.each(files('*/README.md').filter((file) => !/^(?:home-assistant|node-red)/.test(file)))(
  '%s says which parts there are and how they are wired',
  (file) => {
    expect(textOf(file)).toMatch(/^\| part \| wiring.*\|\n\| --- \|/m);
  },
);

describe('what is ready to paste into Home Assistant', () => {
  const components = componentsOf({
    room: 'main',
    topic: 'encore/main',
    version: '',
    publicUrl: '',
    modes: [],
    buttons: [],
    quietSwitch: true,
    tones: [],
    playlists: ['All sounds'],
    people: [],
    bindings: [],
  });
  const known = new Set([
    ...Object.values(components).map((one) => one['default_entity_id']),
    // The integration's only one: it has the device's name.
    'media_player.encore',
  ]);
  const entity = new RegExp(
    `\\b(?:${[...new Set(Object.values(components).map(({ p }) => p)), 'media_player'].join('|')})\\.encore\\w*`,
    'g',
  );
  const entitiesOf = (file: string) => [...textOf(file).matchAll(entity)].map(([id]) => id);

  it.each([...files('home-assistant/examples/*'), 'home-assistant/README.md'])(
    '%s names entities that there are',
    (file) => {
      expect(entitiesOf(file).length).toBeGreaterThan(0);
      expect(entitiesOf(file).filter((id) => !known.has(id))).toEqual([]);
    },
  );

  it.each(files('home-assistant/**/*.yaml'))('%s acts as Home Assistant can', (file) => {
    const actions = [
      ...textOf(file).matchAll(/^\s*-?\s*(?:perform_)?action: ([a-z_]+\.[a-z_]+)$/gm),
    ];
    expect(actions.length).toBeGreaterThan(0);
    for (const [, action = ''] of actions) {
      expect([
        'button.press',
        'media_player.media_stop',
        'media_player.play_media',
        'mqtt.publish',
        'number.set_value',
        'select.select_option',
        'siren.turn_on',
      ]).toContain(action);
    }
  });

  it.each(files('home-assistant/blueprints/**/*.yaml'))('%s asks for what it uses', (file) => {
    const text = textOf(file);
    const document = parseDocument(text, { customTags });
    const { blueprint, triggers, actions } = document.toJS() as {
      blueprint: { name: string; domain: string; input: object };
      triggers: object[];
      actions: object[];
    };
    expect([blueprint.name.length > 0, blueprint.domain]).toEqual([true, 'automation']);
    expect([triggers.length, actions.length].every((count) => count > 0)).toBe(true);
    const used = [...text.matchAll(/!input (\w+)/g)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(blueprint.input)));
  });
});

describe('Home Assistant’s integration', () => {
  const folder = 'home-assistant/custom_components/encore';
  const json = (file: string) => JSON.parse(textOf(`${folder}/${file}`)) as Record<string, unknown>;
  const keysOf = (value: unknown, path = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${path}/${key}`))
      : [path];

  it('is named in English as it was written, and in German in full', () => {
    expect(json('translations/en.json')).toEqual(json('strings.json'));
    expect(keysOf(json('translations/de.json'))).toEqual(keysOf(json('strings.json')));
  });

  it('fills the same gaps in every language', () => {
    const gapsOf = (value: unknown): string[] =>
      typeof value === 'string'
        ? [
            [...value.matchAll(/\{\w+\}/g)]
              .map(([gap]) => gap)
              .toSorted()
              .join(' '),
          ]
        : Object.values(value as object).flatMap(gapsOf);
    expect(gapsOf(json('translations/de.json'))).toEqual(gapsOf(json('strings.json')));
  });

  it('has words for every fault of its forms', () => {
    const text = textOf(`${folder}/config_flow.py`);
    const faults = [...text.matchAll(/(?:CONF_URL\]|CONF_TOKEN:|"base":) (?:= )?"(\w+)"/g)];
    const { error } = json('strings.json')['config'] as { error: object };
    expect(new Set(faults.map(([, fault]) => fault))).toEqual(new Set(Object.keys(error)));
  });

  it('lists its manifest as Home Assistant checks it: domain, name, then by the alphabet', () => {
    const [domain, name, ...others] = Object.keys(json('manifest.json'));
    expect([domain, name]).toEqual(['domain', 'name']);
    expect(others).toEqual(others.toSorted());
  });

  it('has words for all that it throws', () => {
    const thrown = files(`${folder}/*.py`)
      .flatMap((file) => [...textOf(file).matchAll(/translation_key="(\w+)"/g)])
      .map(([, key]) => key);
    expect(new Set(thrown)).toEqual(
      new Set(Object.keys(json('strings.json')['exceptions'] as object)),
    );
  });
});
