/** Limits of the server, told before anything is sent; that they agree is a test's to say. */
export const clipMsMin = 250;
export const clipMomentMsMax = 24 * 60 * 60 * 1_000;
/** Of a cookies file. */
export const cookiesBytesMax = 256 * 1_024;
