import { type Course, property, hearsAgain, type Step } from './step.ts';
import { until } from './box.ts';

const readyTimeoutMs = 60_000;
const playerFolder = '/etc/systemd/system/encore-player.service.d';
const pipesServer = 'unix:/run/pipes/pulse/native';

const pipeWireUnit = (program: string, more: string): string => `[Service]
User=pulse
Environment=XDG_RUNTIME_DIR=/run/pipes HOME=/run/pipes DBUS_SESSION_BUS_ADDRESS=unix:path=/run/pipes/bus
ExecStart=/usr/bin/${program}
Restart=always
RestartSec=200ms
${more}
`;

/** As a session of somebody who is signed in has it, and shared with Encore's user. */
const pipeWireUnits = {
  'pipes-bus': pipeWireUnit(
    'dbus-daemon --session --nofork --nopidfile --address=unix:path=/run/pipes/bus',
    'RuntimeDirectory=pipes',
  ),
  pipes: pipeWireUnit('pipewire', ''),
  'pipes-manager': pipeWireUnit('wireplumber', ''),
  'pipes-pulse': pipeWireUnit('pipewire-pulse', ''),
} as const;

/** Starts the player anew with lines of configuration besides, and waits for a press to be heard. */
const playerWith = async (course: Course, ...lines: readonly string[]): Promise<string> => {
  const { box } = course;
  box.put(
    `${playerFolder}/sound.conf`,
    ['[Service]', ...lines.map((line) => `Environment=${line}`), ''].join('\n'),
  );
  await box.must('systemctl', 'daemon-reload');
  await box.must('systemctl', 'restart', 'encore-player.service');
  await hearsAgain(course);
  const status = () => property(course, 'encore-player.service', 'StatusText');
  await until('the player says where sound goes', readyTimeoutMs, async () =>
    (await status()).startsWith('Sound goes to'),
  );
  return status();
};

/** Policy and priority of the mixer's thread, such as `RR 5`. */
const mixerPriority = async ({ box }: Course): Promise<string> => {
  const threads = await box.must('ps', '-eLo', 'cls=,rtprio=,comm=');
  const mixer = threads.split('\n').find((line) => line.endsWith(' encore-mixer')) ?? '';
  return mixer.trim().split(/\s+/).slice(0, 2).join(' ');
};

export const soundSteps: readonly Step[] = [
  {
    name: "the mixer's priority",
    async run(course) {
      const { box } = course;
      const pid = await property(course, 'encore-player.service', 'MainPID');
      const limits = await box.must('cat', `/proc/${pid}/limits`);
      const allowed = Number(/^Max realtime priority\s+(\d+)/m.exec(limits)?.[1]);
      const asked = await property(course, 'encore-player.service', 'LimitRTPRIO');
      if (allowed > 0) {
        const priority = await mixerPriority(course);
        if (priority !== 'RR 5') throw new Error(`the mixer's thread is ${priority}`);
        return priority;
      }
      const journal = await box.must('journalctl', '--no-pager', '-u', 'encore-player.service');
      if (!journal.includes('real-time priority')) throw new Error('the log does not say so');
      // Process 1 here may not raise limits. It may set a policy, and going down needs no limit.
      box.put(
        '/etc/systemd/system/encore-player.service.d/rt.conf',
        '[Service]\nCPUSchedulingPolicy=rr\nCPUSchedulingPriority=20\n',
      );
      await box.must('systemctl', 'daemon-reload');
      await box.must('systemctl', 'restart', 'encore-player.service');
      await hearsAgain(course);
      const priority = await mixerPriority(course);
      await box.must('rm', '/etc/systemd/system/encore-player.service.d/rt.conf');
      await box.must('systemctl', 'daemon-reload');
      await box.must('systemctl', 'restart', 'encore-player.service');
      await hearsAgain(course);
      if (priority !== 'RR 5') throw new Error(`the mixer's thread is ${priority}`);
      return `RR 5 is let through by the sandbox; LimitRTPRIO=${asked} itself not shown: this machine may not raise limits`;
    },
  },
  {
    name: 'ALSA',
    async run(course) {
      const { box } = course;
      box.put('/etc/asound.conf', 'pcm.!default { type pulse }\nctl.!default { type pulse }\n');
      const where = await playerWith(course, 'PLAYER_AUDIO_OUTPUT=alsa');
      await box.must('rm', '-r', playerFolder, '/etc/asound.conf');
      await box.must('systemctl', 'daemon-reload');
      await box.must('systemctl', 'restart', 'encore-player.service');
      await hearsAgain(course);
      return `${where}, heard through libasound's way to the silent card (no sound card here: /dev/snd is not shown)`;
    },
  },
  {
    name: 'PipeWire',
    async run(course) {
      const { box } = course;
      for (const [name, unit] of Object.entries(pipeWireUnits)) {
        box.put(`/etc/systemd/system/${name}.service`, unit);
      }
      box.put(
        '/etc/systemd/system/ear.service.d/pipes.conf',
        `[Service]\nEnvironment=PULSE_SERVER=${pipesServer}\n`,
      );
      await box.must('systemctl', 'daemon-reload');
      await box.must('systemctl', 'stop', 'ear.service', 'room.service');
      const names = Object.keys(pipeWireUnits);
      await box.must('systemctl', 'start', ...names);
      const pactl = ['runuser', '-u', 'pulse', '--', 'pactl', `--server=${pipesServer}`];
      const card = ['load-module', 'module-null-sink', 'sink_name=room', 'rate=48000'];
      const hasCard = async () => (await box.command(...pactl, ...card)).code === 0;
      await until('PipeWire has a silent card', readyTimeoutMs, hasCard);
      // Closed to all others as it comes: docs/operating.md says to open it.
      await box.must('chmod', 'o+x', '/run/pipes/pulse');
      await box.must('chmod', 'o+rw', '/run/pipes/pulse/native');
      await box.must('systemctl', 'start', 'ear.service');
      const where = await playerWith(course, `PULSE_SERVER=${pipesServer}`);
      const info = await box.must(...pactl, 'info');
      const server = /Server Name: (.*)/.exec(info)?.[1] ?? '';
      if (!server.includes('PipeWire')) throw new Error(`that was ${server}`);
      await box.must('systemctl', 'stop', 'ear.service', ...names.toReversed());
      await box.must('rm', '-r', '/etc/systemd/system/ear.service.d', playerFolder);
      await box.must('systemctl', 'daemon-reload');
      await box.must('systemctl', 'restart', 'room.service', 'ear.service');
      await box.must('systemctl', 'restart', 'encore-player.service');
      await hearsAgain(course);
      return `${where}, heard through ${server}`;
    },
  },
];
