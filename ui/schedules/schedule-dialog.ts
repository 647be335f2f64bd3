import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Schedule } from '../../server/schedules/contract.ts';
import type { Voice } from '../../server/speech/contract.ts';
import { fieldErrorsOf, withoutTyped, type FieldErrors } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { selectField } from '../design/choice-fields.ts';
import '../design/dialog.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { field } from '../design/field.ts';
import { formStyles } from '../design/form.styles.ts';
import { rangeStyles } from '../design/range-field.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { weekdayStyles, workingDays } from '../design/weekdays.ts';
import { playlistFields, sayFields } from './deed-fields.ts';
import type { DeedType } from './schedule-body.ts';
import { scheduleDialogStyles } from './schedule-dialog.styles.ts';
import { readSchedule, scheduleFields, type Chosen, type ScheduleField } from './schedule-form.ts';
import { deedWords } from './schedule-words.ts';
import type { Schedules } from './schedules.ts';
import type { SoundChosenEvent } from './sound-field.ts';
import './sound-field.ts';
import { whenFields } from './when-fields.ts';

const form = {
  fields: scheduleFields,
  codes: { unknown_voice: 'voice', unknown_language: 'language' },
  rest: 'rest',
} as const;

const deeds = Object.entries(deedWords).map(([value, label]) => ({ value, label }));

const chosenOf = (schedule: Schedule | null): Chosen => {
  const deed = schedule?.what ?? { type: 'play_sound', sound_id: '' };
  const when = schedule?.when ?? { weekdays: workingDays, time: '07:00' };
  return {
    deed: deed.type,
    by: 'cron' in when ? 'cron' : 'week',
    days: 'cron' in when ? workingDays : when.weekdays,
    soundId: deed.type === 'play_sound' && deed.sound_id !== '' ? deed.sound_id : null,
    volume: deed.type === 'play_playlist' ? (deed.volume ?? null) : null,
  };
};

/**
 * What is to happen and when, new or as it stands.
 *
 * @event {DialogLeftEvent} enc-dialog-left - it is done with
 */
@customElement('enc-schedule-dialog')
export class EncScheduleDialog extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    fieldStyles,
    formStyles,
    rangeStyles,
    weekdayStyles,
    scheduleDialogStyles,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) schedules!: Schedules;
  /** Null makes a new one. */
  @property({ attribute: false }) schedule: Schedule | null = null;
  @state() private chosen!: Chosen;
  @state() private voices: readonly Voice[] | null = null;
  @state() private errors: FieldErrors<ScheduleField> = {};
  @state() private busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.chosen = chosenOf(this.schedule);
    if (this.chosen.deed === 'say') void this.#loadVoices();
  }

  override render(): TemplateResult {
    const { schedule, errors, chosen } = this;
    return html`<enc-dialog
      heading=${schedule ? msg(str`Edit ${schedule.name}`) : msg('New schedule')}
      @enc-dialog-left=${this.#leave}
    >
      <form id="schedule" class="form" novalidate @submit=${this.#save} @input=${this.#onInput}>
        ${field({
          id: 'name',
          label: msg('Name'),
          value: schedule?.name ?? '',
          error: errors.name,
          maxLength: 100,
          autofocus: true,
        })}
        ${selectField({
          id: 'deed',
          label: msg('What happens'),
          value: chosen.deed,
          options: deeds,
          onChange: (deed) => this.#chooseDeed(deed as DeedType),
        })}
        ${this.#deed()}
        ${whenFields({
          schedule,
          chosen,
          errors,
          choose: (changes) => this.#choose(changes),
        })}
        <label class="switch-line"
          ><span
            >${msg('Alarm')}<small
              >${msg('Sounds in quiet hours too, where the settings let alarms pass.')}</small
            ></span
          >
          <input type="checkbox" class="switch" name="alarm" .checked=${schedule?.alarm ?? false} />
        </label>
        <p class="problem" role="alert">${errors.rest ?? nothing}</p>
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        type="submit"
        form="schedule"
        class="button primary"
        ?disabled=${this.busy}
      >
        ${this.busy ? msg('One moment…') : schedule ? msg('Save') : msg('Make the schedule')}
      </button>
    </enc-dialog>`;
  }

  #deed(): TemplateResult | typeof nothing {
    const { chosen, errors } = this;
    const before = this.schedule?.what;
    switch (chosen.deed) {
      case 'play_sound':
        return html`<enc-sound-field
          .library=${this.library}
          .soundId=${chosen.soundId}
          error=${errors.sound_id ?? ''}
          ?data-invalid=${errors.sound_id !== undefined}
          @enc-sound-chosen=${({ soundId }: SoundChosenEvent) => this.#choose({ soundId })}
        ></enc-sound-field>`;
      case 'play_playlist':
        return playlistFields({
          before: before?.type === 'play_playlist' ? before : null,
          playlists: this.schedules.playlists.value,
          volume: chosen.volume,
          errors,
          setVolume: (volume) => this.#choose({ volume }),
        });
      case 'say':
        return sayFields({
          before: before?.type === 'say' ? before : null,
          voices: this.voices,
          errors,
        });
      case 'stop':
        return nothing;
    }
  }

  #choose(changes: Partial<Chosen>): void {
    this.chosen = { ...this.chosen, ...changes };
    const { soundId, days } = changes;
    const { sound_id, weekdays, ...rest } = this.errors;
    this.errors = {
      ...rest,
      ...(sound_id !== undefined && soundId === undefined && { sound_id }),
      ...(weekdays !== undefined && days === undefined && { weekdays }),
    };
  }

  #chooseDeed(deed: DeedType): void {
    this.#choose({ deed });
    if (deed === 'say' && this.voices === null) void this.#loadVoices();
  }

  /** Without the list the house's own voice still speaks. */
  async #loadVoices(): Promise<void> {
    this.voices = await this.http
      .get<{ items: Voice[] }>('/sounds/tts/voices')
      .then(({ items }) => items)
      .catch(() => null);
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const { schedule } = this;
    const { body, errors } = readSchedule(
      new FormData(event.target as HTMLFormElement),
      this.chosen,
    );
    // Left out it would stay as it was, and the field would say something else.
    const noZone = schedule !== null && body.zone === undefined;
    this.errors = noZone
      ? { ...errors, zone: msg('Give a time zone, such as Europe/Berlin.') }
      : errors;
    if (Object.keys(this.errors).length > 0) return this.#focusFault();
    this.busy = true;
    try {
      await (schedule
        ? this.schedules.change(schedule.id, body)
        : this.schedules.make({ ...body, enabled: true }));
      this.dispatchEvent(new ToastEvent(msg(str`${body.name}: saved.`), null, 'done'));
      this.#leave();
    } catch (error) {
      this.errors = fieldErrorsOf(error, form);
      void this.#focusFault();
    } finally {
      this.busy = false;
    }
  };

  async #focusFault(): Promise<void> {
    await this.updateComplete;
    this.renderRoot
      .querySelector<HTMLElement>('[aria-invalid], [data-invalid], .weekdays:has(.error) input')
      ?.focus();
  }

  readonly #onInput = (event: Event): void => {
    this.errors = withoutTyped(this.errors, event);
  };

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-schedule-dialog': EncScheduleDialog;
  }
}
