import type { Logger } from '../logger.ts';

/** A log that can be read: `level: message`, and the details of each line. */
export const recordingLogger = (): Logger & {
  lines: string[];
  details: Record<string, unknown>[];
} => {
  const lines: string[] = [];
  const details: Record<string, unknown>[] = [];
  const at = (level: string) => (what: Record<string, unknown>, message: string) => {
    lines.push(`${level}: ${message}`);
    details.push(what);
  };
  return {
    lines,
    details,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
};
