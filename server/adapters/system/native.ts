import koffi, { type LibraryHandle } from 'koffi';

/** libvlc closes demuxers on the thread that calls stop; koffi's default for worker threads is 128 KiB. */
const asyncStackBytes = 1024 * 1024;

/** koffi takes its settings only before the first library. */
export const loadLibrary = (path: string): LibraryHandle => {
  const settings = koffi.config();
  if (settings['async_stack_size'] !== asyncStackBytes)
    koffi.config({ ...settings, async_stack_size: asyncStackBytes });
  return koffi.load(path);
};
