import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Sound, SoundType } from '../../server/sounds/contract.ts';
import type { User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { typeLooks } from '../board/pad-look.ts';
import { facetsOf } from '../board/sounds.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import { Watch } from '../design/watch.ts';
import { countWord, lengthWord } from '../design/words.ts';
import type { Feed } from '../feed/feed.ts';
import { meanwhile } from '../feed/meanwhile.ts';
import '../selection/picked-bar.ts';
import { createPicking } from '../selection/picking.ts';
import { AddSoundsEvent } from '../upload/add-sounds-event.ts';
import type { Holdings } from './holdings.ts';
import { libraryIcons } from './library-icons.ts';
import { libraryStyles } from './library.styles.ts';
import { everything, narrows, rowsOf, type Sorting, type Wish } from './rows.ts';
import { soundsPanelStyles } from './sounds-panel.styles.ts';
import { soundsWord, soundTypeWords } from './words.ts';

const pageRows = 50;

type Column = { by: Sorting | null; label: string; className: string };

const columns: readonly Column[] = [
  { by: 'name', label: msg('Name'), className: 'name' },
  { by: 'type', label: msg('Type'), className: 'type desk' },
  { by: null, label: msg('Tags'), className: 'desk' },
  { by: 'duration', label: msg('Length'), className: 'number desk' },
  { by: 'plays', label: msg('Plays'), className: 'number desk' },
  { by: null, label: msg('Loudness'), className: 'wide' },
  { by: 'added', label: msg('Added by'), className: 'wide' },
];

const descendsFirst: ReadonlySet<Sorting> = new Set(['plays', 'added']);

/** All sounds, or one's own, as a table: find some, pick them, and do something to all of them. */
@customElement('enc-sounds-panel')
export class EncSoundsPanel extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, libraryStyles, soundsPanelStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) user!: User;
  @property({ attribute: false }) holdings!: Holdings;
  /** User id → name, as far as the person may know. */
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  @state() private wish: Wish = everything;
  @state() private page = 0;
  readonly #picking = createPicking();
  #rows: readonly Sound[] = [];

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const { holdings, feed } = this;
        for (const one of [holdings.status, holdings.sounds, feed.link, this.#picking.ids])
          void one.value;
      }),
    );
  }

  get #own(): Sound[] {
    const all = [...this.holdings.sounds.value.values()];
    const { role, id } = this.user;
    return role === 'admin' ? all : all.filter(({ added_by }) => added_by === id);
  }

  get #chosen(): Sound[] {
    const sounds = this.holdings.sounds.peek();
    return [...this.#picking.ids.value].flatMap((id) => sounds.get(id) ?? []);
  }

  get #offline(): boolean {
    return this.feed.link.value === 'offline';
  }

  protected override willUpdate(_: PropertyValues<this>): void {
    this.#rows = rowsOf(this.#own, this.wish);
    const last = Math.max(0, Math.ceil(this.#rows.length / pageRows) - 1);
    this.page = Math.min(this.page, last);
    const sounds = this.holdings.sounds.peek();
    this.#picking.keep((id) => sounds.has(id));
  }

  override render(): TemplateResult {
    const { status, error } = this.holdings;
    if (status.value === 'error') {
      return html`<enc-notice heading=${msg('The sounds did not load')} role="alert">
        ${error.value} ${meanwhile(this.feed, msg('The board still works.'))}
        <button slot="actions" class="button primary" @click=${() => this.holdings.load()}>
          ${msg('Retry')}
        </button>
      </enc-notice>`;
    }
    if (status.value === 'loading') return bones;
    const total = this.#own.length;
    if (total === 0) return this.#empty();
    return html`${this.#tools(total)} ${this.#bar()}
    ${this.#rows.length > 0 ? this.#table() : this.#nothingFound()} ${this.#pages()}`;
  }

  #empty(): TemplateResult {
    const admin = this.user.role === 'admin';
    return html`<enc-notice
      heading=${admin ? msg('No sounds yet') : msg('You have added no sounds yet')}
    >
      ${msg('Drop files anywhere, or choose them.')}
      <button
        slot="actions"
        class="button primary"
        aria-disabled=${this.#offline ? 'true' : nothing}
        @click=${this.#add}
      >
        ${msg('Add sounds')}
      </button>
    </enc-notice>`;
  }

  #tools(total: number): TemplateResult {
    const { words, type, normalised, untagged } = this.wish;
    const level = normalised === null ? '' : String(normalised);
    return html`<div class="tools">
      <label class="search"
        >${icons.search}<input
          type="search"
          aria-label=${msg('Search the library')}
          placeholder=${msg(str`Search ${soundsWord(total)}`)}
          .value=${words}
          @input=${(event: Event) => this.#narrow({ words: valueOf(event) })}
      /></label>
      <label class="pick"
        ><select
          aria-label=${msg('Type')}
          @change=${(event: Event) => this.#narrow({ type: (valueOf(event) || null) as SoundType | null })}
        >
          <option value="">${msg('All types')}</option>
          ${Object.entries(soundTypeWords).map(
            ([one, word]) => html`<option value=${one} ?selected=${one === type}>${word}</option>`,
          )}
        </select>
        ${libraryIcons.down}
      </label>
      <label class="pick"
        ><select
          aria-label=${msg('Loudness')}
          @change=${(event: Event) => this.#narrow({ normalised: levels[valueOf(event)] ?? null })}
        >
          <option value="" ?selected=${level === ''}>${msg('Any loudness')}</option>
          <option value="true" ?selected=${level === 'true'}>${msg('Normalised')}</option>
          <option value="false" ?selected=${level === 'false'}>${msg('Not normalised')}</option>
        </select>
        ${libraryIcons.down}
      </label>
      <button
        type="button"
        class="untagged"
        aria-pressed=${untagged ? 'true' : 'false'}
        @click=${() => this.#narrow({ untagged: !untagged })}
      >
        ${msg('Without tags')}
      </button>
      <span class="found" role="status"
        >${narrows(this.wish) ? msg(str`${soundsWord(this.#rows.length)} found`) : ''}</span
      >
    </div>`;
  }

  #bar(): TemplateResult {
    const found = this.#rows.length;
    const { ids } = this.#picking;
    const more = found > pageRows && this.#rows.some(({ id }) => !ids.value.has(id));
    return html`<enc-picked-bar
      .http=${this.http}
      .user=${this.user}
      .sounds=${this.#chosen}
      .tags=${facetsOf(this.holdings.sounds.peek().values()).tags}
      .keeper=${this.holdings}
      ?offline=${this.#offline}
      @enc-picked-none=${() => this.#picking.clear()}
    >
      ${
        more && ids.value.size > 0
          ? html`<button type="button" class="link" @click=${this.#pickAll}>
              ${narrows(this.wish) ? msg(str`Pick all ${countWord(found)} found`) : msg(str`Pick all ${countWord(found)}`)}
            </button>`
          : nothing
      }
    </enc-picked-bar>`;
  }

  #table(): TemplateResult {
    const rows = this.#rows.slice(this.page * pageRows, (this.page + 1) * pageRows);
    const ticked = rows.filter(({ id }) => this.#picking.ids.value.has(id)).length;
    return html`<table
      aria-label=${this.user.role === 'admin' ? msg('All sounds') : msg('Your sounds')}
    >
      <thead>
        <tr>
          <th scope="col" class="tick">
            <label
              ><input
                type="checkbox"
                aria-label=${msg('Pick all on this page')}
                .checked=${ticked === rows.length}
                .indeterminate=${ticked > 0 && ticked < rows.length}
                @change=${() => this.#pickPage(rows, ticked < rows.length)}
            /></label>
          </th>
          ${columns.map((column) => this.#head(column))}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          rows,
          ({ id }) => id,
          (sound) => this.#row(sound),
        )}
      </tbody>
    </table>`;
  }

  #head({ by, label, className }: Column): TemplateResult {
    if (by === null) return html`<th scope="col" class=${className}>${label}</th>`;
    const sorted = by === this.wish.by ? (this.wish.descending ? 'descending' : 'ascending') : null;
    return html`<th scope="col" class=${className} aria-sort=${sorted ?? nothing}>
      <button type="button" class="sort ${sorted ?? ''}" @click=${() => this.#sort(by)}>
        ${label}${libraryIcons.down}
      </button>
    </th>`;
  }

  #row(sound: Sound): TemplateResult {
    const { id, name, type, tags, duration, play_count, is_normalized, added_by } = sound;
    const on = this.#picking.ids.value.has(id);
    return html`<tr class=${on ? 'on' : ''}>
      <td class="tick">
        <label
          ><input
            type="checkbox"
            aria-label=${msg(str`Pick ${name}`)}
            .checked=${on}
            @click=${(event: MouseEvent) => this.#tick(id, event)}
        /></label>
      </td>
      <td class="name">
        ${name}<small>${[soundTypeWords[type], lengthWord(duration), ...tags].join(' · ')}</small>
      </td>
      <td class="type desk"><span>${typeLooks[type].chip}${soundTypeWords[type]}</span></td>
      <td class="tags desk">
        <div>${tags.map((tag) => html`<span class="chip">${tag}</span>`)}</div>
      </td>
      <td class="number desk">${lengthWord(duration)}</td>
      <td class="number desk">${countWord(play_count)}</td>
      <td class="wide">
        ${is_normalized ? html`<span class="yes">${msg('Normalised')}</span>` : msg('As it came')}
      </td>
      <td class="wide">${this.#who(added_by)}</td>
    </tr>`;
  }

  #pages(): TemplateResult | typeof nothing {
    const count = this.#rows.length;
    if (count <= pageRows) return nothing;
    const from = this.page * pageRows;
    const to = Math.min(count, from + pageRows);
    const turn = (by: number, label: string, icon: TemplateResult, may: boolean): TemplateResult =>
      html`<button
        type="button"
        class="icon-button"
        aria-label=${label}
        aria-disabled=${may ? nothing : 'true'}
        @click=${() => (may ? (this.page += by) : undefined)}
      >
        ${icon}
      </button>`;
    return html`<nav class="pages" aria-label=${msg('Pages')}>
      <span role="status"
        >${msg(str`${countWord(from + 1)}–${countWord(to)} of ${countWord(count)}`)}</span
      >
      ${turn(-1, msg('Previous page'), libraryIcons.previous, from > 0)}
      ${turn(1, msg('Next page'), libraryIcons.next, to < count)}
    </nav>`;
  }

  #nothingFound(): TemplateResult {
    return html`<enc-notice heading=${msg('No sound like that')}>
      ${msg('Search looks at names, files and tags.')}
      <button slot="actions" class="button primary" @click=${() => this.#narrow(everything)}>
        ${msg('Clear search and filters')}
      </button>
    </enc-notice>`;
  }

  #who(id: string | null): string {
    if (id === null) return msg('Found in a folder');
    return id === this.user.id ? msg('You') : (this.names.get(id) ?? msg('Somebody else'));
  }

  #narrow(part: Partial<Wish>): void {
    this.wish = { ...this.wish, ...part };
    this.page = 0;
  }

  #sort(by: Sorting): void {
    const descending = by === this.wish.by ? !this.wish.descending : descendsFirst.has(by);
    this.#narrow({ by, descending });
  }

  #tick(id: string, { shiftKey }: MouseEvent): void {
    this.#picking.toggle(id, () => this.#rows.map((row) => row.id), shiftKey);
  }

  #pickPage(rows: readonly Sound[], on: boolean): void {
    this.#picking.set(
      rows.map(({ id }) => id),
      on,
    );
  }

  readonly #pickAll = (): void => this.#pickPage(this.#rows, true);

  readonly #add = (): void => void this.dispatchEvent(new AddSoundsEvent());
}

const levels: Readonly<Record<string, boolean>> = { true: true, false: false };

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

const bones = html`<div role="status" aria-busy="true">
  <span class="sr-only">${msg('Loading the library')}</span>
  <div class="bone rows-bone"></div>
</div>`;

declare global {
  interface HTMLElementTagNameMap {
    'enc-sounds-panel': EncSoundsPanel;
  }
}
