/** Node's crypto, with chance from the seed. */
import { simulatedId, presentRandom } from '../present.ts';

export * from 'node:crypto';

export const randomInt = (from: number, to?: number): number =>
  to === undefined ? presentRandom().below(from) : from + presentRandom().below(to - from);
export const randomUUIDv7 = simulatedId;
export const randomUUID = simulatedId;
