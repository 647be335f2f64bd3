import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The command line of a developer's tool, and how it is used, in words. Imports nothing of the house. */
export const createToolLine = (usage: string) => {
  /** Says what is wrong with it beside how it is used, and ends with 2, as `encore` does. */
  const refuse = (words: string): never => {
    process.stderr.write(`${words}\n\n${usage}\n`);
    return process.exit(2);
  };
  return {
    refuse,
    /** What it says; `--help` prints how the tool is used, and ends with 0. */
    read<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
      if (process.argv.slice(2).some((one) => one === '--help' || one === '-h')) {
        process.stdout.write(`${usage}\n`);
        process.exit(0);
      }
      try {
        return parseArgs(config);
      } catch (error) {
        return refuse((error as Error).message);
      }
    },
    /** A number above 0, as `--minutes 0.5` gives it. */
    positive(name: string, text: string): number {
      const value = Number(text);
      return value > 0 && Number.isFinite(value)
        ? value
        : refuse(`--${name} takes a number above 0, and "${text}" is not that.`);
    },
    /** From 0 on. */
    wholeNumber(name: string, text: string): number {
      return /^\d{1,12}$/.test(text)
        ? Number(text)
        : refuse(`--${name} takes a whole number, and "${text}" is not that.`);
    },
  };
};
