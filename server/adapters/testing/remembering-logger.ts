import type { Logger } from '../../kernel/logger.ts';

export type LogLine = { level: string; message: string } & Record<string, unknown>;

export const rememberingLogger = (): Logger & { lines: LogLine[] } => {
  const lines: LogLine[] = [];
  const write = (level: string) => (details: Record<string, unknown>, message: string) =>
    void lines.push({ level, message, ...details });
  return {
    lines,
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
};
