import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whatIsSaid } from '../testing/messages.ts';
import * as server from './german-server.ts';
import * as pages from './german.ts';
import { nameOfSaid } from './server-words.ts';

const table = { ...pages, ...server };
const said = whatIsSaid();
const messages = new Set(said.flatMap((one) => one.messages));
const places = (text: string): string[] => (text.match(/\{\d\}/g) ?? []).sort();

/** Not translated: names, and what a machine reads. */
const names = new Set(['Encore', 'yt-dlp', 'curl']);

test('every message has a German one', () => {
  expect([...messages].filter((message) => !(message in table.messages))).toEqual([]);
});

test('no German message is left over', () => {
  expect(Object.keys(table.messages).filter((message) => !messages.has(message))).toEqual([]);
});

test('a German message puts in what the English one does', () => {
  const wrong = Object.entries({ ...table.messages, ...table.said }).filter(
    ([message, german]) => places(message).join('') !== places(german).join(''),
  );
  expect(wrong).toEqual([]);
});

test('a German message begins and ends with a space where the English one does', () => {
  const edges = (text: string): boolean[] => [/^\s/.test(text), /\s$/.test(text)];
  const wrong = Object.entries(table.messages).filter(
    ([message, german]) => edges(message).join('') !== edges(german).join(''),
  );
  expect(wrong).toEqual([]);
});

test('no message stands in two rooms', () => {
  const rooms = globSync('german/*.ts', { cwd: import.meta.dirname });
  const keys = rooms.flatMap((room) =>
    [
      ...readFileSync(join(import.meta.dirname, room), 'utf8').matchAll(/^ {2}(['"].+?['"]):/gm),
    ].map(([, key]) => key),
  );
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

test('messages can be read before the page runs', () => {
  expect(
    said
      .filter(({ file }) => file !== 'languages/server-words.ts')
      .flatMap((one) => one.unreadable),
  ).toEqual([]);
});

test('pages say nothing but messages', () => {
  const bare = said.flatMap(({ file, bare: words }) => words.map((word) => `${file}: ${word}`));
  expect(bare.filter((one) => !names.has(one.split(': ')[1] ?? ''))).toEqual([]);
});

test('what has a name in German has that name in the pages or at the server', () => {
  const sources = globSync('../../server/**/*.ts', { cwd: import.meta.dirname })
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .join('\n');
  const ids = new Set(said.flatMap((one) => one.ids));
  const strangers = Object.keys(table.named).filter((name) => {
    const [family = '', code = ''] = name.split('.');
    const ofServer = [
      'advice',
      'backup',
      'event',
      'extraction',
      'health',
      'problem',
      'setting',
      'transaction',
      'yt-dlp',
    ].includes(family);
    if (!ofServer) return !ids.has(name);
    return !new RegExp(`\\b${code}\\b`).test(sources);
  });
  expect(strangers).toEqual([]);
});

test('what is said in German without a name is said by the server', () => {
  const sources = globSync('../../server/**/*.ts', { cwd: import.meta.dirname })
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .join('\n');
  // What is put in stands in the source as itself, or as what it is made of.
  const inSource = (english: string): RegExp =>
    new RegExp(
      english
        .split(/\{\d\}/)
        .map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('(?:\\d+|"?\\$\\{[^}]*\\}"?)'),
    );
  expect(Object.keys(table.said).filter((english) => !inSource(english).test(sources))).toEqual([]);
});

test('it is found by the sentence, with what was put in', () => {
  const strangers = Object.keys(table.said).filter((english) => {
    const filled = english.replaceAll('({0})', '(EIO)').replaceAll(/\{\d\}/g, '12');
    return nameOfSaid(filled) !== english;
  });
  expect(strangers).toEqual([]);
});

test('a message with a name has a German one', () => {
  const ids = said.flatMap((one) => one.ids);
  expect(ids.filter((id) => !(id in table.named))).toEqual([]);
});
