/** What the house needs of a log; pino fits it. */
type Write = (details: Record<string, unknown>, message: string) => void;
export type Logger = { debug: Write; info: Write; warn: Write; error: Write };

export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
