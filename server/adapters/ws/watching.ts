import type { Watch } from '../../kernel/door.ts';
import { invalidFieldsSentence } from '../door/problems.ts';
import { watchData, type Ack, type ClientCommand, type Refused } from './contract.ts';

/** What one connection does without. It begins with everything. */
export const createWatching = (watches: readonly Watch[]) => {
  const typeOf = new Map(watches.map(({ command, type }) => [command, type]));
  const unwatched = new Set<string>();
  return {
    wants: (type: string): boolean => !unwatched.has(type),
    /** Undefined: the command is no such choice. */
    choose({ id, command, data }: ClientCommand): Ack | Refused | undefined {
      const type = typeOf.get(command);
      if (type === undefined) return undefined;
      const parsed = watchData.safeParse(data);
      if (!parsed.success) {
        const detail = invalidFieldsSentence(parsed.error);
        return { type: 'refused', id, code: 'invalid_fields', detail };
      }
      const { watch } = parsed.data;
      if (watch) unwatched.delete(type);
      else unwatched.add(type);
      return { type: 'ack', id, data: { watch } };
    },
  };
};
