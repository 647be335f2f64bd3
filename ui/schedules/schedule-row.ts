import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { base } from '../design/base.styles.ts';
import { formStyles } from '../design/form.styles.ts';
import { icons } from '../design/icons.ts';
import '../design/menu.ts';
import type { MenuChoiceEvent, MenuEntry } from '../design/menu.ts';
import type { DeedType } from './schedule-body.ts';
import { scheduleIcons } from './schedule-icons.ts';
import { scheduleRowStyles } from './schedule-row.styles.ts';
import type { ShownSchedule } from './schedules.ts';
import {
  daysOfWhen,
  deedSentence,
  firedWord,
  nextWord,
  timeWord,
  type Names,
} from './schedule-words.ts';

export type ScheduleAct = 'enable' | 'disable' | 'edit' | 'fire' | 'remove';

/** Something is wanted of one schedule. */
export class ScheduleEvent extends Event {
  readonly act: ScheduleAct;

  constructor(act: ScheduleAct) {
    super('enc-schedule');
    this.act = act;
  }
}

const deedIcons: Record<DeedType, TemplateResult> = {
  play_sound: icons.effects,
  play_playlist: icons.playlists,
  say: icons.speech,
  stop: scheduleIcons.stop,
};

const entries: readonly MenuEntry[] = [
  { id: 'edit', label: msg('Edit…'), icon: scheduleIcons.edit },
  { id: 'fire', label: msg('Try it now'), icon: scheduleIcons.fire },
  { id: 'remove', label: msg('Delete'), icon: scheduleIcons.remove, danger: true, rule: true },
];

/**
 * One schedule: its time in large, what it does, when it is next, and whether it is on.
 *
 * @event {ScheduleEvent} enc-schedule - what is to be done with it
 */
@customElement('enc-schedule-row')
export class EncScheduleRow extends LitElement {
  static override readonly styles = [base, formStyles, scheduleRowStyles];

  @property({ attribute: false }) schedule!: ShownSchedule;
  @property({ attribute: false }) names!: Names;
  @property({ type: Number }) now = Date.now();
  @property({ type: Boolean }) offline = false;

  override render(): TemplateResult {
    const { schedule, now } = this;
    const { name, enabled, when, what, alarm, problem, fired_at } = schedule;
    const time = timeWord(when);
    return html`<div class=${enabled ? 'row' : 'row off'}>
      <div class="when">
        <span class=${time ? 'time' : 'time words'}>${time ?? msg('By pattern')}</span>
        <span class="days">${daysOfWhen(when)}</span>
      </div>
      <div class="what">
        <b>${name}${alarm ? html`<span class="chip">${msg('Alarm')}</span>` : nothing}</b>
        <span class="deed">${deedIcons[what.type]}${deedSentence(what, this.names)}</span>
        ${problem ? html`<span class="fault">${icons.broken}${problem}</span>` : nothing}
      </div>
      <div class="next">
        <b>${this.#next()}</b>
        <span>${firedWord(fired_at, now)}</span>
      </div>
      <input
        type="checkbox"
        class="switch"
        aria-label=${msg(str`${name} is on`)}
        .checked=${live(enabled)}
        ?disabled=${this.offline}
        @change=${(event: Event) =>
          this.#say((event.target as HTMLInputElement).checked ? 'enable' : 'disable')}
      />
      <enc-menu
        label=${msg(str`More for ${name}`)}
        .entries=${this.offline ? offlineEntries : entries}
        @enc-menu-choice=${({ id }: MenuChoiceEvent) => this.#say(id as ScheduleAct)}
      ></enc-menu>
    </div>`;
  }

  #next(): string {
    const { schedule, now } = this;
    if (!schedule.enabled) return msg('Off');
    if (schedule.pending) return '';
    return nextWord(schedule, now) ?? (schedule.next_at === null ? msg('Never again') : '');
  }

  #say(act: ScheduleAct): void {
    this.dispatchEvent(new ScheduleEvent(act));
  }
}

const offlineEntries = entries.map((entry) => ({ ...entry, disabled: true }));

declare global {
  interface HTMLElementTagNameMap {
    'enc-schedule-row': EncScheduleRow;
  }
  interface HTMLElementEventMap {
    'enc-schedule': ScheduleEvent;
  }
}
