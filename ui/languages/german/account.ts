import type { Messages } from '../speak.ts';

export const account: Messages = {
  'Who you are here, how you sign in, and what acts in your name.':
    'Wer du hier bist, wie du dich anmeldest und was in deinem Namen handelt.',
  'Your account did not load': 'Dein Konto wurde nicht geladen',
  'Loading your account': 'Konto wird geladen',
  'Signed-in devices': 'Angemeldete Geräte',
  'Sign out all others': 'Alle anderen abmelden',
  'Signing a device out stops what it does at once. It can sign in again.':
    'Ein abgemeldetes Gerät hört sofort auf. Es kann sich wieder anmelden.',
  'The devices': 'Die Geräte',
  'This device': 'Dieses Gerät',
  'In use now': 'Gerade in Gebrauch',
  '· signed in': '· angemeldet',
  'Sign out {0}': '{0} abmelden',
  'Sign out all other devices?': 'Alle anderen Geräte abmelden?',
  'One device is signed out at once.': 'Ein Gerät wird sofort abgemeldet.',
  '{0} devices are signed out at once, wall tablets included.':
    '{0} Geräte werden sofort abgemeldet, auch Tablets an der Wand.',
  'This one stays. API tokens go on working.': 'Dieses bleibt. API-Tokens gelten weiter.',
  '{0} is signed out.': '{0} ist abgemeldet.',
  'All other devices are signed out.': 'Alle anderen Geräte sind abgemeldet.',
  'Link {0} with your account?': '{0} mit deinem Konto verknüpfen?',
  '{0} has confirmed who you are there. Linked, it signs you in here as “{1}”. Only link an account that is yours alone.':
    '{0} hat bestätigt, wer du dort bist. Verknüpft meldet es dich hier als „{1}“ an. Verknüpfe nur ein Konto, das dir allein gehört.',
  'Not now': 'Nicht jetzt',
  'New token': 'Neues Token',
  'What you will know it by, such as “Hall button”.':
    'Woran du es erkennst, etwa „Taster im Flur“.',
  'What it is for': 'Wofür es ist',
  'What it may do': 'Was es darf',
  Expires: 'Läuft ab',
  Create: 'Anlegen',
  'Topic prefixes': 'Topic-Präfixe',
  'One a line, such as zigbee2mqtt/hall. Beside its own topics it reaches those below them.':
    'Eines je Zeile, etwa zigbee2mqtt/hall. Neben seinen eigenen Topics erreicht es die darunter.',
  'May act for others': 'Darf für andere handeln',
  'It can say who pressed; their credits pay, and the log names them.':
    'Es kann sagen, wer gedrückt hat; deren Credits zahlen, und das Protokoll nennt sie.',
  '“{0}” is ready': '„{0}“ ist fertig',
  'Copy it now: it is not shown again. Who has it can do what you allowed it to.':
    'Kopier es jetzt: Es wird nicht noch einmal gezeigt. Wer es hat, kann tun, was du ihm erlaubt hast.',
  Token: 'Token',
  'Try it': 'Ausprobieren',
  'In a terminal, this tells whose token it is:':
    'In einem Terminal sagt das, wessen Token es ist:',
  Command: 'Befehl',
  'Over MQTT': 'Über MQTT',
  Host: 'Host',
  ', port': ', Port',
  'unless it was changed, user name': 'wenn er nicht geändert wurde, Benutzername',
  ', and the token as password.': ', und das Token als Passwort.',
  'Choose at least one thing.': 'Wähle mindestens eines.',
  'With a new password every other device is signed out. API tokens go on working.':
    'Mit einem neuen Passwort wird jedes andere Gerät abgemeldet. API-Tokens gelten weiter.',
  'You sign in with a provider until now. With a password you can do without it.':
    'Bisher meldest du dich über einen Anbieter an. Mit einem Passwort geht es auch ohne ihn.',
  'Current password': 'Jetziges Passwort',
  'Change password': 'Passwort ändern',
  'Set password': 'Passwort setzen',
  'Changed. Other devices have to sign in again.':
    'Geändert. Andere Geräte müssen sich neu anmelden.',
  'Set. Now it signs you in too.': 'Gesetzt. Jetzt kannst du dich auch damit anmelden.',
  'Enter the password of now.': 'Gib dein jetziges Passwort ein.',
  'Name and e-mail': 'Name und E-Mail',
  'Either one signs you in. Others in the house see the name only.':
    'Mit beiden kannst du dich anmelden. Andere im Haus sehen nur den Namen.',
  'Nothing has changed.': 'Nichts hat sich geändert.',
  'Saved.': 'Gespeichert.',
  'Other ways to sign in': 'Andere Wege zur Anmeldung',
  'A linked account elsewhere signs you in here without the password.':
    'Ein verknüpftes Konto anderswo meldet dich hier ohne Passwort an.',
  'The providers': 'Die Anbieter',
  '{0} · linked {1}': '{0} · verknüpft {1}',
  'Not linked': 'Nicht verknüpft',
  'Unlink {0}': 'Verknüpfung mit {0} lösen',
  Unlink: 'Lösen',
  'Link {0}': '{0} verknüpfen',
  '{0} is unlinked.': 'Die Verknüpfung mit {0} ist gelöst.',
  'API tokens': 'API-Tokens',
  'For scripts, buttons and Home Assistant, in place of a password. Each does only what it is for, and none does more than you may.':
    'Für Skripte, Taster und Home Assistant, statt eines Passworts. Jedes darf nur, wofür es da ist, und keines mehr als du.',
  'The tokens': 'Die Tokens',
  'No tokens yet.': 'Noch keine Tokens.',
  '{0} · made': '{0} · angelegt',
  'Revoke {0}': '{0} widerrufen',
  'Revoke “{0}”?': '„{0}“ widerrufen?',
  'What uses it stops working at once, open connections included. It cannot be brought back.':
    'Was es benutzt, geht sofort nicht mehr, auch offene Verbindungen. Es lässt sich nicht zurückholen.',
  '“{0}” is revoked.': '„{0}“ ist widerrufen.',
  Read: 'Lesen',
  'See sounds, playlists, history and credits.': 'Sounds, Playlists, Verlauf und Credits sehen.',
  'Play and stop sounds, and speak. Costs credits as ever.':
    'Sounds abspielen und stoppen, und sprechen. Kostet Credits wie immer.',
  'Control the music, its queue and the volume.':
    'Die Musik, ihre Warteschlange und die Lautstärke steuern.',
  'Add, rename, tag and trim sounds, and edit playlists.':
    'Sounds hinzufügen, umbenennen, taggen und zuschneiden, Playlists bearbeiten.',
  'Take sounds from links. Costs credits as ever.':
    'Sounds aus Links holen. Kostet Credits wie immer.',
  'Sign in to the message broker with this token as password.':
    'Sich beim Nachrichten-Broker mit diesem Token als Passwort anmelden.',
  Administration: 'Verwaltung',
  'Everything only administrators may do.': 'Alles, was nur Administratoren dürfen.',
  'For yourself': 'Für dich selbst',
  Own: 'Eigenes',
  'Scripts and apps that act as you.': 'Skripte und Apps, die als du handeln.',
  'For a device': 'Für ein Gerät',
  Device: 'Gerät',
  'A button or sensor: only its own topics.': 'Ein Taster oder Sensor: nur seine eigenen Topics.',
  'For a bridge': 'Für eine Bridge',
  Bridge: 'Bridge',
  'Home Assistant or Zigbee2MQTT: all commands and states.':
    'Home Assistant oder Zigbee2MQTT: alle Befehle und Zustände.',
  'In 30 days': 'In 30 Tagen',
  'In 90 days': 'In 90 Tagen',
  'In a year': 'In einem Jahr',
  Never: 'Nie',
  'Does not expire': 'Läuft nicht ab',
};
