import { DataFolderInUse, lockDataFolder } from '../adapters/system/data-lock.ts';
import { createHouseKernel, houseProjections } from '../house-kernel.ts';
import { silentLogger } from '../kernel/logger.ts';
import { openStorage } from '../kernel/storage.ts';
import { CommandFault, exitCodes, requireDatabase, UsageFault, type Command } from './command.ts';

const lock = (dataDir: string) => {
  try {
    return lockDataFolder(dataDir);
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    throw new CommandFault(
      `Encore is running on ${dataDir}: stop it first, it is the only writer of its read models`,
      { cause: error },
    );
  }
};

export const projectionsRebuild: Command = {
  name: 'projections rebuild',
  usage: '[NAME]',
  summary: 'Makes the read models anew from the events, all or one',
  help: [
    `NAME  one of ${houseProjections()
      .map(({ name }) => name)
      .join(', ')}`,
  ],
  options: {},
  positionalsMax: 1,
  async run({ positionals: [name], config, print }) {
    const names = houseProjections().map((one) => one.name);
    if (name !== undefined && !names.includes(name)) {
      throw new UsageFault(`there is no read model ${name}, but ${names.join(', ')}`);
    }
    const path = requireDatabase(config);
    const held = lock(config.paths.dataDir);
    try {
      const kernel = createHouseKernel({ storage: openStorage(path), logger: silentLogger });
      try {
        for (const { projection, events } of kernel.projector.rebuild(name)) {
          print(`${projection}: ${events} events`);
        }
      } finally {
        await kernel.stop();
      }
    } finally {
      held.release();
    }
    return exitCodes.ok;
  },
};
