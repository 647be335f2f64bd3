import { createHouseKernel, houseProjections } from '../house-kernel.ts';
import { silentLogger } from '../kernel/logger.ts';
import { openStorage } from '../kernel/storage.ts';
import { alone } from './command-lock.ts';
import { exitCodes, requireDatabase, UsageFault, type Command } from './command.ts';

export const projectionsRebuild: Command = {
  name: 'projections rebuild',
  usage: '[NAME] [--json]',
  summary: 'Makes the read models anew from the events, all or one',
  help: [
    `NAME    one of ${houseProjections()
      .map(({ name }) => name)
      .join(', ')}`,
    '--json  one line of JSON for each: {"read_model", "events"}',
  ],
  options: { json: { type: 'boolean' } },
  positionalsMax: 1,
  async run({ positionals: [name], values, config, print }) {
    const names = houseProjections().map((one) => one.name);
    if (name !== undefined && !names.includes(name)) {
      throw new UsageFault(`there is no read model ${name}, but ${names.join(', ')}`);
    }
    const path = requireDatabase(config);
    const remedy = 'stop it first, it is the only writer of its read models';
    await alone(config.paths.dataDir, remedy, async () => {
      const kernel = createHouseKernel({ storage: openStorage(path), logger: silentLogger });
      try {
        for (const { projection, events } of kernel.projector.rebuild(name)) {
          const line = JSON.stringify({ read_model: projection, events });
          print(values['json'] === true ? line : `${projection}: ${events} events`);
        }
      } finally {
        await kernel.stop();
      }
    });
    return exitCodes.ok;
  },
};
