import { msg, str } from '@lit/localize';
import type { RecordedEvent } from '../../server/audit/contract.ts';
import type { PlayerMode } from '../../server/player/contract.ts';
import {
  capitalised,
  countWord,
  decimalWord,
  lengthWord,
  midSentence,
  msWord,
} from '../design/words.ts';
import { modeWords, roomWord } from '../player/player-words.ts';
import type { Names } from './names.ts';
import { serverWords } from '../languages/server-words.ts';

/** What an event is about, for its icon and for the filter. */
export const kinds = {
  plays: msg('Presses'),
  music: msg('Music'),
  credits: msg('Credits'),
  sounds: msg('Sounds'),
  playlists: msg('Playlists'),
  boards: msg('Boards'),
  extractions: msg('Extractions'),
  speech: msg('Speech'),
  people: msg('People and plans'),
  buttons: msg('Buttons and schedules'),
  house: msg('House'),
} as const;
export type Kind = keyof typeof kinds;

/** The event's data, read as words; whatever is not there reads as nothing. */
type Facts = {
  /** Who did it. */
  who: string;
  names: Names;
  text(key: string): string;
  count(key: string): number;
  /** The same in words: "1,237". */
  number(key: string): string;
  length(key: string): string;
  sound: string;
  playlist: string;
  board: string;
  /** Whom it is about. */
  whom: string;
  data: Readonly<Record<string, unknown>>;
};
type Say = (facts: Facts) => string;

const credits = (amount: number): string =>
  amount === 1 ? msg('1 credit') : msg(str`${countWord(amount)} credits`);
const paidFor: Readonly<Record<string, string>> = {
  play: msg('a press'),
  extraction: msg('an extraction'),
  tts: msg('speech'),
};
/** What a payment was for: the sound where there is one. */
const bought = ({ data, names, text }: Facts): string => {
  const id = (data['subject'] as Readonly<Record<string, unknown>> | undefined)?.['sound_id'];
  return typeof id === 'string' ? names.sound(id) : (paidFor[text('action')] ?? text('action'));
};
const balances = ({ number }: Facts): string =>
  `${number('balance_before')} → ${number('balance_after')}`;

const modeOf = (mode: string): string => midSentence(modeWords[mode as PlayerMode] ?? mode);

const pauseWords: Readonly<Record<string, string>> = {
  restart: msg('The music paused: Encore started anew'),
  player_lost: msg('The music paused: the player was lost'),
  quiet_hours: msg('The music paused for the quiet hours'),
};
const stopWords: Readonly<Record<string, string>> = {
  end: msg('The playlist was through'),
  nothing_playable: msg('The music stopped: nothing in the list could be played'),
  sleep_timer: msg('The sleep timer stopped the music'),
  track_removed: msg('The music stopped: its track left the list'),
};
const playStopWords: Readonly<Record<string, (sound: string) => string>> = {
  restarted: (sound) => msg(str`${sound} began again from its start`),
  voice_limit: (sound) => msg(str`${sound} faded out: too many sounds at a time`),
};
const sessionEnds: Readonly<Record<string, (whom: string) => string>> = {
  signed_out: (whom) => msg(str`${whom} signed out`),
  reuse: (whom) => msg(str`${whom} was signed out: an old key of the session came back`),
  expired: (whom) => msg(str`${whom} was signed out: the session grew too old`),
  password_set: (whom) => msg(str`${whom} was signed out of another device: the password is new`),
  disabled: (whom) => msg(str`${whom} was signed out: the account is off`),
  demoted: (whom) => msg(str`${whom} was signed out: the role is another`),
  forgotten: (whom) => msg(str`${whom} was signed out: the account is gone`),
};
/** What the log keeps as a code, within a sentence. */
const codes: Readonly<Record<string, string>> = {
  admin: msg('administrator'),
  user: msg('member'),
  guest: msg('guest'),
  household: msg('shared'),
  private: msg('private'),
  password: msg('a password'),
  overlap: msg('overlap'),
  restart: msg('restart'),
  ignore: msg('ignore'),
  queue: msg('queue'),
};
const coded = (code: string): string => codes[code] ?? code;

const pausedFor: Readonly<Record<string, string>> = {
  loop: msg('it set itself off'),
  loop_suspected: msg('it seems to set itself off'),
};

const quoted = (words: string): string => msg(str`“${words}”`);
const listed = (value: unknown): string =>
  Array.isArray(value) && value.length > 0 ? value.join(', ') : msg('none');
const spaced = (name: string): string => name.replaceAll('_', ' ');
const chosen = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? msg('on') : msg('off');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : msg('new times');
};
const outcome = (value: unknown): { result?: string; message?: string } =>
  typeof value === 'object' && value !== null ? value : {};
const trimWords = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return msg('whole again');
  const { start_ms: start, end_ms: end } = value as { start_ms?: number; end_ms?: number };
  return msg(
    str`trimmed to ${lengthWord(start ?? 0)} – ${end === undefined ? msg('its end') : lengthWord(end)}`,
  );
};

/** Every event type that ever landed, as a sentence. */
const table: Readonly<Record<string, readonly [Kind, Say]>> = {
  PlayRequested: ['plays', ({ who, sound }) => msg(str`${who} pressed ${sound}`)],
  PlayLowered: [
    'plays',
    ({ number }) => msg(str`Lowered to ${number('gain_cap_db')} dB for the quiet hours`),
  ],
  PlayStarted: [
    'plays',
    ({ sound, count }) => msg(str`${sound} sounded ${msWord(count('latency_ms'))} after the press`),
  ],
  PlayFinished: [
    'plays',
    ({ sound, length }) => msg(str`${sound} ended after ${length('heard_ms')}`),
  ],
  PlayStopped: [
    'plays',
    ({ sound, text, length }) =>
      playStopWords[text('reason')]?.(sound) ??
      msg(str`${sound} was stopped after ${length('heard_ms')}`),
  ],
  PlayFailed: ['plays', ({ sound, text }) => msg(str`${sound} did not play: ${text('message')}`)],
  StopRequested: [
    'plays',
    ({ who, data }) =>
      data['play_id'] === null
        ? msg(str`${who} stopped all sounds`)
        : msg(str`${who} stopped a sound`),
  ],

  PlayerConnected: [
    'music',
    ({ text }) => msg(str`The player of ${roomWord(text('room'))} is there`),
  ],
  PlayerLost: [
    'music',
    ({ text }) => msg(str`The player of ${roomWord(text('room'))} was lost: ${text('reason')}`),
  ],
  PlaylistLoaded: ['music', ({ who, playlist }) => msg(str`${who} loaded ${playlist}`)],
  PlaylistReloaded: [
    'music',
    ({ playlist }) => msg(str`The music follows the changes of ${playlist}`),
  ],
  TrackChosen: [
    'music',
    ({ who, sound }) =>
      who === 'Encore' ? msg(str`${sound} is next`) : msg(str`${who} chose ${sound}`),
  ],
  TrackStarted: ['music', ({ sound }) => msg(str`${sound} began to play`)],
  TrackCounted: ['music', ({ sound }) => msg(str`A fifth of ${sound} was heard: it counts`)],
  TrackFinished: [
    'music',
    ({ sound, length }) => msg(str`${sound} was through after ${length('heard_ms')}`),
  ],
  TrackFailed: ['music', ({ sound, text }) => msg(str`${sound} was skipped: ${text('message')}`)],
  PlaybackPaused: [
    'music',
    ({ who, text }) => pauseWords[text('reason')] ?? msg(str`${who} paused the music`),
  ],
  PlaybackResumed: ['music', ({ who }) => msg(str`${who} went on with the music`)],
  PlaybackStopped: [
    'music',
    ({ who, text }) => stopWords[text('reason')] ?? msg(str`${who} stopped the music`),
  ],
  Seeked: [
    'music',
    ({ who, length }) => msg(str`${who} moved the music to ${length('position_ms')}`),
  ],
  VolumeSet: ['music', ({ who, number }) => msg(str`${who} set the volume to ${number('volume')}`)],
  ModeSet: ['music', ({ who, text }) => msg(str`${who} chose a mode: ${modeOf(text('mode'))}`)],
  TrackQueued: ['music', ({ who, sound }) => msg(str`${who} queued ${sound}`)],
  TrackUnqueued: ['music', ({ who, sound }) => msg(str`${who} took ${sound} out of the queue`)],
  QueueOrdered: ['music', ({ who }) => msg(str`${who} put the queue into another order`)],
  SleepTimerSet: [
    'music',
    ({ who, data }) =>
      data['ends_at'] === null
        ? msg(str`${who} lets the music end with this track`)
        : msg(str`${who} set the sleep timer`),
  ],
  SleepTimerCleared: ['music', ({ who }) => msg(str`${who} switched the sleep timer off`)],

  CreditAccountOpened: [
    'credits',
    ({ whom, text }) =>
      msg(str`An account for the credits of ${whom} was opened on the ${text('plan')} plan`),
  ],
  CreditsReserved: [
    'credits',
    (facts) =>
      msg(str`${credits(facts.count('amount'))} of ${facts.whom} held for ${bought(facts)}`),
  ],
  CreditsDeducted: [
    'credits',
    (facts) =>
      msg(
        str`${facts.whom} paid ${credits(facts.count('amount'))} for ${bought(facts)}: ${balances(facts)}`,
      ),
  ],
  CreditsReleased: [
    'credits',
    ({ whom, count }) => msg(str`${whom} got ${credits(count('amount'))} back that were held`),
  ],
  CreditsGranted: [
    'credits',
    (facts) =>
      msg(
        str`${facts.who} gave ${facts.whom} ${credits(facts.count('amount'))}: ${balances(facts)}`,
      ),
  ],
  CreditsTaken: [
    'credits',
    (facts) =>
      msg(
        str`${facts.who} took ${credits(facts.count('amount'))} from ${facts.whom}: ${balances(facts)}`,
      ),
  ],
  CreditsReplenished: [
    'credits',
    (facts) =>
      msg(str`The refill gave ${facts.whom} ${credits(facts.count('amount'))}: ${balances(facts)}`),
  ],
  RefillPassed: ['credits', ({ whom }) => msg(str`A refill passed: ${whom} had enough`)],
  DeductionRefused: [
    'credits',
    (facts) =>
      msg(str`${facts.whom} had ${credits(facts.count('missing'))} too few for ${bought(facts)}`),
  ],

  SoundAdded: ['sounds', ({ who, sound, text }) => msg(str`${who} added ${text('name') || sound}`)],
  SoundFileReplaced: ['sounds', ({ sound }) => msg(str`${sound} has another file`)],
  SoundFileMoved: [
    'sounds',
    ({ sound, text }) => msg(str`The file of ${sound} is called ${text('filename')} now`),
  ],
  SoundMissing: ['sounds', ({ sound }) => msg(str`The file of ${sound} is missing`)],
  SoundFound: ['sounds', ({ sound }) => msg(str`The file of ${sound} is back`)],
  SoundRenamed: [
    'sounds',
    ({ who, text }) => msg(str`${who} named a sound ${quoted(text('name'))}`),
  ],
  SoundTagged: [
    'sounds',
    ({ who, sound, data }) => msg(str`${who} tagged ${sound}: ${listed(data['tags'])}`),
  ],
  SoundGainSet: [
    'sounds',
    ({ who, sound, number }) =>
      msg(str`${who} set the gain of ${sound} to ${number('gain_db')} dB`),
  ],
  SoundPolicySet: [
    'sounds',
    ({ who, sound, text }) =>
      msg(str`${who} chose for ${sound}, pressed again: ${coded(text('policy'))}`),
  ],
  SoundTrimmed: ['sounds', ({ sound, data }) => msg(str`${sound} is ${trimWords(data['trim'])}`)],
  SoundRemoved: ['sounds', ({ who, sound }) => msg(str`${who} removed ${sound}`)],
  SoundFileTrashed: ['sounds', ({ sound }) => msg(str`The file of ${sound} lies in the trash`)],
  SoundRestored: ['sounds', ({ who, sound }) => msg(str`${who} brought ${sound} back`)],
  SoundPurged: ['sounds', ({ sound }) => msg(str`The file of ${sound} is gone for good`)],
  SoundFavourited: [
    'sounds',
    ({ whom, sound }) => msg(str`${whom} marked ${sound} as a favourite`),
  ],
  SoundUnfavourited: [
    'sounds',
    ({ whom, sound }) => msg(str`${sound} is no favourite of ${whom} any more`),
  ],
  SoundNormalized: [
    'sounds',
    ({ sound, number }) => msg(str`${sound} was levelled to ${number('integrated_lufs')} LUFS`),
  ],
  NormalizationFailed: [
    'sounds',
    ({ sound, text }) => msg(str`${sound} could not be levelled: ${text('reason')}`),
  ],
  NormalizedFileLost: [
    'sounds',
    ({ sound }) => msg(str`The levelled file of ${sound} is missing: the original plays`),
  ],
  BatchStarted: [
    'sounds',
    ({ who, number }) => msg(str`${who} began to level ${number('total')} sounds`),
  ],
  BatchFinished: [
    'sounds',
    ({ number }) => msg(str`Levelling ended: ${number('done')} done, ${number('failed')} failed`),
  ],
  ScanStarted: ['sounds', ({ who }) => msg(str`${who} began to look through the folders`)],
  ScanFinished: [
    'sounds',
    ({ number }) =>
      msg(
        str`The folders were looked through: ${number('added')} new, ${number('updated')} changed, ${number('deleted')} gone`,
      ),
  ],
  ScanCancelled: [
    'sounds',
    ({ number }) =>
      msg(
        str`The look through the folders was broken off at ${number('done')} of ${number('total')}`,
      ),
  ],

  PlaylistCreated: [
    'playlists',
    ({ who, text }) => msg(str`${who} made the playlist ${quoted(text('name'))}`),
  ],
  PlaylistRenamed: [
    'playlists',
    ({ who, text }) => msg(str`${who} named a playlist ${quoted(text('name'))}`),
  ],
  PlaylistDescribed: ['playlists', ({ who, playlist }) => msg(str`${who} described ${playlist}`)],
  PlaylistShared: [
    'playlists',
    ({ who, playlist, text }) =>
      text('visibility') === 'household'
        ? msg(str`${who} shared ${playlist} with the household`)
        : msg(str`${who} made ${playlist} private`),
  ],
  PlaylistRulesSet: [
    'playlists',
    ({ who, playlist }) => msg(str`${who} set the rules of ${playlist}`),
  ],
  PlaylistMaterialised: [
    'playlists',
    ({ who, playlist }) => msg(str`${who} made an ordinary list of ${playlist}`),
  ],
  EntryAdded: ['playlists', ({ sound, playlist }) => msg(str`${sound} joined ${playlist}`)],
  EntryMoved: ['playlists', ({ who, playlist }) => msg(str`${who} moved a sound in ${playlist}`)],
  EntryRemoved: ['playlists', ({ sound, playlist }) => msg(str`${sound} left ${playlist}`)],
  EntriesOrdered: [
    'playlists',
    ({ who, playlist }) => msg(str`${who} put into another order: ${playlist}`),
  ],
  PlaylistDeleted: ['playlists', ({ who, playlist }) => msg(str`${who} deleted ${playlist}`)],
  PlaylistRestored: ['playlists', ({ who, playlist }) => msg(str`${who} brought ${playlist} back`)],

  BoardDefined: [
    'boards',
    ({ who, text }) =>
      text('kind') === 'own'
        ? msg(str`${who} began to pin keys of their own`)
        : msg(str`${who} made the board ${quoted(text('name'))}`),
  ],
  BoardRenamed: [
    'boards',
    ({ who, text }) => msg(str`${who} named a board ${quoted(text('name'))}`),
  ],
  BoardHueSet: [
    'boards',
    ({ who, board, text }) =>
      text('hue')
        ? msg(str`${who} gave a colour to ${board}`)
        : msg(str`${who} took the colour from ${board}`),
  ],
  BoardShared: [
    'boards',
    ({ who, board, data }) =>
      data['shared'] === true
        ? msg(str`${who} shared ${board} with the household`)
        : msg(str`${who} keeps ${board} to themselves`),
  ],
  PadAdded: ['boards', ({ who, sound, board }) => msg(str`${who} put ${sound} on ${board}`)],
  PadMoved: ['boards', ({ who, sound, board }) => msg(str`${who} moved ${sound} on ${board}`)],
  PadRemoved: ['boards', ({ who, sound, board }) => msg(str`${who} took ${sound} off ${board}`)],
  KeyPinned: [
    'boards',
    ({ who, sound, number }) => msg(str`${who} pinned ${sound} to key ${number('key')}`),
  ],
  KeyUnpinned: ['boards', ({ who, number }) => msg(str`${who} freed key ${number('key')}`)],
  BoardDeleted: ['boards', ({ who, board }) => msg(str`${who} deleted ${board}`)],
  BoardRestored: ['boards', ({ who, board }) => msg(str`${who} brought ${board} back`)],

  ExtractionRequested: [
    'extractions',
    ({ who, text }) => msg(str`${who} asked for the sound of ${text('url')}`),
  ],
  ServiceDetected: [
    'extractions',
    ({ text }) => msg(str`It is ${quoted(text('title'))} on ${text('service')}`),
  ],
  DuplicateDetected: [
    'extractions',
    ({ sound }) => msg(str`It is in the library already: ${sound}`),
  ],
  DownloadStarted: ['extractions', () => msg('The download began')],
  MediaDownloaded: [
    'extractions',
    ({ count }) => msg(str`${decimalWord(count('size') / 1_000_000)} MB were downloaded`),
  ],
  ThumbnailSaved: ['extractions', () => msg('Its picture was kept')],
  SoundCreated: ['extractions', ({ sound }) => msg(str`The extraction became ${sound}`)],
  ExtractionNormalized: [
    'extractions',
    ({ sound, data }) =>
      data['failure'] === null
        ? msg(str`${sound} was levelled`)
        : msg(str`${sound} stays as loud as it is`),
  ],
  ExtractionCompleted: [
    'extractions',
    ({ sound }) => msg(str`The extraction of ${sound} is complete`),
  ],
  ExtractionFailed: [
    'extractions',
    ({ text }) => msg(str`The extraction failed: ${text('message')}`),
  ],
  ExtractionRetried: ['extractions', ({ who }) => msg(str`${who} tried the extraction again`)],
  ExtractionCancelled: ['extractions', ({ who }) => msg(str`${who} cancelled the extraction`)],

  SpeechRequested: [
    'speech',
    ({ who, number }) => msg(str`${who} had ${number('characters')} letters spoken`),
  ],
  SpeechCompleted: ['speech', ({ sound }) => msg(str`The speech is there: ${sound}`)],
  SpeechFailed: ['speech', ({ text }) => msg(str`Nothing was spoken: ${text('message')}`)],

  UserRegistered: [
    'people',
    ({ whom, text }) =>
      msg(str`${whom} got an account: ${coded(text('role'))}, ${text('plan')} plan`),
  ],
  PasswordSet: ['people', ({ whom }) => msg(str`The password of ${whom} was set`)],
  UserSignedIn: [
    'people',
    ({ whom, text }) => msg(str`${whom} signed in with ${coded(text('method'))}`),
  ],
  SessionRevoked: [
    'people',
    ({ whom, text }) => sessionEnds[text('reason')]?.(whom) ?? msg(str`${whom} was signed out`),
  ],
  ApiTokenIssued: [
    'people',
    ({ whom, data }) => msg(str`${whom} made an API token for ${listed(data['scopes'])}`),
  ],
  ApiTokenRevoked: ['people', ({ whom }) => msg(str`An API token of ${whom} was revoked`)],
  RoleAssigned: [
    'people',
    ({ who, whom, text }) => msg(str`${who} made ${whom} ${coded(text('role'))}`),
  ],
  PlanAssigned: [
    'people',
    ({ who, whom, text }) => msg(str`${who} gave ${whom} the ${text('plan')} plan`),
  ],
  UserDisabled: [
    'people',
    ({ who, whom }) =>
      who === whom
        ? msg(str`${who} switched off their own account`)
        : msg(str`${who} switched off ${whom}`),
  ],
  UserEnabled: [
    'people',
    ({ who, whom }) =>
      who === whom
        ? msg(str`${who} switched on again their own account`)
        : msg(str`${who} switched on again ${whom}`),
  ],
  UserRenamed: [
    'people',
    ({ who, whom }) =>
      who === whom ? msg(str`${who} renamed their own account`) : msg(str`${who} renamed ${whom}`),
  ],
  EmailAddressSet: ['people', ({ whom }) => msg(str`The e-mail address of ${whom} was set`)],
  IdentityLinked: [
    'people',
    ({ whom, text }) => msg(str`${whom} linked ${capitalised(text('provider'))}`),
  ],
  IdentityUnlinked: [
    'people',
    ({ whom, text }) => msg(str`${whom} unlinked ${capitalised(text('provider'))}`),
  ],
  UserForgotten: [
    'people',
    ({ who }) => msg(str`${who} forgot somebody: no name or address is left`),
  ],
  InviteIssued: [
    'people',
    ({ who, text }) =>
      msg(str`${who} invited somebody: ${coded(text('role'))}, ${text('plan')} plan`),
  ],
  InviteUsed: ['people', ({ whom }) => msg(str`${whom} used an invite`)],
  InviteRevoked: ['people', ({ who }) => msg(str`${who} took an invite back`)],
  PlanDefined: ['people', ({ who, text }) => msg(str`${who} made the plan ${text('name')}`)],
  PlanTermsSet: ['people', ({ who, text }) => msg(str`${who} changed the plan ${text('name')}`)],
  PlanRetired: ['people', ({ who, text }) => msg(str`${who} ended the plan ${text('code')}`)],
  MessageSent: [
    'people',
    ({ names, text }) =>
      msg(str`${names.person(text('from_user_id'))} wrote to ${names.person(text('to_user_id'))}`),
  ],

  BindingDefined: [
    'buttons',
    ({ who, text }) => msg(str`${who} defined the button ${quoted(text('name'))}`),
  ],
  BindingRemoved: [
    'buttons',
    ({ who, names, text }) =>
      msg(str`${who} removed ${names.thing(text('binding_id')) ?? msg('a button')}`),
  ],
  BindingTriggered: [
    'buttons',
    ({ names, text, data }) => {
      const { result, message } = outcome(data['outcome']);
      const button = names.thing(text('binding_id')) ?? text('device');
      return result === 'refused'
        ? msg(str`${button} was pressed, and refused: ${message}`)
        : msg(str`${button} was pressed`);
    },
  ],
  BindingPaused: [
    'buttons',
    ({ names, text }) =>
      msg(
        str`${names.thing(text('binding_id')) ?? msg('A button')} was paused: ${pausedFor[text('reason')] ?? text('reason')}`,
      ),
  ],
  BindingResumed: [
    'buttons',
    ({ who, names, text }) =>
      msg(str`${who} let ${names.thing(text('binding_id')) ?? msg('a button')} work again`),
  ],
  ScheduleDefined: ['buttons', ({ who, text }) => msg(str`${who} planned ${quoted(text('name'))}`)],
  ScheduleRemoved: [
    'buttons',
    ({ who, names, text }) =>
      msg(str`${who} removed ${names.thing(text('schedule_id')) ?? msg('a schedule')}`),
  ],
  ScheduleFired: [
    'buttons',
    ({ names, text, data }) =>
      data['due_at'] === null
        ? msg(str`${names.thing(text('schedule_id')) ?? msg('A schedule')} was tried out`)
        : msg(str`${names.thing(text('schedule_id')) ?? msg('A schedule')} ran at its time`),
  ],
  ScheduleFailed: [
    'buttons',
    ({ names, text }) =>
      msg(
        str`${names.thing(text('schedule_id')) ?? msg('A schedule')} came to nothing: ${text('message')}`,
      ),
  ],

  SettingChosen: [
    'house',
    ({ who, text, data }) => msg(str`${who} set ${spaced(text('name'))}: ${chosen(data['value'])}`),
  ],
  BackupCompleted: [
    'house',
    ({ who, number }) =>
      msg(str`${who} took a backup of everything up to event ${number('position')}`),
  ],
  BackupFailed: [
    'house',
    ({ text }) =>
      msg(str`The backup failed: ${serverWords(`backup.${text('code')}`, text('reason'))}`),
  ],
  CreditsShown: ['house', ({ whom }) => msg(str`${whom} shows their credits in Home Assistant`)],
  CreditsHidden: ['house', ({ whom }) => msg(str`${whom} hides their credits from Home Assistant`)],
};

const factsOf = ({ data, actor }: RecordedEvent, names: Names): Facts => {
  const text = (key: string): string => {
    const value = data[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const count = (key: string): number => Number(data[key] ?? 0);
  return {
    who: names.person(actor),
    names,
    text,
    count,
    number: (key) => countWord(count(key)).replace('-', '−'),
    length: (key) => lengthWord(count(key)),
    sound: names.sound(text('sound_id')),
    playlist: names.playlist(text('playlist_id')),
    board: names.thing(text('board_id')) ?? msg('a board'),
    whom: names.person(text('user_id') || actor),
    data,
  };
};

/** "Credits deducted" for CreditsDeducted. */
export const typeWords = (type: string): string =>
  serverWords(
    `event.${type}`,
    capitalised(type.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()),
  );

/** What happened, as a person would say it; a type nobody described yet by its name. */
export const sentenceFor = (event: RecordedEvent, names: Names): string => {
  const say = table[event.type]?.[1];
  return say ? capitalised(say(factsOf(event, names))) : typeWords(event.type);
};

export const kindOf = (type: string): Kind => table[type]?.[0] ?? 'house';

export const typesOfKind = (kind: Kind): string[] =>
  Object.keys(table).filter((type) => table[type]?.[0] === kind);

export const knownTypes: readonly string[] = Object.keys(table);
