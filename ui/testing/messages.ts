import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

const uiFolder = join(import.meta.dirname, '..');

/** What one file says: messages with `{0}` for what is put in, names of others, and words besides. */
export type Said = {
  file: string;
  messages: string[];
  /** Ids of messages that have one. */
  ids: string[];
  /** Calls of msg() that nothing can be read of before the page runs. */
  unreadable: string[];
  /** Words in templates that are no messages. */
  bare: string[];
};

type Node = Record<string, unknown> & { type: string; start: number; end: number };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

type Quasis = { value: { raw: string; cooked: string } }[];

const textOf = (node: Node, source: string): string | null => {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type !== 'TaggedTemplateExpression') return null;
  const tag = node['tag'] as Node;
  if (source.slice(tag.start, tag.end) !== 'str') return null;
  const { quasis } = node['quasi'] as { quasis: Quasis };
  return quasis.map(({ value }, at) => (at === 0 ? '' : `{${at - 1}}`) + value.cooked).join('');
};

const spoken = /\s(?:aria-label|aria-valuetext|title|placeholder|heading|label|alt)="([^"]*)"/g;
const isWord = (text: string): boolean => /[A-Za-z]{2}/.test(text.replaceAll(/&\w+;/g, ''));

const bareIn = (quasis: Quasis): string[] => {
  const markup = quasis.map(({ value }) => value.raw).join('\u0000');
  const attributes = [...markup.matchAll(spoken)].map(([, text]) => text ?? '');
  const texts = markup.replaceAll(/<[^>]*>/g, '\u0000').split('\u0000');
  return [...attributes, ...texts].map((text) => text.trim()).filter(isWord);
};

const saidIn = (file: string): Said => {
  const source = readFileSync(join(uiFolder, file), 'utf8');
  const said: Said = { file, messages: [], ids: [], unreadable: [], bare: [] };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isNode(value)) return;
    const name = (value['callee'] as Node | undefined)?.['name'];
    if (value.type === 'CallExpression' && name === 'msg') {
      const [words, options] = value['arguments'] as Node[];
      const id = /\bid: '([^']+)'/.exec(options ? source.slice(options.start, options.end) : '');
      const text = words ? textOf(words, source) : null;
      if (id?.[1]) said.ids.push(id[1]);
      else if (text === null) said.unreadable.push(source.slice(value.start, value.end));
      else said.messages.push(text);
    }
    if (value.type === 'TaggedTemplateExpression' && (value['tag'] as Node)['name'] === 'html')
      said.bare.push(...bareIn((value['quasi'] as { quasis: Quasis }).quasis));
    Object.values(value).forEach(visit);
  };
  visit(parseSync(file, source).program);
  return said;
};

/** What the pages say, file by file; tests and what only they need are left out. */
export const whatIsSaid = (): Said[] =>
  globSync('**/*.ts', { cwd: uiFolder })
    .filter((file) => !/^(?:dist|e2e|node_modules|plugins|testing)\/|\.test\.ts$/.test(file))
    .map(saidIn);
