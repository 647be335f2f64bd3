/**
 * The import law (CONTRIBUTING.md) as a lint rule: who may see whom. Paths are relative to
 * the project's root, with `/`.
 */
import { dirname, join, relative, sep } from 'node:path';

type Room = 'ui' | 'kernel' | 'adapters' | 'programs' | 'module' | 'outside';
type Place = { readonly room: Room; readonly module: string; readonly file: string };

/** Beside the programs themselves, who puts rooms together. */
const programFolders = new Set(['bench', 'cli', 'simulation']);

const placeOf = (path: string): Place => {
  const [top = '', second = '', ...rest] = path.split('/');
  const file = rest.at(-1) ?? second;
  if (top === 'ui') return { room: 'ui', module: '', file };
  if (top !== 'server') return { room: 'outside', module: '', file };
  if (rest.length === 0 || programFolders.has(second)) {
    return { room: 'programs', module: '', file };
  }
  if (second === 'kernel' || second === 'adapters') return { room: second, module: '', file };
  return { room: 'module', module: second, file };
};

/** `events.ts`, `decider.ts`, and `play-events.ts` where a module has more than one. */
const isPure = (file: string) =>
  /^(?:.+-)?(?:events|decider)\.ts$/.test(file) || deciderParts.has(file);
/** Deciders too long to be read in one go leave parts of themselves here, as pure as they are. */
const deciderParts = new Set(['player-state.ts', 'next-track.ts']);
const isEvents = (file: string) => /^(?:.+-)?events\.ts$/.test(file);
const isContract = (file: string) => file === 'contract.ts';
/** Ports: what a module asks of the outside world, for an adapter to give. Add new ones here. */
const portFiles = new Set([
  'player-link.ts',
  'media.ts',
  'loudness.ts',
  'folder-watch.ts',
  'presence.ts',
  'disk-space.ts',
  'speech-engine.ts',
  'media-source.ts',
  'backup-maker.ts',
]);
const isPort = (file: string) => portFiles.has(file);

/** Tests put real parts together; the browser's end-to-end tests start the whole box. */
const isFree = (path: string) =>
  /(?:\.test\.ts|\/testing\/.+)$/.test(path) || path.startsWith('ui/e2e/');

const pureLaw = (from: Place, to: Place, typeOnly: boolean): string | null => {
  if (to.room === 'kernel') {
    if (typeOnly || to.file === 'decider.ts') return null;
    return "events and deciders see the kernel's types (import type) and kernel/decider.ts only";
  }
  if (to.room === 'module') {
    if (to.module === from.module && isPure(to.file)) return null;
    if (typeOnly && (isEvents(to.file) || isContract(to.file) || isPort(to.file))) return null;
  }
  return 'events and deciders are pure: beside the kernel they see types of events, contracts and ports';
};

const moduleLaw = (from: Place, to: Place, typeOnly: boolean): string | null => {
  if (to.room === 'kernel') return null;
  if (to.room !== 'module') return 'a module sees the kernel and modules: the rest is handed to it';
  if (to.module === from.module || to.file === 'index.ts' || isContract(to.file)) return null;
  if (typeOnly && (isEvents(to.file) || isPort(to.file))) return null;
  return 'a module sees another only through its index.ts, its contract.ts, or types of its events and ports';
};

const adapterLaw = (to: Place): string | null => {
  if (to.room === 'kernel' || to.room === 'adapters') return null;
  if (to.room === 'module' && (isContract(to.file) || isPort(to.file))) return null;
  return 'adapters see the kernel, ports and contracts, never the inside of a module or the configuration';
};

/** What is wrong with `from` importing the file `to`; null when nothing is. */
export const fileFault = (from: string, to: string, typeOnly: boolean): string | null => {
  const [importer, imported] = [placeOf(from), placeOf(to)];
  if (isFree(from)) return null;
  if (importer.room === 'ui') {
    if (imported.room === 'ui' || imported.room === 'outside') return null;
    if (!isContract(imported.file)) return 'ui/ sees no file of the server but contract.ts';
    return typeOnly ? null : 'ui/ sees a contract.ts by import type only';
  }
  if (imported.room === 'ui') return 'the server sees nothing of ui/';
  if (imported.room === 'outside' || importer.room === 'outside') return null;
  if (importer.room === 'programs') return null;
  if (importer.room === 'kernel') {
    return imported.room === 'kernel' ? null : 'the kernel sees nothing but itself';
  }
  if (importer.room === 'adapters') return adapterLaw(imported);
  return isPure(importer.file)
    ? pureLaw(importer, imported, typeOnly)
    : moduleLaw(importer, imported, typeOnly);
};

/** The same for a package or a module of Node. */
export const packageFault = (from: string, name: string, typeOnly: boolean): string | null => {
  if (isFree(from) || typeOnly) return null;
  const importer = placeOf(from);
  if (name.startsWith('@event-driven-io/')) {
    return "Emmett's code has no licence to be shipped: its types only, by import type";
  }
  if (importer.room === 'module' && isPure(importer.file)) {
    return 'events and deciders are pure: no package and no part of Node';
  }
  return null;
};

type Source = { readonly value: unknown };
type Node = {
  readonly source?: Source | null;
  readonly importKind?: string;
  readonly exportKind?: string;
};
type Context = {
  readonly filename: string;
  readonly cwd: string;
  report(problem: { node: Node; message: string }): void;
};

const create = (context: Context) => {
  const from = relative(context.cwd, context.filename).split(sep).join('/');
  const check = (node: Node) => {
    const specifier = node.source?.value;
    if (typeof specifier !== 'string') return;
    const typeOnly = node.importKind === 'type' || node.exportKind === 'type';
    const fault = specifier.startsWith('.')
      ? fileFault(from, join(dirname(from), specifier).split(sep).join('/'), typeOnly)
      : packageFault(from, specifier, typeOnly);
    if (fault) context.report({ node, message: `${specifier}: ${fault}` });
  };
  return {
    ImportDeclaration: check,
    ImportExpression: check,
    ExportNamedDeclaration: check,
    ExportAllDeclaration: check,
  };
};

export default {
  meta: { name: 'encore' },
  rules: { 'import-law': { create } },
};
