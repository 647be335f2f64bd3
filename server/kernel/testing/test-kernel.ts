import { createKernel, type KernelDefinition, type RunningKernel } from '../kernel.ts';
import { silentLogger } from '../logger.ts';
import { openStorage } from '../storage.ts';
import { countingIds, fakeClock, type FakeClock } from './fake-ports.ts';

/** A kernel in memory (or on `storage`) with a clock that stands still and ids that count. */
export const testKernel = (
  parts: Partial<KernelDefinition> = {},
): RunningKernel & { clock: FakeClock } => {
  const clock = fakeClock();
  return {
    ...createKernel({
      storage: openStorage(':memory:'),
      clock,
      ids: countingIds(),
      logger: silentLogger,
      upcasters: [],
      projections: [],
      sideTables: [],
      ...parts,
    }),
    clock,
  };
};
