// Writes the optional packages that npm left out of package-lock.json: it keeps only those that the
// registry it asked could serve, and then `npm ci` refuses the lockfile as out of step. What is
// added is for other systems (musl, Windows, macOS …) and is never fetched on ours.
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
  const [root, ...rest] = Object.entries({ ...packages, ...added });
  rest.sort(([one], [other]) => one.localeCompare(other, 'en'));
  return {
    lockfile: { ...lockfile, packages: Object.fromEntries([root, ...rest]) },
    added: Object.keys(added),
  };
};

if (process.argv[1] && fs.realpathSync(process.argv[1]) === import.meta.filename) {
  const { lockfile, added } = complete(JSON.parse(fs.readFileSync(file, 'utf8')));
  fs.writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
  process.stdout.write(`${file}: ${added.length} entries added\n`);
}
