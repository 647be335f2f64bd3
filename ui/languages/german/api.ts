import type { Messages } from '../speak.ts';

export const api: Messages = {
  'Too many tries. Wait {0} s, then try again.':
    'Zu viele Versuche. Warte {0} s, dann versuch es noch einmal.',
  'this is missing': 'das fehlt',
  'at least {0}': 'mindestens {0}',
  'more than {0}': 'mehr als {0}',
  'this is no e-mail address': 'das ist keine E-Mail-Adresse',
  'this is no link': 'das ist kein Link',
  'this cannot be taken': 'das passt hier nicht',
  'Encore answered {0}.': 'Encore antwortete {0}.',
  'Encore does not answer.': 'Encore antwortet nicht.',
  'Something went wrong in this page. Reload it and try again.':
    'Auf dieser Seite ging etwas schief. Lade sie neu und versuch es noch einmal.',
};
