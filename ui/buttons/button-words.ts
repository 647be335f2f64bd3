import type { Binding, BindingCommand, Candidate, Vendor } from '../../server/bindings/contract.ts';
import type { PlayerMode } from '../../server/player/contract.ts';
import { capitalised } from '../design/words.ts';
import { modeWords } from '../player/player-words.ts';

export const vendorWords: Record<Vendor, string> = {
  zigbee2mqtt: 'Zigbee2MQTT',
  tasmota: 'Tasmota',
  shelly: 'Shelly',
  esphome: 'ESPHome',
  openmqttgateway: 'OpenMQTTGateway',
  other: 'MQTT',
};

/** What names are for the ids in a command. */
export type Names = {
  sound(id: string): string | undefined;
  playlist(id: string): string | undefined;
  person(id: string): string | undefined;
};

const shellyPresses: Readonly<Record<string, string>> = {
  S: 'Short press',
  SS: 'Two short presses',
  SSS: 'Three short presses',
  L: 'Long press',
  SL: 'Short, then long press',
  LS: 'Long, then short press',
};

/** "Brightness move up" for brightness_move_up, "Card" for a tag. */
export const pressWord = (press: string): string => {
  if (press === 'tag') return 'Card or tag';
  return shellyPresses[press] ?? capitalised(press.replaceAll('_', ' '));
};

/** What has to come for a binding to do something. */
export const whenWord = ({ match, extract, filter }: Binding): string => {
  if (extract?.as === 'rfid') return 'Any card or tag';
  if (match === 'any') return 'Any message';
  if (Array.isArray(match)) {
    const values = match.flatMap(({ value }) => (value === undefined ? [] : [String(value)]));
    return pressWord(values.at(-1) ?? filter);
  }
  if ('equals' in match) return pressWord(String(match.equals));
  if ('regex' in match) return `Like ${match.regex}`;
  const { path, op, value } = match;
  if (op === 'eq') return pressWord(String(value));
  return op === 'exists' ? `Has ${path}` : `${path} ${op} ${String(value)}`;
};

const gone = (name: string | undefined): string =>
  name === undefined ? 'something gone' : `“${name}”`;

/** What a binding does, in a few words. */
export const doesWord = (
  command: BindingCommand,
  extract: Binding['extract'],
  names: Names,
): string => {
  switch (command.type) {
    case 'play':
      if (command.sound_id !== undefined) return `Plays ${gone(names.sound(command.sound_id))}`;
      return extract?.as === 'rfid'
        ? 'Plays the sound that belongs to the card'
        : 'Plays the sound that the message names';
    case 'random':
      if ('playlist_id' in command) {
        return `Plays one of the sounds in ${gone(names.playlist(command.playlist_id))}`;
      }
      return command.tag === undefined
        ? 'Plays one of the sounds with the tag in the message'
        : `Plays one of the sounds tagged “${command.tag}”`;
    case 'stop':
      return 'Stops every sound, and the music';
    case 'next':
      return 'The next track';
    case 'previous':
      return 'The track before';
    case 'pause':
      return 'Pauses the music';
    case 'resume':
      return 'Goes on with the music';
    case 'toggle':
      return 'Pauses the music, or goes on';
    case 'volume':
      if ('delta' in command) {
        const { delta } = command;
        return delta < 0 ? `The music ${-delta} quieter` : `The music ${delta} louder`;
      }
      return command.volume === undefined
        ? 'The music as loud as it says'
        : `The music at ${command.volume}`;
    case 'mode':
      return `Player mode: ${modeWords[command.mode satisfies PlayerMode]}`;
    case 'say':
      return command.text === undefined ? 'Says what it is sent' : `Says “${command.text}”`;
    case 'playlist':
      return `Plays the playlist ${gone(names.playlist(command.playlist_id))}`;
    case 'grant_credits':
      return `Gives ${command.amount} ${command.amount === 1 ? 'credit' : 'credits'} to ${gone(names.person(command.user_id))}`;
    case 'none':
      return 'Nothing here: Home Assistant is told';
  }
};

/** What somebody did on a device, as a heading. */
export const candidateWord = ({ press, payload }: Candidate): string =>
  press === null ? payload.slice(0, 40) : pressWord(press);

/** A name to begin with. */
export const nameFor = ({ device, press }: Candidate): string =>
  [capitalised(device), press === null || press === 'tag' ? '' : pressWord(press).toLowerCase()]
    .filter(Boolean)
    .join(', ')
    .slice(0, 100);
