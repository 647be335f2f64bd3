/** libvlc as a decoder: media players whose audio goes to the mixer's C callbacks and nowhere else. */
import type { LibraryHandle } from 'koffi';
import type { PlayCommand } from '../../player/contract.ts';
import type { MixerCallbacks } from './mixer.ts';
import { loadLibrary } from '../system/native.ts';

const args = [
  '--quiet',
  '--no-video',
  '--no-spu',
  '--no-osd',
  '--no-metadata-network-access',
  '--no-lua',
  '--no-xlib',
  '--no-audio-time-stretch',
  '--no-sub-autodetect-file',
  '--file-caching=1000',
  '--clock-jitter=0',
  '--no-interact',
  '--no-stats',
];

/** libvlc_event_e of libvlc 3. */
const attachedEvents = { endReached: 0x109, encounteredError: 0x10a, lengthChanged: 0x111 };

export type VlcFile = Pick<PlayCommand, 'path' | 'demuxer'> & { fromMs: number };

/** One media player, bound to one voice of the mixer for life. */
export type VlcPlayer = {
  /** False: libvlc refused. Not before the last `stop` has resolved. */
  play(file: VlcFile): boolean;
  /** Stops decoding, at once or nearly so, until told otherwise. What was decoded stays. */
  pause(paused: boolean): void;
  /** Resolves when no thread of libvlc touches the voice any more. */
  stop(): Promise<void>;
};

export type Libvlc = {
  version: string;
  createPlayer(voice: bigint, callbacks: MixerCallbacks): VlcPlayer;
};

const bind = (library: LibraryHandle) => ({
  new: library.func('void *libvlc_new(int argc, const char **argv)'),
  version: library.func('const char *libvlc_get_version()'),
  playerNew: library.func('void *libvlc_media_player_new(void *vlc)'),
  setCallbacks: library.func(
    'void libvlc_audio_set_callbacks(void *player, void *play, void *pause, void *resume, void *flush, void *drain, void *opaque)',
  ),
  setFormat: library.func(
    'void libvlc_audio_set_format(void *player, const char *format, unsigned int rate, unsigned int channels)',
  ),
  eventManager: library.func('void *libvlc_media_player_event_manager(void *player)'),
  eventAttach: library.func(
    'int libvlc_event_attach(void *manager, int type, void *callback, void *opaque)',
  ),
  mediaNew: library.func('void *libvlc_media_new_path(void *vlc, const char *path)'),
  mediaOption: library.func('void libvlc_media_add_option(void *media, const char *option)'),
  mediaRelease: library.func('void libvlc_media_release(void *media)'),
  setMedia: library.func('void libvlc_media_player_set_media(void *player, void *media)'),
  play: library.func('int libvlc_media_player_play(void *player)'),
  setPause: library.func('void libvlc_media_player_set_pause(void *player, int paused)'),
  stop: library.func('void libvlc_media_player_stop(void *player)'),
});
type Functions = ReturnType<typeof bind>;

const createPlayer = (
  vlc: Functions,
  instance: bigint,
  voice: bigint,
  callbacks: MixerCallbacks,
): VlcPlayer => {
  const player: bigint = vlc.playerNew(instance);
  vlc.setCallbacks(player, callbacks.play, null, null, callbacks.flush, callbacks.drain, voice);
  vlc.setFormat(player, 'S16N', 48_000, 2);
  const manager: bigint = vlc.eventManager(player);
  for (const type of Object.values(attachedEvents))
    vlc.eventAttach(manager, type, callbacks.event, voice);

  return {
    play({ path, demuxer, fromMs }) {
      const media: bigint | null = vlc.mediaNew(instance, path);
      if (media === null) return false;
      // Named, so that libvlc never guesses: a playlist under another name stays closed.
      vlc.mediaOption(media, `:demux=${demuxer}`);
      // Where to end is the mixer's matter, to the frame.
      if (fromMs > 0) vlc.mediaOption(media, `:start-time=${fromMs / 1000}`);
      vlc.setMedia(player, media);
      vlc.mediaRelease(media);
      return vlc.play(player) === 0;
    },
    pause: (paused) => vlc.setPause(player, paused ? 1 : 0),
    // Joins libvlc's threads, which takes some milliseconds: never in the event loop.
    stop: () =>
      new Promise((resolve, reject) => {
        vlc.stop.async(player, (error: Error | null) => (error ? reject(error) : resolve()));
      }),
  };
};

export const openLibvlc = (): Libvlc => {
  let library: LibraryHandle;
  try {
    library = loadLibrary('libvlc.so.5');
  } catch (error) {
    throw new Error('libvlc is missing. As root: apt-get install libvlc5 vlc-plugin-base', {
      cause: error,
    });
  }
  const vlc = bind(library);
  const instance: bigint | null = vlc.new(args.length, args);
  if (instance === null)
    throw new Error('libvlc does not start: are its plugins (vlc-plugin-base) installed?');
  return {
    version: vlc.version(),
    createPlayer: (voice, callbacks) => createPlayer(vlc, instance, voice, callbacks),
  };
};
