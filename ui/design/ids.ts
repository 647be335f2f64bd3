/** `crypto.randomUUID` is missing on plain http in a home network; random bytes are not. */
export const randomId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
