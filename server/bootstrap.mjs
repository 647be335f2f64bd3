// Runs before `npm start` and `npm test`, on whatever Node the system has: no dependencies, and no
// syntax or API that Node 12 cannot read, so that an old Node gets a sentence and not a SyntaxError.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => path.join(root, ...parts);
const say = (line) => process.stdout.write(`encore: ${line}\n`);

/** A fault that the person at the keyboard can mend; everything else is a bug and keeps its stack. */
class SetupFault extends Error {}

const nodeMajorMin = 18;
const architectures = ['x64', 'arm64'];

/** Debian package → what it is for, and how to see without dpkg that its content is there. */
export const startPackages = [
  { name: 'libatomic1', why: 'Node 26 does not start without it', libraries: ['libatomic.so.1'] },
  { name: 'libvlc5', why: 'VLC itself, which decodes every sound', libraries: ['libvlc.so.5'] },
  { name: 'vlc-plugin-base', why: "VLC's decoders", libraries: ['vlc/plugins'] },
  { name: 'ffmpeg', why: 'inspects and converts sounds', commands: ['ffmpeg', 'ffprobe'] },
  { name: 'yt-dlp', why: 'fetches what is behind links', commands: ['yt-dlp'] },
  { name: 'espeak-ng', why: 'speaks texts', commands: ['espeak-ng'] },
  { name: 'gcc', why: 'compiles the mixer, once', commands: ['cc'] },
  { name: 'libc6-dev', why: 'C headers for the mixer', headers: ['stdlib.h'] },
  { name: 'libpulse-dev', why: 'sound through PulseAudio', headers: ['pulse/pulseaudio.h'] },
  { name: 'libasound2-dev', why: 'sound through ALSA', headers: ['alsa/asoundlib.h'] },
];

export const testPackages = [
  { name: 'pulseaudio', why: 'the silent sound card of the tests', commands: ['pulseaudio'] },
  { name: 'pulseaudio-utils', why: 'records what the tests hear', commands: ['parec', 'pactl'] },
  { name: 'chromium', why: 'the browser of the measurements', commands: ['chromium'] },
  {
    name: 'chromium-headless-shell',
    why: 'the browser of the tests',
    commands: ['chromium-headless-shell'],
  },
  {
    name: 'mosquitto-clients',
    why: 'an MQTT client that is not ours',
    commands: ['mosquitto_pub'],
  },
  {
    name: 'python3-aiohttp',
    why: "runs Home Assistant's side of the talk",
    libraries: ['python3/dist-packages/aiohttp'],
  },
  // The broker itself is in sbin, which is not on everybody's PATH.
  { name: 'mosquitto', why: 'a broker that is not ours', commands: ['mosquitto_passwd'] },
  { name: 'openssl', why: 'certificates for the tests', commands: ['openssl'] },
  { name: 'fiu-utils', why: 'makes the disk of the tests fail', commands: ['fiu-run'] },
  {
    name: 'libfaketime',
    why: 'makes the clock of the tests jump',
    libraries: ['faketime/libfaketimeMT.so.1'],
  },
];

const triplets = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

const existsIn = (folders, name) =>
  folders.some((folder) => fs.existsSync(path.join(folder, name)));

/** True when the files of a package are there, however they came: other distributions, /usr/local. */
export const isPresent = (wanted, env = process.env, arch = process.arch) => {
  const triplet = triplets[arch] || '';
  const commands = (env.PATH || '').split(':').filter(Boolean);
  const libraries = ['/usr/lib', '/lib', '/usr/local/lib', '/usr/lib64', '/lib64'].concat(
    [`/usr/lib/${triplet}`, `/lib/${triplet}`],
    (env.LD_LIBRARY_PATH || '').split(':').filter(Boolean),
  );
  const headers = ['/usr/include', '/usr/local/include', `/usr/include/${triplet}`];
  return (
    (wanted.commands || []).every((name) => existsIn(commands, name)) &&
    (wanted.libraries || []).every((name) => existsIn(libraries, name)) &&
    (wanted.headers || []).every((name) => existsIn(headers, name))
  );
};

/** Names that `dpkg-query -W -f='${Package} ${db:Status-Status}\n'` calls installed. */
export const parseInstalled = (output) =>
  output
    .split('\n')
    .map((line) => line.trim().split(' '))
    .filter((words) => words[1] === 'installed')
    .map((words) => words[0]);

const missingPackages = (wanted) => {
  const query = spawnSync(
    'dpkg-query',
    ['-W', '-f=${Package} ${db:Status-Status}\\n'].concat(wanted.map((one) => one.name)),
    { encoding: 'utf8' },
  );
  const installed = query.error ? [] : parseInstalled(query.stdout);
  return wanted.filter((one) => installed.indexOf(one.name) < 0 && !isPresent(one));
};

const hasCommand = (name) => existsIn((process.env.PATH || '').split(':').filter(Boolean), name);

/** How to become root here: [] as root, sudo where it works, undefined where neither is so. */
const rootPrefix = () => {
  if (process.getuid() === 0) return [];
  if (!hasCommand('sudo')) return undefined;
  if (spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0) return ['sudo', '-n'];
  return process.stdin.isTTY && process.stdout.isTTY ? ['sudo'] : undefined;
};

const apt = ['apt-get', '-o', 'DPkg::Lock::Timeout=300'];

/** The one line for a person to run as root. */
export const installLine = (names) =>
  `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`;

const runAsRoot = (prefix, argv) => {
  const [command, ...args] = prefix.concat(
    ['env', 'DEBIAN_FRONTEND=noninteractive', 'NEEDRESTART_MODE=a'],
    argv,
  );
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
};

const ensurePackages = (wanted) => {
  const missing = missingPackages(wanted);
  if (missing.length === 0) return;
  const names = missing.map((one) => one.name);
  say(`${names.length} system package${names.length > 1 ? 's are' : ' is'} missing here:`);
  for (const one of missing) say(`  ${one.name.padEnd(18)} ${one.why}`);
  if (!hasCommand('apt-get')) {
    throw new SetupFault(
      'these are the names of Debian packages, and this system has no apt: install what they are called here, then try again',
    );
  }
  const prefix = rootPrefix();
  if (!prefix) {
    throw new SetupFault(`run this line as root, then try again:\n  ${installLine(names)}`);
  }
  say(prefix.length > 0 ? 'installing them with sudo …' : 'installing them …');
  // A failed update (one dead mirror) need not stop an install that its other lists can serve.
  runAsRoot(prefix, apt.concat(['update', '-q']));
  runAsRoot(prefix, apt.concat(['install', '-y', '-q', '--no-install-recommends'], names));
  const still = missingPackages(wanted).map((one) => one.name);
  if (still.length > 0) {
    throw new SetupFault(
      `apt could not install ${still.join(', ')} (see its words above); run this line as root, then try again:\n  ${installLine(still)}`,
    );
  }
};

const readIfThere = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');

/** Every file below a folder, sorted, without what a build does not read. */
const listFiles = (folder, skip) => {
  const files = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (skip(entry.name)) continue;
    if (entry.isDirectory()) files.push(...listFiles(file, skip));
    else if (entry.isFile()) files.push(file);
  }
  return files.sort();
};

/** SHA-256 over names and contents, each behind its length. */
export const hashFiles = (base, files) => {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = fs.readFileSync(file);
    hash.update(`${path.relative(base, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
};

const ensureModules = () => {
  const lockfile = inRoot('package-lock.json');
  const stamp = inRoot('node_modules', '.encore-lockfile');
  const wanted = hashFiles(root, [lockfile]);
  if (readIfThere(stamp) === wanted) return;
  say('installing npm packages …');
  // Install scripts stay off: npm would try to rebuild better-sqlite3, fail, and leave nothing; every
  // native package brings its binary along. Development packages are needed to build the UI.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'].concat([
    '--include=dev',
    '--include=optional',
    '--loglevel=error',
  ]);
  const npm = process.env.npm_execpath;
  const byNpm = npm && /npm-cli\.c?js$/.test(npm);
  const [command, ...rest] = byNpm ? [process.execPath, npm].concat(args) : ['npm'].concat(args);
  const run = spawnSync(command, rest, { cwd: root, stdio: 'inherit' });
  if (run.status !== 0) {
    throw new SetupFault('npm could not install the packages (see its words above)');
  }
  fs.writeFileSync(stamp, wanted);
};

const nodePath = inRoot('node_modules', '.bin', 'node');

const ensureLink = (file, target) => {
  if (fs.existsSync(file)) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  try {
    fs.unlinkSync(file);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  fs.symlinkSync(target, file);
};

/** npm links no command of the package it stands in; npx would, in a folder of its own, each time. */
const ensureCommand = () =>
  ensureLink(inRoot('node_modules', '.bin', 'encore'), '../../server/encore.mjs');

/** npm 9 and 10 make no `.bin/node` when both architectures stand in the lockfile. */
const ensureNode = () => {
  ensureLink(nodePath, `../node-linux-${process.arch}/bin/node`);
  const wanted = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8')).optionalDependencies[
    `node-linux-${process.arch}`
  ];
  const answer = spawnSync(nodePath, ['--version'], { encoding: 'utf8' });
  if (answer.error || answer.stdout.trim() !== `v${wanted}`) {
    const words = answer.error ? answer.error.message : (answer.stderr || answer.stdout).trim();
    throw new SetupFault(
      `Node ${wanted}, which npm delivered, does not run on this machine: ${words}`,
    );
  }
};

const runNode = (args, fault) => {
  const run = spawnSync(nodePath, args, { cwd: root, stdio: 'inherit' });
  if (run.status !== 0) throw new SetupFault(fault);
};

/** What the built UI depends on: its sources, the packages, and the contracts that it shares. */
const uiHash = () => {
  const built = listFiles(
    inRoot('ui'),
    (name) =>
      ['dist', 'e2e', 'node_modules', 'coverage'].indexOf(name) >= 0 || name.endsWith('.test.ts'),
  );
  const contracts = listFiles(inRoot('server'), () => false).filter(
    (file) => path.basename(file) === 'contract.ts',
  );
  return hashFiles(root, [inRoot('package-lock.json')].concat(built, contracts));
};

const buildUi = (always) => {
  const stamp = inRoot('ui', 'dist', '.encore-sources');
  const wanted = uiHash();
  if (!always && readIfThere(stamp) === wanted) return;
  say('building the UI …');
  runNode(
    ['node_modules/vite/bin/vite.js', 'build', 'ui', '--logLevel', 'warn'],
    'the UI could not be built (see the words above)',
  );
  fs.writeFileSync(stamp, wanted);
};

/** Knows by itself whether anything has changed, and says in a sentence what it misses. */
const buildMixer = async () => {
  const mixer = await import('./adapters/vlc/build-mixer.mjs');
  try {
    if (mixer.buildMixer().built) say('the mixer was compiled');
  } catch (error) {
    throw new SetupFault(error.message);
  }
};

/** A sentence when Encore cannot run here at all. */
export const platformFault = ({ version, platform, arch }) => {
  if (Number(version.split('.')[0]) < nodeMajorMin) {
    return `Node ${version} is too old: npm needs Node ${nodeMajorMin} or newer to fetch the one that Encore runs on (Debian 12 and 13 have it: apt-get install nodejs npm)`;
  }
  if (platform !== 'linux') return `Encore runs on Linux, and this is ${platform}`;
  if (architectures.indexOf(arch) < 0) {
    return `Encore needs a 64-bit Intel, AMD or ARM system (x64 or arm64), and this one is ${arch}`;
  }
  return undefined;
};

const setUp = (packages) => {
  ensurePackages(packages);
  ensureModules();
  ensureNode();
  ensureCommand();
  buildUi(false);
  return buildMixer();
};

const modes = {
  start: () => setUp(startPackages),
  test: () => setUp(startPackages.concat(testPackages)),
  build: () => {
    ensureNode();
    buildUi(true);
    return buildMixer();
  },
};

const main = async (mode) => {
  const fault = platformFault({
    version: process.versions.node,
    platform: process.platform,
    arch: process.arch,
  });
  if (fault) throw new SetupFault(fault);
  if (!modes[mode]) throw new SetupFault(`usage: bootstrap.mjs ${Object.keys(modes).join('|')}`);
  await modes[mode]();
};

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  // Not top-level await: Node 12 could not even read this far.
  main(process.argv[2]).catch((error) => {
    process.stderr.write(`encore: ${error instanceof SetupFault ? error.message : error.stack}\n`);
    process.exitCode = 1;
  });
}
