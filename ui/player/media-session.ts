import type { PlayerSummary } from '../../server/player/contract.ts';
import type { Player } from './player.ts';

const skipMs = 10_000;

/** Tells the system's own media controls what plays. */
export const showInSystem = (state: PlayerSummary | null): void => {
  if (!('mediaSession' in navigator)) return;
  const { sound, playlist, status } = state ?? {};
  navigator.mediaSession.metadata = sound
    ? new MediaMetadata({ title: sound.name, album: playlist?.name ?? '', artist: 'Encore' })
    : null;
  navigator.mediaSession.playbackState = sound
    ? status === 'playing'
      ? 'playing'
      : 'paused'
    : 'none';
};

/** Lets the system's media keys reach the player; the answer lets go of them. */
export const takeMediaKeys = (player: Player, act: (work: Promise<void>) => void): (() => void) => {
  if (!('mediaSession' in navigator)) return () => {};
  const session = navigator.mediaSession;
  const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
    ['play', () => act(player.play())],
    ['pause', () => act(player.pause())],
    ['stop', () => act(player.stop())],
    ['nexttrack', () => act(player.next())],
    ['previoustrack', () => act(player.previous())],
    ['seekbackward', () => act(player.seek(player.position.peek() - skipMs))],
    ['seekforward', () => act(player.seek(player.position.peek() + skipMs))],
    ['seekto', ({ seekTime }) => act(player.seek((seekTime ?? 0) * 1000))],
  ];
  for (const [action, handler] of handlers) session.setActionHandler(action, handler);
  return () => {
    for (const [action] of handlers) session.setActionHandler(action, null);
  };
};
