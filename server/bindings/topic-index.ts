import { bindingLimits } from './contract.ts';

/** What is wrong with a topic filter, for the person who gave it; undefined: nothing. */
export const filterFault = (filter: string): string | undefined => {
  const levels = filter.split('/');
  if (filter === '') return 'Give a topic, such as zigbee2mqtt/button.';
  if (Buffer.byteLength(filter) > bindingLimits.filterBytesMax) {
    return `A filter has at most ${bindingLimits.filterBytesMax} bytes.`;
  }
  if (/[\p{Cc}\p{Cs}]/u.test(filter)) return 'A filter has no control characters.';
  if (filter.startsWith('$')) return "Topics that begin with $ are the broker's own.";
  if (levels.length > bindingLimits.filterLevelsMax) {
    return `A filter has at most ${bindingLimits.filterLevelsMax} levels.`;
  }
  if (filter === '#') return 'This would take every message: begin with a topic.';
  if (levels.some((level, at) => level.includes('#') && (level !== '#' || at < levels.length - 1)))
    return '# stands alone and last, as in zigbee2mqtt/#.';
  if (levels.some((level) => level.includes('+') && level !== '+')) {
    return '+ stands for one whole level, as in stat/+/RESULT.';
  }
  return undefined;
};

type Node<T> = {
  /** Filters that end here. */
  readonly here: T[];
  /** Filters that end here with `#`. */
  readonly below: T[];
  readonly children: Map<string, Node<T>>;
};

const emptyNode = <T>(): Node<T> => ({ here: [], below: [], children: new Map() });

const collect = <T>(node: Node<T>, levels: readonly string[], at: number, found: T[]): void => {
  // "a/#" takes "a" as well.
  found.push(...node.below);
  const level = levels[at];
  if (level === undefined) {
    found.push(...node.here);
    return;
  }
  const literal = node.children.get(level);
  if (literal) collect(literal, levels, at + 1, found);
  const any = node.children.get('+');
  if (any) collect(any, levels, at + 1, found);
};

/** Which of many filters let a topic through; the cost grows with the topic, not with their number. */
export const createTopicIndex = <T>(
  entries: Iterable<readonly [filter: string, value: T]>,
): ((topic: string) => T[]) => {
  const root = emptyNode<T>();
  for (const [filter, value] of entries) {
    let node = root;
    const levels = filter.split('/');
    const open = levels.at(-1) === '#';
    for (const level of open ? levels.slice(0, -1) : levels) {
      const child = node.children.get(level) ?? emptyNode<T>();
      node.children.set(level, child);
      node = child;
    }
    (open ? node.below : node.here).push(value);
  }
  return (topic) => {
    const found: T[] = [];
    // Wildcards at the front do not reach topics that begin with $ (MQTT 4.7.2).
    if (topic.startsWith('$')) return found;
    const levels = topic.split('/');
    if (levels.length > bindingLimits.filterLevelsMax) return found;
    collect(root, levels, 0, found);
    return found;
  };
};
