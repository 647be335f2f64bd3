import koffi, { type LibraryHandle } from 'koffi';

/** libvlc closes demuxers on the thread that calls stop; koffi's default for worker threads is 128 KiB. */
const asyncStackBytes = 1024 * 1024;

let configured = false;

/** koffi takes its settings only before the first library. */
export const loadLibrary = (path: string): LibraryHandle => {
  if (!configured) koffi.config({ ...koffi.config(), async_stack_size: asyncStackBytes });
  configured = true;
  return koffi.load(path);
};
