import { msg } from '@lit/localize';
const sentences: Readonly<Record<string, string>> = {
  provider_off: msg('That way to sign in is not set up here.'),
  provider_failed: msg('The provider did not confirm who you are. Try again.'),
  sign_in_expired: msg('That took too long, or it began in another browser. Begin again.'),
  registration_closed: msg(
    'No account here goes with that sign-in. An administrator can make one for you.',
  ),
  invite_needed: msg(
    'No account here goes with that sign-in, and a new one needs an invite. Ask who runs this Encore.',
  ),
  invite_invalid: msg('That invite is used, taken back or too old. Ask for a new one.'),
  setup_needed: msg('This Encore needs its first account before anybody else can sign in.'),
  account_disabled: msg('An administrator has disabled this account.'),
  identity_taken: msg('That account is linked with somebody else here.'),
  provider_linked: msg('Your account is linked with another account there. Unlink it first.'),
};

/** A sentence for the problem code that a provider's sign-in came back with. */
export const signInErrorWords = (code: string): string =>
  Object.hasOwn(sentences, code)
    ? (sentences[code] ?? '')
    : msg('That sign-in did not work. Try again, or sign in another way.');
