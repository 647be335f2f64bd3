import { css, html, type TemplateResult } from 'lit';
import type { HoursOfWeek } from '../../server/soundboard/contract.ts';
import { cssProps } from '../design/css-props.ts';
import { countWord } from '../design/words.ts';
import { shortDay, weekdays } from '../design/weekdays.ts';

export const dayWords: readonly string[] = weekdays.map(shortDay);
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** "20:00" */
export const hourWord = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** Five steps of warmth, 0 for nothing at all. */
export const warmth = (plays: number, most: number): number =>
  plays === 0 ? 0 : Math.max(1, Math.ceil((plays / most) * 5));

/** Weekdays as rows, hours as columns. For the eye alone: the table beside it says the same. */
export const heatMap = (counts: HoursOfWeek): TemplateResult => {
  const most = Math.max(1, ...counts.flat());
  return html`<div class="heat" aria-hidden="true">
    ${counts.map(
      (day, at) =>
        html`<span class="day">${dayWords[at]}</span>${day.map(
            (plays, hour) =>
              html`<i
                class="w${warmth(plays, most)}"
                title="${dayWords[at]} ${hourWord(hour)}: ${countWord(plays)}"
              ></i>`,
          )}`,
    )}
    <span></span>
    ${hours
      .filter((hour) => hour % 6 === 0)
      .map(
        (hour) =>
          html`<span class="hour" ${cssProps({ 'grid-column': `${hour + 2} / span 6` })}
            >${hourWord(hour)}</span
          >`,
      )}
  </div>`;
};

export const heatMapStyles = css`
  .heat {
    display: grid;
    grid-template-columns: 40px repeat(24, minmax(0, 1fr));
    gap: 3px;
    align-items: center;
    margin-block-start: 16px;
  }

  .heat .day,
  .heat .hour {
    color: var(--text-2);
    font-size: 12px;
  }

  .heat .hour {
    color: var(--text-3);
  }

  .heat i {
    block-size: 22px;
    border-radius: 4px;
    background: var(--surface-3);
  }

  .heat .w1 {
    background: color-mix(in oklab, var(--accent) 20%, var(--surface-3));
  }

  .heat .w2 {
    background: color-mix(in oklab, var(--accent) 40%, var(--surface-3));
  }

  .heat .w3 {
    background: color-mix(in oklab, var(--accent) 60%, var(--surface-3));
  }

  .heat .w4 {
    background: color-mix(in oklab, var(--accent) 80%, var(--surface-3));
  }

  .heat .w5 {
    background: var(--accent);
  }

  @media (max-width: 759.98px) {
    .heat {
      grid-template-columns: 34px repeat(24, minmax(0, 1fr));
      gap: 2px;
    }

    .heat i {
      block-size: 18px;
      border-radius: 3px;
    }
  }

  @media (forced-colors: active) {
    .heat i {
      forced-color-adjust: none;
    }
  }
`;
