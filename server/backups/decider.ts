import { accepted, type Decider } from '../kernel/decider.ts';
import type { BackupEvent } from './events.ts';

/** How a backup ended, which has happened whatever anybody decides. */
type RecordBackup = { type: 'RecordBackup'; outcome: BackupEvent };

export const backupsDecider: Decider<null, RecordBackup, BackupEvent, never> = {
  initialState: () => null,
  decide: ({ outcome }) => accepted(outcome),
  evolve: () => null,
};
