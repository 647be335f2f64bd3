import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Sound, Waveform } from '../../server/sounds/contract.ts';
import { fieldErrorsOf, type FieldErrors, type Form } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import { Loading } from '../api/loading.ts';
import { sentenceOf } from '../api/problem.ts';
import { hueOf } from '../board/hue-of.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { cssProps } from '../design/css-props.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { field } from '../design/field.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { formStyles } from '../design/form.styles.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { Watch } from '../design/watch.ts';
import { createListening, type Listening } from './listening.ts';
import { padIcons } from './pad-icons.ts';
import { SoundSavedEvent } from './sound-saved-event.ts';
import { trimStyles } from './trim-dialog.styles.ts';
import {
  cutOf,
  finePath,
  keyedTo,
  nearestEdge,
  readSeconds,
  secondsWord,
  trimOf,
  waveHeight,
  waveWidth,
  withEdge,
  type Cut,
  type Edge,
} from './trim.ts';

type Field = 'start_ms' | 'end_ms' | 'trim';
const form: Form<Field> = { fields: ['start_ms', 'end_ms'], rest: 'trim' };

const edges = {
  startMs: { field: 'start_ms', label: msg('Start') },
  endMs: { field: 'end_ms', label: msg('End') },
} as const;

/**
 * Where a sound begins and ends when it is played; the file stays as it is.
 *
 * @event {SoundSavedEvent} enc-sound-saved - the server has it
 * @event {DialogLeftEvent} enc-dialog-left - the dialog is done with
 */
@customElement('enc-trim-dialog')
export class EncTrimDialog extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    fieldStyles,
    formStyles,
    hueClasses,
    trimStyles,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) sound!: Sound;
  @state() private cut: Cut = { startMs: 0, endMs: 0 };
  @state() private errors: FieldErrors<Field> = {};
  @state() private busy = false;
  @query('.wave') private readonly wave!: HTMLElement;

  readonly #waveform = new Loading(this, () =>
    this.http.get<Waveform>(`/sounds/${this.sound.id}/waveform`),
  );
  #listening!: Listening;
  #dragged: Edge | null = null;

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.#listening?.positionMs.value));
  }

  override connectedCallback(): void {
    this.#listening = createListening(this.http);
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.stop();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('sound')) this.cut = cutOf(this.sound.trim, this.sound.duration);
  }

  override render(): TemplateResult {
    const { sound, cut, errors } = this;
    const whole = trimOf(cut, sound.duration) === null;
    const listens = this.#listening.positionMs.value !== null;
    return html`<enc-dialog
      heading=${msg(str`Trim “${sound.name}”`)}
      @enc-dialog-left=${this.#leave}
    >
      <form id="trim" novalidate @submit=${this.#onSubmit}>
        ${this.#wave()}
        <div class="times" @change=${this.#onTime} @keydown=${this.#onFieldKey}>
          ${this.#time('startMs')} ${this.#time('endMs')}
          <p class="sum">
            <b>${msg(str`Plays ${secondsWord(cut.endMs - cut.startMs)} s`)}</b>
            ${msg(str`of ${secondsWord(sound.duration)} s`)}
          </p>
        </div>
        <div class="tools">
          <button type="button" class="button" @click=${this.#onListen}>
            ${listens ? padIcons.stop : padIcons.preview}${listens ? msg('Stop') : msg('Listen')}
          </button>
          <button
            type="button"
            class="button"
            aria-disabled=${whole ? 'true' : 'false'}
            @click=${this.#reset}
          >
            ${msg('Whole sound')}
          </button>
        </div>
        <p class="problem" role="alert">${errors.trim ?? this.#waveform.error}</p>
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        class="button primary"
        form="trim"
        aria-disabled=${this.busy ? 'true' : 'false'}
      >
        ${this.busy ? msg('One moment…') : msg('Save')}
      </button>
    </enc-dialog>`;
  }

  #wave(): TemplateResult {
    const { cut, sound } = this;
    const peaks = this.#waveform.value?.peaks;
    const at = this.#listening.positionMs.value;
    return html`<div
      class="wave hue-${hueOf(sound)}"
      @pointerdown=${this.#onDown}
      @pointermove=${this.#onMove}
      @pointerup=${this.#onUp}
      @pointercancel=${this.#onUp}
    >
      ${
        peaks
          ? html`<svg
              viewBox="0 0 ${waveWidth(peaks)} ${waveHeight}"
              preserveAspectRatio="none"
              aria-hidden="true"
            >
              <path d=${finePath(peaks)}></path>
            </svg>`
          : html`<div class="bone"></div>`
      }
      <div class="outside before" ${cssProps({ 'inline-size': this.#place(cut.startMs) })}></div>
      <div
        class="outside after"
        ${cssProps({ 'inline-size': this.#place(sound.duration - cut.endMs) })}
      ></div>
      ${
        at === null
          ? nothing
          : html`<div class="playhead" ${cssProps({ left: this.#place(at) })}></div>`
      }
      ${this.#handle('startMs')} ${this.#handle('endMs')}
    </div>`;
  }

  #handle(edge: Edge): TemplateResult {
    const at = this.cut[edge];
    return html`<div
      class="handle"
      role="slider"
      tabindex="0"
      data-edge=${edge}
      ?autofocus=${edge === 'startMs'}
      aria-label=${edges[edge].label}
      aria-valuemin="0"
      aria-valuemax=${this.sound.duration}
      aria-valuenow=${at}
      aria-valuetext=${msg(str`${secondsWord(at)} seconds`)}
      ${cssProps({ left: this.#place(at) })}
      @keydown=${(event: KeyboardEvent) => this.#onKey(event, edge)}
    ></div>`;
  }

  #time(edge: Edge): TemplateResult {
    const { field: id, label } = edges[edge];
    return field({
      id,
      label: msg(str`${label}, seconds`),
      value: secondsWord(this.cut[edge]),
      error: this.errors[id],
    });
  }

  #place(ms: number): string {
    return `${this.sound.duration > 0 ? (ms / this.sound.duration) * 100 : 0}%`;
  }

  #move(edge: Edge, toMs: number): void {
    this.cut = withEdge(this.cut, edge, toMs, this.sound.duration);
    this.errors = {};
    this.#listening.stop();
  }

  #msAt({ clientX }: PointerEvent): number {
    const { left, width } = this.wave.getBoundingClientRect();
    // In whole steps: a pixel of a long sound is more than what can be heard.
    return Math.round((((clientX - left) / width) * this.sound.duration) / 10) * 10;
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    const grabbed = (event.target as HTMLElement).dataset['edge'];
    const edge = (grabbed as Edge | undefined) ?? nearestEdge(this.cut, this.#msAt(event));
    this.#dragged = edge;
    this.wave.setPointerCapture(event.pointerId);
    this.renderRoot.querySelector<HTMLElement>(`[data-edge=${edge}]`)?.focus();
    if (!grabbed) this.#move(edge, this.#msAt(event));
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (this.#dragged) this.#move(this.#dragged, this.#msAt(event));
  };

  readonly #onUp = (): void => {
    this.#dragged = null;
  };

  #onKey(event: KeyboardEvent, edge: Edge): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = keyedTo(event, this.cut[edge], this.sound.duration);
    if (to === null) return;
    event.preventDefault();
    this.#move(edge, to);
  }

  readonly #onTime = ({ target }: Event): void => {
    this.#read(target as HTMLInputElement);
  };

  /** Enter saves what stands in the field, so that it has to be read first. */
  readonly #onFieldKey = ({ key, target }: KeyboardEvent): void => {
    if (key === 'Enter') this.#read(target as HTMLInputElement);
  };

  #read(input: HTMLInputElement): void {
    const edge: Edge = input.name === 'start_ms' ? 'startMs' : 'endMs';
    const ms = readSeconds(input.value);
    if (ms === null) {
      this.errors = { [edges[edge].field]: msg('Give seconds, such as 1.25.') };
      return;
    }
    this.#move(edge, ms);
    input.value = secondsWord(this.cut[edge]);
  }

  readonly #reset = (): void => {
    this.cut = cutOf(null, this.sound.duration);
    this.errors = {};
    this.#listening.stop();
  };

  readonly #onListen = async (): Promise<void> => {
    if (this.#listening.positionMs.peek() !== null) return this.#listening.stop();
    const { id, gain } = this.sound;
    try {
      await this.#listening.start({ soundId: id, gainDb: gain, ...this.cut });
    } catch (error) {
      this.errors = { trim: sentenceOf(error) };
    }
  };

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy || this.errors.start_ms || this.errors.end_ms) return;
    this.busy = true;
    try {
      const { id, duration } = this.sound;
      const body = { trim: trimOf(this.cut, duration) };
      const saved = await this.http.patch<Sound>(`/sounds/${id}`, body);
      this.dispatchEvent(new SoundSavedEvent(saved));
    } catch (error) {
      this.errors = fieldErrorsOf(error, form);
    } finally {
      this.busy = false;
    }
  };

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-trim-dialog': EncTrimDialog;
  }
}
