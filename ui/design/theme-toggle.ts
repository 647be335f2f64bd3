import { msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base } from './base.styles.ts';
import { buttons } from './button.styles.ts';
import { icons } from './icons.ts';
import { Watch } from './watch.ts';
import { isDark, theme } from './theme.ts';

/** Turns the page from dark to light and back. */
@customElement('enc-theme-toggle')
export class EncThemeToggle extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    css`
      :host {
        display: inline-flex;
      }
    `,
  ];

  constructor() {
    super();
    this.addController(new Watch(this, () => void isDark.value));
  }

  override render(): TemplateResult {
    const label = isDark.value ? msg('Light theme') : msg('Dark theme');
    return html`<button
      type="button"
      class="icon-button"
      aria-label=${label}
      title=${label}
      @click=${() => (theme.value = isDark.value ? 'light' : 'dark')}
    >
      ${isDark.value ? icons.sun : icons.moon}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-theme-toggle': EncThemeToggle;
  }
}
