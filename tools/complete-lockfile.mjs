// Makes package-lock.json fit for `npm ci` on every machine:
// - npm leaves out optional packages that the registry it asked could not serve, and then refuses the
//   lockfile as out of step. What is added is for other systems and is never fetched on ours.
// - npm silently skips optional packages whose `engines` the installing Node does not meet. Debian
//   12's Node 18 would leave out the native halves of Vite and the linter, which Node 26 then misses.
import fs from 'node:fs';

const file = process.argv[2] || 'package-lock.json';
const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32'];

/** `@oxlint/binding-linux-arm-gnueabihf` → where it can run, told from its name. */
const platformOf = (name) => {
  const words = name.split(/[/-]/);
  const os = systems.filter((one) => words.includes(one));
  const cpu = processors.filter((one) => words.includes(one));
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : [];
  return { os, cpu, libc };
};

export const complete = (lockfile) => {
  const { packages } = lockfile;
  const added = {};
  for (const parent of Object.values(packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies || {})) {
      const path = `node_modules/${name}`;
      if (packages[path]) continue;
      const { os, cpu, libc } = platformOf(name);
      if (os.length === 0 || cpu.length === 0 || !/^\d/.test(version)) continue;
      const dev = parent.dev ? { dev: true } : {};
      added[path] = {
        version,
        cpu,
        ...dev,
        ...(libc.length > 0 ? { libc } : {}),
        optional: true,
        os,
      };
    }
  }
  const relaxed = Object.entries(packages).filter(([, one]) => one.optional && one.engines);
  const withoutEngines = relaxed.map(([path, { engines: _, ...one }]) => [path, one]);
  const all = { ...packages, ...added, ...Object.fromEntries(withoutEngines) };
  const [root, ...rest] = Object.entries(all);
  rest.sort(([one], [other]) => one.localeCompare(other, 'en'));
  return {
    lockfile: { ...lockfile, packages: Object.fromEntries([root, ...rest]) },
    changed: [...Object.keys(added), ...relaxed.map(([path]) => path)],
  };
};

if (process.argv[1] && fs.realpathSync(process.argv[1]) === import.meta.filename) {
  const { lockfile, changed } = complete(JSON.parse(fs.readFileSync(file, 'utf8')));
  fs.writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
  process.stdout.write(`${file}: ${changed.length} entries mended\n`);
}
