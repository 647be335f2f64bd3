import { msg } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import type { QuietHours } from '../../server/household/contract.ts';
import { locale } from './locale.ts';

export type Weekday = QuietHours['days'][number];

/** From Monday on. */
export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const workingDays = weekdays.slice(0, 5);
export const weekend = weekdays.slice(5);

const named = (weekday: 'long' | 'short') => {
  const format = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
  // The first of January 2024 was a Monday.
  return (day: Weekday): string => format.format(Date.UTC(2024, 0, 1 + weekdays.indexOf(day)));
};
const long = named('long');
/** "Mon" */
export const shortDay = named('short');

const same = (days: readonly Weekday[], others: readonly Weekday[]): boolean =>
  days.length === others.length && others.every((day) => days.includes(day));

/** "Every day", "Weekdays", "Weekends", "Mon, Wed, Fri"; "No day" for none. */
export const daysWord = (days: readonly Weekday[]): string => {
  if (days.length === 0) return msg('No day');
  if (same(days, weekdays)) return msg('Every day');
  if (same(days, workingDays)) return msg('Weekdays');
  if (same(days, weekend)) return msg('Weekends');
  return weekdays
    .filter((day) => days.includes(day))
    .map(shortDay)
    .join(', ');
};

/** The same within a sentence, where only the names of days keep their capitals. */
export const daysWithin = (days: readonly Weekday[]): string => {
  const word = daysWord(days);
  const isList = ![weekdays, workingDays, weekend].some((known) => same(days, known));
  return isList ? word : `${word.charAt(0).toLowerCase()}${word.slice(1)}`;
};

export type WeekdayOptions = {
  legend: string;
  days: readonly Weekday[];
  disabled?: boolean;
  error?: string | undefined;
  onChange: (days: Weekday[]) => void;
};

/** The seven days as keys to be pressed in or out. Styles: `weekdayStyles`. */
export const weekdayField = (options: WeekdayOptions): TemplateResult => {
  const { legend, days, disabled = false, error, onChange } = options;
  const turn = (day: Weekday, on: boolean): void =>
    onChange(weekdays.filter((one) => (one === day ? on : days.includes(one))));
  return html`<fieldset class="weekdays" ?disabled=${disabled}>
    <legend>${legend}</legend>
    <div>
      ${weekdays.map(
        (day) =>
          html`<label>
            <input
              type="checkbox"
              name="weekdays"
              .value=${day}
              .checked=${days.includes(day)}
              aria-label=${long(day)}
              @change=${(event: Event) => turn(day, (event.target as HTMLInputElement).checked)}
            /><span aria-hidden="true">${shortDay(day)}</span>
          </label>`,
      )}
    </div>
    ${error ? html`<p class="error" role="alert">${error}</p>` : ''}
  </fieldset>`;
};

export const weekdayStyles = css`
  .weekdays {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .weekdays legend {
    margin-block-end: 6px;
    padding: 0;
    font-size: 12px;
    font-weight: 500;
  }

  .weekdays > div {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 58px));
    gap: 5px;
  }

  .weekdays label {
    position: relative;
    cursor: pointer;
  }

  .weekdays input {
    position: absolute;
    inset: 0;
    z-index: 1;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .weekdays span {
    display: grid;
    place-items: center;
    block-size: 44px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    color: var(--text-2);
    font-size: 12.5px;
    font-weight: 560;
    transition:
      background-color var(--hover),
      transform var(--press);
  }

  .weekdays :checked + span {
    border-color: var(--strong);
    background: var(--strong);
    color: var(--on-strong);
  }

  .weekdays :active + span {
    transform: scale(0.972);
  }

  .weekdays :focus-visible + span {
    outline: 2px solid var(--accent-text);
    outline-offset: 2px;
  }

  .weekdays:disabled span {
    opacity: 0.6;
  }

  .weekdays .error {
    margin: 5px 0 0;
    color: var(--danger-text);
    font-size: 12px;
    font-weight: 500;
  }

  @media (forced-colors: active) {
    .weekdays :checked + span {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
