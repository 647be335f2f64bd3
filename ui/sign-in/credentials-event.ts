import type { LoginBody, RegisterBody, SetupBody } from '../../server/users/contract.ts';

export type Credentials =
  | { way: 'login'; body: LoginBody }
  | { way: 'setup'; body: SetupBody }
  | { way: 'register'; body: RegisterBody };

/** Somebody says who they are: with their account, with the first one of a new box, with a new one. */
export class CredentialsEvent extends Event {
  readonly credentials: Credentials;
  /** The password is the one that Encore made: perhaps nobody has written it down. */
  readonly suggested: boolean;

  constructor(credentials: Credentials, suggested = false) {
    super('enc-credentials', { bubbles: true, composed: true });
    this.credentials = credentials;
    this.suggested = suggested;
  }
}

declare global {
  interface HTMLElementEventMap {
    'enc-credentials': CredentialsEvent;
  }
}
