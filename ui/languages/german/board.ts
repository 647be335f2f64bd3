import type { Messages } from '../speak.ts';

export const board: Messages = {
  'Scanning {0} of {1}': 'Scannt {0} von {1}',
  'Scanning the folders': 'Scannt die Ordner',
  'Nothing was there just now.': 'Gerade war nichts da.',
  '{0} could not be read. {1}: {2}.': '{0} nicht lesbar. {1}: {2}.',
  'Somebody who may add sounds can bring the first ones.':
    'Wer Sounds hinzufügen darf, kann die ersten bringen.',
  'A folder that lies on the box is found by looking again.':
    'Ein Ordner, der auf der Box liegt, wird durch erneutes Suchen gefunden.',
  '1 sound found': '1 Sound gefunden',
  '{0} sounds found': '{0} Sounds gefunden',
  'Add sounds: choose files, or drop them anywhere':
    'Sounds hinzufügen: Wähle Dateien, oder zieh sie irgendwohin',
  'Sounds appear here as soon as they are found.':
    'Sounds erscheinen hier, sobald sie gefunden sind.',
  'Looking…': 'Sucht …',
  'Look again': 'Noch einmal suchen',
  'Nothing sounds like “{0}”': 'Nichts klingt nach „{0}“',
  'Nothing here': 'Nichts hier',
  'Search looks at names, tags and types. Try fewer letters, or drop a filter.':
    'Gesucht wird in Namen, Tags und Typen. Nimm weniger Buchstaben oder einen Filter weg.',
  'Extract from a link': 'Aus einem Link extrahieren',
  'No favourites yet': 'Noch keine Favoriten',
  'Press the heart on a pad, or F while the pad has the focus.':
    'Drück das Herz auf einem Pad, oder F, wenn das Pad den Fokus hat.',
  'Show all sounds': 'Alle Sounds zeigen',
  'What can be done to many sounds did not load. Reload this page and try again.':
    'Die Aktionen für mehrere Sounds wurden nicht geladen. Lade die Seite neu und versuch es noch einmal.',
  'Compact pads': 'Kompakte Pads',
  'Comfortable pads': 'Bequeme Pads',
  'Large pads': 'Große Pads',
  Favourites: 'Favoriten',
  'Sort by': 'Sortieren nach',
  'Size of the pads': 'Größe der Pads',
  Connecting: 'Verbindet',
  Live: 'Live',
  Reconnecting: 'Verbindet neu',
  Offline: 'Offline',
  'From your last press to the sound': 'Von deinem letzten Druck bis zum Sound',
  'To Encore and back': 'Zu Encore und zurück',
  ', playing': ', spielt',
  'Favourite: {0}': 'Favorit: {0}',
  '{0} did not play.': '{0} wurde nicht abgespielt.',
  'The player gave no reason.': 'Der Player nannte keinen Grund.',
  'Search {0} sounds': '{0} Sounds durchsuchen',
  'Clear the search': 'Suche löschen',
  'sdb effects': 'sdb effects effekte',
  'tts speech': 'tts speech sprache',
  'ext extracted': 'ext extracted extrahiert',
};
