import type { Messages } from '../speak.ts';

/** Sentences of the server that have no name: faults of fields, and why a file is no sound. */
export const said: Messages = {
  'choose at least one day': 'wähle mindestens einen Tag',
  'each day once': 'jeden Tag nur einmal',
  'a time from {0}:{1} to {2}:{3}, such as {4}:{5}':
    'eine Uhrzeit von {0}:{1} bis {2}:{3}, etwa {4}:{5}',
  'a schedule has a name': 'ein Zeitplan braucht einen Namen',
  'a binding has a name': 'ein Taster braucht einen Namen',
  'a name is needed': 'ein Name fehlt',
  'a name is one line of text': 'ein Name ist eine Zeile Text',
  'a tag needs a letter': 'ein Tag braucht einen Buchstaben',
  'use at least {0} characters': 'nimm mindestens {0} Zeichen',
  'use at most {0} characters': 'nimm höchstens {0} Zeichen',
  'at most {0} characters': 'höchstens {0} Zeichen',
  'at most {0} tags': 'höchstens {0} Tags',
  'at most {0}': 'höchstens {0}',
  'at least {0} ms after the start': 'mindestens {0} ms nach dem Anfang',
  'no control characters': 'keine Steuerzeichen',
  'a topic without wildcards, such as zigbee2mqtt': 'ein Topic ohne Platzhalter, etwa zigbee2mqtt',
  'bad user name or API token': 'falscher Benutzername oder falsches API-Token',
  'nobody can log in at the moment': 'im Moment kann sich niemand anmelden',
  'at most {0} clients': 'höchstens {0} Clients',
  'at most {0} connections': 'höchstens {0} Verbindungen',
  "topics that begin with $ are the broker's own": 'Topics, die mit $ beginnen, gehören dem Broker',
  'QoS {0} is not taken here: use QoS {1}': 'QoS {0} wird hier nicht genommen: nimm QoS {1}',
  'a payload may have at most {0} bytes': 'eine Nachricht darf höchstens {0} Bytes haben',
  'a packet may have at most {0} bytes': 'ein Paket darf höchstens {0} Bytes haben',
  'a topic may have at most {0} levels': 'ein Topic darf höchstens {0} Ebenen haben',
  'there is no account {0} that could command': 'es gibt kein Konto {0}, das befehlen könnte',
  'the broker does not let Encore listen there: check its access rules':
    'der Broker lässt Encore dort nicht hören: prüf seine Zugriffsregeln',
  'the broker does not let Encore publish there: check its access rules':
    'der Broker lässt Encore dort nicht senden: prüf seine Zugriffsregeln',
  'this token may not publish there': 'dieses Token darf dort nicht senden',
  'this token may not listen there': 'dieses Token darf dort nicht hören',
  'this client is not logged in any more': 'dieser Client ist nicht mehr angemeldet',
  'this account has as many retained messages as one may have':
    'dieses Konto hat so viele aufbewahrte Nachrichten, wie eines haben darf',
  'choose at least one scope': 'wähle mindestens ein Recht',
  'use {0} to {1} of a-z, {2}-{3}, _ and -': 'nimm {0} bis {1} von a-z, {2}-{3}, _ und -',
  'say something': 'schreib etwas',
  'say something: nothing of this can be spoken':
    'schreib etwas anderes: davon lässt sich nichts sprechen',
  'say why': 'sag, warum',
  'must not be {0}': 'darf nicht {0} sein',
  'whole credits only': 'nur ganze Credits',
  'paste a link': 'füg einen Link ein',
  'at least one file is needed': 'mindestens eine Datei fehlt',
  'There is no such sound.': 'Diesen Sound gibt es nicht.',
  'There is no such playlist.': 'Diese Playlist gibt es nicht.',
  'There is no such person, or their account is switched off.':
    'Diese Person gibt es nicht, oder ihr Konto ist gesperrt.',
  '{0} is no time zone. Give one such as Europe/Berlin.':
    '{0} ist keine Zeitzone. Nimm eine wie Europe/Berlin.',
  'This time never comes.': 'Dieser Zeitpunkt kommt nie.',
  'Give five fields: minute, hour, day of the month, month, day of the week. {0} {1} * * {2}-{3} is {4}:{5} on working days.':
    'Gib fünf Felder an: Minute, Stunde, Tag im Monat, Monat, Wochentag. {0} {1} * * {2}-{3} ist werktags um {4}:{5}.',
  'Give a topic, such as zigbee2mqtt/button.': 'Gib ein Topic an, etwa zigbee2mqtt/button.',
  'A filter has at most {0} bytes.': 'Ein Filter hat höchstens {0} Bytes.',
  'A filter has at most {0} levels.': 'Ein Filter hat höchstens {0} Ebenen.',
  'A filter has no control characters.': 'Ein Filter hat keine Steuerzeichen.',
  "Topics that begin with $ are the broker's own.":
    'Topics, die mit $ beginnen, gehören dem Broker.',
  'This would take every message: begin with a topic.':
    'Das nähme jede Nachricht: Beginn mit einem Topic.',
  '# stands alone and last, as in zigbee2mqtt/#.':
    '# steht allein und am Ende, wie in zigbee2mqtt/#.',
  '+ stands for one whole level, as in stat/+/RESULT.':
    '+ steht für eine ganze Ebene, wie in stat/+/RESULT.',
  'These are topics of Encore itself. What it says sets nothing off here, or a sound would set off itself: name the topic of the device.':
    'Das sind Topics von Encore selbst. Was es sagt, löst hier nichts aus, sonst löste ein Sound sich selbst aus: Nenn das Topic des Geräts.',
  'What gives credits listens to one topic, without + and #.':
    'Was Credits gibt, hört auf ein einziges Topic, ohne + und #.',
  'Name a sound, or take a card, a tag, an id or a name out of the message.':
    'Nenn einen Sound, oder nimm eine Karte, ein Tag, eine Id oder einen Namen aus der Nachricht.',
  'Name a tag or a playlist, or take a tag out of the message.':
    'Nenn ein Tag oder eine Playlist, oder nimm ein Tag aus der Nachricht.',
  'Give a volume or a delta, or take one out of the message.':
    'Gib eine Lautstärke oder eine Änderung an, oder nimm sie aus der Nachricht.',
  'Give a text, or take one out of the message.':
    'Gib einen Text an, oder nimm ihn aus der Nachricht.',
  'Take a count out of the message, or nothing.':
    'Nimm eine Anzahl aus der Nachricht, oder nichts.',
  'This pattern is too large: give smaller numbers of repeats.':
    'Dieses Muster ist zu groß: Lass weniger Wiederholungen zu.',
  'This is no pattern in the syntax of RE2: {0}.':
    'Das ist kein Muster in der Schreibweise von RE2: {0}.',
  'This is no link. Copy the address of the page with the video or the sound and paste it here.':
    'Das ist kein Link. Kopier die Adresse der Seite mit dem Video oder dem Sound und füg sie hier ein.',
  'The link holds a name or a password before the @. Take them out: they would be kept in the history.':
    'Vor dem @ des Links stehen Name oder Passwort. Nimm sie heraus: Sie blieben im Verlauf stehen.',
  'This is no whole link. Begin it with https://, as in {0}.':
    'Das ist kein ganzer Link. Beginn ihn mit https://, wie in {0}.',
  'Only links that begin with https:// or http:// can be taken, not {0}.':
    'Nur Links, die mit https:// oder http:// beginnen, werden angenommen, nicht {0}.',
  'The link names no site.': 'Der Link nennt keine Seite.',
  'The link is too long.': 'Der Link ist zu lang.',
  'The cookies are too many: export those of one site only.':
    'Das sind zu viele Cookies: Exportier nur die einer Seite.',
  'These cookies are JSON. Export them as cookies.txt (Netscape format).':
    'Diese Cookies sind JSON. Exportier sie als cookies.txt (Netscape-Format).',
  'There is no cookie in this. Export them as cookies.txt (Netscape format).':
    'Darin ist kein Cookie. Exportier sie als cookies.txt (Netscape-Format).',
  'Line {0} of the cookies has spaces where tabs belong. Hand in the file itself instead of a copied text.':
    'Zeile {0} der Cookies hat Leerzeichen statt Tabulatoren. Gib die Datei selbst ab statt kopierten Text.',
  'Line {0} of the cookies has {1} parts instead of {2}. Export them as cookies.txt (Netscape format).':
    'Zeile {0} der Cookies hat {1} Teile statt {2}. Exportier sie als cookies.txt (Netscape-Format).',
  'Line {0} of the cookies begins with no domain.':
    'Zeile {0} der Cookies beginnt mit keiner Domain.',
  'Line {0} of the cookies has something else where TRUE or FALSE belongs. Export them as cookies.txt (Netscape format).':
    'In Zeile {0} der Cookies steht etwas anderes, wo TRUE oder FALSE hingehört. Exportier sie als cookies.txt (Netscape-Format).',
  'Line {0} of the cookies has no number as its date of expiry.':
    'In Zeile {0} der Cookies ist das Ablaufdatum keine Zahl.',
  'Line {0} of the cookies has unprintable characters.':
    'In Zeile {0} der Cookies stehen Zeichen, die sich nicht drucken lassen.',
  'the file is not there': 'die Datei ist nicht da',
  'the file went away while it was read': 'die Datei verschwand beim Lesen',
  'the file may not be read': 'die Datei darf nicht gelesen werden',
  'the file may not be read: allow it to the user that Encore runs as':
    'die Datei darf nicht gelesen werden: Erlaub es dem Benutzer, als der Encore läuft',
  'the file cannot be read ({0})': 'die Datei lässt sich nicht lesen ({0})',
  'folders are nested more than {0} deep': 'Ordner liegen mehr als {0} tief ineinander',
  'the file name is too long': 'der Dateiname ist zu lang',
  'the disk failed to read the file': 'die Platte konnte die Datei nicht lesen',
  'this is a folder': 'das ist ein Ordner',
  'this is not a regular file': 'das ist keine gewöhnliche Datei',
  'the file is empty': 'die Datei ist leer',
  'this is a playlist that names other files, not a sound':
    'das ist eine Playlist mit Namen anderer Dateien, kein Sound',
  'reading the file took too long': 'die Datei zu lesen dauerte zu lange',
  'this is not a sound format that Encore plays': 'dieses Tonformat spielt Encore nicht',
  'the file ends too early': 'die Datei hört zu früh auf',
  'the file ends too early: part of the sound it declares is not there':
    'die Datei hört zu früh auf: Ein Teil des Tons, den sie angibt, fehlt',
  'there is no room for the decoded sound': 'für den dekodierten Ton ist kein Platz',
  'this is not audio, whatever its name says': 'das ist kein Ton, was immer der Name sagt',
  'the sound in this file is damaged': 'der Ton in dieser Datei ist beschädigt',
  'the file holds no sound': 'in der Datei ist kein Ton',
  'no sound could be decoded from the file': 'in der Datei fand sich kein Ton',
  'the sound is too long to be kept decoded': 'der Ton ist zu lang, um dekodiert zu bleiben',
  'the sound is silent: there is nothing to make louder':
    'der Ton ist still: Lauter wird davon nichts',
  'the sound has no loudness that could be measured':
    'eine Lautheit ließ sich an diesem Ton nicht messen',
  'part of the sound can no longer be read': 'ein Teil des Tons lässt sich nicht mehr lesen',
  'Encore was stopped while the scan ran: scan again':
    'Encore wurde während des Scans gestoppt: Scanne noch einmal',
  'It is not a regular file': 'Das ist keine gewöhnliche Datei',
  'The file is empty': 'Die Datei ist leer',
  'No sound could be decoded from the file': 'In der Datei fand sich kein Ton',
  'The file does not exist': 'Die Datei ist nicht da',
  'The file cannot be read ({0})': 'Die Datei lässt sich nicht lesen ({0})',
  'The player stopped while this sound was due.': 'Der Player stoppte, als dieser Sound dran war.',
};
