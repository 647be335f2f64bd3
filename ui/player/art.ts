import { css, html, nothing, type TemplateResult } from 'lit';
import type { TrackSound } from '../../server/player/contract.ts';
import { hueOf } from '../board/hue-of.ts';
import { waveformHeight, waveformPath, waveformWidth } from '../board/waveform-path.ts';

type Arted = Pick<TrackSound, 'tags' | 'type'>;

/** A sound as a tile: its waveform on its hue. Styles: `hueClasses`, `artStyles`. */
export const art = (
  sound: Arted | null,
  waveform: string | undefined,
  playing = false,
): TemplateResult => {
  const box = `0 0 ${waveformWidth} ${waveformHeight}`;
  return html`<span class="art ${sound ? `hue-${hueOf(sound)}` : 'none'}" aria-hidden="true">
    <svg viewBox=${box} preserveAspectRatio="none"><path d=${waveformPath(waveform)}></path></svg>
    ${
      playing
        ? html`<svg class="sounding" viewBox="0 0 20 20">
            <path d="M4 9h3v7H4zM8.5 5h3v11h-3zM13 12h3v4h-3z"></path>
          </svg>`
        : nothing
    }
  </span>`;
};

export const artStyles = css`
  .art {
    --h-edge: color-mix(in oklab, var(--h-line) 42%, transparent);

    position: relative;
    display: grid;
    flex: none;
    align-items: center;
    inline-size: var(--art, 38px);
    block-size: var(--art, 38px);
    border-radius: var(--art-radius, 6px);
    overflow: hidden;
    background: var(--h-live);
    box-shadow: inset 0 0 0 1px var(--h-edge);
  }

  .art.none {
    --h-line: var(--line-strong);
    --h-edge: var(--line);

    background: var(--surface-3);
  }

  .art > svg:not(.sounding) {
    inline-size: 100%;
    block-size: 42%;
    overflow: hidden;
  }

  .art path {
    fill: var(--h-line);
    fill-opacity: 0.8;
  }

  .art .sounding {
    position: absolute;
    inset: auto 4px 4px auto;
    inline-size: max(36%, 14px);
    block-size: max(36%, 14px);
    border-radius: 28%;
    background: color-mix(in oklab, var(--h-tint) 88%, var(--bg));
  }

  .art .sounding path {
    fill-opacity: 1;
  }
`;
