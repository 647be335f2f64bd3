import type { Messages } from '../speak.ts';

export const signIn: Messages = {
  'Keep this password': 'Bewahre dieses Passwort auf',
  'It opens the account “{0}”, the administrator of this Encore, and is not shown again.':
    'Es öffnet das Konto „{0}“, den Administrator dieser Encore-Box, und wird nicht noch einmal gezeigt.',
  'Go to the board': 'Zum Board',
  ' Ask for a new one.': ' Bitte um eine neue.',
  Invite: 'Einladung',
  'From the link you opened.': 'Aus dem Link, den du geöffnet hast.',
  'The code at the end of the link.': 'Der Code am Ende des Links.',
  'Signs you in as well as the name.': 'Damit kannst du dich statt mit dem Namen anmelden.',
  'Create the account': 'Konto anlegen',
  'Enter the code of your invite.': 'Gib den Code deiner Einladung ein.',
  'That way to sign in is not set up here.': 'Diese Anmeldung ist hier nicht eingerichtet.',
  'The provider did not confirm who you are. Try again.':
    'Der Anbieter hat nicht bestätigt, wer du bist. Versuch es noch einmal.',
  'That took too long, or it began in another browser. Begin again.':
    'Das hat zu lange gedauert oder in einem anderen Browser begonnen. Fang noch einmal an.',
  'No account here goes with that sign-in. An administrator can make one for you.':
    'Zu dieser Anmeldung gehört hier kein Konto. Ein Administrator kann dir eines anlegen.',
  'No account here goes with that sign-in, and a new one needs an invite. Ask who runs this Encore.':
    'Zu dieser Anmeldung gehört hier kein Konto, und ein neues braucht eine Einladung. Frag, wer diese Box betreibt.',
  'That invite is used, taken back or too old. Ask for a new one.':
    'Diese Einladung ist benutzt, zurückgezogen oder zu alt. Bitte um eine neue.',
  'This Encore needs its first account before anybody else can sign in.':
    'Diese Box braucht erst ihr erstes Konto, bevor sich jemand anderes anmelden kann.',
  'An administrator has disabled this account.': 'Ein Administrator hat dieses Konto gesperrt.',
  'That account is linked with somebody else here.':
    'Dieses Konto ist hier mit jemand anderem verknüpft.',
  'Your account is linked with another account there. Unlink it first.':
    'Dein Konto ist dort mit einem anderen verknüpft. Löse das zuerst.',
  'That sign-in did not work. Try again, or sign in another way.':
    'Diese Anmeldung hat nicht geklappt. Versuch es noch einmal oder melde dich anders an.',
  'Welcome home': 'Willkommen zu Hause',
  'You were signed out. Sign in and go on where you were.':
    'Du wurdest abgemeldet. Melde dich an und mach weiter, wo du warst.',
  'Sign in to play sounds on this Encore.': 'Melde dich an, um auf dieser Box Sounds abzuspielen.',
  'Sign in': 'Anmelden',
  'Create an account': 'Konto anlegen',
  'I have an invite': 'Ich habe eine Einladung',
  'You are invited to play sounds on this Encore.':
    'Du bist eingeladen, auf dieser Box Sounds abzuspielen.',
  'To play sounds on this Encore.': 'Um auf dieser Box Sounds abzuspielen.',
  'This form did not load. Reload the page and try again.':
    'Dieses Formular wurde nicht geladen. Lade die Seite neu und versuch es noch einmal.',
  'I have an account': 'Ich habe ein Konto',
  'Continue with {0}': 'Weiter mit {0}',
  or: 'oder',
  'Set up Encore': 'Encore einrichten',
  'This box is new. The first account is its administrator.':
    'Diese Box ist neu. Das erste Konto ist ihr Administrator.',
  'Setup code': 'Einrichtungscode',
  'Encore printed it when it started.': 'Encore hat ihn beim Start ausgegeben.',
  'Name or e-mail': 'Name oder E-Mail',
  'Made for you: write it down, or type your own.':
    'Für dich gemacht: Schreib es auf oder tippe ein eigenes.',
  'Enter the code that Encore printed.': 'Gib den Code ein, den Encore ausgegeben hat.',
  'Enter your name or e-mail.': 'Gib deinen Namen oder deine E-Mail ein.',
  'Enter a password.': 'Gib ein Passwort ein.',
};
