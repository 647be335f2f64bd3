import type { KnipConfig } from 'knip';

export default {
  entry: [
    'server/{main,player-main,launcher,cli}.ts',
    'server/adapters/vlc/build-mixer.mjs',
    'server/bench/*.ts',
    // In the place of Node's own modules and the driver's, by a hook.
    'server/simulation/stand-ins/*.ts',
    'ui/e2e/**/*.ts',
    'ui/vite.config.ts',
    // Its own program: the build emits it beside the page.
    'ui/worker/service-worker.ts',
    'sounds/**/*.{ts,mjs}',
    'tools/*.{ts,mjs}',
    'tools/appliance/{run,course}.ts',
  ],
  project: ['{server,ui,tools,sounds,systemd,firmware-integrations}/**/*.{ts,mjs}', '!ui/dist/**'],
  vitest: { config: ['vitest.config.ts', 'ui/vitest*.config.ts'] },
  // A limit or a wire shape is exported for its readers, also where only its own file uses it.
  ignoreExportsUsedInFile: true,
  // The style sheet names the first one's files; the second's are served as they are.
  ignoreDependencies: ['@fontsource-variable/geist', 'swagger-ui-dist'],
  // Programs of the system, not of a package.
  ignoreBinaries: [
    'cc',
    'chrt',
    'cvlc',
    'dpkg-query',
    'espeak-ng',
    'ffmpeg',
    'ffprobe',
    'findmnt',
    'fiu-ctrl',
    'mkfifo',
    'mosquitto',
    'mosquitto_passwd',
    'mosquitto_sub',
    'mount',
    'openssl',
    'umount',
    'unshare',
    'pacat',
    'parec',
    'prlimit',
    'pulseaudio',
    'sha256sum',
    'systemd-analyze',
  ],
} satisfies KnipConfig;
