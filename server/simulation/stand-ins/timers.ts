/** The timers of Node, on the virtual timeline. */
import { presentTimeline } from '../present.ts';
import type { Task } from '../timeline.ts';

type Handle = Task & { ref(): Handle; unref(): Handle; hasRef(): boolean };

const handleOf = (task: Task): Handle => {
  const handle = task as Handle;
  handle.ref = () => handle;
  handle.unref = () => handle;
  handle.hasRef = () => false;
  return handle;
};

const cancel = (handle?: Handle | null): void => {
  if (handle) handle.cancelled = true;
};

type Callback = (...parameters: unknown[]) => void;

const afterwards = (run: Callback, ms = 0, ...parameters: unknown[]): Handle => {
  const timeline = presentTimeline();
  return handleOf(timeline.after(Math.max(1, ms), () => run(...parameters), timeline.owner()));
};

const everyNow = (run: Callback, ms = 0, ...parameters: unknown[]): Handle => {
  const timeline = presentTimeline();
  const owner = timeline.owner();
  const handle = handleOf({ cancelled: false });
  const again = () => {
    timeline.after(
      Math.max(1, ms),
      () => {
        if (handle.cancelled) return;
        again();
        run(...parameters);
      },
      owner,
    );
  };
  again();
  return handle;
};

const immediately = (run: Callback, ...parameters: unknown[]): Handle => {
  const timeline = presentTimeline();
  return handleOf(timeline.immediately(() => run(...parameters), timeline.owner()));
};

/** Puts them in the place of the globals; returns the way to a real turn of the event loop. */
export const takeOverTimers = (): ((run: () => void) => void) => {
  const real = globalThis.setImmediate;
  Object.assign(globalThis, {
    setTimeout: afterwards,
    setInterval: everyNow,
    setImmediate: immediately,
    clearTimeout: cancel,
    clearInterval: cancel,
    clearImmediate: cancel,
  });
  AbortSignal.timeout = (ms) => {
    const late = new AbortController();
    const fault = () => late.abort(new DOMException('It took too long', 'TimeoutError'));
    afterwards(fault, ms);
    return late.signal;
  };
  return (run) => void real(run);
};
