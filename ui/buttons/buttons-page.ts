import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Binding, Candidate } from '../../server/bindings/contract.ts';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { formStyles } from '../design/form.styles.ts';
import { icons } from '../design/icons.ts';
import '../design/menu.ts';
import type { MenuChoiceEvent } from '../design/menu.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import { agoWord } from '../design/time-words.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import '../feed/offline-strip.ts';
import { attempt } from '../player/attempt.ts';
import './binding-dialog.ts';
import { doesWord, vendorWords, whenWord, type Names } from './button-words.ts';
import { conflictsOf } from './conflicts.ts';
import { createButtons, type Buttons } from './buttons.ts';
import { buttonIcons } from './buttons-icons.ts';
import { buttonsPageStyles } from './buttons-page.styles.ts';
import './learn-screen.ts';
import type { LearntEvent } from './learn-screen.ts';

const skeletonAfterMs = 120;

/** What is open over the page. */
type Over =
  | { kind: 'nothing' }
  | { kind: 'learning' }
  | { kind: 'form'; binding: Binding | null; candidate: Candidate | null };

type Device = { readonly of: Binding['device']; readonly bindings: Binding[] };

/** Bindings of one device together, in the order of the first of them. */
const byDevice = (bindings: readonly Binding[]): Device[] => {
  const devices = new Map<string, Device>();
  for (const binding of bindings) {
    const { vendor, name } = binding.device;
    const key = `${vendor} ${name}`;
    const known = devices.get(key) ?? { of: binding.device, bindings: [] };
    known.bindings.push(binding);
    devices.set(key, known);
  }
  return [...devices.values()];
};

const entries = [
  { id: 'edit', label: msg('Edit'), icon: buttonIcons.edit },
  { id: 'remove', label: msg('Delete'), icon: buttonIcons.remove, danger: true, rule: true },
];

/** What buttons, cards and knobs do, and how a new one is taught. */
@customElement('enc-buttons-page')
export class EncButtonsPage extends LitElement {
  static override readonly styles = [base, buttons, formStyles, pageStyles, buttonsPageStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @state() private waited = false;
  @state() private over: Over = { kind: 'nothing' };
  /** Ids of those that are being switched, tried out or removed. */
  @state() private busy: ReadonlySet<string> = new Set();

  #buttons!: Buttons;
  /** Compared once for each list. */
  #compared: { of: readonly Binding[]; found: ReadonlyMap<string, string[]> } = {
    of: [],
    found: new Map(),
  };
  #leave: (() => void) | undefined;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const { status, bindings, playlists, session, pressed } = (this.#buttons ??= createButtons(
          this.http,
        ));
        const shown = [status, bindings, playlists, session, pressed];
        for (const one of [...shown, this.library.byId, this.feed.link]) void one.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopHearing = this.feed.on((message: FeedMessage) => this.#buttons.hear(message));
    let known = true;
    // The line came back: what happened meanwhile is on the server alone.
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) void this.#buttons.load();
      known = link === 'live' || link === 'checking';
    });
    const timer = setTimeout(() => (this.waited = true), skeletonAfterMs);
    void this.#buttons.load();
    this.#leave = () => {
      stopHearing();
      stopLink();
      clearTimeout(timer);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  get #offline(): boolean {
    return this.feed.link.value === 'offline';
  }

  get #names(): Names {
    return {
      sound: (id) => this.library.byId.value.get(id)?.name,
      playlist: (id) => this.#buttons.playlists.value.find((one) => one.id === id)?.name,
      person: (id) => this.#buttons.people.value.find((one) => one.id === id)?.name,
    };
  }

  override render(): TemplateResult {
    const some = this.#buttons.bindings.value.length > 0;
    return html`<div class="page">
        <div class="top">
          <div>
            <h1>${msg('Buttons')}</h1>
            <p class="lead">${msg('What buttons, cards and knobs in the house do.')}</p>
          </div>
          ${some ? this.#ways() : nothing}
        </div>
        <enc-offline-strip .feed=${this.feed}></enc-offline-strip>
        ${this.#content()}
      </div>
      ${this.#overlay()}`;
  }

  #ways(slot?: 'actions'): TemplateResult {
    const off = this.#offline ? 'true' : 'false';
    return html`<div class="ways" slot=${slot ?? nothing}>
      <button type="button" class="button" aria-disabled=${off} @click=${this.#byHand}>
        ${icons.add}${msg('Set up by hand')}
      </button>
      <button type="button" class="button primary" aria-disabled=${off} @click=${this.#learn}>
        ${buttonIcons.listen}${msg('Learn a button')}
      </button>
    </div>`;
  }

  #content(): TemplateResult | typeof nothing {
    const { status, error, bindings } = this.#buttons;
    if (status.value === 'loading') return this.waited ? this.#skeleton() : nothing;
    if (status.value === 'error') {
      return html`<enc-notice heading=${msg('The buttons did not load')} role="alert">
        ${error.value} ${msg('What they do still works.')}
        <button slot="actions" class="button primary" @click=${() => this.#buttons.load()}>
          ${msg('Retry')}
        </button>
      </enc-notice>`;
    }
    if (bindings.value.length === 0) {
      return html`<enc-notice heading=${msg('No button does anything yet')}>
        ${msg('Press one, and say what it should do. Whatever speaks MQTT can be one.')}
        ${this.#ways('actions')}
      </enc-notice>`;
    }
    return html`${repeat(
      byDevice(bindings.value),
      ({ bindings: [first] }) => first?.id,
      (device) => this.#device(device),
    )}`;
  }

  #device({ of, bindings }: Device): TemplateResult {
    const reads = bindings.some(({ extract }) => extract?.as === 'rfid');
    return html`<section class="card" aria-label=${of.name}>
      <div class="head">
        <div class="device">
          ${reads ? buttonIcons.card : buttonIcons.device}
          <div>
            <h2>${of.name}</h2>
            <small
              >${
                of.seen_at === null
                  ? msg('Not heard yet')
                  : html`${msg('Heard')} <time datetime=${of.seen_at}>${agoWord(of.seen_at)}</time>`
              }</small
            >
          </div>
        </div>
        <span class="chip">${vendorWords[of.vendor]}</span>
      </div>
      <ul class="rows">
        ${repeat(
          bindings,
          ({ id }) => id,
          (binding) => this.#row(binding),
        )}
      </ul>
    </section>`;
  }

  get #conflicts(): ReadonlyMap<string, string[]> {
    const { value } = this.#buttons.bindings;
    if (value !== this.#compared.of) this.#compared = { of: value, found: conflictsOf(value) };
    return this.#compared.found;
  }

  #row(binding: Binding): TemplateResult {
    const { id, name, enabled, paused, command, extract, owner_id, owner_name, problem } = binding;
    const held = this.#offline || this.busy.has(id);
    const pressed = this.#buttons.pressed.value === id;
    const others = this.#conflicts.get(id) ?? [];
    const owner =
      owner_id === null ? msg('The house, free') : (owner_name ?? msg('Somebody who is gone'));
    return html`<li class=${pressed ? 'pressed' : ''}>
      <div class="thing">
        <b
          >${name}<span class="chip">${whenWord(binding)}</span>${
            enabled ? nothing : html`<span class="chip bad">${msg('Off')}</span>`
          }${paused === null ? nothing : html`<span class="chip bad">${msg('Paused')}</span>`}</b
        >
        <small>${doesWord(command, extract, this.#names)} · ${owner}</small>
        <small>${this.#pressed(binding)}</small>
        ${problem === null ? nothing : html`<small class="fault">${problem}</small>`}
        ${paused === null ? nothing : html`<small class="fault">${paused.detail}</small>`}
        ${
          others.length === 0
            ? nothing
            : html`<small class="both"
                >${msg(str`Fires together with “${others.join('”, “')}”`)}</small
              >`
        }
      </div>
      <div class="acts">
        <label class="switch-line"
          ><span class="sr-only">${msg(str`${name} is on`)}</span
          ><input
            type="checkbox"
            role="switch"
            class="switch"
            .checked=${live(enabled)}
            ?disabled=${held}
            @change=${(event: Event) => this.#switch(binding, event)}
        /></label>
        ${
          paused === null
            ? nothing
            : html`<button
                type="button"
                class="button primary"
                aria-label=${msg(str`Resume ${name}`)}
                aria-disabled=${held ? 'true' : 'false'}
                @click=${() => this.#resume(binding)}
              >
                ${msg('Resume')}
              </button>`
        }
        <button
          type="button"
          class="button"
          aria-label=${msg(str`Test ${name}`)}
          aria-disabled=${held ? 'true' : 'false'}
          @click=${() => this.#test(binding)}
        >
          ${buttonIcons.test}${msg('Test')}
        </button>
        <enc-menu
          label=${msg(str`More for ${name}`)}
          .entries=${entries}
          @enc-menu-choice=${({ id: choice }: MenuChoiceEvent) => this.#onChoice(choice, binding)}
        ></enc-menu>
      </div>
    </li>`;
  }

  #pressed({ triggered_at, triggers }: Binding): TemplateResult | string {
    if (triggered_at === null) return msg('Never pressed');
    const times =
      triggers === 1 ? msg('Pressed once, last') : msg(str`Pressed ${triggers} times, last`);
    return html`${times} <time datetime=${triggered_at}>${agoWord(triggered_at)}</time>`;
  }

  #overlay(): TemplateResult | typeof nothing {
    const { over } = this;
    switch (over.kind) {
      case 'nothing':
        return nothing;
      case 'learning':
        return html`<enc-learn-screen
          .session=${this.#buttons.session.value}
          @enc-learnt=${this.#onLearnt}
          @enc-again=${this.#learn}
          @enc-dialog-left=${this.#stopLearning}
        ></enc-learn-screen>`;
      case 'form':
        return html`<enc-binding-dialog
          .http=${this.http}
          .library=${this.library}
          .buttons=${this.#buttons}
          .binding=${over.binding}
          .candidate=${over.candidate}
          @enc-dialog-left=${() => (this.over = { kind: 'nothing' })}
        ></enc-binding-dialog>`;
    }
  }

  #skeleton(): TemplateResult {
    return html`<div class="skeleton" role="status" aria-busy="true">
      <span class="sr-only">${msg('Loading the buttons')}</span>
      ${[1, 2, 3].map(() => html`<div class="bone"></div>`)}
    </div>`;
  }

  readonly #byHand = (): void => {
    if (!this.#offline) this.over = { kind: 'form', binding: null, candidate: null };
  };

  readonly #learn = async (): Promise<void> => {
    if (this.#offline) return;
    this.over = { kind: 'learning' };
    if (!(await attempt(this, this.#buttons.learn()))) this.over = { kind: 'nothing' };
  };

  readonly #stopLearning = (): void => {
    this.over = { kind: 'nothing' };
    void attempt(this, this.#buttons.stopLearning());
  };

  readonly #onLearnt = ({ candidate }: LearntEvent): void => {
    void attempt(this, this.#buttons.stopLearning());
    this.over = { kind: 'form', binding: null, candidate };
  };

  /** Holds its controls until it is done. */
  async #while(id: string, work: Promise<unknown>): Promise<boolean> {
    this.busy = new Set(this.busy).add(id);
    const worked = await attempt(this, work);
    const rest = new Set(this.busy);
    rest.delete(id);
    this.busy = rest;
    return worked;
  }

  #switch({ id }: Binding, event: Event): void {
    const enabled = (event.target as HTMLInputElement).checked;
    void this.#while(id, this.#buttons.save(id, { enabled }));
  }

  #test({ id }: Binding): void {
    if (this.#offline || this.busy.has(id)) return;
    void this.#while(id, this.#buttons.test(id));
  }

  #resume({ id }: Binding): void {
    if (this.#offline || this.busy.has(id)) return;
    void this.#while(id, this.#buttons.resume(id));
  }

  #onChoice(choice: string, binding: Binding): void {
    if (choice === 'edit') this.over = { kind: 'form', binding, candidate: null };
    if (choice === 'remove') void this.#remove(binding);
  }

  async #remove(binding: Binding): Promise<void> {
    let back: (() => Promise<void>) | undefined;
    const removing = this.#buttons.remove(binding).then((restore) => (back = restore));
    if (!(await this.#while(binding.id, removing))) return;
    const run = (): void => {
      if (back) void attempt(this, back());
    };
    this.dispatchEvent(
      new ToastEvent(msg(str`“${binding.name}” is deleted.`), { label: msg('Undo'), run }, 'done'),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-buttons-page': EncButtonsPage;
  }
}
