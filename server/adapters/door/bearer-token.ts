/** The token of an `Authorization` header; undefined where it is of another scheme. */
export const bearerToken = (header: string): string | undefined =>
  /^Bearer +(\S+)$/i.exec(header)?.[1];
