import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Schedule } from '../../server/schedules/contract.ts';
import type { FieldErrors } from '../api/field-errors.ts';
import { field, labelled } from '../design/field.ts';
import { weekdayField, weekdays, weekend, workingDays, type Weekday } from '../design/weekdays.ts';
import type { Chosen, ScheduleField } from './schedule-form.ts';

const shortcuts: readonly { label: string; days: readonly Weekday[] }[] = [
  { label: msg('Every day'), days: weekdays },
  { label: msg('Weekdays'), days: workingDays },
  { label: msg('Weekends'), days: weekend },
];

type Options = {
  schedule: Schedule | null;
  chosen: Chosen;
  errors: FieldErrors<ScheduleField>;
  choose: (changes: Partial<Chosen>) => void;
};

/** By weekday and time, or by a cron pattern, in a time zone. */
export const whenFields = (options: Options): TemplateResult => {
  const { schedule, chosen, errors, choose } = options;
  const by = (value: Chosen['by'], label: string): TemplateResult =>
    html`<label
      ><input
        type="radio"
        name="by"
        .value=${value}
        .checked=${chosen.by === value}
        @change=${() => choose({ by: value })}
      /><span>${label}</span></label
    >`;
  return html`<fieldset>
      <legend>${msg('When')}</legend>
      <div class="segments">
        ${by('week', msg('Days and time'))}${by('cron', msg('Cron pattern'))}
      </div>
    </fieldset>
    ${chosen.by === 'week' ? byWeek(options) : byCron(options)}
    ${field({
      id: 'zone',
      label: msg('Time zone'),
      value: schedule?.zone ?? '',
      note: schedule
        ? msg('By the clocks of this place it fires.')
        : msg('Such as Europe/Berlin. Empty: the house’s own.'),
      error: errors.zone,
      maxLength: 64,
    })}`;
};

const byWeek = ({ schedule, chosen, errors, choose }: Options): TemplateResult => {
  const before = schedule?.when ?? null;
  const time = before && 'time' in before ? before.time : '07:00';
  return html`<div class="week">
    ${weekdayField({
      legend: msg('Days'),
      days: chosen.days,
      error: errors.weekdays,
      onChange: (days) => choose({ days }),
    })}
    <div class="quick">
      ${shortcuts.map(
        ({ label, days }) =>
          html`<button type="button" class="button" @click=${() => choose({ days })}>
            ${label}
          </button>`,
      )}
    </div>
    ${labelled(
      { id: 'time', label: msg('Time'), value: time, error: errors.time },
      html`<input
        id="time"
        name="time"
        type="time"
        class="clock"
        .value=${time}
        aria-describedby="time-note"
        aria-invalid=${errors.time ? 'true' : nothing}
      />`,
    )}
  </div>`;
};

const byCron = ({ schedule, errors }: Options): TemplateResult => {
  const before = schedule?.when ?? null;
  return field({
    id: 'cron',
    label: msg('Cron pattern'),
    value: before && 'cron' in before ? before.cron : '',
    note: msg(
      'Minute, hour, day of the month, month, day of the week: 30 7 * * 1-5 is 07:30 on working days.',
    ),
    error: errors.cron,
    maxLength: 100,
  });
};
