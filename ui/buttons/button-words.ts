import { msg, str } from '@lit/localize';
import type { Binding, BindingCommand, Candidate, Vendor } from '../../server/bindings/contract.ts';
import type { PlayerMode } from '../../server/player/contract.ts';
import { capitalised, midSentence } from '../design/words.ts';
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
  S: msg('Short press'),
  SS: msg('Two short presses'),
  SSS: msg('Three short presses'),
  L: msg('Long press'),
  SL: msg('Short, then long press'),
  LS: msg('Long, then short press'),
};

/** "Brightness move up" for brightness_move_up, "Card" for a tag. */
export const pressWord = (press: string): string => {
  if (press === 'tag') return msg('Card or tag');
  return shellyPresses[press] ?? capitalised(press.replaceAll('_', ' '));
};

/** What has to come for a binding to do something. */
export const whenWord = ({ match, extract, filter }: Binding): string => {
  if (extract?.as === 'rfid') return msg('Any card or tag');
  if (match === 'any') return msg('Any message');
  if (Array.isArray(match)) {
    const values = match.flatMap(({ value }) => (value === undefined ? [] : [String(value)]));
    return pressWord(values.at(-1) ?? filter);
  }
  if ('equals' in match) return pressWord(String(match.equals));
  if ('regex' in match) return msg(str`Like ${match.regex}`);
  const { path, op, value } = match;
  if (op === 'eq') return pressWord(String(value));
  return op === 'exists' ? msg(str`Has ${path}`) : `${path} ${op} ${String(value)}`;
};

const gone = (name: string | undefined): string =>
  name === undefined ? msg('something gone') : `“${name}”`;

/** What a binding does, in a few words. */
export const doesWord = (
  command: BindingCommand,
  extract: Binding['extract'],
  names: Names,
): string => {
  switch (command.type) {
    case 'play':
      if (command.sound_id !== undefined)
        return msg(str`Plays ${gone(names.sound(command.sound_id))}`);
      return extract?.as === 'rfid'
        ? msg('Plays the sound that belongs to the card')
        : msg('Plays the sound that the message names');
    case 'random':
      if ('playlist_id' in command) {
        return msg(str`Plays one of the sounds in ${gone(names.playlist(command.playlist_id))}`);
      }
      return command.tag === undefined
        ? msg('Plays one of the sounds with the tag in the message')
        : msg(str`Plays one of the sounds tagged “${command.tag}”`);
    case 'stop':
      return msg('Stops every sound, and the music');
    case 'next':
      return msg('The next track');
    case 'previous':
      return msg('The track before');
    case 'pause':
      return msg('Pauses the music');
    case 'resume':
      return msg('Goes on with the music');
    case 'toggle':
      return msg('Pauses the music, or goes on');
    case 'volume':
      if ('delta' in command) {
        const { delta } = command;
        return delta < 0
          ? msg(str`The music ${-delta} quieter`)
          : msg(str`The music ${delta} louder`);
      }
      return command.volume === undefined
        ? msg('The music as loud as it says')
        : msg(str`The music at ${command.volume}`);
    case 'mode':
      return msg(str`Player mode: ${modeWords[command.mode satisfies PlayerMode]}`);
    case 'say':
      return command.text === undefined
        ? msg('Says what it is sent')
        : msg(str`Says “${command.text}”`);
    case 'playlist':
      return msg(str`Plays the playlist ${gone(names.playlist(command.playlist_id))}`);
    case 'grant_credits':
      return command.amount === 1
        ? msg(str`Gives 1 credit to ${gone(names.person(command.user_id))}`)
        : msg(str`Gives ${command.amount} credits to ${gone(names.person(command.user_id))}`);
    case 'none':
      return msg('Nothing here: Home Assistant is told');
  }
};

/** What somebody did on a device, as a heading. */
export const candidateWord = ({ press, payload }: Candidate): string =>
  press === null ? payload.slice(0, 40) : pressWord(press);

/** A name to begin with. */
export const nameFor = ({ device, press }: Candidate): string =>
  [capitalised(device), press === null || press === 'tag' ? '' : midSentence(pressWord(press))]
    .filter(Boolean)
    .join(', ')
    .slice(0, 100);
