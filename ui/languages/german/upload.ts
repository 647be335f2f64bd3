import type { Messages } from '../speak.ts';

export const upload: Messages = {
  'Not just now': 'Gerade nicht',
  'Drop to add sounds': 'Loslassen, um Sounds hinzuzufügen',
  'Files or folders: {0}.': 'Dateien oder Ordner: {0}.',
  Files: 'Dateien',
  'Sounds to add': 'Neue Sounds',
  'What sends files did not load. Reload this page and try again.':
    'Was Dateien sendet, wurde nicht geladen. Lade die Seite neu und versuch es noch einmal.',
  'What was dropped could not be read. Choose the files with “Add sounds”.':
    'Das Abgelegte war nicht lesbar. Wähle die Dateien über „Sounds hinzufügen“.',
  'MP3, WAV, FLAC, Ogg, Opus, M4A, AAC, WMA, AIFF and others, 200 MiB each':
    'MP3, WAV, FLAC, Ogg, Opus, M4A, AAC, WMA, AIFF und andere, je 200 MiB',
  'Encore takes sound files ({0} …). Convert it to one of them.':
    'Encore nimmt Sounddateien ({0} …). Wandle sie in eine davon um.',
  'The file is empty.': 'Die Datei ist leer.',
  'It has {0} MiB, and a sound may have 200. Shorten it, or save it as MP3.':
    'Sie hat {0} MiB, ein Sound darf 200 haben. Kürze sie oder speichere sie als MP3.',
  'Sounds being added': 'Sounds, die hinzukommen',
  'The list of files': 'Die Liste der Dateien',
  'Show the files': 'Dateien zeigen',
  'Fold the list': 'Liste einklappen',
  'And {0} more.': 'Und {0} weitere.',
  '1 file in the folder was left out: no sound, or too many at once.':
    '1 Datei im Ordner wurde ausgelassen: kein Sound oder zu viele auf einmal.',
  '{0} files in the folder were left out: no sounds, or too many at once.':
    '{0} Dateien im Ordner wurden ausgelassen: keine Sounds oder zu viele auf einmal.',
  'Sending {0}': 'Sendet {0}',
  'Cancel {0}': '{0} abbrechen',
  'Play {0}': '{0} abspielen',
  'Retry {0}': '{0} noch einmal senden',
  'Dismiss {0}': '{0} ausblenden',
  'Adding 1 sound': '1 Sound kommt hinzu',
  'Adding {0} of {1}': 'Nummer {0} von {1} kommt hinzu',
  '{0} added': '{0} hinzugefügt',
  '{0} known already': '{0} schon bekannt',
  '{0} refused': '{0} abgelehnt',
  'Nothing to add': 'Nichts hinzuzufügen',
  '{0} % of {1}': '{0} % von {1}',
  Checking: 'Prüft',
  'Already in your library as “{0}”': 'Schon als „{0}“ in deiner Bibliothek',
};
