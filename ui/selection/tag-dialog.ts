import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { selectField } from '../design/choice-fields.ts';
import { field } from '../design/field.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { formStyles } from '../design/form.styles.ts';
import { countWord } from '../design/words.ts';
import { soundsWord } from '../library/words.ts';

/** A tag was chosen for the sounds that are picked. */
export class TagChosenEvent extends Event {
  readonly tag: string;

  constructor(tag: string) {
    super('enc-tag-chosen');
    this.tag = tag;
  }
}

const tagCharactersMax = 40;

/**
 * Which tag many sounds get or lose.
 *
 * @event {TagChosenEvent} enc-tag-chosen - the tag, in lower case
 * @event {DialogLeftEvent} enc-dialog-left
 */
@customElement('enc-tag-dialog')
export class EncTagDialog extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    fieldStyles,
    formStyles,
    css`
      [role='group'] {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }

      [role='group'] .button {
        min-block-size: 32px;
        padding: 0 12px;
        border-color: var(--line);
        border-radius: 16px;
        font-weight: 500;
      }

      @media (pointer: coarse) {
        [role='group'] .button {
          min-block-size: 44px;
          border-radius: 22px;
        }
      }
    `,
  ];

  @property() mode: 'add' | 'remove' = 'add';
  /** Sounds that are picked. */
  @property({ attribute: false }) count = 0;
  /** Tags to offer, with how many of the picked sounds have them. */
  @property({ attribute: false }) tags: readonly [string, number][] = [];
  @state() private error = '';

  override render(): TemplateResult {
    const adds = this.mode === 'add';
    const heading = adds
      ? msg(str`Add a tag to ${soundsWord(this.count)}`)
      : msg(str`Remove a tag from ${soundsWord(this.count)}`);
    return html`<enc-dialog heading=${heading} @enc-dialog-left=${this.#left}>
      <form id="tag-form" class="form" novalidate @submit=${this.#submit}>
        ${
          adds
            ? field({
                id: 'tag',
                label: msg('Tag'),
                value: '',
                note: msg('Kept in lower case. A tag becomes a chip on the board.'),
                error: this.error,
                maxLength: tagCharactersMax,
                autofocus: true,
              })
            : selectField({
                id: 'tag',
                label: msg('Tag'),
                value: this.tags[0]?.[0] ?? '',
                options: this.tags.map(([tag, count]) => ({
                  value: tag,
                  label: `${tag} (${countWord(count)})`,
                })),
              })
        }
        ${adds && this.tags.length > 0 ? this.#known() : nothing}
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#left}>
        ${msg('Cancel')}
      </button>
      <button slot="actions" class="button primary" form="tag-form">
        ${adds ? msg('Add tag') : msg('Remove tag')}
      </button>
    </enc-dialog>`;
  }

  #known(): TemplateResult {
    return html`<div role="group" aria-label=${msg('Tags of the house')}>
      ${this.tags
        .slice(0, 8)
        .map(
          ([tag]) =>
            html`<button type="button" class="button" @click=${() => this.#choose(tag)}>
              ${tag}
            </button>`,
        )}
    </div>`;
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const tag = new FormData(event.currentTarget as HTMLFormElement).get('tag');
    this.#choose(typeof tag === 'string' ? tag.trim().toLowerCase() : '');
  };

  #choose(tag: string): void {
    this.error = tag === '' ? msg('Write a tag, such as “games”.') : '';
    if (tag !== '') this.dispatchEvent(new TagChosenEvent(tag));
  }

  readonly #left = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-tag-dialog': EncTagDialog;
  }
  interface HTMLElementEventMap {
    'enc-tag-chosen': TagChosenEvent;
  }
}
