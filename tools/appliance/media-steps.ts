import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { sineWav } from '../../server/testing/sine-wav.ts';
import { until } from './box.ts';
import { pressAndHear, property, seconds, type Course, type Step } from './step.ts';

const jobTimeoutMs = 180_000;
const runs = 10;

const extraction = z.object({
  id: z.string(),
  status: z.string(),
  sound_id: z.string().nullish(),
});
const sound = z.object({ is_normalized: z.boolean() });

/** An address that is neither loopback nor public: another machine of the house, as far as a unit can tell. */
export const neighbour = '10.99.0.1';

/** A site with one sound, in the box' own network. */
const openSite = async (hertz: number) => {
  const body = sineWav(hertz, 900);
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'audio/x-wav');
    response.setHeader('content-length', body.length);
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/horn.wav`, close: () => server.close() };
};

const jobsOf = async (course: Course, tool: string): Promise<number> =>
  Number(await property(course, `encore-${tool}.socket`, 'NAccepted'));

/** Runs a program where systemd runs the jobs of a tool. */
const inJob = ({ box }: Course, tool: string, ...argv: readonly string[]) => {
  const connector = ['/usr/lib/encore/build/encore-job', `/run/encore-jobs/${tool}`];
  return box.command('runuser', '-u', 'encore', '--', ...connector, ...argv);
};

const connectTo = (host: string, port: number): string =>
  `import socket; socket.create_connection(('${host}', ${port}), 3)`;

const withNeighbour = async (body: (port: number) => Promise<string>): Promise<string> => {
  const server = createServer((_request, response) => response.end());
  server.listen(0, neighbour);
  await once(server, 'listening');
  try {
    return await body((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
};

/** What `IPAddressDeny` keeps yt-dlp from. @throws Error where systemd could, and yt-dlp gets there */
const firewallOf = async (course: Course, port: number): Promise<string> => {
  const { box } = course;
  const connect = ['python3', '-c', connectTo(neighbour, port)];
  await box.must(...connect);
  const denied = ['--wait', '--pipe', '--quiet', '-p', 'IPAddressDeny=any'];
  if ((await box.command('systemd-run', ...denied, ...connect)).code === 0) {
    return 'IPAddressDeny is not shown: no unit of this machine has a firewall';
  }
  if ((await inJob(course, 'yt-dlp', ...connect)).code === 0) {
    throw new Error('yt-dlp reaches an address of the home network past its proxy');
  }
  return 'no address but loopback by IPAddressDeny (yt-dlp)';
};

export const mediaSteps: readonly Step[] = [
  {
    name: 'extract, normalise',
    async run(course) {
      const { box, house } = course;
      box.put('/etc/encore/encore.env', 'EXTRACTION_ALLOW_PRIVATE_HOSTS=127.0.0.1\n');
      await box.must('systemctl', 'restart', 'encore.service');
      await house.ready();
      const [ytDlpBefore, ffmpegBefore] = [
        await jobsOf(course, 'yt-dlp'),
        await jobsOf(course, 'ffmpeg'),
      ];
      const site = await openSite(600);
      try {
        const asked = await house.ask('POST', '/api/v1/extractions/', { url: site.url });
        const { id } = extraction.parse(asked.body);
        let last: z.infer<typeof extraction> | undefined;
        const ended = async () => {
          last = extraction.parse(await house.get(`/api/v1/extractions/${id}`));
          return !['pending', 'processing'].includes(last.status);
        };
        await until('the extraction ends', jobTimeoutMs, ended);
        if (last?.status !== 'completed') {
          throw new Error(JSON.stringify(await house.get(`/api/v1/extractions/${id}`)));
        }
        const soundId = last.sound_id ?? '';
        await house.ask('POST', `/api/v1/sounds/normalize/${soundId}`);
        const normalised = async () =>
          sound.parse(await house.get(`/api/v1/sounds/${soundId}`)).is_normalized;
        await until('the sound is normalised', jobTimeoutMs, normalised);
        await pressAndHear(course, soundId);
      } finally {
        site.close();
      }
      const ytDlp = (await jobsOf(course, 'yt-dlp')) - ytDlpBefore;
      const ffmpeg = (await jobsOf(course, 'ffmpeg')) - ffmpegBefore;
      if (ytDlp === 0 || ffmpeg === 0) throw new Error('the jobs did not run in their units');
      return `heard; ${ytDlp} jobs of yt-dlp and ${ffmpeg} of ffmpeg, each in a unit of its own`;
    },
  },
  {
    name: 'jobs are confined',
    async run(course) {
      const { box } = course;
      const works = await inJob(
        course,
        'ffmpeg',
        'sh',
        '-c',
        'ls /var/lib/encore/sounds/originals; exit 7',
      );
      if (works.code !== 7 || !works.stdout.includes('soundboard')) {
        throw new Error(`a job does not work: ${JSON.stringify(works)}`);
      }
      const mustFail = async (tool: string, what: string, ...argv: readonly string[]) => {
        const { code, stdout } = await inJob(course, tool, ...argv);
        if (code === 0) throw new Error(`${tool} may ${what}: ${stdout}`);
      };
      for (const tool of ['ffmpeg', 'yt-dlp']) {
        await mustFail(tool, 'see the log', 'ls', '/var/lib/encore/data/encore.db');
        await mustFail(tool, 'see the configuration', 'ls', '/etc/encore');
        await mustFail(tool, 'write into the system', 'touch', '/usr/lib/encore/x');
        await mustFail(tool, 'ask for jobs', 'ls', `/run/encore-jobs/${tool}`);
      }
      await mustFail('yt-dlp', 'see the sounds', 'ls', '/var/lib/encore/sounds/originals');
      await mustFail('ffmpeg', 'use the network', 'python3', '-c', connectTo('127.0.0.1', 8000));
      const loopback = await inJob(course, 'yt-dlp', 'python3', '-c', connectTo('127.0.0.1', 8000));
      if (loopback.code !== 0)
        throw new Error(`yt-dlp does not reach its proxy: ${loopback.stderr}`);
      const endless = inJob(course, 'ffmpeg', 'sleep', '1000');
      const running = async () =>
        (await box.must('systemctl', 'list-units', '--no-legend', 'encore-ffmpeg@*')).includes(
          'running',
        );
      await until('a job runs', jobTimeoutMs, running);
      await box.must('pkill', '-KILL', '-f', '^/usr/lib/encore/build/encore-job .* sleep 1000');
      await endless;
      await until('a job ends with who asked for it', jobTimeoutMs, async () => !(await running()));
      const firewall = await withNeighbour((port) => firewallOf(course, port));
      return `no log, no configuration, no network (ffmpeg); ${firewall}; ends with who asked`;
    },
  },
  {
    name: 'price of a unit',
    async run(course) {
      const startedAt = performance.now();
      const loop = `for i in $(seq ${runs}); do /usr/lib/encore/build/encore-job /run/encore-jobs/ffmpeg true; done`;
      await course.box.must('runuser', '-u', 'encore', '--', 'sh', '-c', loop);
      return `${seconds((performance.now() - startedAt) / runs)} for a job that does nothing`;
    },
  },
];
