import { done, refuse, type CommandRequest, type Outcome } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { soundDecider, type SoundCommand } from './decider.ts';
import { soundStream, type SoundFile } from './events.ts';
import type { HashedFile } from './library-diff.ts';
import type { MediaFacts } from './media-facts.ts';
import type { SoundQueries } from './queries.ts';
import type { Finding, ScannedFile } from './scan-finding.ts';
import type { ScanMemory } from './scan-memory.ts';

export const toSoundFile = ({ type, filename, hash, size, audio }: ScannedFile): SoundFile => {
  const { tags: _tags, ...facts } = audio;
  return { type, filename, hash, size, ...facts };
};

const hashedFileOf = (finding: Finding): HashedFile | undefined => {
  if (!('file' in finding) || finding.file === null) return undefined;
  if ('hash' in finding.file) return finding.file;
  return 'sound' in finding ? { ...finding.file, hash: finding.sound.hash } : undefined;
};

/** Makes commands of what the scanner finds. */
export const createScanRecorder = (
  kernel: Kernel,
  { queries, memory, facts }: { queries: SoundQueries; memory: ScanMemory; facts: MediaFacts },
) => {
  const { bus, clock } = kernel;

  const commandOf = (finding: Finding): [string, SoundCommand] | undefined => {
    switch (finding.kind) {
      case 'added': {
        const { file } = finding;
        const sound_id = kernel.ids();
        const { name, tags, hash } = file;
        const known = queries.hashKnown(hash);
        return [
          sound_id,
          { type: 'AddSound', sound_id, file: toSoundFile(file), name, tags: [...tags], known },
        ];
      }
      case 'updated':
        // An upload may have brought the same content meanwhile: the next scan sees a duplicate.
        if (queries.hashKnown(finding.file.hash)) return undefined;
        return [finding.sound.id, { type: 'ReplaceFile', file: toSoundFile(finding.file) }];
      case 'moved': {
        const { type, filename } = finding.file;
        return [finding.sound.id, { type: 'MoveFile', place: { type, filename } }];
      }
      case 'missing':
        return [finding.sound.id, { type: 'MarkMissing' }];
      case 'found':
        return [finding.sound.id, { type: 'MarkFound' }];
      case 'unchanged':
      case 'duplicate':
      case 'error':
        return undefined;
    }
  };

  return {
    /** What a removed sound's file shows before it has left the folders is no return. */
    withoutLeaving(finding: Finding): Finding {
      if (finding.kind !== 'moved' && finding.kind !== 'found') return finding;
      const { sound, file } = finding;
      if (!queries.isLeaving(sound.id)) return finding;
      return { kind: 'unchanged', sound, file, touched: false };
    },
    /** Whether it says something that is not on record yet. */
    isNews(finding: Finding): boolean {
      switch (finding.kind) {
        case 'unchanged':
          return finding.touched;
        case 'duplicate':
          return memory.hashOf(finding.file) === undefined;
        case 'error':
          return finding.refused !== null && memory.refusalOf(finding.refused) === undefined;
        case 'added':
        case 'updated':
        case 'moved':
        case 'missing':
        case 'found':
          return true;
      }
    },
    /** Whether it becomes an event. */
    isChange: ({ kind }: Finding): boolean =>
      kind !== 'unchanged' && kind !== 'duplicate' && kind !== 'error',
    /** One finding, one transaction: the events and what spares the next scan the work. */
    record: (
      request: CommandRequest,
      finding: Finding,
      started_at: number,
    ): Promise<Outcome<null, unknown>> =>
      bus.execute(request, (tx) => {
        const scan = { started_at, now: clock.now() };
        const file = hashedFileOf(finding);
        if (file && !memory.isFresh(file, scan)) memory.keepHash(file);
        if (finding.kind === 'error' && finding.refused && !memory.isFresh(finding.refused, scan)) {
          memory.keepRefusal(finding.refused, finding.reason);
        }
        if (finding.kind === 'added' || finding.kind === 'updated') {
          facts.keep(finding.file);
        }
        const command = commandOf(finding);
        if (!command) return done(null);
        const decision = tx.decide(soundDecider, soundStream(command[0]), command[1]);
        return decision.accepted ? done(null) : refuse(decision.reason);
      }),
  };
};
export type ScanRecorder = ReturnType<typeof createScanRecorder>;
