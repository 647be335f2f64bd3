import { createKernel, type RunningKernel } from './kernel/kernel.ts';
import type { Logger } from './kernel/logger.ts';
import { systemClock, uuidv7, type Clock } from './kernel/ports.ts';
import type { Storage } from './kernel/storage.ts';
import { createUpcast, mergeUpcasters, type Upcast } from './kernel/upcasters.ts';
import { modules } from './modules.ts';

const upcasters = () => modules.flatMap(({ upcasters: some }) => (some ? [some] : []));

/** How the events of all rooms are read in today's shape. */
export const houseUpcast = (): Upcast => createUpcast(mergeUpcasters(upcasters()));

export const houseProjections = () => modules.flatMap(({ projections }) => projections ?? []);

/** The kernel with what all rooms bring, read models up to date. */
export const createHouseKernel = (ports: {
  storage: Storage;
  logger: Logger;
  clock?: Clock;
}): RunningKernel =>
  createKernel({
    clock: systemClock,
    ...ports,
    ids: uuidv7,
    upcasters: upcasters(),
    projections: houseProjections(),
    sideTables: modules.flatMap(({ sideTables }) => sideTables ?? []),
  });
