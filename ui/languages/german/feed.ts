import type { Messages } from '../speak.ts';

export const feed: Messages = {
  'This is what was known at': 'Das ist der Stand vom',
  'Encore did not answer. Try again.': 'Encore hat nicht geantwortet. Versuch es noch einmal.',
  'The line to Encore broke just then. Try again.':
    'Die Verbindung zu Encore brach gerade ab. Versuch es noch einmal.',
  'Encore is offline, so nothing happened.': 'Encore ist offline, darum ist nichts passiert.',
  'Still connecting to Encore, so nothing happened. Try again in a moment.':
    'Verbindet noch mit Encore, darum ist nichts passiert. Versuch es gleich noch einmal.',
};
