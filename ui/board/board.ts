import { msg, str } from '@lit/localize';
import { computed } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { User } from '../../server/users/contract.ts';
import type { ScanReport } from '../../server/sounds/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import type { EncPadActions } from '../pad-menu/pad-actions.ts';
import '../design/theme-toggle.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import '../design/notice.ts';
import { InTurn } from '../design/in-turn.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { countWord } from '../design/words.ts';
import type { Feed } from '../feed/feed.ts';
import { saidWords } from '../languages/server-words.ts';
import { BoardKeys } from './board-keys.ts';
import { boardStyles } from './board.styles.ts';
import { cellsOf, densities } from './density.ts';
import './filter-bar.ts';
import type { ViewEvent } from './filter-bar.ts';
import type { Library, ScanProgress } from './library.ts';
import './live-pill.ts';
import { padLooks } from './pad-look.ts';
import './pad-skeleton.ts';
import './pad.ts';
import { PadGestures } from './pad-gestures.ts';
import type { PadActionEvent, PadPressEvent } from './pad.ts';
import { createPressMarks } from './press-marks.ts';
import { createPresses, type Presses } from './presses.ts';
import './search-field.ts';
import type { EncSearchField, SearchDoneEvent, SearchEvent } from './search-field.ts';
import type { BoardSound } from './sounds.ts';
import type { View } from './view.ts';
import type { Keeper } from '../selection/bulk-actions.ts';
import { createPicking } from '../selection/picking.ts';
import { AddSoundsEvent } from '../upload/add-sounds-event.ts';
import type { EncVirtualGrid, Keyed } from './virtual-grid.ts';
import './virtual-grid.ts';

const skeletons: readonly Keyed[] = Array.from({ length: 60 }, (_, i) => ({ id: String(i) }));
const skeletonAfterMs = 120;

const scanWords = ({ done, total }: ScanProgress): string =>
  total > 0
    ? msg(str`Scanning ${countWord(done)} of ${countWord(total)}`)
    : msg('Scanning the folders');

const lookedWords = ({ errors }: ScanReport): string => {
  const [first] = errors;
  if (!first) return msg('Nothing was there just now.');
  const count = errors.length === 1 ? msg('1 file') : msg(str`${countWord(errors.length)} files`);
  return msg(str`${count} could not be read. ${first.file}: ${saidWords(first.reason)}.`);
};

const emptyWords = (mayAdd: boolean, mayScan: boolean): string => {
  if (!mayAdd) return msg('Somebody who may add sounds can bring the first ones.');
  const drop = msg('Drop files anywhere, or choose them.');
  return mayScan
    ? `${drop} ${msg('A folder that lies on the box is found by looking again.')}`
    : drop;
};

const offlineAddReason = msg('Encore is offline, so nothing can be added now.');
const offlineReason = msg('Encore is offline, so sounds cannot be played now.');

/**
 * The sounds of the house as pads.
 *
 * @slot boards - which of the pages of pads is shown; takes the events of pads and of the view
 */
@customElement('enc-board')
export class EncBoard extends InTurn {
  static override readonly styles = [base, buttons, boardStyles];

  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) view!: View;
  /** Whether the person may add sounds. */
  @property({ type: Boolean, attribute: 'may-add' }) mayAdd = false;
  @property({ attribute: false }) http!: Http;
  /** null while it is not known who is here. */
  @property({ attribute: false }) user: User | null = null;
  @state() private actionsHere = false;
  @state() private barHere = false;
  @state() private waited = false;
  /** What the last look into the folders came to. */
  @state() private looked = '';
  @query('enc-search-field') private readonly field!: EncSearchField | null;
  @query('enc-virtual-grid') private readonly grid!: EncVirtualGrid | null;

  readonly #picking = createPicking();
  readonly #marks = createPressMarks();
  readonly #looks = padLooks(() => this.feed.state.value.voices, this.#marks);
  /** Any other change of the line is the live pill's: the pads stay as they are. */
  readonly #offline = computed(() => this.feed.link.value === 'offline');
  #presses!: Presses;
  #leave: (() => void) | undefined;

  constructor() {
    super();
    this.addController(
      new BoardKeys(this, {
        search: () => this.field?.focus(),
        escape: () => this.#escape(),
        density: () => this.#nextDensity(),
        all: () => (this.#picking.on.peek() ? this.#pickAll : undefined),
      }),
    );
    void new PadGestures(this);
    this.addController(
      new Watch(this, () => {
        const { library, view } = this;
        for (const one of [library.status, library.first]) void one.value;
        for (const one of [library.waveforms, library.scanning]) void one.value;
        for (const one of [view.page, view.keys, view.boards, view.facets]) void one.value;
        for (const one of [view.shown, view.query, view.filter, view.sort, view.density])
          void one.value;
        void this.#offline.value;
        for (const one of [this.#picking.on, this.#picking.ids, library.byId]) void one.value;
        void library.favourites.ids.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#presses = createPresses(this.feed, this.#marks, (text, link) => {
      this.dispatchEvent(new ToastEvent(text, link));
    });
    const stopHearing = this.feed.on(this.#onMessage);
    const timer = setTimeout(() => (this.waited = true), skeletonAfterMs);
    this.#leave = () => {
      stopHearing();
      clearTimeout(timer);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  override render(): TemplateResult {
    const { library, view, feed } = this;
    const ready = library.status.value === 'ready';
    const found = view.narrowed.value ? view.shown.value.length : null;
    return html`<h1 class="sr-only">${msg('Sounds')}</h1>
      <header>
        <enc-search-field
          .value=${view.query.value}
          .total=${ready && view.page.value?.sounds !== null ? view.all.value.length : null}
          .found=${view.terms.value.length > 0 ? found : null}
          @enc-search=${this.#onSearch}
          @enc-search-done=${this.#onSearchDone}
        ></enc-search-field>
        <div class="status">
          <enc-live-pill .feed=${feed}></enc-live-pill>
          <enc-theme-toggle></enc-theme-toggle>
        </div>
        ${this.mayAdd ? this.#addButton() : nothing}
        <button type="button" class="stop" aria-keyshortcuts="Escape" @click=${this.#stopAll}>
          ${icons.stop}<span class="stop-word">${msg('Stop all')}</span
          ><kbd data-key="esc" aria-hidden="true"></kbd>
        </button>
      </header>
      <slot
        name="boards"
        @enc-view=${this.#onView}
        @enc-pad-press=${this.#onPadPress}
        @enc-pad-action=${this.#onPadAction}
      ></slot>
      <enc-filter-bar
        ?ordered=${view.page.value !== null}
        .facets=${view.facets.value}
        .favourites=${this.#favouriteCount()}
        .filter=${view.filter.value}
        sort=${view.sort.value}
        density=${view.density.value}
        @enc-view=${this.#onView}
      ></enc-filter-bar>
      <div class="sr-only" role="status">
        ${found === null ? '' : found === 1 ? msg('1 sound found') : msg(str`${countWord(found)} sounds found`)}
      </div>
      ${this.barHere ? this.#bar() : nothing}
      <div class="stage">${this.#stage()}</div>
      ${
        this.actionsHere && this.user
          ? html`<enc-pad-actions
              .http=${this.http}
              .library=${library}
              .view=${view}
              .user=${this.user}
              ?online=${!this.#offline.value}
              @enc-pad-press=${this.#onPadPress}
              @enc-pad-action=${this.#onPadAction}
            ></enc-pad-actions>`
          : nothing
      }`;
  }

  #addButton(): TemplateResult {
    const offline = this.#offline.value;
    return html`<button
      type="button"
      class="stop add"
      aria-disabled=${offline ? 'true' : nothing}
      title=${offline ? offlineAddReason : msg('Add sounds: choose files, or drop them anywhere')}
      @click=${this.#add}
    >
      ${icons.add}<span class="stop-word">${msg('Add sounds')}</span>
    </button>`;
  }

  #stage(): TemplateResult | typeof nothing {
    const { library, view } = this;
    const page = view.page.value;
    const first = library.first.value;
    if (first.length > 0 && !page && !view.narrowed.value && view.sort.value === 'plays')
      return this.#pads(first);
    if (library.status.value === 'error') {
      return html`<enc-notice heading=${msg('The sounds did not load')} role="alert">
        ${library.error.value} ${msg('Stop all still works.')}
        <button slot="actions" class="button primary" @click=${() => library.load()}>
          ${msg('Retry')}
        </button>
      </enc-notice>`;
    }
    if (library.status.value === 'loading' || (page && !page.instead && !page.sounds))
      return this.waited ? this.#skeleton() : nothing;
    if (page?.instead) return page.instead;
    if (library.sounds.value.length === 0) return this.#empty();
    if (view.shown.value.length === 0) return this.#noHits();
    return this.#pads(view.shown.value);
  }

  #skeleton(): TemplateResult {
    const density = this.view.density.value;
    return html`<enc-virtual-grid
      class="loading"
      label=${msg('Loading sounds')}
      aria-busy="true"
      .items=${skeletons}
      .cells=${(width: number) => cellsOf(density, width)}
      .renderCell=${() => html`<enc-pad-skeleton></enc-pad-skeleton>`}
    ></enc-virtual-grid>`;
  }

  #empty(): TemplateResult {
    const scan = this.library.scanning.value;
    const where = emptyWords(this.mayAdd, this.#mayScan());
    return html`<enc-notice .heading=${scan ? scanWords(scan) : msg('No sounds yet')}>
      ${scan ? msg('Sounds appear here as soon as they are found.') : where}
      <span class="looked" role="status">${scan ? '' : this.looked}</span>
      ${
        this.mayAdd
          ? html`<button
              slot="actions"
              class="button primary"
              aria-disabled=${this.#offline.value ? 'true' : nothing}
              title=${this.#offline.value ? offlineAddReason : nothing}
              @click=${this.#add}
            >
              ${msg('Add sounds')}
            </button>`
          : nothing
      }
      ${
        this.#mayScan()
          ? html`<button
              slot="actions"
              class="button"
              aria-disabled=${scan ? 'true' : 'false'}
              @click=${this.#lookAgain}
            >
              ${scan ? msg('Looking…') : msg('Look again')}
            </button>`
          : nothing
      }
    </enc-notice>`;
  }

  #noHits(): TemplateResult {
    const { query: words, terms, filter } = this.view;
    if (terms.value.length === 0 && filter.value?.kind === 'favourites')
      return this.#noFavourites();
    const heading =
      terms.value.length > 0
        ? msg(str`Nothing sounds like “${words.value.trim()}”`)
        : msg('Nothing here');
    return html`<enc-notice .heading=${heading}>
      ${msg('Search looks at names, tags and types. Try fewer letters, or drop a filter.')}
      <button slot="actions" class="button primary" @click=${this.#clear}>
        ${msg('Clear search and filters')}
      </button>
      ${
        this.mayAdd
          ? html`<a slot="actions" class="button" href="/extractions"
              >${msg('Extract from a link')}</a
            >`
          : nothing
      }
    </enc-notice>`;
  }

  #noFavourites(): TemplateResult {
    return html`<enc-notice heading=${msg('No favourites yet')}>
      ${msg('Press the heart on a pad, or F while the pad has the focus.')}
      <button slot="actions" class="button primary" @click=${this.#clear}>
        ${msg('Show all sounds')}
      </button>
    </enc-notice>`;
  }

  /** Whether the person may have the folders looked through. */
  #mayScan(): boolean {
    return this.user?.role === 'admin';
  }

  #favouriteCount(): number {
    const ids = this.library.favourites.ids.value;
    return this.view.all.value.filter(({ id }) => ids.has(id)).length;
  }

  #pads(sounds: readonly BoardSound[]): TemplateResult {
    const density = this.view.density.value;
    const terms = this.view.terms.value;
    const waveforms = this.library.waveforms.value;
    const { on, ids } = this.#picking;
    const reason = this.#offline.value && !on.value ? offlineReason : '';
    const favourites = this.library.favourites.ids.value;
    const keys = this.view.keys.value;
    const renderCell = (item: Keyed, current: boolean): TemplateResult =>
      html`<enc-pad
        .sound=${item}
        .waveform=${waveforms[item.id]}
        .terms=${terms}
        .density=${density}
        .looks=${this.#looks}
        .reason=${reason}
        .favourite=${favourites.has(item.id)}
        .hotkey=${keys.get(item.id)}
        .picked=${on.value ? ids.value.has(item.id) : null}
        .current=${current}
      ></enc-pad>`;
    return html`<enc-virtual-grid
      label=${msg('Sounds')}
      .items=${sounds}
      .cells=${(width: number) => cellsOf(density, width)}
      .renderCell=${renderCell}
      @enc-pad-press=${this.#onPadPress}
      @enc-pad-action=${this.#onPadAction}
    ></enc-virtual-grid>`;
  }

  readonly #add = (): void => void this.dispatchEvent(new AddSoundsEvent());

  readonly #onMessage = (message: FeedMessage): void => {
    this.library.hear(message);
    this.#presses.hear(message);
  };

  readonly #lookAgain = async (): Promise<void> => {
    if (this.library.scanning.peek()) return;
    this.looked = '';
    try {
      this.looked = lookedWords(await this.library.scan());
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    }
  };

  readonly #onPadPress = ({ soundId, shift }: PadPressEvent): void => {
    if (this.#picking.on.peek()) this.#pick(soundId, shift);
    else void this.#presses.play(soundId);
  };

  readonly #onPadAction = async ({ action, soundId, x, y }: PadActionEvent): Promise<void> => {
    if (action === 'focus') return this.grid?.focusItem(soundId);
    if (action === 'favourite') return this.#toggle(soundId);
    if (action === 'pick') return this.#beginPicking(soundId);
    const sound = this.library.byId.peek().get(soundId);
    const actions = await this.#actions();
    if (!sound || !actions) return;
    if (action === 'rename') await actions.rename(sound);
    else await actions.openMenu(sound, x, y);
  };

  /** What is asked of pads now and then comes when it is first asked for. */
  async #actions(): Promise<EncPadActions | null> {
    try {
      await import('../pad-menu/pad-actions.ts');
      this.actionsHere = true;
    } catch {
      const text = msg('The menu did not load. Reload this page and try again.');
      this.dispatchEvent(new ToastEvent(text));
    }
    await this.updateComplete;
    return this.renderRoot.querySelector('enc-pad-actions');
  }

  #bar(): TemplateResult {
    const { library, view } = this;
    const { on, ids } = this.#picking;
    const sounds = [...ids.value].flatMap((id) => library.byId.value.get(id) ?? []);
    const shown = view.shown.value;
    return html`<enc-picked-bar
      .http=${this.http}
      .user=${this.user}
      .sounds=${sounds}
      .tags=${library.facets.value.tags}
      .keeper=${this.#keeper}
      .favourites=${library.favourites}
      .boards=${view.boards.value}
      ?offline=${this.#offline.value}
      ?open=${on.value}
      leave="Done"
      @enc-picked-none=${() => this.#leavePicking()}
    >
      ${
        on.value && shown.some(({ id }) => !ids.value.has(id))
          ? html`<button type="button" class="link" @click=${this.#pickAll}>
              ${msg(str`Pick all ${countWord(shown.length)}`)}
            </button>`
          : nothing
      }
    </enc-picked-bar>`;
  }

  /** What was deleted goes at once, and comes back by the catalogue alone. */
  readonly #keeper: Keeper = {
    know: (sound) => {
      this.library.hide(sound.id, false);
      this.library.put(sound);
    },
    forget: (id) => {
      this.#picking.set([id], false);
      this.library.hide(id, true);
    },
  };

  #pick(soundId: string, range: boolean): void {
    const order = (): string[] => this.view.shown.peek().map(({ id }) => id);
    this.#picking.toggle(soundId, order, range);
  }

  async #beginPicking(soundId: string): Promise<void> {
    if (!this.user) return;
    try {
      await import('../selection/picked-bar.ts');
      this.barHere = true;
    } catch {
      const text = msg(
        'What can be done to many sounds did not load. Reload this page and try again.',
      );
      return void this.dispatchEvent(new ToastEvent(text));
    }
    this.#picking.begin();
    this.#pick(soundId, false);
    await this.updateComplete;
    this.grid?.focusItem(soundId);
  }

  #leavePicking(): void {
    this.#picking.leave();
    this.grid?.focusCurrent();
  }

  readonly #pickAll = (): void => {
    this.#picking.set(
      this.view.shown.peek().map(({ id }) => id),
      true,
    );
  };

  async #toggle(soundId: string): Promise<void> {
    try {
      await this.library.favourites.toggle(soundId);
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    }
  }

  readonly #stopAll = (): void => {
    this.view.previewing.peek()?.stop();
    void this.#presses.stop();
  };

  readonly #clear = (): void => {
    this.view.query.value = '';
    this.view.filter.value = null;
    this.grid?.rewind();
    this.field?.focus();
  };

  readonly #onSearch = (event: SearchEvent): void => {
    this.view.query.value = event.query;
    this.grid?.rewind();
  };

  readonly #onSearchDone = (event: SearchDoneEvent): void => {
    const [first] = this.view.shown.peek();
    if (event.to === 'pads') this.grid?.focusCurrent();
    else if (first && this.view.terms.peek().length > 0) void this.#presses.play(first.id);
  };

  readonly #onView = ({ change }: ViewEvent): void => {
    if ('filter' in change) this.view.filter.value = change.filter;
    if ('sort' in change) this.view.sort.value = change.sort;
    if ('density' in change) this.view.density.value = change.density;
    else this.grid?.rewind();
  };

  #escape(): void {
    if (this.#picking.on.peek()) return this.#leavePicking();
    if (!this.view.query.value) return this.#stopAll();
    this.view.query.value = '';
    this.grid?.rewind();
  }

  #nextDensity(): void {
    const { density } = this.view;
    const next = densities[(densities.indexOf(density.value) + 1) % densities.length];
    if (next) density.value = next;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-board': EncBoard;
  }
}
