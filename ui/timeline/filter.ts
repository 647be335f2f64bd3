import { kinds, typesOfKind, type Kind } from './event-words.ts';

/** What of the log is asked for; null and '' ask for nothing. */
export type Filter = {
  text: string;
  kind: Kind | null;
  type: string | null;
  actor: string | null;
  stream: string | null;
  correlation: string | null;
  /** RFC 3339. */
  from: string | null;
  to: string | null;
};

/** Query parameters of the page that are a filter, beside `event` and `at`. */
const names = ['kind', 'type', 'actor', 'stream', 'correlation', 'from', 'to'] as const;
export type FilterName = (typeof names)[number];

const isKind = (text: string | null): text is Kind => text !== null && text in kinds;

const timeIn = (text: string | null): string | null =>
  text === null || Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString();

export const filterOf = (query: URLSearchParams): Filter => {
  const kind = query.get('kind');
  return {
    text: query.get('text') ?? '',
    kind: isKind(kind) ? kind : null,
    type: query.get('type'),
    actor: query.get('actor'),
    stream: query.get('stream'),
    correlation: query.get('correlation'),
    from: timeIn(query.get('from')),
    to: timeIn(query.get('to')),
  };
};

/** The parts of a filter that hold. */
export const heldBy = (filter: Filter): FilterName[] =>
  names.filter((name) => filter[name] !== null);

/** What the server filters by; the words are looked for here. */
export const queryOf = ({ kind, type, actor, stream, correlation, from, to }: Filter): string => {
  const query = new URLSearchParams();
  const types = type === null ? (kind === null ? [] : typesOfKind(kind)) : [type];
  for (const one of types) query.append('type', one);
  if (actor !== null) query.set('actor', actor);
  if (stream !== null) query.set('stream', stream);
  if (correlation !== null) query.set('correlation_id', correlation);
  if (from !== null) query.set('from', from);
  if (to !== null) query.set('to', to);
  return query.toString();
};
