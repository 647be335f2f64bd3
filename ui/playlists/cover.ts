import { css, html, type TemplateResult } from 'lit';
import type { PlaylistEntry } from '../../server/playlists/contract.ts';
import { art } from '../player/art.ts';

/** The first sounds of a list as one tile. Styles: `hueClasses`, `artStyles`, `coverStyles`. */
export const cover = (
  sounds: readonly PlaylistEntry['sound'][],
  waveforms: Readonly<Record<string, string>>,
): TemplateResult => {
  // One, two or four of them fill a square.
  const shown = sounds.slice(0, sounds.length < 4 ? Math.min(2, sounds.length) : 4);
  return html`<span class="cover of-${shown.length}" aria-hidden="true"
    >${
      shown.length === 0
        ? art(null, undefined)
        : shown.map((sound) => art(sound, waveforms[sound.id]))
    }</span
  >`;
};

export const coverStyles = css`
  .cover {
    --art: 100%;
    --art-radius: 0;

    display: grid;
    flex: none;
    inline-size: var(--cover, 52px);
    block-size: var(--cover, 52px);
    border-radius: var(--cover-radius, 9px);
    overflow: hidden;
  }

  .cover.of-4 {
    grid-template: 1fr 1fr / 1fr 1fr;
  }
`;
