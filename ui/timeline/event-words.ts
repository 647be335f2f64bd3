import type { RecordedEvent } from '../../server/audit/contract.ts';
import type { PlayerMode } from '../../server/player/contract.ts';
import { capitalised, countWord, lengthWord, msWord } from '../design/words.ts';
import { modeWords, roomWord } from '../player/player-words.ts';
import type { Names } from './names.ts';

/** What an event is about, for its icon and for the filter. */
export const kinds = {
  plays: 'Presses',
  music: 'Music',
  credits: 'Credits',
  sounds: 'Sounds',
  playlists: 'Playlists',
  boards: 'Boards',
  extractions: 'Extractions',
  speech: 'Speech',
  people: 'People and plans',
  buttons: 'Buttons and schedules',
  house: 'House',
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

const by =
  (verb: string): Say =>
  ({ who, playlist }) =>
    `${who} ${verb} ${playlist}`;
const soundOf =
  (verb: string): Say =>
  ({ who, sound }) =>
    `${who} ${verb} ${sound}`;
const personOf =
  (verb: string): Say =>
  ({ who, whom }) =>
    who === whom ? `${who} ${verb} their own account` : `${who} ${verb} ${whom}`;

const credits = (amount: number): string =>
  amount === 1 ? '1 credit' : `${countWord(amount)} credits`;
const paidFor: Readonly<Record<string, string>> = {
  play: 'a press',
  extraction: 'an extraction',
  tts: 'speech',
};
/** What a payment was for: the sound where there is one. */
const bought = ({ data, names, text }: Facts): string => {
  const id = (data['subject'] as Readonly<Record<string, unknown>> | undefined)?.['sound_id'];
  return typeof id === 'string' ? names.sound(id) : (paidFor[text('action')] ?? text('action'));
};
const balances = ({ number }: Facts): string =>
  `${number('balance_before')} → ${number('balance_after')}`;

const modeOf = (mode: string): string => (modeWords[mode as PlayerMode] ?? mode).toLowerCase();

const pauseWords: Readonly<Record<string, string>> = {
  restart: 'The music paused: Encore started anew',
  player_lost: 'The music paused: the player was lost',
  quiet_hours: 'The music paused for the quiet hours',
};
const stopWords: Readonly<Record<string, string>> = {
  end: 'The playlist was through',
  nothing_playable: 'The music stopped: nothing in the list could be played',
  sleep_timer: 'The sleep timer stopped the music',
  track_removed: 'The music stopped: its track left the list',
};
const playStopWords: Readonly<Record<string, string>> = {
  restarted: 'began again from its start',
  voice_limit: 'faded out: too many sounds at a time',
};
const sessionEnds: Readonly<Record<string, string>> = {
  signed_out: 'signed out',
  reuse: 'was signed out: an old key of the session came back',
  expired: 'was signed out: the session grew too old',
  password_set: 'was signed out of another device: the password is new',
  disabled: 'was signed out: the account is off',
  demoted: 'was signed out: the role is another',
  forgotten: 'was signed out: the account is gone',
};

const pausedFor: Readonly<Record<string, string>> = {
  loop: 'it set itself off',
  loop_suspected: 'it seems to set itself off',
};

const quoted = (words: string): string => `“${words}”`;
const listed = (value: unknown): string =>
  Array.isArray(value) && value.length > 0 ? value.join(', ') : 'none';
const spaced = (name: string): string => name.replaceAll('_', ' ');
const chosen = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'new times';
};
const outcome = (value: unknown): { result?: string; message?: string } =>
  typeof value === 'object' && value !== null ? value : {};
const trimWords = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return 'whole again';
  const { start_ms: start, end_ms: end } = value as { start_ms?: number; end_ms?: number };
  return `trimmed to ${lengthWord(start ?? 0)} – ${end === undefined ? 'its end' : lengthWord(end)}`;
};

/** Every event type that ever landed, as a sentence. */
const table: Readonly<Record<string, readonly [Kind, Say]>> = {
  PlayRequested: ['plays', soundOf('pressed')],
  PlayLowered: [
    'plays',
    ({ number }) => `Lowered to ${number('gain_cap_db')} dB for the quiet hours`,
  ],
  PlayStarted: [
    'plays',
    ({ sound, count }) => `${sound} sounded ${msWord(count('latency_ms'))} after the press`,
  ],
  PlayFinished: ['plays', ({ sound, length }) => `${sound} ended after ${length('heard_ms')}`],
  PlayStopped: [
    'plays',
    ({ sound, text, length }) =>
      `${sound} ${playStopWords[text('reason')] ?? `was stopped after ${length('heard_ms')}`}`,
  ],
  PlayFailed: ['plays', ({ sound, text }) => `${sound} did not play: ${text('message')}`],
  StopRequested: [
    'plays',
    ({ who, data }) =>
      data['play_id'] === null ? `${who} stopped all sounds` : `${who} stopped a sound`,
  ],

  PlayerConnected: ['music', ({ text }) => `The player of ${roomWord(text('room'))} is there`],
  PlayerLost: [
    'music',
    ({ text }) => `The player of ${roomWord(text('room'))} was lost: ${text('reason')}`,
  ],
  PlaylistLoaded: ['music', by('loaded')],
  PlaylistReloaded: ['music', ({ playlist }) => `The music follows the changes of ${playlist}`],
  TrackChosen: [
    'music',
    ({ who, sound }) => (who === 'Encore' ? `${sound} is next` : `${who} chose ${sound}`),
  ],
  TrackStarted: ['music', ({ sound }) => `${sound} began to play`],
  TrackCounted: ['music', ({ sound }) => `A fifth of ${sound} was heard: it counts`],
  TrackFinished: [
    'music',
    ({ sound, length }) => `${sound} was through after ${length('heard_ms')}`,
  ],
  TrackFailed: ['music', ({ sound, text }) => `${sound} was skipped: ${text('message')}`],
  PlaybackPaused: [
    'music',
    ({ who, text }) => pauseWords[text('reason')] ?? `${who} paused the music`,
  ],
  PlaybackResumed: ['music', ({ who }) => `${who} went on with the music`],
  PlaybackStopped: [
    'music',
    ({ who, text }) => stopWords[text('reason')] ?? `${who} stopped the music`,
  ],
  Seeked: ['music', ({ who, length }) => `${who} moved the music to ${length('position_ms')}`],
  VolumeSet: ['music', ({ who, number }) => `${who} set the volume to ${number('volume')}`],
  ModeSet: ['music', ({ who, text }) => `${who} chose a mode: ${modeOf(text('mode'))}`],
  TrackQueued: ['music', ({ who, sound }) => `${who} queued ${sound}`],
  TrackUnqueued: ['music', ({ who, sound }) => `${who} took ${sound} out of the queue`],
  QueueOrdered: ['music', ({ who }) => `${who} put the queue into another order`],
  SleepTimerSet: [
    'music',
    ({ who, data }) =>
      data['ends_at'] === null
        ? `${who} lets the music end with this track`
        : `${who} set the sleep timer`,
  ],
  SleepTimerCleared: ['music', ({ who }) => `${who} switched the sleep timer off`],

  CreditAccountOpened: [
    'credits',
    ({ whom, text }) =>
      `An account for the credits of ${whom} was opened on the ${text('plan')} plan`,
  ],
  CreditsReserved: [
    'credits',
    (facts) => `${credits(facts.count('amount'))} of ${facts.whom} held for ${bought(facts)}`,
  ],
  CreditsDeducted: [
    'credits',
    (facts) =>
      `${facts.whom} paid ${credits(facts.count('amount'))} for ${bought(facts)}: ${balances(facts)}`,
  ],
  CreditsReleased: [
    'credits',
    ({ whom, count }) => `${whom} got ${credits(count('amount'))} back that were held`,
  ],
  CreditsGranted: [
    'credits',
    (facts) =>
      `${facts.who} gave ${facts.whom} ${credits(facts.count('amount'))}: ${balances(facts)}`,
  ],
  CreditsTaken: [
    'credits',
    (facts) =>
      `${facts.who} took ${credits(facts.count('amount'))} from ${facts.whom}: ${balances(facts)}`,
  ],
  CreditsReplenished: [
    'credits',
    (facts) =>
      `The refill gave ${facts.whom} ${credits(facts.count('amount'))}: ${balances(facts)}`,
  ],
  RefillPassed: ['credits', ({ whom }) => `A refill passed: ${whom} had enough`],
  DeductionRefused: [
    'credits',
    (facts) => `${facts.whom} had ${credits(facts.count('missing'))} too few for ${bought(facts)}`,
  ],

  SoundAdded: ['sounds', ({ who, sound, text }) => `${who} added ${text('name') || sound}`],
  SoundFileReplaced: ['sounds', ({ sound }) => `${sound} has another file`],
  SoundFileMoved: [
    'sounds',
    ({ sound, text }) => `The file of ${sound} is called ${text('filename')} now`,
  ],
  SoundMissing: ['sounds', ({ sound }) => `The file of ${sound} is missing`],
  SoundFound: ['sounds', ({ sound }) => `The file of ${sound} is back`],
  SoundRenamed: ['sounds', ({ who, text }) => `${who} named a sound ${quoted(text('name'))}`],
  SoundTagged: [
    'sounds',
    ({ who, sound, data }) => `${who} tagged ${sound}: ${listed(data['tags'])}`,
  ],
  SoundGainSet: [
    'sounds',
    ({ who, sound, number }) => `${who} set the gain of ${sound} to ${number('gain_db')} dB`,
  ],
  SoundPolicySet: [
    'sounds',
    ({ who, sound, text }) => `${who} chose for ${sound}, pressed again: ${text('policy')}`,
  ],
  SoundTrimmed: ['sounds', ({ sound, data }) => `${sound} is ${trimWords(data['trim'])}`],
  SoundRemoved: ['sounds', soundOf('removed')],
  SoundFileTrashed: ['sounds', ({ sound }) => `The file of ${sound} lies in the trash`],
  SoundRestored: ['sounds', soundOf('brought back')],
  SoundPurged: ['sounds', ({ sound }) => `The file of ${sound} is gone for good`],
  SoundFavourited: ['sounds', ({ whom, sound }) => `${whom} marked ${sound} as a favourite`],
  SoundUnfavourited: [
    'sounds',
    ({ whom, sound }) => `${sound} is no favourite of ${whom} any more`,
  ],
  SoundNormalized: [
    'sounds',
    ({ sound, number }) => `${sound} was levelled to ${number('integrated_lufs')} LUFS`,
  ],
  NormalizationFailed: [
    'sounds',
    ({ sound, text }) => `${sound} could not be levelled: ${text('reason')}`,
  ],
  NormalizedFileLost: [
    'sounds',
    ({ sound }) => `The levelled file of ${sound} is missing: the original plays`,
  ],
  BatchStarted: ['sounds', ({ who, number }) => `${who} began to level ${number('total')} sounds`],
  BatchFinished: [
    'sounds',
    ({ number }) => `Levelling ended: ${number('done')} done, ${number('failed')} failed`,
  ],
  ScanStarted: ['sounds', ({ who }) => `${who} began to look through the folders`],
  ScanFinished: [
    'sounds',
    ({ number }) =>
      `The folders were looked through: ${number('added')} new, ${number('updated')} changed, ${number('deleted')} gone`,
  ],
  ScanCancelled: [
    'sounds',
    ({ number }) =>
      `The look through the folders was broken off at ${number('done')} of ${number('total')}`,
  ],

  PlaylistCreated: [
    'playlists',
    ({ who, text }) => `${who} made the playlist ${quoted(text('name'))}`,
  ],
  PlaylistRenamed: [
    'playlists',
    ({ who, text }) => `${who} named a playlist ${quoted(text('name'))}`,
  ],
  PlaylistDescribed: ['playlists', by('described')],
  PlaylistShared: [
    'playlists',
    ({ who, playlist, text }) => `${who} made ${playlist} ${text('visibility')}`,
  ],
  PlaylistRulesSet: ['playlists', by('set the rules of')],
  PlaylistMaterialised: ['playlists', by('made an ordinary list of')],
  EntryAdded: ['playlists', ({ sound, playlist }) => `${sound} joined ${playlist}`],
  EntryMoved: ['playlists', by('moved a sound in')],
  EntryRemoved: ['playlists', ({ sound, playlist }) => `${sound} left ${playlist}`],
  EntriesOrdered: ['playlists', by('put into another order:')],
  PlaylistDeleted: ['playlists', by('deleted')],
  PlaylistRestored: ['playlists', by('brought back')],

  BoardDefined: [
    'boards',
    ({ who, text }) =>
      text('kind') === 'own'
        ? `${who} began to pin keys of their own`
        : `${who} made the board ${quoted(text('name'))}`,
  ],
  BoardRenamed: ['boards', ({ who, text }) => `${who} named a board ${quoted(text('name'))}`],
  BoardHueSet: [
    'boards',
    ({ who, board, text }) =>
      `${who} ${text('hue') ? 'gave a colour to' : 'took the colour from'} ${board}`,
  ],
  BoardShared: [
    'boards',
    ({ who, board, data }) =>
      `${who} ${data['shared'] === true ? `shared ${board} with the household` : `keeps ${board} to themselves`}`,
  ],
  PadAdded: ['boards', ({ who, sound, board }) => `${who} put ${sound} on ${board}`],
  PadMoved: ['boards', ({ who, sound, board }) => `${who} moved ${sound} on ${board}`],
  PadRemoved: ['boards', ({ who, sound, board }) => `${who} took ${sound} off ${board}`],
  KeyPinned: [
    'boards',
    ({ who, sound, number }) => `${who} pinned ${sound} to key ${number('key')}`,
  ],
  KeyUnpinned: ['boards', ({ who, number }) => `${who} freed key ${number('key')}`],
  BoardDeleted: ['boards', ({ who, board }) => `${who} deleted ${board}`],
  BoardRestored: ['boards', ({ who, board }) => `${who} brought ${board} back`],

  ExtractionRequested: [
    'extractions',
    ({ who, text }) => `${who} asked for the sound of ${text('url')}`,
  ],
  ServiceDetected: [
    'extractions',
    ({ text }) => `It is ${quoted(text('title'))} on ${text('service')}`,
  ],
  DuplicateDetected: ['extractions', ({ sound }) => `It is in the library already: ${sound}`],
  DownloadStarted: ['extractions', () => 'The download began'],
  MediaDownloaded: [
    'extractions',
    ({ count }) => `${(count('size') / 1_000_000).toFixed(1)} MB were downloaded`,
  ],
  ThumbnailSaved: ['extractions', () => 'Its picture was kept'],
  SoundCreated: ['extractions', ({ sound }) => `The extraction became ${sound}`],
  ExtractionNormalized: [
    'extractions',
    ({ sound, data }) =>
      data['failure'] === null ? `${sound} was levelled` : `${sound} stays as loud as it is`,
  ],
  ExtractionCompleted: ['extractions', ({ sound }) => `The extraction of ${sound} is complete`],
  ExtractionFailed: ['extractions', ({ text }) => `The extraction failed: ${text('message')}`],
  ExtractionRetried: ['extractions', ({ who }) => `${who} tried the extraction again`],
  ExtractionCancelled: ['extractions', ({ who }) => `${who} cancelled the extraction`],

  SpeechRequested: [
    'speech',
    ({ who, number }) => `${who} had ${number('characters')} letters spoken`,
  ],
  SpeechCompleted: ['speech', ({ sound }) => `The speech is there: ${sound}`],
  SpeechFailed: ['speech', ({ text }) => `Nothing was spoken: ${text('message')}`],

  UserRegistered: [
    'people',
    ({ whom, text }) => `${whom} got an account: ${text('role')}, ${text('plan')} plan`,
  ],
  PasswordSet: ['people', ({ whom }) => `The password of ${whom} was set`],
  UserSignedIn: ['people', ({ whom, text }) => `${whom} signed in with ${text('method')}`],
  SessionRevoked: [
    'people',
    ({ whom, text }) => `${whom} ${sessionEnds[text('reason')] ?? 'was signed out'}`,
  ],
  ApiTokenIssued: [
    'people',
    ({ whom, data }) => `${whom} made an API token for ${listed(data['scopes'])}`,
  ],
  ApiTokenRevoked: ['people', ({ whom }) => `An API token of ${whom} was revoked`],
  RoleAssigned: ['people', ({ who, whom, text }) => `${who} made ${whom} ${text('role')}`],
  PlanAssigned: ['people', ({ who, whom, text }) => `${who} gave ${whom} the ${text('plan')} plan`],
  UserDisabled: ['people', personOf('switched off')],
  UserEnabled: ['people', personOf('switched on again')],
  UserRenamed: ['people', personOf('renamed')],
  EmailAddressSet: ['people', ({ whom }) => `The e-mail address of ${whom} was set`],
  IdentityLinked: ['people', ({ whom, text }) => `${whom} linked ${capitalised(text('provider'))}`],
  IdentityUnlinked: [
    'people',
    ({ whom, text }) => `${whom} unlinked ${capitalised(text('provider'))}`,
  ],
  UserForgotten: ['people', ({ who }) => `${who} forgot somebody: no name or address is left`],
  InviteIssued: [
    'people',
    ({ who, text }) => `${who} invited somebody: ${text('role')}, ${text('plan')} plan`,
  ],
  InviteUsed: ['people', ({ whom }) => `${whom} used an invite`],
  InviteRevoked: ['people', ({ who }) => `${who} took an invite back`],
  PlanDefined: ['people', ({ who, text }) => `${who} made the plan ${text('name')}`],
  PlanTermsSet: ['people', ({ who, text }) => `${who} changed the plan ${text('name')}`],
  PlanRetired: ['people', ({ who, text }) => `${who} ended the plan ${text('code')}`],
  MessageSent: [
    'people',
    ({ names, text }) =>
      `${names.person(text('from_user_id'))} wrote to ${names.person(text('to_user_id'))}`,
  ],

  BindingDefined: [
    'buttons',
    ({ who, text }) => `${who} defined the button ${quoted(text('name'))}`,
  ],
  BindingRemoved: [
    'buttons',
    ({ who, names, text }) => `${who} removed ${names.thing(text('binding_id')) ?? 'a button'}`,
  ],
  BindingTriggered: [
    'buttons',
    ({ names, text, data }) => {
      const { result, message } = outcome(data['outcome']);
      const button = names.thing(text('binding_id')) ?? text('device');
      return result === 'refused'
        ? `${button} was pressed, and refused: ${message}`
        : `${button} was pressed`;
    },
  ],
  BindingPaused: [
    'buttons',
    ({ names, text }) =>
      `${names.thing(text('binding_id')) ?? 'A button'} was paused: ${pausedFor[text('reason')] ?? text('reason')}`,
  ],
  BindingResumed: [
    'buttons',
    ({ who, names, text }) =>
      `${who} let ${names.thing(text('binding_id')) ?? 'a button'} work again`,
  ],
  ScheduleDefined: ['buttons', ({ who, text }) => `${who} planned ${quoted(text('name'))}`],
  ScheduleRemoved: [
    'buttons',
    ({ who, names, text }) => `${who} removed ${names.thing(text('schedule_id')) ?? 'a schedule'}`,
  ],
  ScheduleFired: [
    'buttons',
    ({ names, text, data }) =>
      `${names.thing(text('schedule_id')) ?? 'A schedule'} ${data['due_at'] === null ? 'was tried out' : 'ran at its time'}`,
  ],
  ScheduleFailed: [
    'buttons',
    ({ names, text }) =>
      `${names.thing(text('schedule_id')) ?? 'A schedule'} came to nothing: ${text('message')}`,
  ],

  SettingChosen: [
    'house',
    ({ who, text, data }) => `${who} set ${spaced(text('name'))}: ${chosen(data['value'])}`,
  ],
  BackupCompleted: [
    'house',
    ({ who, number }) => `${who} took a backup of everything up to event ${number('position')}`,
  ],
  BackupFailed: ['house', ({ text }) => `The backup failed: ${text('reason')}`],
  CreditsShown: ['house', ({ whom }) => `${whom} shows their credits in Home Assistant`],
  CreditsHidden: ['house', ({ whom }) => `${whom} hides their credits from Home Assistant`],
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
    board: names.thing(text('board_id')) ?? 'a board',
    whom: names.person(text('user_id') || actor),
    data,
  };
};

/** "Credits deducted" for CreditsDeducted. */
export const typeWords = (type: string): string =>
  capitalised(type.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase());

/** What happened, as a person would say it; a type nobody described yet by its name. */
export const sentenceFor = (event: RecordedEvent, names: Names): string => {
  const say = table[event.type]?.[1];
  return say ? capitalised(say(factsOf(event, names))) : typeWords(event.type);
};

export const kindOf = (type: string): Kind => table[type]?.[0] ?? 'house';

export const typesOfKind = (kind: Kind): string[] =>
  Object.keys(table).filter((type) => table[type]?.[0] === kind);

export const knownTypes: readonly string[] = Object.keys(table);
