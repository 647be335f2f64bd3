import { msg } from '@lit/localize';
import type {
  Binding,
  BindingCommand,
  Candidate,
  Extract,
} from '../../server/bindings/contract.ts';
import type { PlayerMode } from '../../server/player/contract.ts';

/** What a button can be made to do, as the form offers it. */
export const actions = {
  sound: msg('Play a sound'),
  card: msg('Play the sound that belongs to the card'),
  tag: msg('Play one of the sounds with a tag'),
  random: msg('Play one of the sounds in a playlist'),
  playlist: msg('Play a playlist'),
  stop: msg('Stop everything'),
  toggle: msg('Pause the music, or go on'),
  pause: msg('Pause the music'),
  resume: msg('Go on with the music'),
  next: msg('Next track'),
  previous: msg('Track before'),
  louder: msg('Music louder'),
  quieter: msg('Music quieter'),
  volume: msg('Set the volume of the music'),
  mode: msg('Choose what follows a track'),
  say: msg('Say something'),
  credits: msg('Give credits'),
  none: msg('Nothing here: tell Home Assistant'),
} as const;
export type Action = keyof typeof actions;

export const isAction = (text: string): text is Action => Object.hasOwn(actions, text);

/** How much louder or quieter one press makes the music, unless it is said. */
export const volumeStep = 5;

/** The action of the form that a command is; null: one that only the API makes, kept as it is. */
export const actionOf = ({
  command,
  extract,
}: Pick<Binding, 'command' | 'extract'>): Action | null => {
  switch (command.type) {
    case 'play':
      if (command.sound_id !== undefined) return 'sound';
      return extract?.as === 'rfid' ? 'card' : null;
    case 'random':
      if ('playlist_id' in command) return 'random';
      return command.tag === undefined ? null : 'tag';
    case 'volume':
      if ('delta' in command) {
        if (command.delta === 0) return null;
        return command.delta > 0 ? 'louder' : 'quieter';
      }
      return command.volume === undefined ? null : 'volume';
    case 'say':
      return command.text === undefined ? null : 'say';
    case 'grant_credits':
      return 'credits';
    case 'playlist':
    case 'stop':
    case 'toggle':
    case 'next':
    case 'previous':
    case 'pause':
    case 'resume':
    case 'mode':
    case 'none':
      return command.type;
  }
};

/** What the form has for the action that was chosen. */
export type Chosen = {
  readonly soundId: string | null;
  readonly tag: string;
  readonly playlistId: string;
  readonly volume: number;
  /** How much louder or quieter. */
  readonly step: number;
  readonly mode: PlayerMode;
  readonly text: string;
  readonly userId: string;
  readonly amount: number;
};

export const commandOf = (action: Action, chosen: Chosen): BindingCommand => {
  switch (action) {
    case 'sound':
      return { type: 'play', ...(chosen.soundId === null ? {} : { sound_id: chosen.soundId }) };
    case 'card':
      return { type: 'play' };
    case 'tag':
      return { type: 'random', tag: chosen.tag };
    case 'random':
      return { type: 'random', playlist_id: chosen.playlistId };
    case 'playlist':
      return { type: 'playlist', playlist_id: chosen.playlistId };
    case 'louder':
      return { type: 'volume', delta: chosen.step };
    case 'quieter':
      return { type: 'volume', delta: -chosen.step };
    case 'volume':
      return { type: 'volume', volume: chosen.volume };
    case 'mode':
      return { type: 'mode', mode: chosen.mode };
    case 'say':
      return { type: 'say', text: chosen.text };
    case 'credits':
      return { type: 'grant_credits', user_id: chosen.userId, amount: chosen.amount };
    case 'stop':
    case 'toggle':
    case 'next':
    case 'previous':
    case 'pause':
    case 'resume':
    case 'none':
      return { type: action };
  }
};

/** How many pulses a coin made is for giving credits alone. */
export const extractFor = (action: Action | null, extract: Extract | null): Extract | null =>
  extract?.as === 'count' && action !== null && action !== 'credits' ? null : extract;

/** What the form fills first for something that was just learnt. */
export const firstAction = ({ uid }: Candidate): Action => (uid === null ? 'sound' : 'card');
