import type { PlaylistQueries } from '../playlists/index.ts';
import type { Condition, Extract, Match } from './contract.ts';
import type { Terms } from './events.ts';
import { patternFault } from './matcher.ts';
import { invalidField } from '../kernel/problem.ts';
import { filterFault } from './topic-index.ts';

const conditionFault = (condition: Condition): string | undefined =>
  condition.op !== 'exists' && condition.value === undefined
    ? `Give the value that "${condition.path}" is compared with.`
    : undefined;

const matchFault = (match: Match): { path: string; message: string } | undefined => {
  if (match === 'any' || 'equals' in match) return undefined;
  if ('regex' in match) {
    const message = patternFault(match.regex);
    return message === undefined ? undefined : { path: 'match.regex', message };
  }
  const conditions = Array.isArray(match) ? match : [match];
  for (const [at, condition] of conditions.entries()) {
    const message = conditionFault(condition);
    const path = Array.isArray(match) ? `match.${at}.value` : 'match.value';
    if (message !== undefined) return { path, message };
  }
  return undefined;
};

/** What a command leaves open has to come out of the message. */
const extractFault = ({ command, extract }: Terms): string | undefined => {
  const takes = (...uses: Extract['as'][]) => extract !== null && uses.includes(extract.as);
  switch (command.type) {
    case 'play':
      if (command.sound_id !== undefined || takes('rfid', 'tag', 'sound_id', 'name')) break;
      return 'Name a sound, or take a card, a tag, an id or a name out of the message.';
    case 'random':
      if ('playlist_id' in command || command.tag !== undefined || takes('tag', 'rfid')) break;
      return 'Name a tag or a playlist, or take a tag out of the message.';
    case 'volume':
      if ('delta' in command || command.volume !== undefined || takes('volume', 'delta')) break;
      return 'Give a volume or a delta, or take one out of the message.';
    case 'say':
      if (command.text !== undefined || takes('text', 'name', 'tag')) break;
      return 'Give a text, or take one out of the message.';
    case 'grant_credits':
      if (extract === null || takes('count')) break;
      return 'Take a count out of the message, or nothing.';
    case 'stop':
    case 'next':
    case 'previous':
    case 'pause':
    case 'resume':
    case 'toggle':
    case 'mode':
    case 'playlist':
    case 'none':
      break;
  }
  return undefined;
};

/** A wildcard would let anybody's device say that coins fell. */
const givesFromAnywhere = ({ command, filter }: Terms): boolean =>
  command.type === 'grant_credits' && /[+#]/.test(filter);

/** Refuses what could never fire or never do anything, by field. */
export const createTermsCheck = (ports: {
  playlists: PlaylistQueries;
  ownerExists: (userId: string) => boolean;
  isOwnTopic: (filter: string) => boolean;
}) => {
  const { playlists, ownerExists, isOwnTopic } = ports;

  /** @throws ProblemError 422 for what is `given`; `whole` is what the binding would be. */
  return (given: Partial<Terms>, whole: Terms): void => {
    const { filter, match, command, extract, owner_id } = given;
    const filterWords = filter === undefined ? undefined : filterFault(filter);
    if (filterWords !== undefined) throw invalidField('filter', filterWords);
    if (filter !== undefined && isOwnTopic(filter)) {
      throw invalidField(
        'filter',
        'These are topics of Encore itself. What it says sets nothing off here, or a sound would set off itself: name the topic of the device.',
      );
    }
    const matchWords = match === undefined ? undefined : matchFault(match);
    if (matchWords) throw invalidField(matchWords.path, matchWords.message);
    if (command && 'sound_id' in command && command.sound_id !== undefined) {
      if (!playlists.soundExists(command.sound_id)) {
        throw invalidField('command.sound_id', 'There is no such sound.');
      }
    }
    if (command && 'playlist_id' in command) {
      if (playlists.find(command.playlist_id)?.deleted_at !== null) {
        throw invalidField('command.playlist_id', 'There is no such playlist.');
      }
    }
    if (command?.type === 'grant_credits' && !ownerExists(command.user_id)) {
      throw invalidField(
        'command.user_id',
        'There is no such person, or their account is switched off.',
      );
    }
    if ((command || filter !== undefined) && givesFromAnywhere(whole)) {
      throw invalidField('filter', 'What gives credits listens to one topic, without + and #.');
    }
    if (typeof owner_id === 'string' && !ownerExists(owner_id)) {
      throw invalidField('owner_id', 'There is no such person, or their account is switched off.');
    }
    const extractWords = command || extract !== undefined ? extractFault(whole) : undefined;
    if (extractWords !== undefined) throw invalidField('command', extractWords);
  };
};
export type CheckTerms = ReturnType<typeof createTermsCheck>;
