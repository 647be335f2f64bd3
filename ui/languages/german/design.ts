import type { Messages } from '../speak.ts';

export const design: Messages = {
  'Hide the password': 'Passwort verbergen',
  'Show the password': 'Passwort zeigen',
  '{0} did not load.': '{0}: nicht geladen.',
  'single sign-on': 'Single Sign-on',
  Copied: 'Kopiert',
  'Light theme': 'Helles Design',
  'Dark theme': 'Dunkles Design',
  'just now': 'gerade eben',
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec':
    'Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez',
  'Today {0}': 'heute {0}',
  'Tomorrow {0}': 'morgen {0}',
  'No day': 'An keinem Tag',
};
