import { msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Http } from '../api/http.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import type * as intakeParts from './intake-parts.ts';
import type { Uploads } from './uploads.ts';

type Parts = typeof intakeParts;

const offlineReason = msg('Encore is offline, so nothing can be added now.');

const bringsFiles = (data: DataTransfer | null): boolean =>
  data?.types.includes(msg('Files')) ?? false;

/**
 * Where files come in: dropped anywhere, pasted, or chosen after `pick()`. What shows them, and what
 * sends them, is fetched with the first of them and stays on every screen.
 */
@customElement('enc-intake')
export class EncIntake extends LitElement {
  static override readonly styles = css`
    :host {
      display: contents;
    }
  `;

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  /** Whether files are taken in on the screen that is shown, from who is here. */
  @property({ type: Boolean }) open = false;
  @state() private over = false;
  @state() private parts: Parts | null = null;
  @query('input') private readonly input!: HTMLInputElement;
  #uploads: Uploads | null = null;
  #coming: Promise<Parts | null> | undefined;

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.feed.link.value));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const [type, listener] of this.#listeners) addEventListener(type, listener);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const [type, listener] of this.#listeners) removeEventListener(type, listener);
  }

  get #reason(): string {
    return this.feed.link.value === 'offline' ? offlineReason : '';
  }

  /** Lets the person choose files. */
  pick(): void {
    if (this.#reason) this.#say(this.#reason);
    else this.input.click();
  }

  override render(): TemplateResult {
    return html`<input
        type="file"
        multiple
        hidden
        accept="audio/*,.opus,.mka,.caf,.wv,.tta,.ac3,.mp4,.webm"
        aria-label=${msg('Sounds to add')}
        @change=${this.#onPicked}
      />${this.parts?.render(this.#uploads, this.feed, this.over, this.#reason) ?? nothing}`;
  }

  async #fetch(): Promise<Parts | null> {
    this.#coming ??= import('./intake-parts.ts').catch(() => null);
    const parts = await this.#coming;
    if (!parts) this.#coming = undefined;
    this.parts = parts;
    return parts;
  }

  async #take(find: (parts: Parts) => ReturnType<Parts['droppedFiles']>): Promise<void> {
    if (this.#reason) return this.#say(this.#reason);
    const parts = await this.#fetch();
    if (!parts)
      return this.#say(msg('What sends files did not load. Reload this page and try again.'));
    try {
      const { files, leftOut } = await find(parts);
      this.#uploads ??= parts.createUploads(this.http, parts.sendFile);
      this.#uploads.add(files, leftOut);
      this.requestUpdate();
    } catch {
      this.#say(msg('What was dropped could not be read. Choose the files with “Add sounds”.'));
    }
  }

  #takeFiles(list: FileList): void {
    const files = [...list];
    if (files.length > 0) void this.#take(async () => ({ files, leftOut: 0 }));
  }

  #say(text: string): void {
    this.dispatchEvent(new ToastEvent(text));
  }

  readonly #onPicked = (): void => {
    this.#takeFiles(this.input.files ?? new DataTransfer().files);
    // The same file may be chosen again.
    this.input.value = '';
  };

  readonly #onDrag = (event: Event): void => {
    const { dataTransfer } = event as DragEvent;
    if (!dataTransfer || !bringsFiles(dataTransfer)) return;
    // Otherwise a file let go anywhere takes the place of the page.
    event.preventDefault();
    dataTransfer.dropEffect = this.open && !this.#reason ? 'copy' : 'none';
    if (this.open && !this.over) void this.#fetch();
    this.over = this.open;
  };

  readonly #onLeave = (event: Event): void => {
    // Into nothing: out of the window.
    if ((event as DragEvent).relatedTarget === null) this.over = false;
  };

  readonly #onDrop = (event: Event): void => {
    const { dataTransfer } = event as DragEvent;
    this.over = false;
    if (!dataTransfer || !bringsFiles(dataTransfer)) return;
    event.preventDefault();
    if (!this.open) return;
    // Only now are they to be had; a moment later the browser has forgotten them.
    const entries = [...dataTransfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
    if (entries.length > 0) void this.#take((parts) => parts.droppedFiles(entries));
    else this.#takeFiles(dataTransfer.files);
  };

  readonly #onPaste = (event: Event): void => {
    const { clipboardData } = event as ClipboardEvent;
    if (!this.open || !clipboardData || !bringsFiles(clipboardData)) return;
    event.preventDefault();
    this.#takeFiles(clipboardData.files);
  };

  readonly #onUnload = (event: Event): void => {
    if (this.#uploads?.busy.peek()) event.preventDefault();
  };

  readonly #listeners = [
    ['dragenter', this.#onDrag],
    ['dragover', this.#onDrag],
    ['dragleave', this.#onLeave],
    ['drop', this.#onDrop],
    ['paste', this.#onPaste],
    ['beforeunload', this.#onUnload],
  ] as const;
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-intake': EncIntake;
  }
}
