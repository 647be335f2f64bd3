import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { show } from './shell.ts';

/** What a box has before Encore comes: systemd, both sound servers and what listens to them. */
const packages = [
  'systemd',
  'systemd-sysv',
  'dbus',
  'ca-certificates',
  'procps',
  'pulseaudio',
  'pulseaudio-utils',
  'libasound2-plugins',
  'pipewire',
  'pipewire-pulse',
  'wireplumber',
];

/**
 * A minimal Debian as a tarball, made once. What Encore depends on lies in apt's cache there and is
 * not installed: the box has no network, and the package still brings it by itself.
 */
export const debianImage = (folder: string, suite: string, depends: string): string => {
  const key = createHash('sha256').update(JSON.stringify([packages, suite, depends]));
  const image = join(folder, `debian-${suite}-${key.digest('hex').slice(0, 12)}.tar`);
  if (existsSync(image)) return image;
  mkdirSync(folder, { recursive: true });
  const unfinished = join(folder, `unfinished-${process.pid}.tar`);
  try {
    show(
      'mmdebstrap',
      [
        '--mode=root',
        '--variant=minbase',
        `--include=${packages.join(',')}`,
        // A file of the test's own: nothing is lost with it.
        '--dpkgopt=force-unsafe-io',
        '--skip=cleanup/apt,cleanup/reproducible',
        `--customize-hook=chroot "$1" apt-get satisfy -y -q --download-only --no-install-recommends "${depends}"`,
        suite,
        unfinished,
      ],
      folder,
    );
    renameSync(unfinished, image);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return image;
};
