import type { Recorded } from '../kernel/event.ts';
import type { FeedMap } from '../kernel/feed.ts';
import type { SoundEvent } from './events.ts';

/** What the catalogue shows. */
const shown = [
  'SoundAdded',
  'SoundFileReplaced',
  'SoundFileMoved',
  'SoundMissing',
  'SoundFound',
  'SoundRemoved',
  'SoundRestored',
] as const satisfies readonly SoundEvent['type'][];

/** A change of these changes the answer. */
export const waveformEvents: ReadonlySet<string> = new Set(shown);
export const catalogueEvents: ReadonlySet<string> = new Set([
  ...shown,
  'SoundRenamed',
  'SoundTagged',
  // A play changes a count, not a waveform.
  'PlayStarted',
  'TrackCounted',
]);

const changed = (event: Recorded) => ({
  type: 'sound_changed',
  data: { sound_id: event.data['sound_id'] },
});

/** A favourite is nobody else's business. */
const favourite = (isOne: boolean) => (recorded: Recorded) => {
  const { data } = recorded as Extract<Recorded<SoundEvent>, { type: 'SoundFavourited' }>;
  return {
    type: 'sound_changed',
    data: { sound_id: data.sound_id, favourite: isOne },
    audience: ({ actor }: { actor: string }) => actor === data.user_id,
  };
};

export const soundsFeed: FeedMap = {
  SoundAdded: changed,
  SoundFileReplaced: changed,
  SoundFileMoved: changed,
  SoundMissing: changed,
  SoundFound: changed,
  SoundRenamed: changed,
  SoundTagged: changed,
  SoundGainSet: changed,
  SoundPolicySet: changed,
  SoundTrimmed: changed,
  SoundRemoved: changed,
  SoundRestored: changed,
  SoundNormalized: changed,
  NormalizedFileLost: changed,
  SoundFavourited: favourite(true),
  SoundUnfavourited: favourite(false),
};
