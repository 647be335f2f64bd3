import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Sound, SoundType } from '../../server/sounds/contract.ts';
import type { User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { typeLooks } from '../board/pad-look.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { countWord, lengthWord } from '../design/words.ts';
import type { Feed } from '../feed/feed.ts';
import { AddSoundsEvent } from '../upload/add-sounds-event.ts';
import { createBulkActions, type BulkActions } from './bulk-actions.ts';
import type { Holdings } from './holdings.ts';
import { libraryIcons } from './library-icons.ts';
import { libraryStyles } from './library.styles.ts';
import { progressBar } from './progress.ts';
import {
  everything,
  narrows,
  rangeOf,
  rowsOf,
  tagCounts,
  type Sorting,
  type Wish,
} from './rows.ts';
import { soundsPanelStyles } from './sounds-panel.styles.ts';
import './tag-dialog.ts';
import type { TagChosenEvent } from './tag-dialog.ts';
import { soundsWord, soundTypeWords } from './words.ts';

const pageRows = 50;

type Column = { by: Sorting | null; label: string; className: string };

const columns: readonly Column[] = [
  { by: 'name', label: 'Name', className: 'name' },
  { by: 'type', label: 'Type', className: 'type desk' },
  { by: null, label: 'Tags', className: 'desk' },
  { by: 'duration', label: 'Length', className: 'number desk' },
  { by: 'plays', label: 'Plays', className: 'number desk' },
  { by: null, label: 'Loudness', className: 'wide' },
  { by: 'added', label: 'Added by', className: 'wide' },
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
  @state() private picked: ReadonlySet<string> = new Set();
  @state() private tagging: 'add' | 'remove' | null = null;
  /** Where a range begins: the last one that was ticked. */
  #anchor: string | null = null;
  #bulk!: BulkActions;
  #rows: readonly Sound[] = [];

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const { holdings, feed } = this;
        this.#bulk ??= createBulkActions(this.http, holdings, (text, way, tone) =>
          this.dispatchEvent(new ToastEvent(text, way, tone)),
        );
        for (const one of [holdings.status, holdings.sounds, feed.link, this.#bulk.run])
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
    return [...this.picked].flatMap((id) => sounds.get(id) ?? []);
  }

  get #offline(): boolean {
    return this.feed.link.value === 'offline';
  }

  protected override willUpdate(_: PropertyValues<this>): void {
    this.#rows = rowsOf(this.#own, this.wish);
    const last = Math.max(0, Math.ceil(this.#rows.length / pageRows) - 1);
    this.page = Math.min(this.page, last);
    const sounds = this.holdings.sounds.peek();
    // What somebody else deleted is picked no more.
    if ([...this.picked].some((id) => !sounds.has(id))) {
      this.picked = new Set([...this.picked].filter((id) => sounds.has(id)));
    }
  }

  override render(): TemplateResult {
    const { status, error } = this.holdings;
    if (status.value === 'error') {
      return html`<enc-notice heading="The sounds did not load" role="alert">
        ${error.value} The board still works.
        <button slot="actions" class="button primary" @click=${() => this.holdings.load()}>
          Retry
        </button>
      </enc-notice>`;
    }
    if (status.value === 'loading') return bones;
    const total = this.#own.length;
    if (total === 0) return this.#empty();
    return html`${this.#tools(total)} ${this.#bar()}
    ${this.#rows.length > 0 ? this.#table() : this.#nothingFound()} ${this.#pages()}
    ${this.tagging ? this.#tagDialog(this.tagging) : nothing}`;
  }

  #empty(): TemplateResult {
    const admin = this.user.role === 'admin';
    return html`<enc-notice heading=${admin ? 'No sounds yet' : 'You have added no sounds yet'}>
      Drop files anywhere, or choose them.
      <button
        slot="actions"
        class="button primary"
        aria-disabled=${this.#offline ? 'true' : nothing}
        @click=${this.#add}
      >
        Add sounds
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
          aria-label="Search the library"
          placeholder="Search ${soundsWord(total)}"
          .value=${words}
          @input=${(event: Event) => this.#narrow({ words: valueOf(event) })}
      /></label>
      <label class="pick"
        ><select
          aria-label="Type"
          @change=${(event: Event) => this.#narrow({ type: (valueOf(event) || null) as SoundType | null })}
        >
          <option value="">All types</option>
          ${Object.entries(soundTypeWords).map(
            ([one, word]) => html`<option value=${one} ?selected=${one === type}>${word}</option>`,
          )}
        </select>
        ${libraryIcons.down}
      </label>
      <label class="pick"
        ><select
          aria-label="Loudness"
          @change=${(event: Event) => this.#narrow({ normalised: levels[valueOf(event)] ?? null })}
        >
          <option value="" ?selected=${level === ''}>Any loudness</option>
          <option value="true" ?selected=${level === 'true'}>Normalised</option>
          <option value="false" ?selected=${level === 'false'}>Not normalised</option>
        </select>
        ${libraryIcons.down}
      </label>
      <button
        type="button"
        class="untagged"
        aria-pressed=${untagged ? 'true' : 'false'}
        @click=${() => this.#narrow({ untagged: !untagged })}
      >
        Without tags
      </button>
      <span class="found" role="status"
        >${narrows(this.wish) ? `${soundsWord(this.#rows.length)} found` : ''}</span
      >
    </div>`;
  }

  /** What is picked and what can be done to it; while it is done, how far it is. */
  #bar(): TemplateResult | typeof nothing {
    const run = this.#bulk.run.value;
    if (run) {
      return html`<div class="picked" role="group" aria-label="Under way">
        ${progressBar(run.label, run)}
        <button type="button" class="button" @click=${() => this.#bulk.cancel()}>Cancel</button>
      </div>`;
    }
    const count = this.picked.size;
    if (count === 0) return nothing;
    const found = this.#rows.length;
    const reason = this.#offline ? 'Encore is offline.' : '';
    const act = (label: string, icon: TemplateResult, go: () => void): TemplateResult =>
      html`<button
        type="button"
        class="button"
        aria-disabled=${reason ? 'true' : nothing}
        title=${reason || nothing}
        @click=${() => (reason ? undefined : go())}
      >
        ${icon}${label}
      </button>`;
    return html`<div class="picked" role="group" aria-label="Picked sounds">
      <b role="status">${countWord(count)} picked</b>
      ${
        found > pageRows && this.#rows.some(({ id }) => !this.picked.has(id))
          ? html`<button type="button" class="link" @click=${this.#pickAll}>
              Pick all ${countWord(found)}${narrows(this.wish) ? ' found' : ''}
            </button>`
          : nothing
      }
      <button type="button" class="link" @click=${this.#pickNone}>Clear</button>
      <div class="actions">
        ${act('Add tag', libraryIcons.tag, () => (this.tagging = 'add'))}
        ${
          this.#chosen.some(({ tags }) => tags.length > 0)
            ? act('Remove tag', libraryIcons.tag, () => (this.tagging = 'remove'))
            : nothing
        }
        ${
          this.user.role === 'admin'
            ? act('Normalise', libraryIcons.level, () => void this.#bulk.normalise(this.#chosen))
            : nothing
        }
        ${act('Delete', libraryIcons.bin, () => void this.#bulk.remove(this.#chosen))}
      </div>
    </div>`;
  }

  #table(): TemplateResult {
    const rows = this.#rows.slice(this.page * pageRows, (this.page + 1) * pageRows);
    const ticked = rows.filter(({ id }) => this.picked.has(id)).length;
    return html`<table aria-label=${this.user.role === 'admin' ? 'All sounds' : 'Your sounds'}>
      <thead>
        <tr>
          <th scope="col" class="tick">
            <label
              ><input
                type="checkbox"
                aria-label="Pick all on this page"
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
    const on = this.picked.has(id);
    return html`<tr class=${on ? 'on' : ''}>
      <td class="tick">
        <label
          ><input
            type="checkbox"
            aria-label="Pick ${name}"
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
        ${is_normalized ? html`<span class="yes">Normalised</span>` : 'As it came'}
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
    return html`<nav class="pages" aria-label="Pages">
      <span role="status">${countWord(from + 1)}–${countWord(to)} of ${countWord(count)}</span>
      ${turn(-1, 'Previous page', libraryIcons.previous, from > 0)}
      ${turn(1, 'Next page', libraryIcons.next, to < count)}
    </nav>`;
  }

  #nothingFound(): TemplateResult {
    return html`<enc-notice heading="No sound like that">
      Search looks at names, files and tags.
      <button slot="actions" class="button primary" @click=${() => this.#narrow(everything)}>
        Clear search and filters
      </button>
    </enc-notice>`;
  }

  #tagDialog(mode: 'add' | 'remove'): TemplateResult {
    const chosen = this.#chosen;
    const chose = ({ tag }: TagChosenEvent): void => {
      this.tagging = null;
      void (mode === 'add' ? this.#bulk.addTag(chosen, tag) : this.#bulk.removeTag(chosen, tag));
    };
    return html`<enc-tag-dialog
      .mode=${mode}
      .count=${chosen.length}
      .tags=${tagCounts(mode === 'add' ? this.holdings.sounds.peek().values() : chosen)}
      @enc-tag-chosen=${chose}
      @enc-dialog-left=${() => (this.tagging = null)}
    ></enc-tag-dialog>`;
  }

  #who(id: string | null): string {
    if (id === null) return 'Found in a folder';
    return id === this.user.id ? 'You' : (this.names.get(id) ?? 'Somebody else');
  }

  #narrow(part: Partial<Wish>): void {
    this.wish = { ...this.wish, ...part };
    this.page = 0;
    this.#anchor = null;
  }

  #sort(by: Sorting): void {
    const descending = by === this.wish.by ? !this.wish.descending : descendsFirst.has(by);
    this.#narrow({ by, descending });
  }

  #tick(id: string, { shiftKey }: MouseEvent): void {
    const on = !this.picked.has(id);
    const ids = this.#rows.map((row) => row.id);
    const picked = new Set(this.picked);
    for (const one of rangeOf(ids, shiftKey ? this.#anchor : null, id)) {
      if (on) picked.add(one);
      else picked.delete(one);
    }
    this.picked = picked;
    this.#anchor = id;
  }

  #pickPage(rows: readonly Sound[], on: boolean): void {
    const picked = new Set(this.picked);
    for (const { id } of rows) {
      if (on) picked.add(id);
      else picked.delete(id);
    }
    this.picked = picked;
  }

  readonly #pickAll = (): void => {
    this.picked = new Set(this.#rows.map(({ id }) => id));
  };

  readonly #pickNone = (): void => {
    this.picked = new Set();
  };

  readonly #add = (): void => void this.dispatchEvent(new AddSoundsEvent());
}

const levels: Readonly<Record<string, boolean>> = { true: true, false: false };

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

const bones = html`<div role="status" aria-busy="true">
  <span class="sr-only">Loading the library</span>
  <div class="bone rows-bone"></div>
</div>`;

declare global {
  interface HTMLElementTagNameMap {
    'enc-sounds-panel': EncSoundsPanel;
  }
}
