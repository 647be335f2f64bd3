const sentences: Readonly<Record<string, string>> = {
  provider_off: 'That way to sign in is not set up here.',
  provider_failed: 'The provider did not confirm who you are. Try again.',
  sign_in_expired: 'That took too long, or it began in another browser. Begin again.',
  registration_closed:
    'No account here goes with that sign-in. An administrator can make one for you.',
  invite_needed:
    'No account here goes with that sign-in, and a new one needs an invite. Ask who runs this Encore.',
  invite_invalid: 'That invite is used, taken back or too old. Ask for a new one.',
  setup_needed: 'This Encore needs its first account before anybody else can sign in.',
  account_disabled: 'An administrator has disabled this account.',
  identity_taken: 'That account is linked with somebody else here.',
  provider_linked: 'Your account is linked with another account there. Unlink it first.',
};

/** A sentence for the problem code that a provider's sign-in came back with. */
export const signInErrorWords = (code: string): string =>
  Object.hasOwn(sentences, code)
    ? (sentences[code] ?? '')
    : 'That sign-in did not work. Try again, or sign in another way.';
