/** What brokers and their clients are made of. */
const brokerPackages =
  /\/node_modules\/(?:aedes|aedes-packet|aedes-persistence|fastparallel|mqemitter|mqtt|mqtt-packet|qlobber)\//;

/**
 * Whether an error that nobody caught was thrown by the broker itself, and not by what called it or
 * what it called: only then is a new broker the whole remedy.
 */
export const isBrokerFault = (error: unknown): boolean => {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const thrower = frames.find((line) => !line.includes('node:'));
  return thrower !== undefined && brokerPackages.test(thrower);
};
