import type { BackupsState } from '../../backups/contract.ts';
import type { Config } from '../../config.ts';

export type CheckResult = {
  /** `look`: it works, and a person should know all the same. */
  readonly state: 'ok' | 'look' | 'broken';
  /** How things are, as a sentence. */
  readonly said: string;
  /** What helps; null where nothing need be done. */
  readonly fix: string | null;
};

export type Running = {
  /** Part of readiness → how it does. */
  readonly parts: Readonly<Record<string, { state: string; detail: string }>>;
  readonly backups: BackupsState;
};

export type DoctorInput = {
  readonly config: Config;
  /** What the server says of itself; null: it does not run. */
  readonly running: Running | null;
  readonly nowMs: number;
};

export type Check = {
  readonly name: string;
  look(input: DoctorInput): CheckResult | Promise<CheckResult>;
};

export const ok = (said: string): CheckResult => ({ state: 'ok', said, fix: null });
export const look = (said: string, fix: string): CheckResult => ({ state: 'look', said, fix });
export const broken = (said: string, fix: string): CheckResult => ({ state: 'broken', said, fix });
