import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createToolLine } from '../../server/adapters/system/tool-line.ts';
import { debianImage } from './image.ts';
import { hasProgram, run, show } from './shell.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = join(root, 'build', 'appliance');
/** Program → Debian package. */
const programs = {
  mmdebstrap: 'mmdebstrap',
  'systemd-nspawn': 'systemd-container',
  'dpkg-deb': 'dpkg',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  ip: 'iproute2',
} as const;

const whyNot = (): string | undefined => {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (process.getuid?.() !== 0) return 'it needs root, to boot a Debian of its own';
  const missing = Object.entries(programs).find(([program]) => !hasProgram(program));
  return missing && `${missing[0]} is not here: apt-get install ${missing[1]}`;
};

const architectures = { x64: 'amd64', arm64: 'arm64' } as const;
const isKnown = (arch: string): arch is keyof typeof architectures => arch in architectures;

const built = (version: string): string => {
  if (!isKnown(process.arch)) throw new Error(`no package for ${process.arch}`);
  show('npm', ['run', 'build'], root);
  show('npm', ['run', 'package', '--', process.arch], root);
  return join(root, 'build', `encore_${version}_${architectures[process.arch]}.deb`);
};

/** The package as the next release: a higher version, and one read model that has another shape. */
const nextRelease = async (deb: string, version: string): Promise<string> => {
  const next = version.replace(/\d+$/, (patch) => String(Number(patch) + 1));
  const tree = join(folder, 'next');
  rmSync(tree, { recursive: true, force: true });
  show('dpkg-deb', ['-R', deb, tree], folder);
  const edit = (path: string, change: (text: string) => string) => {
    const file = join(tree, path);
    const before = readFileSync(file, 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`${path} is not as the test knows it`);
    writeFileSync(file, after);
  };
  edit('DEBIAN/control', (text) => text.replace(/^Version: .*$/m, `Version: ${next}`));
  edit('DEBIAN/preinst', (text) => text.replaceAll(version, next));
  edit('usr/lib/encore/package.json', (text) =>
    text.replace(/"version": ".*?"/, `"version": "${next}"`),
  );
  edit('usr/lib/encore/server/sounds/projection.ts', (text) =>
    text.replace(/version: (\d+),/, (_, number) => `version: ${Number(number) + 1},`),
  );
  const file = join(folder, 'next.deb');
  show('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, file], folder);
  rmSync(tree, { recursive: true });
  return file;
};

const parts = ['media', 'sound', 'faults', 'life'];

const line = createToolLine(
  `Usage: npm run test:appliance [-- [--suite NAME] [--package FILE] [--part ${parts.join('|')}]…]

A minimal Debian (bookworm, or --suite) boots in systemd-nspawn, and Encore is installed there, used,
killed, upgraded and removed. As root. --package takes a package that is built, --part does a part.`,
);

const main = async (): Promise<number> => {
  const { values } = line.read({
    options: {
      suite: { type: 'string', default: 'bookworm' },
      package: { type: 'string' },
      part: { type: 'string', multiple: true, default: parts },
    },
  });
  const unknown = values.part.filter((part) => !parts.includes(part));
  if (unknown.length > 0) line.refuse(`There is no part ${unknown.join(', ')}.`);
  const reason = whyNot();
  if (reason !== undefined) {
    process.stdout.write(`test:appliance is skipped: ${reason}\n`);
    return 0;
  }
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const deb = values.package === undefined ? built(manifest.version) : resolve(values.package);
  const { stdout: depends } = await run('dpkg-deb', ['-f', deb, 'Depends']);
  const image = debianImage(folder, values.suite, depends.trim());
  const next = await nextRelease(deb, manifest.version);
  // A network of its own: the box is at 127.0.0.1 for us, and reaches nothing else.
  const course = join(root, 'tools', 'appliance', 'course.ts');
  const argv = [
    '--net',
    '--kill-child',
    '--',
    process.execPath,
    course,
    image,
    deb,
    next,
    folder,
    ...values.part,
  ];
  return spawnSync('unshare', argv, { stdio: 'inherit' }).status ?? 1;
};

process.exitCode = await main();
