import type { Logger } from '../../kernel/logger.ts';

/** Of the watchdog's time: three checks may fail or come late before the process is ended. */
const checksPerWatchdog = 4;

/** What systemd asks of this process (sd_notify(3)); null: it was not started by it, or asks nothing. */
export type ServiceManagerSettings = {
  readonly socket: string | null;
  readonly watchdogMs: number | null;
};

/** Undefined: all is well. A sentence: what is not, for `systemctl status` and the log. */
export type SelfCheck = () => string | undefined | Promise<string | undefined>;

export type ServiceManager = {
  /** One line for `systemctl status`. */
  status(text: string): void;
  /** From now on the unit has started, and the watchdog runs. */
  ready(text: string): void;
  /** Feeds the watchdog for as long as the check finds nothing; a check that does not end does not feed it. */
  watch(check: SelfCheck): void;
  stopping(): void;
};

const unsupervised: ServiceManager = {
  status: () => {},
  ready: () => {},
  watch: () => {},
  stopping: () => {},
};

/** systemd's own library: the protocol's details (abstract sockets, vsock) are its business. */
const loadNotify = async (): Promise<(message: string) => number> => {
  const { loadLibrary } = await import('./native.ts');
  const notify = loadLibrary('libsystemd.so.0').func(
    'int sd_notify(int unset_environment, const char *state)',
  );
  return (message) => notify(0, message) as number;
};

/** A message is lines: a text must not bring further ones. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/**
 * Tells systemd how this process is.
 * @throws Error when systemd waits for words and libsystemd cannot be loaded
 */
export const connectServiceManager = async (
  { socket, watchdogMs }: ServiceManagerSettings,
  logger: Pick<Logger, 'error' | 'warn'>,
): Promise<ServiceManager> => {
  if (socket === null) return unsupervised;
  const notify = await loadNotify();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const tell = (...lines: readonly string[]) => {
    const result = notify(lines.join('\n'));
    if (result < 0) logger.warn({ errno: -result }, 'systemd could not be told');
  };

  return {
    status: (text) => tell(`STATUS=${oneLine(text)}`),
    ready: (text) => tell('READY=1', `STATUS=${oneLine(text)}`),
    watch(check) {
      if (watchdogMs === null) return;
      let checking = false;
      const feed = async () => {
        if (checking) return;
        checking = true;
        const fault = await Promise.try(check).catch((error: unknown) => String(error));
        checking = false;
        if (stopped) return;
        if (fault === undefined) return tell('WATCHDOG=1');
        logger.error({ fault }, 'the self-check failed: systemd ends this process if that lasts');
        tell(`STATUS=The self-check fails: ${oneLine(fault)}`);
      };
      timer = setInterval(() => void feed(), watchdogMs / checksPerWatchdog);
    },
    stopping() {
      stopped = true;
      clearInterval(timer);
      tell('STOPPING=1', 'STATUS=Stopping');
    },
  };
};
