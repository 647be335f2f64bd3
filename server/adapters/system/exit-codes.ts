/**
 * EX_CONFIG of sysexits(3): a program that cannot run as things are (port taken, folder read-only,
 * bad configuration). The launcher passes it on instead of trying again.
 */
export const exitCannotStart = 78;

/** An error that nobody caught: what Node itself ends with. */
export const exitFault = 1;
