/** How libvlc is told to open a file: its native demuxers cut short ogg, opus, m4a and flac files. */
export const demuxers = ['wav', 'mp3', 'avformat'] as const;
