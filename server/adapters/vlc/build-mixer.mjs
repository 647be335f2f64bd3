/**
 * Compiles the C mixer with the plain system compiler. The one place that knows how: the bootstrap
 * calls it before anything is installed (so: no dependencies, and syntax that Node 18 reads), the
 * player calls it at start, the Debian package runs it when it is built.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sourceDir = fileURLToPath(new URL('mixer/', import.meta.url));
const buildDir = fileURLToPath(new URL('../../../build/', import.meta.url));
const flags = ['-std=gnu11', '-O2', '-shared', '-fPIC', '-fvisibility=hidden', '-Wall', '-Wextra'];
const libraries = ['-lm', '-ldl', '-lpthread'];

/** What a compiler says is missing → the Debian package that has it. */
const packages = [
  { missing: 'pulse/pulseaudio.h', name: 'libpulse-dev' },
  { missing: 'alsa/asoundlib.h', name: 'libasound2-dev' },
  { missing: 'stdio.h', name: 'libc6-dev' },
];

const sourceNames = () => readdirSync(sourceDir).sort();

/** The name carries a hash of everything that the binary depends on: a file that is there is fresh. */
const binaryName = (arch = process.arch) => {
  const hash = createHash('sha256').update(JSON.stringify([arch, flags, libraries]));
  for (const name of sourceNames()) hash.update(name).update(readFileSync(join(sourceDir, name)));
  return `encore-mixer-${hash.digest('hex').slice(0, 16)}.so`;
};

const compile = (output, compiler = 'cc') => {
  const sources = sourceNames().filter((name) => name.endsWith('.c'));
  const args = [...flags, '-o', output, ...sources, ...libraries];
  const result = spawnSync(compiler, args, { cwd: sourceDir, encoding: 'utf8', timeout: 120_000 });
  if (result.error?.code === 'ENOENT')
    throw new Error(
      'The mixer cannot be built: there is no C compiler. As root: apt-get install gcc libc6-dev',
    );
  if (result.error) throw new Error(`The mixer cannot be built: ${result.error.message}`);
  if (result.status === 0) return;
  const missing = packages.find(({ missing }) =>
    result.stderr.includes(`${missing}: No such file`),
  );
  if (missing)
    throw new Error(
      `The mixer cannot be built: ${missing.missing} is missing. As root: apt-get install ${missing.name}`,
    );
  throw new Error(`The mixer cannot be built: cc ${args.join(' ')}\n${result.stderr}`);
};

/** Builds the mixer if its sources changed; returns the path of the binary. Throws one clear sentence. */
export const buildMixer = () => {
  const name = binaryName();
  const path = join(buildDir, name);
  if (existsSync(path)) return { path, built: false };
  mkdirSync(buildDir, { recursive: true });
  // Compiled aside and renamed, so that two builders at once never leave half a file.
  const unfinished = join(buildDir, `unfinished-${process.pid}.so`);
  try {
    compile(unfinished);
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
  for (const old of readdirSync(buildDir))
    if (/^encore-mixer-.*\.so$/.test(old) && old !== name)
      rmSync(join(buildDir, old), { force: true });
  return { path, built: true };
};

/** Compiles into `folder` for another machine; the player there finds it by its name. Throws one clear sentence. */
export const compileMixer = (folder, arch, compiler) => {
  mkdirSync(folder, { recursive: true });
  compile(join(folder, binaryName(arch)), compiler);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { path, built } = buildMixer();
    console.log(built ? `Built the mixer: ${path}` : `The mixer is up to date: ${path}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
