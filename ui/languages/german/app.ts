import type { Messages } from '../speak.ts';

export const app: Messages = {
  'This page is for administrators': 'Diese Seite ist für Administratoren',
  'This page is for members, not for guests': 'Diese Seite ist für Mitglieder, nicht für Gäste',
  'Ask someone who looks after this box.': 'Frag jemanden, der sich um diese Box kümmert.',
  'To the sounds': 'Zu den Sounds',
  'This page did not load': 'Diese Seite wurde nicht geladen',
  'Encore may have been updated, or does not answer just now. The sounds still work.':
    'Vielleicht wurde Encore aktualisiert oder antwortet gerade nicht. Die Sounds gehen weiterhin.',
  '{0} is linked.': '{0} ist verknüpft.',
  'Encore does not answer': 'Encore antwortet nicht',
  'It may be starting, or this device may be off the network.':
    'Vielleicht startet es gerade, oder dieses Gerät ist nicht im Netz.',
  'This part did not load. Encore may have been updated: load the page again.':
    'Dieser Teil wurde nicht geladen. Vielleicht wurde Encore aktualisiert: Lade die Seite neu.',
  'The list of keys did not load. Reload this page and try again.':
    'Die Liste der Tasten wurde nicht geladen. Lade die Seite neu und versuch es noch einmal.',
  'An account here has your address. Sign in to it as usual to link {0}.':
    'Ein Konto hier hat deine Adresse. Melde dich wie gewohnt an, um {0} zu verknüpfen.',
  'You are signed in as {0}. Sign out to use an invite.':
    'Du bist als {0} angemeldet. Melde dich ab, um eine Einladung anzunehmen.',
  'The question about the link did not load. Link again on your account page.':
    'Die Frage zur Verknüpfung wurde nicht geladen. Verknüpfe noch einmal auf deiner Kontoseite.',
  'Nothing can be played until Encore answers.':
    'Solange Encore nicht antwortet, lässt sich nichts abspielen.',
  'Playing now': 'Spielt gerade',
  'Quiet until {0}': 'Ruhe bis {0}',
  'The board is silent.': 'Das Board ist still.',
  'The board plays, but quieter.': 'Das Board spielt, aber leiser.',
  'The board plays as ever.': 'Das Board spielt wie immer.',
  'You may play all the same.': 'Du darfst trotzdem abspielen.',
  'Skip to: {0}': 'Weiter zu: {0}',
  Main: 'Hauptmenü',
  'under way': 'unterwegs',
  'Search, also while typing': 'Suchen, auch beim Tippen',
  'Play the first sound found': 'Den ersten Treffer abspielen',
  'From the search to the pads': 'Von der Suche zu den Pads',
  'Move between pads': 'Zwischen Pads wechseln',
  'First and last pad': 'Erstes und letztes Pad',
  'A screen up or down': 'Eine Seite nach oben oder unten',
  'Play the focused pad': 'Das fokussierte Pad abspielen',
  'Make it a favourite': 'Zum Favoriten machen',
  'Its menu': 'Sein Menü',
  'Rename it': 'Umbenennen',
  'Select it, and others': 'Auswählen, auch mehrere',
  'Clear the search, then stop all': 'Suche löschen, dann alles stoppen',
  'Pad size': 'Größe der Pads',
  'Play or pause the music': 'Musik abspielen oder pausieren',
  '10 seconds back and on': '10 Sekunden zurück und vor',
  'Previous and next track': 'Voriger und nächster Titel',
  'What follows a track': 'Was auf einen Titel folgt',
  'Mute the music': 'Musik stummschalten',
  'Music softer and louder': 'Musik leiser und lauter',
  Keyboard: 'Tastatur',
  'Single keys such as / and D work outside of fields':
    'Einzelne Tasten wie / und D gelten außerhalb von Feldern',
  Messages: 'Meldungen',
  Dismiss: 'Ausblenden',
  System: 'System',
  Light: 'Hell',
  Dark: 'Dunkel',
  Theme: 'Design',
  ', account menu': ', Kontomenü',
  And: 'Und',
  'more playing': 'weitere spielen',
  'A sound': 'Ein Sound',
  'Stop {0}': '{0} stoppen',
};
