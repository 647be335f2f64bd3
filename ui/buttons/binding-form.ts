import { msg } from '@lit/localize';
import type { Binding, Candidate, Match } from '../../server/bindings/contract.ts';
import type { PlayerMode } from '../../server/player/contract.ts';
import type { FieldErrors } from '../api/field-errors.ts';
import { textIn } from '../people/form-values.ts';
import { commandOf, extractFor, type Action } from './choices.ts';

export const bindingFields = [
  'name',
  'filter',
  'match',
  'sound_id',
  'command',
  'tag',
  'volume',
  'step',
  'text',
  'amount',
  'debounce_ms',
  'rest',
] as const;
export type BindingField = (typeof bindingFields)[number];

/** The house, in the list of people who may pay. */
export const house = '';

/** How the message is compared; `kept`: by its parts, as only learning makes it. */
export type Compared = 'equals' | 'regex' | 'kept';

/** What of a match can be typed in one line, and how it is compared. */
export const typedMatch = (match: Match): { compared: Compared; text: string } => {
  if (match === 'any') return { compared: 'equals', text: '' };
  if (Array.isArray(match) || 'path' in match) return { compared: 'kept', text: '' };
  return 'regex' in match
    ? { compared: 'regex', text: match.regex }
    : { compared: 'equals', text: String(match.equals) };
};

/** What of a form is not in its fields. */
export type FormState = {
  /** To be changed; null: a new one. */
  readonly binding: Binding | null;
  /** What was learnt; null: by hand. */
  readonly candidate: Candidate | null;
  /** Null: what it does is nothing that this form offers, and stays. */
  readonly action: Action | null;
  readonly soundId: string | null;
  readonly compared: Compared;
};

const isWhole = (text: string, min: number, max: number): boolean =>
  /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max;

/** What is wrong before the server is asked. */
export const faultsOf = (data: FormData, state: FormState): FieldErrors<BindingField> => {
  const { action, candidate, soundId, compared } = state;
  const text = (name: string): string => textIn(data, name);
  const needsSound = action === 'sound' || (action === 'card' && candidate?.uid != null);
  const steps = action === 'louder' || action === 'quieter';
  const debounce = text('debounce_ms');
  return {
    ...(text('name') === '' && { name: msg('Give it a name.') }),
    ...(needsSound && soundId === null && { sound_id: msg('Choose a sound.') }),
    ...(action === 'tag' && text('tag') === '' && { tag: msg('Give a tag.') }),
    ...(action === 'say' && text('text') === '' && { text: msg('Say something.') }),
    ...(action === 'volume' &&
      !isWhole(text('volume'), 0, 100) && { volume: msg('A number from 0 to 100.') }),
    ...(steps && !isWhole(text('step'), 1, 100) && { step: msg('A number from 1 to 100.') }),
    ...(action === 'credits' &&
      !isWhole(text('amount'), 1, 1000) && { amount: msg('A number from 1 to 1000.') }),
    ...(!candidate && text('filter') === '' && { filter: msg('Give the topic it speaks on.') }),
    ...(!candidate &&
      compared === 'regex' &&
      text('match') === '' && { match: msg('Give a pattern, such as ^(single|double)$.') }),
    ...(debounce !== '' &&
      !isWhole(debounce, 0, 60_000) && { debounce_ms: msg('A number from 0 to 60000.') }),
  };
};

type Details = Partial<Pick<Binding, 'debounce_ms' | 'edge' | 'ignore_retained'>>;

/** Of the details what is said and is not so already. */
const detailsOf = (data: FormData, before: Details): Details => {
  const { debounce_ms, edge = 'auto', ignore_retained = true } = before;
  const typed = textIn(data, 'debounce_ms');
  const chosen = textIn(data, 'edge') as Binding['edge'];
  const ignores = data.has('ignore_retained');
  return {
    ...(typed !== '' && Number(typed) !== debounce_ms && { debounce_ms: Number(typed) }),
    ...(chosen !== edge && { edge: chosen }),
    ...(ignores !== ignore_retained && { ignore_retained: ignores }),
  };
};

const matchOf = (text: string, compared: Compared): Match =>
  compared === 'regex' ? { regex: text } : text === '' ? 'any' : { equals: text };

/** The body of POST and PATCH /admin/bindings. */
export const bodyOf = (data: FormData, state: FormState): object => {
  const { action, binding, candidate, soundId, compared } = state;
  const text = (name: string): string => textIn(data, name);
  const before = candidate?.suggestion ?? binding;
  const taken = before?.extract ?? null;
  const extract = extractFor(action, taken);
  const owner = text('owner');
  const chosen = {
    soundId,
    tag: text('tag'),
    playlistId: text('playlist'),
    volume: Number(text('volume')),
    step: Number(text('step')),
    mode: text('mode') as PlayerMode,
    text: text('text'),
    userId: text('user_id'),
    amount: Number(text('amount')),
  };
  return {
    ...candidate?.suggestion,
    ...(candidate ? {} : { filter: text('filter') }),
    ...(candidate || compared === 'kept' ? {} : { match: matchOf(text('match'), compared) }),
    ...detailsOf(data, before ?? {}),
    ...(extract === taken ? {} : { extract }),
    name: text('name'),
    owner_id: owner === house ? null : owner,
    command: action === null ? binding?.command : commandOf(action, chosen),
  };
};
