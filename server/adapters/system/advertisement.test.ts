import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** A network of one's own with nothing in it but this machine: nobody else hears the tests. */
const alone = (...command: string[]) =>
  ['unshare', ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...command]] as const;
const mayBeAlone = spawnSync(...alone('true')).status === 0;

const script = `
import { Bonjour } from 'bonjour-service';
import { advertise } from ${JSON.stringify(join(import.meta.dirname, 'advertisement.ts'))};
const logger = { warn: (facts) => console.error(facts) };
const box = { id: 'box-1', port: 8123, version: '1.2.3' };
const urls = ['http://localhost:8123', 'https://encore.example'];
const found = [];
for (const url of urls) {
  const advertised = advertise({ ...box, url }, logger);
  const finder = new Bonjour();
  const service = await new Promise((resolve) => finder.find({ type: 'encore' }, resolve));
  found.push({ name: service.name, port: service.port, txt: service.txt });
  finder.destroy();
  await advertised.stop();
}
console.log(JSON.stringify(found));
`;

it('is found by name, with its port and id, and a URL that others can open', ({ skip }) => {
  skip(!mayBeAlone, 'this system lets nobody make a network of their own');
  const [file, args] = alone(process.execPath, '--input-type=module', '--eval', script);
  const printed = execFileSync(file, args, { encoding: 'utf8', timeout: 15_000 });
  const named = { name: expect.stringMatching(/^Encore on \S/), port: 8123 };
  expect(JSON.parse(printed)).toEqual([
    { ...named, txt: { id: 'box-1', version: '1.2.3' } },
    { ...named, txt: { id: 'box-1', version: '1.2.3', url: 'https://encore.example' } },
  ]);
});
