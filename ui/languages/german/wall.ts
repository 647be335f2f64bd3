import type { Messages } from '../speak.ts';

export const wall: Messages = {
  Wall: 'Wand',
  Board: 'Board',
  'Until somebody types your password, this browser shows nothing else':
    'Bis jemand dein Passwort eingibt, zeigt dieser Browser nichts anderes',
  Lock: 'Sperren',
  'Leave the wall': 'Die Wand verlassen',
  Leave: 'Verlassen',
  'They appear here as soon as somebody adds some.':
    'Sie erscheinen hier, sobald jemand welche hinzufügt.',
  'Hold the lock in the corner for 3 seconds to change that.':
    'Halt das Schloss in der Ecke 3 Sekunden lang, um das zu ändern.',
  'Without a password nobody could unlock it again.':
    'Ohne Passwort könnte niemand wieder entsperren.',
  'Set one first': 'Erst eines setzen',
  'Locked. To unlock, hold the corner for 3 seconds.':
    'Gesperrt. Halt zum Entsperren 3 Sekunden lang die Ecke.',
  'The password cannot be asked for now: Encore does not answer.':
    'Das Passwort lässt sich gerade nicht abfragen: Encore antwortet nicht.',
  'Locked. Hold for 3 seconds to unlock': 'Gesperrt. Zum Entsperren 3 Sekunden halten',
  'Keep holding…': 'Halt weiter …',
  'Hold for 3 seconds to unlock.': 'Halt 3 Sekunden lang, um zu entsperren.',
  Unlock: 'Entsperren',
  'Password of {0}': 'Passwort von {0}',
  '{0} has no password here. Sign in as {1} on another device, set one under Account, then hold the corner again.':
    '{0} hat hier kein Passwort. Melde dich auf einem anderen Gerät als {1} an, setz unter „Konto“ eines, und halt dann noch einmal die Ecke.',
  'Type the password.': 'Gib das Passwort ein.',
};
