import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { apt, aptMust, disturbed, keepsAll, moveIn, type Course, type Step } from './step.ts';

/** Crashes and hangs, under load. */
export const faultSteps: readonly Step[] = [
  { name: 'server killed under load', run: disturbed('encore.service', 'KILL') },
  { name: 'player killed under load', run: disturbed('encore-player.service', 'KILL') },
  { name: 'player hangs, watchdog', run: disturbed('encore-player.service', 'STOP') },
  { name: 'server hangs, watchdog', run: disturbed('encore.service', 'STOP') },
];

const places = [
  'var/lib/encore',
  'var/cache/encore',
  'var/cache/encore-player',
  'etc/encore',
  'usr/lib/encore',
  'run/encore',
];

/** After a purge. @throws Error that names what is left */
const nothingIsLeft = async ({ box }: Course): Promise<string> => {
  const left = places.filter((path) => existsSync(join(box.root, path)));
  const units = readdirSync(join(box.root, 'usr/lib/systemd/system')).filter((name) =>
    name.startsWith('encore'),
  );
  const wants = await box.command('find', '/etc/systemd', '-name', '*encore*');
  const all = [...left, ...units, ...wants.stdout.split('\n').filter(Boolean)];
  if (all.length > 0) throw new Error(`left behind: ${all.join(', ')}`);
  return 'nothing is left but the system user';
};

/** What happens to a box over the years. */
export const lifeSteps: readonly Step[] = [
  {
    name: 'the box boots again',
    async run(course) {
      await keepsAll(course, () => course.box.reboot());
      return 'sounds, plays, accounts and balances as before; the log is whole';
    },
  },
  {
    name: 'upgrade',
    async run(course) {
      await keepsAll(course, async () => {
        await aptMust(course, 'install', '/root/next.deb');
      });
      const log = await course.box.must('journalctl', '--no-pager', '-u', 'encore.service');
      const rebuilt = /\{[^\n]*read model rebuilt[^\n]*\}/.exec(log)?.[0];
      if (rebuilt === undefined) throw new Error('no read model was rebuilt');
      const { projection, name, events } = JSON.parse(rebuilt) as Record<string, unknown>;
      return `read model ${JSON.stringify(projection ?? name)} made anew from ${JSON.stringify(events)} events; all else as before`;
    },
  },
  {
    name: 'downgrade is refused',
    async run(course) {
      let words = '';
      await keepsAll(course, async () => {
        const { code, stdout, stderr } = await apt(
          course,
          '--allow-downgrades',
          'install',
          '/root/encore.deb',
        );
        if (code === 0) throw new Error('an older package was installed');
        words = /encore: version [^\r\n]*/.exec(stdout + stderr)?.[0] ?? '';
        if (words === '') throw new Error(`refused without words: ${stdout}${stderr}`);
      });
      return words;
    },
  },
  {
    name: 'remove and install again',
    async run(course) {
      const { box } = course;
      await keepsAll(course, async () => {
        await aptMust(course, 'remove', 'encore');
        const left = await box.command('systemctl', 'is-active', 'encore', 'encore-player');
        if (left.stdout.includes('\nactive') || left.stdout.startsWith('active')) {
          throw new Error('a unit runs on');
        }
        for (const path of ['var/lib/encore/data/encore.db', 'etc/encore/encore.env']) {
          if (!existsSync(join(box.root, path))) throw new Error(`/${path} is gone`);
        }
        if (existsSync(join(box.root, 'usr/lib/encore/server'))) throw new Error('code is left');
        await aptMust(course, 'install', '/root/next.deb');
      });
      return 'data and configuration stay, and all is as before after the next install';
    },
  },
  {
    name: 'purge',
    async run(course) {
      await aptMust(course, 'purge', 'encore');
      return nothingIsLeft(course);
    },
  },
  {
    name: 'install.sh, uninstall.sh',
    async run(course) {
      const { box } = course;
      const install = ['sh', '/root/systemd/install.sh', '/root/next.deb'] as const;
      const uninstall = ['sh', '/root/systemd/uninstall.sh'] as const;
      await moveIn(course, await box.must(...install));
      await keepsAll(course, async () => {
        await box.must(...uninstall);
        if (existsSync(join(box.root, 'usr/lib/encore/server'))) throw new Error('code is left');
        await box.must(...install);
      });
      await box.must(...uninstall, '--purge');
      const left = await nothingIsLeft(course);
      return `a new house is heard, uninstalled and installed again it is as before; with --purge ${left}`;
    },
  },
];
